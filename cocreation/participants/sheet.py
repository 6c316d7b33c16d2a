"""A list of participants in a spreadsheet: who stands in its rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TypeVar

from cocreation.core.errors import Invalid
from cocreation.demographics.models import (
    AGE,
    CAPACITY,
    NOT_STATED,
    Capacity,
    StatisticalQuestion,
)
from cocreation.files.sheets.columns import Column, NotAChoice, match_choice
from cocreation.files.sheets.refusals import Problems
from cocreation.files.sheets.table import Row
from cocreation.files.sheets.values import ValueList
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.participants.ages import bracket_of
from cocreation.participants.sheet_columns import COLUMNS, LISTED, WORKSHOP
from cocreation.participants.sheet_contacts import addresses_in, numbers_in
from cocreation.participants.sheet_words import UNSTATED, WORDS
from cocreation.places.models.answers import MeetingQuestion
from cocreation.text.spelling import fold

LONGEST = 200  # characters of a name, an association or a workshop, as in the forms


class NotAName(Invalid):
    sentence = _l("“%(value)s” is not a name: there is no letter in it.")


class NotANumber(Invalid):
    sentence = _l("“%(value)s” is not a number of the list. Leave the cell empty, or write 1, 2, 3…")


class TooLong(Invalid):
    sentence = _l("“%(value)s…” is longer than %(limit)s characters.")


class ListedTwice(Invalid):
    sentence = _l("“%(value)s” is already in row %(row)s of sheet “%(sheet)s”.")


# What an answer as it is written is kept as.
Chooser = Callable[[str], str | None]
Taken = TypeVar("Taken")


@dataclass(frozen=True)
class ListedParticipant:
    """One person of the list; `said` is what is kept of each statistical question, `workshop` the title as
    written, "" when there is none. `number` is what this platform's own export calls somebody who has neither
    an address nor a telephone; `spare` are the addresses and telephones beyond the first.
    """

    row: Row
    name: str
    email: str | None
    phone: str | None
    association: str | None
    said: Mapping[StatisticalQuestion, str | None]
    workshop: str
    number: int | None
    spare: tuple[str, ...] = ()

    @property
    def capacity(self) -> Capacity:
        return Capacity(str(self.said[CAPACITY]))

    @property
    def is_reachable(self) -> bool:
        return bool(self.email or self.phone)


def read_participants(rows: Sequence[Row], on: date) -> list[ListedParticipant]:
    """The people of a list, one a row; a birth is told as an age on a day. Raises SheetRefused naming
    every row with something wrong.
    """
    problems, people = Problems(), []
    choosers = {question: chooser_of(question, on) for question in LISTED}
    for row in rows:
        before = len(problems.errors)
        cells = _Cells(row, problems)
        addresses = cells.take(lambda row: addresses_in(row["email"])) or []
        numbers = cells.take(lambda row: numbers_in(row["phone"])) or []
        listed = ListedParticipant(
            row=row,
            name=cells.take(_name) or "",
            email=next(iter(addresses), None),
            phone=next(iter(numbers), None),
            spare=(*addresses[1:], *numbers[1:]),
            association=cells.take(lambda row: _short(row["association"])) or None,
            said={
                question: cells.take(partial(_answer, question, choosers[question])) for question in LISTED
            },
            workshop=cells.take(lambda row: _short(row["workshop"])) or "",
            number=cells.take(lambda row: _number(row["list_number"])),
        )
        if len(problems.errors) == before:
            people.append(listed)
    _check_twice(people, problems)
    problems.refuse()
    return people


def columns_of(questions: Iterable[MeetingQuestion]) -> list[Column]:
    """The columns of a list that comes in; those of its organisers' own `questions`, which the list they take
    away has, are known and not read.
    """
    return [*COLUMNS, *(_column_of_theirs(question) for question in questions)]


def _column_of_theirs(question: MeetingQuestion) -> Column:
    labels = tuple(question.label.values())
    return Column(f"question_{question.id}", None, aliases=labels, only_given=True)


def value_lists(meeting: Meeting, on: date) -> list[ValueList]:
    """The answers to each statistical question, and the workshops there are, if there are any: another one is
    made where nobody says that one of them is meant. Ages are those of the day `on`.
    """
    lists = [_answers_to(question, on) for question in LISTED]
    return [*lists, _titles_of(meeting.workshops)] if meeting.workshops else lists


def _answers_to(question: StatisticalQuestion, on: date) -> ValueList:
    answers = {str(answer): answer.label for answer in question.answers or () if answer != NOT_STATED}
    return ValueList(question.key, answers, _is_answer(question, on))


def _is_answer(question: StatisticalQuestion, on: date) -> Callable[[str], bool]:
    chosen = chooser_of(question, on)

    def is_answer(value: str) -> bool:
        try:
            chosen(value)
        except NotAChoice:
            return False
        return True

    return is_answer


def _titles_of(workshops: Sequence[Workshop]) -> ValueList:
    language = i18n.current()
    titles = [workshop.theme.best(language.code, language.falls_back)[0] for workshop in workshops]
    spellings = {fold(title) for workshop in workshops for title in workshop.theme.values()}

    def is_title(value: str) -> bool:
        return fold(" ".join(value.split())) in spellings

    new = _l("a new workshop of this name")
    return ValueList(WORKSHOP.key, dict(zip(titles, titles, strict=True)), is_title, as_written=new)


class _Cells:
    """The cells of a row, each with its own mistake: who corrects a file hears of all of them at once."""

    def __init__(self, row: Row, problems: Problems) -> None:
        self.row, self.problems = row, problems

    def take(self, read: Callable[[Row], Taken]) -> Taken | None:
        taken = None
        with self.problems.at(self.row):
            taken = read(self.row)
        return taken


def _answer(question: StatisticalQuestion, chosen: Chooser, row: Row) -> str | None:
    return chosen(row[question.key])


def _name(row: Row) -> str:
    """The name, of one column or of two: "Nom" beside "Prénom" is the family's, "الاسم" beside "النسب" the
    person's own; with both beside it, it is the whole name. Raises NotAName, TooLong.
    """
    full, family, given = row["name"], row["family_name"], row["given_name"]
    if full and bool(family) == bool(given):
        family, given = "", full
    elif full:
        family, given = family or full, given or full
    name = _short(f"{given} {family}")
    if not any(character.isalpha() for character in name):
        raise NotAName(value=name[:40])
    return name


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or not 0 < int(typed) < 10**6:
        raise NotANumber(value=typed[:20])
    return int(typed)


def _short(text: str) -> str:
    """A text in one line. Raises TooLong."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise TooLong(value=line[:40], limit=LONGEST)
    return line


def chooser_of(question: StatisticalQuestion, on: date) -> Chooser:
    """What an empty cell, a value or one of its words means; each is folded and looked up once."""
    words = WORDS.get(question, {})
    choices: dict[str, Sequence[str]] = {answer: words.get(answer, ()) for answer in question.answers or ()}
    choices.setdefault(NOT_STATED, UNSTATED)

    @cache
    def chosen(value: str) -> str | None:
        if question is AGE and (bracket := bracket_of(value, on)):
            return bracket
        return question.kept(match_choice(value, choices) if value else None)

    return chosen


def _check_twice(people: Sequence[ListedParticipant], problems: Problems) -> None:
    """An address or a number in two rows: nobody can say which row is right."""
    seen: dict[str, Row] = {}
    for listed in people:
        number = None if listed.is_reachable or listed.number is None else str(listed.number)
        for way in filter(None, (listed.email, listed.phone, number)):
            with problems.at(listed.row):
                if first := seen.get(way):
                    raise ListedTwice(value=way, row=str(first.number), sheet=first.sheet)
                seen[way] = listed.row
