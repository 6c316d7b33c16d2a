"""Mails of consultations: to those who are told of one, and to those who ask to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.consultations.models import Consultation, Following, Telling, TellingKind
from cocreation.core import clock, outbox, secrets
from cocreation.core.mail_kinds import SAMPLE_RECEIPT, MailKind, Urgency

FOLLOW = MailKind(
    "consultations/follow",
    sample=lambda: {
        "followed": {"fr": "Le numérique"},
        "known": False,
        "following": SAMPLE_RECEIPT,
        "stop_following": SAMPLE_RECEIPT,
    },
    urgency=Urgency.AWAITED,
)
NEWS = MailKind(
    "consultations/news",
    sample=lambda: {
        "what": TellingKind.ANNOUNCED.value,
        "heading": TellingKind.ANNOUNCED.label.message,
        "reference": "2026-PC1",
        "title": {"fr": "Les projets d’engagement"},
        "opens_at": "2026-05-04T09:00:00+00:00",
        "closes_at": "2026-06-04T23:59:00+00:00",
        "answers_by": "2026-07-04",
        "reason": None,
        "told_as": "follower",
        "stop_following": SAMPLE_RECEIPT,
    },
    urgency=Urgency.MAILING,
)

MAILS: tuple[MailKind, ...] = (FOLLOW, NEWS)


@dataclass(frozen=True)
class Recipient:
    """Whom a mail goes to and as what; `receipt` is the secret by which a follower stops it."""

    email: str
    language: str
    kind: str
    receipt: str | None = None


def ask_follower(following: Following, followed: dict[str, str], *, now: datetime, most: int = 1) -> bool:
    """The link by which an address says yes; `most` times a day, whatever is asked in its name. Whether there
    was one more to send.
    """
    key = outbox.another(f"{FOLLOW.name} {following.id} {clock.day_of(now)}", most)
    if key is None:
        return False
    outbox.post(
        FOLLOW,
        to=following.email,
        language=following.language,
        key=key,
        followed=followed,
        known=following.confirmed_at is not None,
        following=following.receipt,
        stop_following=following.receipt,
    )
    return True


def tell_all(consultation: Consultation, telling: Telling, recipients: Sequence[Recipient]) -> int:
    """One mail to each of these; how many were not written before."""
    reasons = {
        TellingKind.ANNOUNCED: consultation.shortened_why,
        TellingKind.CALLED_OFF: consultation.called_off_why,
        TellingKind.EXTENDED: consultation.extended_why,
    }
    common = {
        "what": telling.kind.value,
        "heading": telling.kind.label.message,
        "reference": consultation.reference,
        "title": consultation.title,
        "opens_at": consultation.opens_at.isoformat(),
        "closes_at": consultation.closes_at.isoformat(),
        "answers_by": consultation.answers_by.isoformat(),
        "reason": reasons.get(telling.kind),
    }
    event = f"{NEWS.name} {telling.kind.value} {consultation.id} {telling.asked_at.isoformat()}"
    mails = [
        {
            "to": recipient.email,
            "language": recipient.language,
            "key": f"{event} {secrets.digest(recipient.email.lower())}",
            "context": {**common, "told_as": recipient.kind, "stop_following": recipient.receipt},
        }
        for recipient in recipients
    ]
    return outbox.post_all(NEWS, mails)
