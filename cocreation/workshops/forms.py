"""Forms of the workshops' rooms."""

from __future__ import annotations

import base64

from flask import request
from wtforms import Field
from wtforms.validators import ValidationError

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.files.sheets.reader import read
from cocreation.text.cleanup import clean_line
from cocreation.text.markup import isolate
from cocreation.web import uploads
from cocreation.web.forms import (
    FileField,
    Form,
    HiddenField,
    OnceField,
    choose_several,
    line,
    paragraph,
)
from cocreation.workshops.models import FOLLOWS, LineKind, OutputLine
from cocreation.workshops.queries import Outputs
from cocreation.workshops.services import LONGEST_LINE, Correction

# A file waits inside the page between the look at what was understood and the word to write it.
LARGEST_FILE = 1024 * 1024


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


def _brought_or_kept(field: str) -> list[uploads.Given]:
    """The spreadsheet that came, or the one that waited in the page; none where it was cut on the way."""
    kept = request.form.get("kept")
    if not kept:
        return uploads.brought(field)
    try:
        return [(request.form.get("filename", ""), base64.b64decode(kept, validate=True))]
    except ValueError:
        return []


OUTPUTS = uploads.Files(
    "file", uploads.one_by_one(lambda name, content: read(content, name)), source=_brought_or_kept
)


class OutputImportForm(Form):
    """A spreadsheet, sent once to be looked at, then again from inside the page to be written."""

    file = FileField(_l("Spreadsheet"))
    kept = HiddenField()
    filename = HiddenField()

    content: bytes = b""

    def __init__(self) -> None:
        super().__init__()
        self.file.flags.required = True  # for the browser; the second sending brings the file in `kept`

    @property
    def confirms(self) -> bool:
        """Whether what was shown is now to be written."""
        return bool(self.kept.data)

    def validate_file(self, field: Field) -> None:
        if self.confirms:
            self.content = self._kept()
        elif field.data:
            with field.data.stream as sent:
                self.content, self.filename.data = sent.read(LARGEST_FILE + 1), field.data.filename
        if not self.content and not (field.data and field.data.filename):
            raise ValidationError(_l("Please choose a file."))
        if len(self.content) > LARGEST_FILE:
            raise ValidationError(_l("This file is larger than 1 MB. Split it."))

    def keep(self) -> None:
        """Let the file wait in the page."""
        self.kept.data = base64.b64encode(self.content).decode()

    def _kept(self) -> bytes:
        try:
            return base64.b64decode(self.kept.data, validate=True)
        except ValueError as error:  # what is no base 64, and what is not even ASCII
            raise ValidationError(_l("The file arrived incomplete. Choose it again.")) from error
