"""The pages of those who run meetings."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.accounts.models import Person, Role
from cocreation.accounts.policy import runs_everything
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.queries.public import with_parts


def get_any_meeting(reference: str, *options: ORMOption) -> Meeting:
    """A meeting for those who run it, announced or not, with what `options` load. Raises NotFound."""
    meetings = with_parts(select(Meeting)).where(Meeting.reference == reference).options(*options)
    return found(session.scalars(meetings).unique().one_or_none())


def run_by(person: Person, cursor: str | None = None) -> Page[Meeting]:
    """The meetings a member of the staff runs, the latest first, drafts included."""
    calendar = joinedload(Meeting.cycle).selectinload(Cycle.phases)
    meetings = select(Meeting).options(calendar)
    if not runs_everything(person):
        meetings = meetings.where(Meeting.id.in_(person.scopes(Role.COORDINATOR)))
    return page(meetings, Meeting.starts_at, Meeting.id, cursor=cursor)


def verified_associations() -> list[Association]:
    """Associations that may coordinate a meeting."""
    verified = select(Association).where(Association.verified_at.is_not(None))
    return list(session.scalars(verified.order_by(Association.name)))


def cycles_with_themes() -> list[Cycle]:
    """All cycles with their themes, the latest first."""
    cycles = select(Cycle).options(selectinload(Cycle.themes))
    return list(session.scalars(cycles.order_by(Cycle.starts_on.desc(), Cycle.id.desc())))
