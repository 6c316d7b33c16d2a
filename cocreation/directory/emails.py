"""The mails to an association that declared itself."""

from __future__ import annotations

from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind

DECLARED = MailKind("directory/declared", sample=lambda: {"name": "ADJ", "receipt": SAMPLE_RECEIPT})
VERIFIED = MailKind("directory/verified", sample=lambda: {"name": "ADJ", "receipt": SAMPLE_RECEIPT})
REFUSED = MailKind(
    "directory/refused", sample=lambda: {"name": "ADJ", "receipt": SAMPLE_RECEIPT, "reason": "…"}
)

MAILS = (
    DECLARED,
    VERIFIED,
    REFUSED,
)
