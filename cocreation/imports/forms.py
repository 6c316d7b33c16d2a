"""The form of an import: the file, then what its sheets and columns are."""

from __future__ import annotations

from flask import request

from cocreation.files.sheets.layout import Guidance
from cocreation.imports.services import KEPT_FOR
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import FileField
from cocreation.web.forms import REQUIRED, Form

COLUMN, READ_AS, SHEET, FILLED = "heading", "read_as", "sheet", "filled"
MATCHED = "matched"  # says that the steps between were on the page: what is not ticked is not meant


class SheetImportForm(Form):
    """A spreadsheet that is brought, or the one brought before; and how it is to be read."""

    file = FileField(_l("Spreadsheet (.xlsx, .ods or .csv)"), [REQUIRED])

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        if request.form.get("kept"):
            self.file.validators = []

    @property
    def kept_hours(self) -> int:
        """How long the file waits here."""
        return KEPT_FOR.seconds // 3600

    @property
    def writes(self) -> bool:
        """Whether it was sent to be written, not only to be checked."""
        return request.form.get("act") == "import"

    @property
    def was_shown(self) -> bool:
        """Whether the sender has seen how sheets and columns were understood."""
        return MATCHED in request.form and not self.file.data

    @property
    def guidance(self) -> Guidance:
        """What was said of sheets and columns."""
        if not self.was_shown:
            return Guidance()
        names, keys = request.form.getlist(COLUMN), request.form.getlist(READ_AS)
        sheets = frozenset(request.form.getlist(SHEET))
        return Guidance(
            sheets=sheets or None,
            columns=dict(zip(names, keys, strict=False)),
            filled=frozenset(request.form.getlist(FILLED)),
        )
