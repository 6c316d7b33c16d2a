"""Forms of the workshops' rooms."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.files.sheets.table import Row
from cocreation.imports.forms import SheetImportForm
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text.cleanup import clean_line
from cocreation.text.markup import isolate
from cocreation.web.fields import OnceField
from cocreation.web.forms import Form, HiddenField, choose, choose_several, line, paragraph
from cocreation.workshops.models import FOLLOWS, LineKind, OutputLine
from cocreation.workshops.queries import Outputs
from cocreation.workshops.services import LONGEST_LINE, Correction
from cocreation.workshops.sheet_links import are_side_by_side, belong_together


class LinesForm(Form):
    """Lines of one kind, one or many at once."""

    heading = line(_l("Heading"), required=False)
    text = paragraph(_l("New lines"), limit=20_000)
    once = OnceField()

    def __init__(self, kind: LineKind) -> None:
        super().__init__(prefix=f"{kind.value}-")
        if kind is not LineKind.PROBLEM:
            del self.heading

    @property
    def was_sent(self) -> bool:
        return bool(self.text.raw_data)

    def renew(self) -> None:
        """Ready for the next lines; the heading stays, since they often come under the same one."""
        self.text.data = ""
        self.once.process(None)


class OutputsImportForm(SheetImportForm):
    """A table of outputs. `offers_links`: lines of several kinds stand beside each other in it."""

    linked = choose(
        _l("What stands in one row"),
        [
            ("yes", _l("belongs together: link the problem, its solutions and their results")),
            ("no", _l("does not belong together: these are lists side by side, link nothing")),
        ],
        required=False,
        radio=True,
    )
    asked_in_a_case = ("linked",)
    offers_links = False

    def links(self, rows: Sequence[Row]) -> bool:
        """Whether the lines of a row are linked: as somebody said, else as the rows look."""
        self.offers_links = are_side_by_side(rows)
        self.linked.data = self.linked.data or ("yes" if belong_together(rows) else "no")
        return self.offers_links and self.linked.data == "yes"


class LineForm(Form):
    """One line, with what it said when the page was opened."""

    text = paragraph(_l("Text"), limit=LONGEST_LINE)
    heading = line(_l("Heading"), required=False)
    sources = choose_several("", [], required=False)
    before = HiddenField()

    def __init__(self, written: OutputLine, outputs: Outputs) -> None:
        sources = [str(source.id) for source in outputs.sources(written)]
        super().__init__(obj=written, before=written.text, sources=sources)
        if written.kind is not LineKind.PROBLEM or outputs.workshop.published_at:
            del self.heading
        kind = FOLLOWS.get(written.kind)
        possible = outputs.of(kind) if kind else []
        if possible:
            self.sources.label.text = ASKED[written.kind]
            self.sources.choices = [
                (str(line.id), isolate(line.mark) + " · " + isolate(line.text)) for line in possible
            ]
        else:
            del self.sources

    def values(self) -> Correction:
        """What `services.correct_line` asks for."""
        return {
            "text": clean_line(self.text.data),
            "before": (self.before.raw_data or [""])[0],
            "heading": (self.heading.data or None) if "heading" in self else None,
            "sources": [int(source) for source in self.sources.data] if "sources" in self else [],
        }


ASKED = {
    LineKind.SOLUTION: _l("Which problems does it answer?"),
    LineKind.RESULT: _l("Which solutions does it follow from?"),
}
