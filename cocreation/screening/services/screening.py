"""Screening: is the idea clear, precise and directly about openness? Readers say, and so decide together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid, Refusal
from cocreation.core.i18n import DEFAULT, lazy_gettext as _l
from cocreation.core.text.markup import isolate_text
from cocreation.cycles.calendar import must_be_open
from cocreation.cycles.models import Cycle, Phase
from cocreation.ideas.models.idea import Idea, IdeaState, Reason, StepKind
from cocreation.ideas.services.refusals import NoIdeaChosen
from cocreation.ideas.services.steps import record_step
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.screening.models import Reading, Screening

WITH_CALENDAR = joinedload(Idea.cycle).selectinload(Cycle.phases)
TO_COMPLETE = re.compile(r"\[[^\]]*\]")  # what a template leaves open


class AlreadyAccepted(Refusal):
    sentence = _l("Meanwhile this idea was accepted, on %(at)s. Your decision was not saved.")


class AlreadyNotAccepted(Refusal):
    sentence = _l(
        "Meanwhile this idea was not accepted, on %(at)s, for the reason “%(reason)s”."
        " Your decision was not saved."
    )


class NotWaiting(Refusal):
    sentence = _l("This idea is not waiting for screening: it stands at “%(state)s”.")


class AlreadyRead(Refusal):
    sentence = _l("You read this idea already, on %(at)s. Somebody else reads it now. Nothing was changed.")


class MeanwhileDecided(Refusal):
    sentence = _l(
        "Meanwhile these ideas stopped waiting for a reader: %(references)s. Nothing was changed."
        " They are out of the list now: send again to go on with the others."
    )


class ReadByYou(Refusal):
    sentence = _l(
        "You read these ideas already: %(references)s. Somebody else reads them. Nothing was changed."
    )


class NoteMissing(Invalid):
    sentence = _l("Where a criterion holds in part or does not hold, say why in a sentence.")


class ExplanationMissing(Invalid):
    sentence = _l(
        "When a criterion does not hold, say why: choose the reason that goes with it and write"
        " an explanation in Arabic or in the author's language."
    )


class Unfinished(Invalid):
    sentence = _l("Something in the explanation still stands in [brackets]. Complete it, or take it out.")


@dataclass(frozen=True)
class Finding:
    """What a reader found on a criterion: 0 it does not hold, 1 in part, 2 it holds; below 2 with a note."""

    score: int
    note: str | None = None


HOLDS = Finding(2)


@dataclass(frozen=True)
class Examination:
    """What a reader found on the three criteria, and why not when one does not hold."""

    clarity: Finding = HOLDS
    precision: Finding = HOLDS
    openness: Finding = HOLDS
    reason: Reason | None = None
    reason_text: Translated | None = None

    @property
    def findings(self) -> dict[Reason, Finding]:
        """In the order of the criteria, each under the reason that it gives when it does not hold."""
        return {
            Reason.NOT_CLEAR: self.clarity,
            Reason.NOT_PRECISE: self.precision,
            Reason.NOT_OPENNESS: self.openness,
        }

    @property
    def failing(self) -> list[Reason]:
        """The reasons that the criteria give which do not hold."""
        return [reason for reason, finding in self.findings.items() if not finding.score]

    @property
    def accepts(self) -> bool:
        """The rule of the method: all three criteria must hold, in part at least."""
        return not self.failing

    def check(self, language: str) -> None:
        """For an author who speaks `language`. Raises NoteMissing, ReasonMissing, Unfinished."""
        if any(each.score < HOLDS.score and not each.note for each in self.findings.values()):
            raise NoteMissing
        if self.accepts:
            return
        text = self.reason_text or Translated()
        if self.reason not in self.failing or not (text.get(DEFAULT.code) or text.get(language)):
            raise ExplanationMissing
        if any(TO_COMPLETE.search(words) for words in text.values()):
            raise Unfinished


ALL_HOLD = Examination()


class Verdict(Enum):
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not accepted"
    OPEN = "needs another reader"


def verdict(readings: Sequence[bool], readers_to_refuse: int) -> Verdict:
    """What the readings of an idea come to; each is whether it accepts.

    The rule of readers: one who accepts is enough; a refusal takes `readers_to_refuse` who agree; when two
    disagree, another one decides.
    """
    accepting = sum(readings)
    refusing = len(readings) - accepting
    if accepting == refusing or (not accepting and refusing < readers_to_refuse):
        return Verdict.OPEN
    return Verdict.ACCEPTED if accepting > refusing else Verdict.NOT_ACCEPTED


def is_current(reading: Reading, idea: Idea) -> bool:
    """Whether a reading is of the words as they stand: once they were changed it counts no more."""
    return idea.edited_at is None or reading.read_at >= idea.edited_at


def screen(idea_id: int, examination: Examination, *, by: int, now: datetime) -> Verdict:
    """Read an idea, and decide it when its readings suffice; what they come to.

    Raises NotFound, PhaseClosed, AlreadyAccepted, AlreadyNotAccepted, NotWaiting, AlreadyRead, NoteMissing,
    ReasonMissing, Unfinished.
    """
    idea = lock(Idea, idea_id, WITH_CALENDAR)
    must_be_open(idea.cycle, Phase.SCREENING, now)
    if idea.state is not IdeaState.RECEIVED:
        raise why_not(idea)
    earlier = _readings([idea])
    if mine := _read_by(by, idea, earlier):
        raise AlreadyRead(at=mine.read_at)
    examination.check(idea.language)
    return _read([idea], examination, earlier, by, now)[0]


def screen_all(idea_ids: Sequence[int], examination: Examination, *, by: int, now: datetime) -> list[Verdict]:
    """The same reading of several ideas, all or none of them.

    Raises NothingChosen, PhaseClosed, MeanwhileDecided, ReadByYou, NoteMissing, ReasonMissing, Unfinished.
    """
    chosen = select(Idea).where(Idea.id.in_(idea_ids)).order_by(Idea.id).with_for_update(of=Idea)
    calendar = selectinload(Idea.cycle).selectinload(Cycle.phases)
    ideas = session.scalars(chosen.options(calendar).execution_options(populate_existing=True)).all()
    if not ideas:
        raise NoIdeaChosen
    for idea in ideas:
        must_be_open(idea.cycle, Phase.SCREENING, now)
    if late := [idea for idea in ideas if idea.state is not IdeaState.RECEIVED]:
        raise MeanwhileDecided(references=_named(late))
    earlier = _readings(ideas)
    if mine := [idea for idea in ideas if _read_by(by, idea, earlier)]:
        raise ReadByYou(references=_named(mine))
    for idea in ideas:
        examination.check(idea.language)
    return _read(ideas, examination, earlier, by, now)


def accept_all(idea_ids: Sequence[int], *, by: int, now: datetime) -> list[Verdict]:
    """Read ideas on which all three criteria hold. Raises as `screen_all` does."""
    return screen_all(idea_ids, ALL_HOLD, by=by, now=now)


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


def _readings(ideas: Sequence[Idea]) -> dict[int, list[Reading]]:
    """All readings of each idea, the first one first."""
    grouped: dict[int, list[Reading]] = defaultdict(list)
    of_ideas = select(Reading).where(Reading.idea_id.in_([idea.id for idea in ideas]))
    for reading in session.scalars(of_ideas.order_by(Reading.read_at, Reading.id)):
        grouped[reading.idea_id].append(reading)
    return grouped


def _read_by(person_id: int, idea: Idea, readings: dict[int, list[Reading]]) -> Reading | None:
    mine = (each for each in readings[idea.id] if each.reader_id == person_id)
    return next((each for each in mine if is_current(each, idea)), None)


def _named(ideas: Sequence[Idea]) -> str:
    return " · ".join(isolate_text(idea.reference) for idea in ideas)


def _read(
    ideas: Sequence[Idea],
    examination: Examination,
    earlier: dict[int, list[Reading]],
    by: int,
    now: datetime,
) -> list[Verdict]:
    """Write a reading of each idea, all locked and waiting, and decide those whose readings suffice."""
    verdicts, entries = [], []
    for idea in ideas:
        known = earlier[idea.id]
        # Who read other words before reads the new ones in the same row: one reader, one voice.
        reading = next((each for each in known if each.reader_id == by), None) or Reading()
        _write(reading, idea.id, examination, by, now)
        counted = [each for each in known if each is not reading and is_current(each, idea)] + [reading]
        found = verdict([each.accepts for each in counted], idea.cycle.readers_to_refuse)
        if found is not Verdict.OPEN:
            entries.append(_decide(idea, examination, counted, by, now))
        verdicts.append(found)
        audit.record("idea read", idea.reference or "", by=by, now=now, verdict=found.value)
    if entries:
        journal.append_all(entries, now)
    return verdicts


def _write(reading: Reading, idea_id: int, examination: Examination, by: int, now: datetime) -> None:
    reading.idea_id, reading.reader_id, reading.read_at = idea_id, by, now
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
        {"clarity": each.clarity, "precision": each.precision, "openness": each.openness} for each in readings
    ]
    return Action.SCREENED, idea.reference or "", {**criteria, **decision, "scores": scores}


def _why(examination: Examination) -> tuple[Reason | None, Translated | None]:
    return (None, None) if examination.accepts else (examination.reason, examination.reason_text)
