"""From the references people use to the ids that grants hold: this floor sees every room."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.scopes import Scope
from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.plan.models import Commitment


def _pairs(statement: Select[int, str]) -> dict[int, str]:
    return dict(session.execute(statement).all())


def _meeting(typed: str) -> int | None:
    return session.scalar(select(Meeting.id).where(Meeting.reference == typed.upper()))


def _meetings(ids: Iterable[int]) -> dict[int, str]:
    return _pairs(select(Meeting.id, Meeting.reference).where(Meeting.id.in_(ids)))


def _workshop(typed: str) -> int | None:
    if not (parts := re.fullmatch(r"(.+)-W(\d{1,3})", typed.upper())):
        return None
    of_meeting = (Meeting.reference == parts[1], Workshop.number == int(parts[2]))
    return session.scalar(select(Workshop.id).join(Meeting).where(*of_meeting))


def _workshops(ids: Iterable[int]) -> dict[int, str]:
    rows = session.scalars(select(Workshop).where(Workshop.id.in_(ids)).options(joinedload(Workshop.meeting)))
    return {row.id: row.reference for row in rows}


def _institution(typed: str) -> int | None:
    return session.scalar(select(Institution.id).where(Institution.slug == typed.lower()))


def _institutions(ids: Iterable[int]) -> dict[int, str]:
    return _pairs(select(Institution.id, Institution.slug).where(Institution.id.in_(ids)))


def _commitment(typed: str) -> int | None:
    if not (parts := re.fullmatch(r"(.+)-C(\d{1,4})", typed.upper())):
        return None
    of_cycle = (Cycle.code == parts[1], Commitment.number == int(parts[2]))
    return session.scalar(select(Commitment.id).join(Cycle).where(*of_cycle))


def _commitments(ids: Iterable[int]) -> dict[int, str]:
    rows = session.scalars(
        select(Commitment).where(Commitment.id.in_(ids)).options(joinedload(Commitment.cycle))
    )
    return {row.id: row.reference for row in rows}


def _offered_meetings() -> list[tuple[str, Translated]]:
    latest = select(Meeting.reference, Meeting.title).order_by(Meeting.starts_at.desc(), Meeting.id)
    return [(reference, title) for reference, title in session.execute(latest)]


def _offered_workshops() -> list[tuple[str, Translated]]:
    latest = select(Workshop).join(Workshop.meeting).options(contains_eager(Workshop.meeting))
    rows = session.scalars(latest.order_by(Meeting.starts_at.desc(), Workshop.number))
    return [(row.reference, row.theme) for row in rows]


def _offered_institutions() -> list[tuple[str, Translated]]:
    by_name = select(Institution.slug, Institution.name).order_by(Institution.id)
    return [(slug, name) for slug, name in session.execute(by_name)]


def _offered_commitments() -> list[tuple[str, Translated]]:
    latest = select(Commitment).join(Commitment.cycle).options(contains_eager(Commitment.cycle))
    rows = session.scalars(latest.order_by(Cycle.starts_on.desc(), Commitment.number))
    return [(row.reference, row.title) for row in rows]


SCOPES = {
    "meeting": Scope(_l("Meetings"), "OR1", _meeting, _meetings, _offered_meetings),
    "workshop": Scope(_l("Workshops"), "OR1-W2", _workshop, _workshops, _offered_workshops),
    "institution": Scope(
        _l("Institutions"), "ministry-of-health", _institution, _institutions, _offered_institutions
    ),
    "commitment": Scope(_l("Commitments"), "2024-C07", _commitment, _commitments, _offered_commitments),
}
