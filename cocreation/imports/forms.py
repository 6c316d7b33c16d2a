"""The form of an import: the file, then what its sheets and columns are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from cocreation.files.sheets.layout import Guidance
from cocreation.files.sheets.values import compared
from cocreation.imports.services import KEPT_FOR
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import FileField
from cocreation.web.forms import REQUIRED, Form

COLUMN, READ_AS, SHEET, FILLED = "heading", "read_as", "sheet", "filled"
OF_COLUMN, VALUE, MEANT = "of_column", "value", "meant"
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
        """What was said of sheets, columns and values."""
        if not self.was_shown:
            return Guidance()
        names, keys = request.form.getlist(COLUMN), request.form.getlist(READ_AS)
        sheets = frozenset(request.form.getlist(SHEET))
        of, values, meant = map(request.form.getlist, (OF_COLUMN, VALUE, MEANT))
        return Guidance(
            sheets=sheets or None,
            columns=dict(zip(names, keys, strict=False)),
            filled=frozenset(request.form.getlist(FILLED)),
            values=dict(zip(zip(of, map(compared, values), strict=False), meant, strict=False)),
        )


def as_json(guidance: Guidance) -> dict[str, object]:
    """Guidance as it is kept beside its file."""
    return {
        "sheets": None if guidance.sheets is None else sorted(guidance.sheets),
        "columns": dict(guidance.columns),
        "filled": None if guidance.filled is None else sorted(guidance.filled),
        "values": [[*of, meant] for of, meant in guidance.values.items()],
    }


def from_json(kept: Mapping[str, Any] | None, *, is_same_file: bool) -> Guidance:
    """What was said of a kept file; of another that comes in its place, what its columns and values mean."""
    if not kept:
        return Guidance()
    sheets, filled = (kept["sheets"], kept["filled"]) if is_same_file else (None, None)
    return Guidance(
        sheets=None if sheets is None else frozenset(sheets),
        columns=kept["columns"],
        filled=None if filled is None else frozenset(filled),
        values={(key, text): meant for key, text, meant in kept["values"]},
    )
