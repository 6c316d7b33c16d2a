"""What people see of an answer, as lines of text, so that two can be compared."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

# What may differ from one answer to the next of the very same code.
MASKS = (
    (re.compile(r"[\w-]{40,}\.[\w-]{6}\.[\w-]{27}"), "(signed)"),  # the tokens of forms
    (re.compile(r"(/static/[^\s\"'?]+)\?v=[\w.-]+"), r"\1"),
    (re.compile(r'"(signature|salt|challenge)": ?"[^"]*"'), r'"\1": "…"'),
)
# What another seeding numbers and draws anew: receipts and their like, keys of rows.
ROW_MASKS = (
    (re.compile(r"[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "…"),
    (re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}|\b[\w-]{43}\b"), "…"),
    (re.compile(r"^(\w+/\w+):[0-9]+"), r"\1:…"),
)
PDF_MASKS = (
    (re.compile(rb"/(ModDate|CreationDate)\(D:\d{14}Z\)"), rb"/\1"),
    (re.compile(rb"/ID\[[^\]]*\]"), b"/ID"),
    (re.compile(rb"(<xmpMM:(?:Instance|Document)ID>)[^<]*"), rb"\1"),
    (re.compile(rb"(<xmp:(?:Create|Modify)Date>)[^<]*"), rb"\1"),
)
# A cell of a sheet: its column, its row, how it is shown, what it holds.
CELL = re.compile(r'<c r="([A-Z]+)([0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
CONTENT = re.compile(r"<[tvf](?: [^>]*)?>([^<]*)</[tvf]>")
UNSEEN = {"script", "style", "template", "svg"}
SHOWN = (
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "lang",
    "dir",
    "href",
    "action",
    "name",
    "value",
    "src",
    "aria-current",
)
STATES = ("checked", "selected", "disabled", "required", "open", "hidden")
LINES = {
    "p",
    "div",
    "li",
    "tr",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "dt",
    "dd",
    "form",
    "table",
    "main",
    "nav",
}


def same_but_for_chance(kind: str, body: bytes) -> bytes:
    """The content of an answer without what is another one each time."""
    if kind.startswith("application/pdf"):
        for mask, filling in PDF_MASKS:
            body = mask.sub(filling, body)
    if not _is_text(kind):
        return body
    text = body.decode("utf-8", "replace")
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text.encode()


def lines(kind: str, body: bytes) -> list[str]:
    """What is read and what can be done on a page; the cells of a sheet; the lines of a text."""
    if kind.startswith("text/html"):
        page = _Page()
        page.feed(same_but_for_chance(kind, body).decode())
        page.close()
        return page.lines()
    if body[:2] == b"PK":
        return _packed(body)
    if _is_text(kind):
        return same_but_for_chance(kind, body).decode().splitlines()
    body = same_but_for_chance(kind, body)
    return [f"{kind}: {len(body)} bytes, {zlib.crc32(body):08x}"]


def row(said: dict[str, Any], columns: set[str]) -> str:
    """What a row of a table says in these columns, without its number, those of others, and secrets."""
    return str(
        {
            name: _same_but_for_number(value)
            for name, value in said.items()
            if name in columns and name != "id" and not name.endswith("_id")
        }
    )


def _same_but_for_number(value: Any) -> Any:
    if isinstance(value, str):
        for mask, filling in ROW_MASKS:
            value = mask.sub(filling, value)
    return value


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or "json" in kind or "javascript" in kind or "pem" in kind


def _packed(body: bytes) -> list[str]:
    """The sheets of an .xlsx or the files of a .zip, without when it was made."""
    said = []
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in sorted(archive.namelist()):
            if not name.startswith("docProps/"):
                content = archive.read(name)
                is_text = name.endswith((".xml", ".json", ".csv", ".txt", ".rels"))
                text = content.decode() if is_text else f"{len(content)} bytes, {zlib.crc32(content):08x}"
                before, _, after = text.partition("<sheetData>")
                cells, _, after = after.partition("</sheetData>")
                said += [f"{name}: {line}" for line in _tags(before)]
                said += [f"{name}: {line}" for line in _cells(cells)]
                said += [f"{name}: {line}" for line in _tags(after)]
    return said


def _tags(text: str) -> list[str]:
    return text.replace("><", ">\n<").splitlines()


def _cells(data: str) -> Iterator[str]:
    """The cells of a sheet, each by its row and by what heads its column: a new column moves no other."""
    headings: dict[str, str] = {}
    for column, row, attributes, content in CELL.findall(data):
        text = unescape("".join(CONTENT.findall(content)))
        heading = headings.setdefault(column, text or column)
        yield f"row {row}, {heading}{attributes}: {text}"


class _Page(HTMLParser):
    """The text of a page, its links, forms and fields; nothing of how it is built or looks."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.within = 0  # how deep in what nobody sees

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.within += 1
        if tag in ("meta", "link") or self.within:
            return
        if tag in LINES:
            self.said.append("\n")
        given = dict(attributes)
        shown = [f"{name}={given[name]}" for name in SHOWN if given.get(name)]
        shown += [name for name in STATES if name in given]
        if shown:
            self.said.append(f"\n[{tag} {' '.join(shown)}] ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.within = max(0, self.within - 1)
        elif tag in LINES:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.within:
            self.said.append(data)

    def lines(self) -> list[str]:
        tidy = (" ".join(line.split()) for line in "".join(self.said).splitlines())
        return [line for line in tidy if line]
