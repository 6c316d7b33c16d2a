"""Acts on the outputs of a workshop. All lock the workshop first, so that numbers stay in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import TypedDict

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person
from cocreation.core import audit
from cocreation.core.clock import day_of
from cocreation.core.database import lock, session
from cocreation.core.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Refusal
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Workshop
from cocreation.text.cleanup import clean_line
from cocreation.text.language_guess import guess_language
from cocreation.workshops import policy
from cocreation.workshops.models import FOLLOWS, LineKind, OutputLine, line_links


class OutputsPublished(Refusal):
    """Lines and their numbers are public: they neither come, go nor move any more."""

    sentence = _l("These outputs were published on %(day)s. Lines can no longer be added, moved or removed.")


class OutputsAlreadyPublished(AlreadyDone):
    sentence = _l("These outputs were already published on %(day)s. Nothing was changed.")


class NothingToPublish(Refusal):
    sentence = _l("This workshop has no line yet. Enter its outputs first, then publish them.")


class LineChanged(Refusal):
    """Somebody else wrote while this person was writing."""

    sentence = _l(
        "Somebody changed this line while you were writing. It now says: “%(text)s”. "
        "Your words are kept below: send them again to put them in its place."
    )


class LineTooLong(Invalid):
    sentence = _l("A line has more than %(limit)s characters: “%(start)s…”. Cut it into several lines.")


LONGEST_LINE = 1000  # characters; the longest of 2023 had 187


def split_lines(typed: str) -> list[str]:
    """The lines of what was typed or pasted, without empty ones. Raises LineTooLong."""
    lines = [line for text in typed.split("\n") if (line := clean_line(text))]
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise LineTooLong(limit=LONGEST_LINE, start=line[:60])
    return lines


def add_lines(
    workshop_id: int,
    kind: LineKind,
    typed: str,
    *,
    heading: str | None = None,
    once: str | None = None,
    by: Person,
    now: datetime,
) -> None:
    """Add what was typed, one line each, after the lines of its kind (and under its heading).

    The same sending (`once`) arriving twice adds nothing. Raises OutputsPublished, LineTooLong.
    """
    workshop = _unpublished(workshop_id)
    texts = split_lines(typed)
    if not texts or (once and session.scalar(select(OutputLine.id).where(OutputLine.once == once))):
        return
    added = append(workshop, kind, [(heading, text) for text in texts])
    added[0].once = once
    audit.record("lines added", workshop.reference, by=by.id, now=now, kind=kind.value, count=len(added))


class Correction(TypedDict):
    """What `correct_line` is told of a line: its words, before and now, and what belongs to them."""

    text: str
    before: str
    heading: str | None
    sources: Collection[int]


def append(workshop: Workshop, kind: LineKind, said: Iterable[tuple[str | None, str]]) -> list[OutputLine]:
    """Write (heading, text) pairs after the lines of a locked workshop; the new lines."""
    lines = _lines(workshop, kind)
    added = [
        OutputLine(
            workshop_id=workshop.id,
            kind=kind,
            number=number,
            heading=heading if kind is LineKind.PROBLEM else None,
            text=text,
            language=guess_language(text),
        )
        for number, (heading, text) in enumerate(said, len(lines) + 1)
    ]
    session.add_all(added)
    session.flush()
    _number([*lines, *added])
    return added


def link(pairs: Iterable[tuple[OutputLine, OutputLine]]) -> None:
    """Let lines of a locked workshop follow from others: pairs (from, to) that are not linked yet."""
    links = {(source.id, line.id) for source, line in pairs}
    if links:
        session.execute(insert(line_links), [{"from_id": source, "to_id": line} for source, line in links])


def correct_line(
    workshop_id: int,
    line_id: int,
    text: str,
    *,
    before: str,
    heading: str | None = None,
    sources: Collection[int] = (),
    by: Person,
    now: datetime,
) -> None:
    """Change the words of a line that said `before`, its heading, and the lines it follows from.

    Once it is public, its heading stays and only the secretariat corrects it.
    Raises LineChanged, NotAllowed, NotFound, and Invalid for a source of another kind or workshop.
    """
    workshop = _locked(workshop_id)
    line = _line(workshop, line_id, before)
    if not policy.can_correct(by, workshop):
        raise NotAllowed
    if not set(sources) <= {source.id for source in _lines(workshop, FOLLOWS.get(line.kind))}:
        raise Invalid
    line.text, line.language = text, guess_language(text)
    if line.kind is LineKind.PROBLEM and not workshop.published_at and heading != line.heading:
        line.heading = heading
        _number(_lines(workshop, line.kind))
    session.execute(delete(line_links).where(line_links.c.to_id == line.id))
    if sources:
        session.execute(
            insert(line_links), [{"from_id": source, "to_id": line.id} for source in set(sources)]
        )
    audit.record("line corrected", _reference(workshop, line), by=by.id, now=now, before=before, after=text)


def remove_line(workshop_id: int, line_id: int, *, before: str, by: Person, now: datetime) -> None:
    """Take away a line that said `before`; those after it move up. Raises OutputsPublished, LineChanged."""
    workshop = _unpublished(workshop_id)
    line = _line(workshop, line_id, before)
    audit.record("line removed", _reference(workshop, line), by=by.id, now=now, before=before)
    session.delete(line)
    session.flush()
    _number(_lines(workshop, line.kind))


def move_line(workshop_id: int, line_id: int, *, down: bool, by: Person, now: datetime) -> None:
    """Let a line change places with its neighbour under the same heading; at the end it stays.

    Raises OutputsPublished.
    """
    workshop = _unpublished(workshop_id)
    line = _line(workshop, line_id)
    lines = _lines(workshop, line.kind)
    position = lines.index(line)
    target = position + (1 if down else -1)
    if 0 <= target < len(lines) and lines[target].heading == line.heading:
        lines[position], lines[target] = lines[target], lines[position]
        _number(lines)
        audit.record("line moved", _reference(workshop, line), by=by.id, now=now)


def publish(workshop_id: int, *, by: Person, now: datetime) -> None:
    """Make the outputs public, for good. Raises OutputsAlreadyPublished, NothingToPublish."""
    workshop = _locked(workshop_id)
    if workshop.published_at:
        raise OutputsAlreadyPublished(day=day_of(workshop.published_at))
    if not session.scalar(select(OutputLine.id).where(OutputLine.workshop_id == workshop.id).limit(1)):
        raise NothingToPublish
    workshop.published_at = now
    audit.record("outputs published", workshop.reference, by=by.id, now=now)


def _locked(workshop_id: int) -> Workshop:
    return lock(Workshop, workshop_id, joinedload(Workshop.meeting))


def _unpublished(workshop_id: int) -> Workshop:
    workshop = _locked(workshop_id)
    if workshop.published_at:
        raise OutputsPublished(day=day_of(workshop.published_at))
    return workshop


def _line(workshop: Workshop, line_id: int, before: str | None = None) -> OutputLine:
    """A line of a locked workshop, which still says `before` when that is given."""
    line = session.get(OutputLine, line_id, populate_existing=True)
    if line is None or line.workshop_id != workshop.id:
        raise NotFound
    if before is not None and line.text != before:
        raise LineChanged(text=line.text)
    return line


def _lines(workshop: Workshop, kind: LineKind | None) -> list[OutputLine]:
    statement = select(OutputLine).where(OutputLine.workshop_id == workshop.id, OutputLine.kind == kind)
    return list(session.scalars(statement.order_by(OutputLine.number)))


def _number(lines: Sequence[OutputLine]) -> None:
    """Number lines as the page shows them: headings in the order in which they first come, 1 to n.

    By way of negative numbers, since no two lines may bear the same one even for a moment.
    """
    headings = list(dict.fromkeys(line.heading for line in lines))
    in_order = sorted(lines, key=lambda line: headings.index(line.heading))
    moved = [(line, number) for number, line in enumerate(in_order, 1) if line.number != number]
    for sign in (-1, 1):
        for line, number in moved:
            line.number = sign * number
        session.flush()


def _reference(workshop: Workshop, line: OutputLine) -> str:
    return f"{workshop.reference}-{line.mark}"
