"""What waits in the study of ideas, and who acts next while one is studied."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func

from cocreation.accounts.handover_kinds import NextActor, WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Duty, Grant, Person, Role
from cocreation.accounts.policy import SECRETARIAT, holders
from cocreation.core.clock import day_of
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.rows import last_step_at
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.study.models import Referral
from cocreation.study.policy import bundle_of
from cocreation.study.queries.bundle import IS_WAITING, is_whose

# Somebody who can sign in answers for the institution of a referral.
IS_SPOKEN_FOR = exists().where(
    Grant.role == Role.FOCAL_POINT,
    Grant.scope_id == Referral.institution_id,
    Grant.person_id == Person.id,
    Person.disabled_at.is_(None),
)


def _to_refer(person: Person, now: datetime) -> WaitingRows:
    return waits(last_step_at()).select_from(Idea).where(Idea.state == IdeaState.ACCEPTED)


def _to_answer(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Referral.referred_at, due=Referral.due_on).join(Referral.idea)
    return rows.where(IS_WAITING, is_whose(bundle_of(person)))


def _late(person: Person, now: datetime) -> WaitingRows:
    rows = waits(Referral.referred_at, due=Referral.due_on).join(Referral.idea)
    return rows.where(IS_WAITING, Referral.due_on < day_of(now))


def _unspoken_for(person: Person, now: datetime) -> WaitingRows:
    """One row for each institution."""
    rows = waits(func.min(Referral.referred_at)).select_from(Referral).join(Referral.idea)
    return rows.where(IS_WAITING, ~IS_SPOKEN_FOR).group_by(Referral.institution_id)


TO_REFER = WaitingKind(
    "study.to_refer",
    SECRETARIAT,
    _l("Accepted ideas to send to institutions"),
    "manage_study.referrals",
    _to_refer,
)
TO_ANSWER = WaitingKind(
    "study.to_answer",
    holders(Duty.STUDY),
    _l("Ideas that await your institution’s answer"),
    "manage_study.bundle",
    _to_answer,
)
LATE = WaitingKind(
    "study.late", SECRETARIAT, _l("Answers of institutions that are late"), "manage_study.late", _late
)
UNSPOKEN_FOR = WaitingKind(
    "study.unspoken_for",
    SECRETARIAT,
    _l("Institutions that were sent ideas and for which nobody answers here"),
    "manage_directory.institutions",
    _unspoken_for,
)

WAITING = (TO_ANSWER, LATE, UNSPOKEN_FOR, TO_REFER)
STATES = (
    NextActor(IdeaState.ACCEPTED, waits=(TO_REFER,)),
    NextActor(IdeaState.REFERRED, waits=(TO_ANSWER, LATE, UNSPOKEN_FOR)),
)
