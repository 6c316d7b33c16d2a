"""What the cells of a list of participants are chosen from, where somebody matches them by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from cocreation.demographics.models import NOT_STATED, StatisticalQuestion
from cocreation.files.sheets.columns import NotAChoice
from cocreation.files.sheets.values import ValueList
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.participants.sheet import chooser_of
from cocreation.participants.sheet_columns import LISTED, WORKSHOP
from cocreation.text.spelling import fold
from cocreation.web.rendering import translated_text


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
    titles = [translated_text(workshop.theme) for workshop in workshops]
    spellings = {fold(title) for workshop in workshops for title in workshop.theme.values()}

    def is_title(value: str) -> bool:
        return fold(" ".join(value.split())) in spellings

    new = _l("a new workshop of this name")
    return ValueList(WORKSHOP.key, dict(zip(titles, titles, strict=True)), is_title, as_written=new)
