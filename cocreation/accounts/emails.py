"""The mails to who has an account."""

from __future__ import annotations

from cocreation.accounts.models import Role
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind, Urgency

INVITATION = MailKind(
    "accounts/invitation",
    sample=lambda: {"name": "Salma", "role": Role.SECRETARIAT.label.message, "token": SAMPLE_RECEIPT},
    urgency=Urgency.AWAITED,
)
FORGOTTEN = MailKind("accounts/forgotten", sample=lambda: {"token": SAMPLE_RECEIPT}, urgency=Urgency.AWAITED)
SOMEBODY_TRIES = MailKind(
    "accounts/somebody_tries", sample=lambda: {"day": "2026-05-04", "knows_password": False}
)

MAILS = (
    INVITATION,
    FORGOTTEN,
    SOMEBODY_TRIES,
)
