"""PDFs: templates of `templates/pdf/`, compiled by Typst with the platform's own font, tagged for readers.

Words come with the data, so that they are translated where all others are.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Literal

import typst

from cocreation.core import i18n
from cocreation.core.settings import ROOT

TEMPLATES = ROOT / "templates" / "pdf"
STANDARD: Literal["ua-1"] = "ua-1"


def compiled(template: str, data: dict[str, object]) -> bytes:
    """The PDF of `template` ("meetings/sheet.typ") in the current language, which the template reads with
    `data` as `json(bytes(sys.inputs.data))`.
    """
    [document] = _compile(template, data, format="pdf", pdf_standards=STANDARD)
    return document


def drawn(template: str, data: dict[str, object], *, dots_per_inch: int = 72) -> list[bytes]:
    """Its pages as PNG images, for eyes and tests."""
    return _compile(template, data, format="png", ppi=dots_per_inch)


def number(value: int) -> str:
    """A number as it is printed: its groups keep together and are not turned round in Arabic."""
    return i18n.format_number(value).replace("\u202f", "\u00a0")  # the font has no narrow blank


def _compile(template: str, data: dict[str, object], **options: Any) -> list[bytes]:
    language = i18n.current()
    given = {"language": language.code, "direction": language.direction, **data}
    compiler = typst.Compiler(
        TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
    )
    output = compiler.compile(sys_inputs={"data": json.dumps(given)}, **options)
    return output if isinstance(output, list) else [output or b""]


@cache
def _fonts() -> typst.Fonts:
    folder = resources.files("fontpkg_ibm_plex_sans_arabic") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
