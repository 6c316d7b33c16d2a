"""PDFs: templates of `templates/pdf/`, compiled by Typst with the platform's own font, tagged for readers.

Words come with the data, so that they are translated where all others are. Names of people come in any
letters there are: other fonts stand behind our own, and a sign stands for what none of them draws, since a
tagged PDF does not take a letter without a shape, and one name would stop the printing of all.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Literal

import structlog
import typst
from fontTools.ttLib import TTFont

from cocreation.core.settings import ROOT
from cocreation.languages import i18n

TEMPLATES = ROOT / "templates" / "pdf"
STANDARD: Literal["ua-1"] = "ua-1"
FONT_PACKAGES = ("fontpkg_ibm_plex_sans_arabic", "fontpkg_noto_sans")
REPLACEMENT = "\ufffd"  # the sign for a letter that no font has
# What `make` brings into the form that Typst reads (deploy/subset_fonts.py).
PRINTED = ROOT / "static" / "vendor" / "fonts" / "print"

log = structlog.get_logger()


def compiled(template: str, data: dict[str, object], *, made_at: datetime | None = None) -> bytes:
    """The PDF of `template` ("meetings/sheet.typ") in the current language, which the template reads with
    `data` as `json(bytes(sys.inputs.data))`. What says that it was `made_at` a moment is the same to the byte
    whenever it is made again.
    """
    moment = {} if made_at is None else {"timestamp": int(made_at.timestamp())}
    try:
        [document] = _compile(template, data, format="pdf", pdf_standards=STANDARD, **moment)
    except typst.TypstError as error:  # what a reader of the screen then misses, all others still have
        log.error("pdf without tags", template=template, why=str(error)[:300])
        [document] = _compile(template, data, format="pdf", **moment)
    return document


def drawn(template: str, data: dict[str, object], *, dots_per_inch: int = 72) -> list[bytes]:
    """Its pages as PNG images, for eyes and tests."""
    return _compile(template, data, format="png", ppi=dots_per_inch)


def number(value: int) -> str:
    """A number as it is printed: its groups keep together and are not turned round in Arabic."""
    return i18n.format_number(value).replace("\u202f", "\u00a0")  # the font has no narrow blank


def direction_of(text: str) -> str:
    """The direction in which `text` is read by itself, as its first letter has it; else that of the page. A
    name that is cut, is cut at its own end.
    """
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), None)
    if strong is None:
        return i18n.current().direction
    return "ltr" if strong == "L" else "rtl"


def printable(text: str) -> str:
    """`text` with REPLACEMENT for every sign, its marks included, that no font draws as one."""
    if text.isascii():
        return text
    signs = _signs(unicodedata.normalize("NFC", text))
    return "".join(sign if _is_drawn(sign) else REPLACEMENT for sign in signs)


def _signs(text: str) -> Iterator[str]:
    """The letters of `text`, each with the marks that belong to it and what is joined to it."""
    sign = ""
    for letter in text:
        if sign and not (_is_mark(letter) or sign.endswith("\u200d")):
            yield sign
            sign = ""
        sign += letter
    if sign:
        yield sign


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf", "Sk") and not letter.isascii()


def _is_drawn(sign: str) -> bool:
    """Signs that order and join are not drawn; nor are blanks and ends of lines."""
    shapes = {ord(letter) for letter in sign if unicodedata.category(letter) not in ("Cf", "Zs", "Cc")}
    return any(shapes <= letters for letters in _letters())


def _fit(data: object) -> object:
    """The same data, its texts `printable`."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: _fit(value) for key, value in data.items()}
    return [_fit(value) for value in data] if isinstance(data, (list, tuple)) else data


def _compile(template: str, data: dict[str, object], **options: Any) -> list[bytes]:
    language = i18n.current()
    given = {"language": language.code, "direction": language.direction, **data}
    compiler = typst.Compiler(
        TEMPLATES / template, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True
    )
    output = compiler.compile(sys_inputs={"data": json.dumps(_fit(given))}, **options)
    return output if isinstance(output, list) else [output or b""]


@cache
def _fonts() -> typst.Fonts:
    folders = [str(resources.files(package) / "files") for package in FONT_PACKAGES]
    if PRINTED.is_dir():
        folders.append(str(PRINTED))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def _letters() -> list[frozenset[int]]:
    """What each upright font can draw."""
    files = {font.path for font in _fonts().fonts() if font.path and font.style == "normal"}
    return [_letters_of(file) for file in sorted(files)]


def _letters_of(file: str) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
