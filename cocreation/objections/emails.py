"""The mail to an institution whose answer the secretariat does not follow."""

from __future__ import annotations

from cocreation.core.mail_kinds import MailKind

OVERRULED = MailKind(
    "objections/overruled",
    sample=lambda: {"references": ["2026-1"], "more": 0, "until": "2026-05-04"},
)

MAILS = (OVERRULED,)
