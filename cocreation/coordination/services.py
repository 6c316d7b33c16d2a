"""The acts around a coordination meeting: plan, put on the agenda, invite, decide, minute, publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.coordination import emails, queries
from cocreation.coordination.models import (
    AgendaItem,
    CoordinationAttendance,
    CoordinationDecision,
    CoordinationMeeting,
    CoordinationStage,
    DraftDiscussed,
    Side,
)
from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import Invalid, Refusal
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, StepKind
from cocreation.ideas.services.steps import record_step
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.text.markup import isolate_text


class EndsBeforeItBegins(Invalid):
    sentence = _l("The meeting must end after it begins.")


class MinutesAlreadyPublished(Refusal):
    sentence = _l("The minutes of this meeting were published on %(at)s. Nothing in it changes any more.")


class AlreadyHeld(Refusal):
    sentence = _l("This meeting has begun: nobody can be invited any more.")


class NobodyToTell(Refusal):
    sentence = _l(
        "Nobody is left to invite: the focal points of this institution and the committee have the invitation"
        " already, or none of them is on the platform yet. Nothing was sent."
    )


class NotHeldYet(Refusal):
    sentence = _l("This meeting has not begun yet. Nothing was saved.")


class NothingToDiscuss(Refusal):
    sentence = _l("No open idea of this institution is missing on the agenda.")


class NotStudiedThere(Invalid):
    sentence = _l("%(reference)s is not an open idea of this institution in this cycle. Nothing was added.")


class OnTheAgenda(Refusal):
    sentence = _l("%(reference)s is on the agenda already. Nothing was added.")


class DecisionIncomplete(Invalid):
    sentence = _l("Choose the kind of decision and write it.")


class NotReady(Refusal):
    sentence = _l("Nothing was published, because something is missing: %(missing)s")


WHOLE = (
    selectinload(CoordinationMeeting.agenda),
    selectinload(CoordinationMeeting.attendances),
    queries.with_commitments(),
)


# What can be missing before the minutes are published, in words.
MISSING = {
    "agenda": _l("the agenda"),
    "government": _l("who attended for the government"),
    "civil_society": _l("who attended for civil society"),
    "minutes": _l("the minutes"),
    "decision": _l("the decision on %(reference)s"),
}


@dataclass(frozen=True)
class CoordinationDetails:
    """When and where a meeting is, and what it is called."""

    title: Translated
    starts_at: datetime
    ends_at: datetime
    place: Translated
    link: str | None = None


def plan(
    cycle_id: int, institution_id: int, details: CoordinationDetails, *, by: int, now: datetime
) -> CoordinationMeeting:
    """A meeting with an institution on the ideas of a cycle. Raises NotFound, EndsBeforeItBegins."""
    cycle = lock(Cycle, cycle_id)
    found(session.get(Institution, institution_id))
    numbers = select(func.max(CoordinationMeeting.number)).where(CoordinationMeeting.cycle_id == cycle.id)
    number = 1 + (session.scalar(numbers) or 0)
    meeting = CoordinationMeeting(
        cycle_id=cycle.id,
        institution_id=institution_id,
        number=number,
        reference=f"{cycle.code}-M{number}",
        created_at=now,
    )
    _write(details, meeting)
    session.add(meeting)
    session.flush()
    audit.record("coordination meeting planned", meeting.reference, by=by, now=now)
    return meeting


def change(meeting_id: int, details: CoordinationDetails, *, by: int, now: datetime) -> CoordinationMeeting:
    """Change when, where or what it is called.

    Raises NotFound, MinutesAlreadyPublished, EndsBeforeItBegins.
    """
    meeting = open_meeting(meeting_id)
    _write(details, meeting)
    meeting.revision, meeting.revised_at = meeting.revision + 1, now
    audit.record("coordination meeting changed", meeting.reference, by=by, now=now)
    return meeting


def fill_agenda(meeting_id: int, *, by: int, now: datetime) -> int:
    """Put every open idea of the institution on the agenda; how many were added.

    Raises NotFound, MinutesAlreadyPublished, NothingToDiscuss.
    """
    meeting = open_meeting(meeting_id)
    ids = list(session.scalars(queries.to_discuss(meeting)))
    if not ids:
        raise NothingToDiscuss
    _add(meeting, ids)
    audit.record("agenda filled", meeting.reference, by=by, now=now, ideas=len(ids))
    return len(ids)


def add_ideas(meeting_id: int, references: Sequence[str], *, by: int, now: datetime) -> int:
    """Put the ideas named on the agenda, all or none; how many.

    Raises NotFound, MinutesAlreadyPublished, NothingToDiscuss, NotStudiedThere, OnTheAgenda.
    """
    meeting = open_meeting(meeting_id)
    if not references:
        raise NothingToDiscuss
    on_agenda = {item.idea_id for item in meeting.agenda}
    statement = select(Idea.reference, Idea.id).where(Idea.reference.in_(references))
    idea_ids = dict(session.execute(statement).all())
    can_be = set(session.scalars(queries.to_discuss(meeting)))
    for reference in references:
        if idea_ids.get(reference) in on_agenda:
            raise OnTheAgenda(reference=isolate_text(reference))
        if idea_ids.get(reference) not in can_be:
            raise NotStudiedThere(reference=isolate_text(reference))
    ids = [idea_ids[reference] for reference in references]
    _add(meeting, ids)
    audit.record("agenda changed", meeting.reference, by=by, now=now, ideas=len(ids))
    return len(ids)


def remove_item(meeting_id: int, item_id: int, *, by: int, now: datetime) -> None:
    """Take an idea off the agenda. Raises NotFound, MinutesAlreadyPublished."""
    meeting = open_meeting(meeting_id)
    meeting.agenda.remove(_item(meeting, item_id))
    audit.record("agenda changed", meeting.reference, by=by, now=now)


def move_item(meeting_id: int, item_id: int, *, up: bool, by: int, now: datetime) -> None:
    """Move an idea one place up or down the agenda; at its end nothing happens.

    Raises NotFound, MinutesAlreadyPublished.
    """
    meeting = open_meeting(meeting_id)
    order = list(meeting.agenda)
    at = order.index(_item(meeting, item_id))
    to = at - 1 if up else at + 1
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    for position, item in enumerate(order, 1):
        item.position = position
    audit.record("agenda changed", meeting.reference, by=by, now=now)


def invite(meeting_id: int, *, by: int, now: datetime) -> int:
    """Send the invitation, with a calendar file, to the institution's focal points and the committee; how
    many people. Sent again after a change only. Raises NotFound, MinutesAlreadyPublished, AlreadyHeld,
    NobodyToTell.
    """
    meeting = open_meeting(meeting_id)
    if meeting.stage(now) is not CoordinationStage.PLANNED:
        raise AlreadyHeld
    institution = session.get_one(Institution, meeting.institution_id)
    people = emails.uninvited(queries.invited(meeting), meeting)
    if not people:
        raise NobodyToTell
    for person in people:
        emails.invite(person, meeting, institution, now=now)
    meeting.invited_at = now
    audit.record("coordination meeting invited", meeting.reference, by=by, now=now, people=len(people))
    return len(people)


def decide(
    meeting_id: int,
    item_id: int,
    decision: CoordinationDecision | None,
    text: Translated,
    *,
    by: int,
    now: datetime,
) -> AgendaItem:
    """Write what the meeting decided on an idea. It can be corrected until the minutes are published.

    Raises NotFound, MinutesAlreadyPublished, NotHeldYet, DecisionIncomplete.
    """
    meeting = held_meeting(meeting_id, now)
    item = _item(meeting, item_id)
    if decision is None or not text:
        raise DecisionIncomplete
    item.decision, item.text = decision, text
    audit.record("meeting decided", meeting.reference, by=by, now=now, idea=item.idea_id)
    return item


def attend(
    meeting_id: int, side: Side, body: str, people: int, names: str | None, *, by: int, now: datetime
) -> CoordinationAttendance:
    """Write that a body was there, with how many people.

    Raises NotFound, MinutesAlreadyPublished, NotHeldYet.
    """
    meeting = held_meeting(meeting_id, now)
    row = CoordinationAttendance(
        meeting_id=meeting.id, side=side, body=body, people=people, names=names or None
    )
    session.add(row)
    audit.record("attendance written", meeting.reference, by=by, now=now, side=str(side))
    return row


def strike(meeting_id: int, attendance_id: int, *, by: int, now: datetime) -> None:
    """Take a body off the list of those who were there. Raises NotFound, MinutesAlreadyPublished."""
    meeting = open_meeting(meeting_id)
    of_meeting = select(CoordinationAttendance).where(
        CoordinationAttendance.meeting_id == meeting.id, CoordinationAttendance.id == attendance_id
    )
    session.delete(found(session.scalar(of_meeting)))
    audit.record("attendance struck", meeting.reference, by=by, now=now)


def minute(meeting_id: int, minutes: Translated, *, by: int, now: datetime) -> CoordinationMeeting:
    """Write the minutes. Raises NotFound, MinutesAlreadyPublished, NotHeldYet."""
    meeting = held_meeting(meeting_id, now)
    meeting.minutes = minutes or None
    audit.record("minutes written", meeting.reference, by=by, now=now)
    return meeting


def publish(meeting_id: int, *, by: int, now: datetime) -> CoordinationMeeting:
    """Publish the minutes: for everyone, on each idea, and in the register. Nothing changes after that.

    Raises NotFound, MinutesAlreadyPublished, NotHeldYet, NotReady.
    """
    meeting = held_meeting(meeting_id, now)
    items = _locked(meeting)
    if missing := list(lacks(meeting, items)):
        raise NotReady(missing=" · ".join(map(str, missing)))
    meeting.published_by, meeting.published_at = by, now
    told = [item for item in items if item.decision]
    for item in told:
        record_step(
            item.idea,
            StepKind.DISCUSSED,
            at=now,
            institution_id=meeting.institution_id,
            text=_in_words(item),
        )
    audit.record("minutes published", meeting.reference, by=by, now=now, ideas=len(told))
    entries = [_entry(meeting, item) for item in told]
    journal.append_all([*entries, *(_entry_of_draft(meeting, item) for item in meeting.commitments)], now)
    return meeting


def lacks(meeting: CoordinationMeeting, items: Sequence[AgendaItem]) -> list[i18n.Lazy]:
    """What is missing before the minutes can be published, in words. Needs its attendances.

    An idea that was withdrawn or got its fate since needs no decision.
    """
    sides = {attendance.side for attendance in meeting.attendances}
    missing = [] if items or meeting.commitments else [MISSING["agenda"]]
    missing += [MISSING[side.value] for side in Side if side not in sides]
    missing += [] if meeting.minutes else [MISSING["minutes"]]
    undecided = [*_undecided(items), *_undecided_drafts(meeting)]
    return missing + [MISSING["decision"].filled(reference=isolate_text(name)) for name in undecided]


def _undecided(items: Sequence[AgendaItem]) -> list[str]:
    waiting = (item.idea for item in items if item.decision is None and not item.idea.is_settled)
    return [idea.reference or "" for idea in waiting]


def _undecided_drafts(meeting: CoordinationMeeting) -> list[str]:
    return [item.commitment.reference for item in meeting.commitments if not item.decision]


def open_meeting(meeting_id: int) -> CoordinationMeeting:
    """The meeting with its agenda, locked. Raises NotFound, MinutesAlreadyPublished."""
    meeting = lock(CoordinationMeeting, meeting_id, *WHOLE)
    if meeting.published_at:
        raise MinutesAlreadyPublished(at=meeting.published_at)
    return meeting


def held_meeting(meeting_id: int, now: datetime) -> CoordinationMeeting:
    """The same of one that has begun. Raises NotHeldYet, too."""
    meeting = open_meeting(meeting_id)
    if meeting.stage(now) is CoordinationStage.PLANNED:
        raise NotHeldYet
    return meeting


def _locked(meeting: CoordinationMeeting) -> list[AgendaItem]:
    """The agenda, its ideas locked in the order in which everybody locks them."""
    ids = [item.idea_id for item in meeting.agenda]
    locked = select(Idea).where(Idea.id.in_(ids)).order_by(Idea.id).with_for_update(of=Idea)
    session.scalars(locked.execution_options(populate_existing=True)).all()
    statement = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    ordered = statement.options(joinedload(AgendaItem.idea)).order_by(AgendaItem.position, AgendaItem.id)
    return list(session.scalars(ordered))


def _write(details: CoordinationDetails, meeting: CoordinationMeeting) -> None:
    if details.ends_at <= details.starts_at:
        raise EndsBeforeItBegins
    meeting.title, meeting.place, meeting.link = details.title, details.place, details.link or None
    meeting.starts_at, meeting.ends_at = details.starts_at, details.ends_at


def _add(meeting: CoordinationMeeting, idea_ids: Sequence[int]) -> None:
    last = max((item.position for item in meeting.agenda), default=0)
    for position, idea_id in enumerate(idea_ids, last + 1):
        meeting.agenda.append(AgendaItem(idea_id=idea_id, position=position))


def _item(meeting: CoordinationMeeting, item_id: int) -> AgendaItem:
    return found(next((item for item in meeting.agenda if item.id == item_id), None))


def _in_words(item: AgendaItem) -> Translated:
    """The kind of decision and its words, in the languages the words are in."""
    assert item.decision
    written = {}
    for code, words in (item.text or {}).items():
        with i18n.speaking(code):
            label = str(item.decision.label)
        written[code] = f"{label[:1].upper()}{label[1:]} – {words}"
    return Translated(written)


def _entry(meeting: CoordinationMeeting, item: AgendaItem) -> Entry:
    content = {"meeting": meeting.reference, "decision": item.decision, "text": item.text}
    return Action.DISCUSSED, item.idea.reference or "", content


def _entry_of_draft(meeting: CoordinationMeeting, item: DraftDiscussed) -> Entry:
    return Action.DISCUSSED, item.commitment.reference, {"meeting": meeting.reference, "text": item.decision}
