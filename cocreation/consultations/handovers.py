"""What waits for the staff in this room, and who acts next."""

from __future__ import annotations

from datetime import datetime, timedelta

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Person
from cocreation.accounts.policy import SECRETARIAT
from cocreation.consultations.emails import NEWS
from cocreation.consultations.models import Consultation, ConsultationStage
from cocreation.languages.i18n import lazy_gettext as _l

# How long before its opening a consultation that is not announced waits for it: the days that its rules may
# ask for, and some to do what lacks.
NEAR = timedelta(days=30)


def _to_announce(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Consultation.created_at, about=Consultation.reference)
    return rows.where(Consultation.announced_at.is_(None), Consultation.opens_at <= now + NEAR)


def _to_answer(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Consultation.closes_at, due=Consultation.answers_by, about=Consultation.reference)
    return rows.where(
        Consultation.announced_at.is_not(None),
        Consultation.called_off_at.is_(None),
        Consultation.closes_at <= now,
        Consultation.answered_at.is_(None),
    )


TO_ANNOUNCE = WaitingKind(
    "consultations.to_announce",
    SECRETARIAT,
    _l("Public consultations that open soon and are not announced"),
    "manage_consultations.show",
    _to_announce,
    "reference",
)
TO_ANSWER = WaitingKind(
    "consultations.to_answer",
    SECRETARIAT,
    _l("Public consultations that are closed and not answered"),
    "manage_consultations.show",
    _to_answer,
    "reference",
)

WAITING: tuple[WaitingKind, ...] = (TO_ANNOUNCE, TO_ANSWER)
STATES: tuple[NextActor, ...] = (
    NextActor(ConsultationStage.PREPARED, waits=(TO_ANNOUNCE,)),
    NextActor(ConsultationStage.ANNOUNCED, told=(NEWS,), chore="news of consultations"),
    NextActor(ConsultationStage.OPEN, told=(NEWS,), chore="news of consultations"),
    NextActor(ConsultationStage.CLOSED, waits=(TO_ANSWER,)),
    NextActor(ConsultationStage.ANSWERED, nobody="everyone reads its answers"),
    NextActor(ConsultationStage.CALLED_OFF, nobody="it will not open, and its page says why"),
)
