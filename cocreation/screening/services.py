"""Screening: is the idea clear, precise and directly about openness? Readers say, and so decide together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit, clock
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Refusal
from cocreation.core.events import tell
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.policy import must_be_open
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Author, Idea, IdeaState, StepKind
from cocreation.ideas.refusals import NoIdeaChosen
from cocreation.ideas.services.dialogue import put_question
from cocreation.ideas.services.steps import record_step
from cocreation.languages.i18n import DEFAULT
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.screening import emails
from cocreation.screening.events import IdeaToReopen
from cocreation.screening.models import Reading, ReasonTemplate, Screening
from cocreation.screening.policy import ALL_HOLD, Examination, Verdict, is_current, verdict
from cocreation.screening.queries.queue import reopened_at
from cocreation.screening.refusals import (
    AlreadyAccepted,
    AlreadyNotAccepted,
    AlreadyRead,
    AuthorAlreadyAsked,
    DayTooEarly,
    MeanwhileDecided,
    NoAddress,
    NotAReason,
    NotScreenedThen,
    NotToReopen,
    NotWaiting,
    QuestionUnreadable,
    ReadByYou,
    WhyReopenedMissing,
)
from cocreation.text.markup import isolate_text

WITH_CALENDAR = joinedload(Idea.cycle).selectinload(Cycle.phases)


def screen(
    idea_id: int, examination: Examination, *, on: date | None = None, by: int, now: datetime
) -> Verdict:
    """Read an idea, and decide it when its readings suffice; what they come to. `on` is the day on which that
    was done, where it is noted afterwards.

    Raises NotFound, PhaseClosed, NotScreenedThen, AlreadyAccepted, AlreadyNotAccepted, NotWaiting,
    AlreadyRead, NoteMissing, ExplanationMissing, Unfinished.
    """
    idea = lock(Idea, idea_id, WITH_CALENDAR)
    read_at = _read_at([idea], on, now)
    if idea.state is not IdeaState.RECEIVED:
        raise why_not(idea)
    earlier = _readings([idea])
    if own_reading := _read_by(by, idea, earlier):
        raise AlreadyRead(at=own_reading.read_at)
    examination.check(idea.language)
    return _read([idea], examination, earlier, by, read_at, now)[0]


def screen_all(
    idea_ids: Sequence[int], examination: Examination, *, on: date | None = None, by: int, now: datetime
) -> list[Verdict]:
    """The same reading of several ideas, all or none of them, `on` a day that is past or now.

    Raises NoIdeaChosen, PhaseClosed, NotScreenedThen, MeanwhileDecided, ReadByYou, NoteMissing,
    ExplanationMissing, Unfinished.
    """
    chosen = select(Idea).where(Idea.id.in_(idea_ids)).order_by(Idea.id).with_for_update(of=Idea)
    calendar = selectinload(Idea.cycle).selectinload(Cycle.phases)
    ideas = session.scalars(chosen.options(calendar).execution_options(populate_existing=True)).all()
    if not ideas:
        raise NoIdeaChosen
    read_at = _read_at(ideas, on, now)
    if late := [idea for idea in ideas if idea.state is not IdeaState.RECEIVED]:
        raise MeanwhileDecided(references=_named(late))
    earlier = _readings(ideas)
    if read_before := [idea for idea in ideas if _read_by(by, idea, earlier)]:
        raise ReadByYou(references=_named(read_before))
    for idea in ideas:
        examination.check(idea.language)
    return _read(ideas, examination, earlier, by, read_at, now)


def accept_all(idea_ids: Sequence[int], *, by: int, now: datetime) -> list[Verdict]:
    """Read ideas on which all three criteria hold. Raises as `screen_all` does."""
    return screen_all(idea_ids, ALL_HOLD, by=by, now=now)


def reopen(idea_id: int, why: Translated, *, by: int, now: datetime) -> Idea:
    """Take back what screening decided of an idea, as long as nothing was built on it: it is read anew, also
    when the phase is over, since a correction is no new screening.

    Everybody reads `why`, in the idea's chain and in the register; its author is told.
    Raises NotFound, NotToReopen, WhyReopenedMissing, and what the rooms above raise when they hear of
    IdeaToReopen.
    """
    idea = lock(Idea, idea_id, WITH_CALENDAR)
    screening = session.get(Screening, idea.id)
    if screening is None or idea.state not in (IdeaState.ACCEPTED, IdeaState.NOT_ACCEPTED):
        raise NotToReopen(state=idea.state.label)
    if not (why.get(DEFAULT.code) or why.get(idea.language)):
        raise WhyReopenedMissing
    tell(IdeaToReopen(idea))
    for reading in _readings([idea])[idea.id]:
        reading.set_aside_at = reading.set_aside_at or now
    session.delete(screening)
    idea.state, idea.accepted = IdeaState.RECEIVED, None
    record_step(idea, StepKind.REOPENED, at=now, text=why)
    emails.tell(idea, session.get(Author, idea.id), why, accepted=screening.accepted, now=now)
    audit.record("screening reopened", idea.reference or "", by=by, now=now)
    journal.append(Action.REOPENED, idea.reference or "", now, accepted=screening.accepted, why=why)
    return idea


def obstacle(idea: Idea) -> Refusal | None:
    """What was built on a decision that could be taken back else: said before somebody writes why."""
    try:
        tell(IdeaToReopen(idea))
    except Refusal as refusal:
        return refusal
    return None


def copy_screening(idea_id: int, other_id: int) -> None:
    """What screening found on an idea, if anything, holds for another one too: a part of it."""
    if found := session.get(Screening, idea_id):
        columns = [column.key for column in inspect(Screening).column_attrs if column.key != "idea_id"]
        session.add(Screening(idea_id=other_id, **{key: getattr(found, key) for key in columns}))


def why_not(idea: Idea) -> Refusal:
    """Why a screener comes too late."""
    screening = session.get(Screening, idea.id)
    if screening is None or idea.state in (IdeaState.WITHDRAWN, IdeaState.UNCONFIRMED):
        return NotWaiting(state=idea.state.label)
    if screening.accepted:
        return AlreadyAccepted(at=screening.decided_at)
    assert screening.reason
    return AlreadyNotAccepted(at=screening.decided_at, reason=screening.reason.label)


def _read_at(ideas: Sequence[Idea], on: date | None, now: datetime) -> datetime:
    """The moment of a reading: now, or noon of a day on which the calendar had the phase open and the words
    stood as they stand. What was reopened is read whenever. Raises PhaseClosed, NotScreenedThen.
    """
    today = clock.day_of(now)
    moment = now if on in (None, today) else clock.noon(on or today)
    worded: list[datetime] = []
    reopened = reopened_at(ideas)
    for idea in ideas:
        if idea.id not in reopened:
            must_be_open(idea.cycle, Phase.SCREENING, moment)
        stood = [at for at in (idea.received_at, idea.edited_at, reopened.get(idea.id)) if at]
        if moment > now or any(clock.day_of(at) > clock.day_of(moment) for at in stood):
            raise NotScreenedThen(reference=isolate_text(idea.reference))
        worded += stood
    return max([moment, *worded])


def _readings(ideas: Sequence[Idea]) -> dict[int, list[Reading]]:
    """All readings of each idea, the first one first."""
    grouped: dict[int, list[Reading]] = defaultdict(list)
    of_ideas = select(Reading).where(Reading.idea_id.in_([idea.id for idea in ideas]))
    for reading in session.scalars(of_ideas.order_by(Reading.read_at, Reading.id)):
        grouped[reading.idea_id].append(reading)
    return grouped


def _read_by(person_id: int, idea: Idea, readings: dict[int, list[Reading]]) -> Reading | None:
    own = (reading for reading in readings[idea.id] if reading.reader_id == person_id)
    return next((reading for reading in own if is_current(reading, idea)), None)


def _named(ideas: Sequence[Idea]) -> str:
    return " · ".join(isolate_text(idea.reference) for idea in ideas)


def _read(
    ideas: Sequence[Idea],
    examination: Examination,
    earlier: dict[int, list[Reading]],
    by: int,
    read_at: datetime,
    now: datetime,
) -> list[Verdict]:
    """Write a reading of each idea, all locked and waiting, and decide those whose readings suffice. The
    register keeps both days: the one of the reading, and the one on which it was noted.
    """
    verdicts, entries = [], []
    for idea in ideas:
        readings = earlier[idea.id]
        # Who read other words before reads the new ones in the same row: one reader, one voice.
        reading = next((reading for reading in readings if reading.reader_id == by), None) or Reading()
        _write(reading, idea.id, examination, by, read_at)
        others = [other for other in readings if other is not reading and is_current(other, idea)]
        counted = [*others, reading]
        found = verdict([reading.reason for reading in counted], idea.cycle.readers_to_refuse)
        if found is not Verdict.OPEN:
            action, subject, content = _decide(idea, examination, counted, by, read_at)
            afterwards = {} if read_at == now else {"decided_on": clock.day_of(read_at).isoformat()}
            entries.append((action, subject, {**content, **afterwards}))
        verdicts.append(found)
        audit.record("idea read", idea.reference or "", by=by, now=now, verdict=found.value)
    if entries:
        journal.append_all(entries, now)
    return verdicts


def _write(reading: Reading, idea_id: int, examination: Examination, by: int, now: datetime) -> None:
    reading.idea_id, reading.reader_id, reading.read_at = idea_id, by, now
    reading.set_aside_at = None
    reading.clarity, reading.clarity_note = examination.clarity.score, examination.clarity.note
    reading.precision, reading.precision_note = examination.precision.score, examination.precision.note
    reading.openness, reading.openness_note = examination.openness.score, examination.openness.note
    reading.accepts = examination.accepts
    reading.reason, reading.reason_text = _why(examination)
    session.add(reading)


def _decide(
    idea: Idea, examination: Examination, readings: Sequence[Reading], by: int, now: datetime
) -> Entry:
    """Write the decision; what the register says of it. The last reading always is of those that prevail."""
    accepted = examination.accepts
    reason, text = _why(examination)
    criteria = {
        "is_clear": examination.clarity.score > 0,
        "is_precise": examination.precision.score > 0,
        "is_about_openness": examination.openness.score > 0,
    }
    decision = {"accepted": accepted, "reason": reason, "reason_text": text}
    session.add(Screening(idea_id=idea.id, decided_by=by, decided_at=now, **criteria, **decision))
    idea.state, idea.accepted = (IdeaState.ACCEPTED if accepted else IdeaState.NOT_ACCEPTED), accepted
    record_step(idea, StepKind.SCREENED, at=now, outcome=idea.state, reason=reason, text=text)
    scores = [
        {"clarity": reading.clarity, "precision": reading.precision, "openness": reading.openness}
        for reading in readings
    ]
    return Action.SCREENED, idea.reference or "", {**criteria, **decision, "scores": scores}


def _why(examination: Examination) -> tuple[Reason | None, Translated | None]:
    return (None, None) if examination.accepts else (examination.reason, examination.reason_text)


def ask(idea_id: int, text: Translated, *, answer_by: date, by: int, now: datetime) -> Question:
    """Put a question to the author of an idea that waits for screening, to be answered until `answer_by`.

    Raises NotFound, PhaseClosed, AuthorAlreadyAsked, AlreadyAccepted, AlreadyNotAccepted, NotWaiting,
    NoAddress, QuestionUnreadable, DayTooEarly.
    """
    idea = lock(Idea, idea_id, WITH_CALENDAR)
    _must_wait(idea, now)
    author = session.get(Author, idea.id)
    if author is None or not author.email:
        raise NoAddress
    if not (text.get(DEFAULT.code) or text.get(idea.language)):
        raise QuestionUnreadable
    if answer_by <= clock.day_of(now):
        raise DayTooEarly
    question = put_question(idea, text, answer_by=answer_by, by=by, now=now)
    audit.record("question asked", idea.reference or "", by=by, now=now, answer_by=answer_by.isoformat())
    content = {"question": text, "answer_by": answer_by.isoformat()}
    journal.append_all([(Action.ASKED, idea.reference or "", content)], now)
    return question


def _must_wait(idea: Idea, now: datetime) -> None:
    if not reopened_at([idea]):
        must_be_open(idea.cycle, Phase.SCREENING, now)
    if idea.state is IdeaState.ASKED:
        raise AuthorAlreadyAsked
    if idea.state is not IdeaState.RECEIVED:
        raise why_not(idea)


def add_template(
    reason: Reason, title: Translated, text: Translated, *, by: int, now: datetime
) -> ReasonTemplate:
    """A template under one of the reasons of the screening. Raises NotAReason."""
    template = ReasonTemplate(reason=_checked(reason), title=title, text=text)
    session.add(template)
    session.flush()
    audit.record("reason template added", str(template.id), by=by, now=now, title=title)
    return template


def change_template(
    template_id: int, reason: Reason, title: Translated, text: Translated, *, by: int, now: datetime
) -> ReasonTemplate:
    """Other words for a template; what was written with it stays as it was. Raises NotFound, NotAReason."""
    template = lock(ReasonTemplate, template_id)
    template.reason, template.title, template.text = _checked(reason), title, text
    audit.record("reason template changed", str(template_id), by=by, now=now, title=title)
    return template


def remove_template(template_id: int, *, by: int, now: datetime) -> None:
    """Raises NotFound."""
    template = lock(ReasonTemplate, template_id)
    session.delete(template)
    audit.record("reason template removed", str(template_id), by=by, now=now, title=template.title)


def _checked(reason: Reason) -> Reason:
    if reason not in REASONS[Fate.NOT_ACCEPTED]:
        raise NotAReason
    return reason
