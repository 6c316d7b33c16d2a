"""What the pages of coordination meetings show."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from cocreation.accounts.models import Grant, Person, Role
from cocreation.coordination import policy
from cocreation.coordination.models import AgendaItem, CoordinationMeeting, DraftDiscussed
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.plan.models import Commitment
from cocreation.study.models import Referral

# What still waits for its answer or its fate; what is part of another idea is discussed with that one.
OPEN = (IdeaState.REFERRED, IdeaState.ANSWERED)


def published(cursor: str | None = None, size: int = 20) -> Page[CoordinationMeeting]:
    """The meetings whose minutes are published, the latest held first."""
    statement = select(CoordinationMeeting).where(CoordinationMeeting.published_at.is_not(None))
    return _page(statement, cursor, size)


def read_by(person: Person, cursor: str | None = None, size: int = 20) -> Page[CoordinationMeeting]:
    """The meetings that this person may read, published or not, the latest first."""
    statement = select(CoordinationMeeting)
    if not policy.reads_all(person):
        own = person.scopes(Role.FOCAL_POINT)
        statement = statement.where(CoordinationMeeting.institution_id.in_(own))
    return _page(statement, cursor, size)


def get_meeting(reference: str) -> CoordinationMeeting:
    """A meeting with all that its page shows. Raises NotFound."""
    item = selectinload(CoordinationMeeting.agenda).joinedload(AgendaItem.idea)
    statement = (
        select(CoordinationMeeting)
        .where(CoordinationMeeting.reference == reference)
        .options(
            joinedload(CoordinationMeeting.cycle),
            joinedload(CoordinationMeeting.institution),
            item.load_only(
                *(Idea.reference, Idea.state, Idea.fate, Idea.hidden_at, Idea.erased_at),
                *(Idea.proposal, Idea.language),
            ),
            selectinload(CoordinationMeeting.attendances),
            with_commitments(),
        )
    )
    return found(session.scalar(statement))


def with_commitments() -> ORMOption:
    """Loads the commitments on the agenda with what their references are made of."""
    item = selectinload(CoordinationMeeting.commitments)
    return item.joinedload(DraftDiscussed.commitment).joinedload(Commitment.cycle)


def to_put_on(meeting: CoordinationMeeting) -> list[Commitment]:
    """The commitments of the cycle that are not on the agenda yet, those of its institution first."""
    on_agenda = [item.commitment_id for item in meeting.commitments]
    statement = (
        select(Commitment)
        .where(Commitment.cycle_id == meeting.cycle_id, Commitment.id.not_in(on_agenda))
        .options(joinedload(Commitment.cycle))
        .order_by(Commitment.institution_id != meeting.institution_id, Commitment.number)
    )
    return list(session.scalars(statement))


def decisions_on(commitment_id: int, *, only_published: bool) -> list[DraftDiscussed]:
    """The meetings on whose agenda a commitment is or was, the latest first, with what they decided."""
    statement = (
        select(DraftDiscussed)
        .join(DraftDiscussed.meeting)
        .where(DraftDiscussed.commitment_id == commitment_id)
        .options(contains_eager(DraftDiscussed.meeting))
        .order_by(CoordinationMeeting.starts_at.desc(), DraftDiscussed.id)
    )
    if only_published:
        statement = statement.where(CoordinationMeeting.published_at.is_not(None))
    return list(session.scalars(statement))


def open_ideas(meeting: CoordinationMeeting) -> int:
    """How many open ideas of the institution are not on the agenda yet."""
    return session.scalar(select(func.count()).select_from(to_discuss(meeting).subquery())) or 0


def to_discuss(meeting: CoordinationMeeting) -> Select[int]:
    """The ids of the ideas of the cycle that the institution studies, open and not on the agenda yet."""
    on_agenda = select(AgendaItem.idea_id).where(AgendaItem.meeting_id == meeting.id)
    return (
        select(Idea.id)
        .join(Referral, Referral.idea_id == Idea.id)
        .where(
            Referral.institution_id == meeting.institution_id,
            Idea.cycle_id == meeting.cycle_id,
            Idea.state.in_(OPEN),
            Idea.id.not_in(on_agenda),
        )
        .order_by(Idea.id)
    )


def invited(meeting: CoordinationMeeting) -> list[Person]:
    """Whom an invitation goes to: the institution's focal points and the committee's members."""
    of_institution = (Grant.role == Role.FOCAL_POINT) & (Grant.scope_id == meeting.institution_id)
    statement = (
        select(Person)
        .join(Person.grants)
        .where(of_institution | (Grant.role == Role.COMMITTEE_MEMBER), Person.disabled_at.is_(None))
        .distinct()
        .order_by(Person.id)
    )
    return list(session.scalars(statement))


def institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.id)))


def _page(statement: Select[CoordinationMeeting], cursor: str | None, size: int) -> Page[CoordinationMeeting]:
    statement = statement.options(joinedload(CoordinationMeeting.institution))
    return page(statement, CoordinationMeeting.starts_at, CoordinationMeeting.id, cursor=cursor, size=size)
