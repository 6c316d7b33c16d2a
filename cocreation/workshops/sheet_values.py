"""What the cells of a table of outputs are chosen from, where somebody matches them by hand."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.files.sheets.values import ValueList, known_in
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.text.spelling import fold
from cocreation.web.rendering import translated_text
from cocreation.workshops import queries
from cocreation.workshops.imports import is_called
from cocreation.workshops.models import LineKind
from cocreation.workshops.sheet_columns import KINDS


def value_lists(meeting: Meeting) -> list[ValueList]:
    """The kinds of lines, and the workshops there are, if there are any: another one is made where nobody
    says that one of them is meant.
    """
    workshops = [workshop for workshop, _lines in queries.workshops_with_lines(meeting)]
    labels = {kind.value: kind.label for kind in LineKind}
    kinds = ValueList("kind", labels, known_in(KINDS), may_be_empty=False, stands_alone=False)
    return [kinds, _titles_of(workshops)] if workshops else [kinds]


def _titles_of(workshops: Sequence[Workshop]) -> ValueList:
    titles = [translated_text(workshop.theme) for workshop in workshops]

    def is_title(value: str) -> bool:
        return any(is_called(workshop, fold(value)) for workshop in workshops)

    new = _l("a new workshop of this name")
    return ValueList(
        "workshop", dict(zip(titles, titles, strict=True)), is_title, may_be_empty=False, as_written=new
    )
