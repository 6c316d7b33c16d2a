"""The outline of a document that somebody brings: its headings, and the text beneath each.

A .docx is bounded before it is opened, then read in a process of its own with little memory and little time:
the library that reads it has no limits. Styles and pictures are left out; lists and tables are lines of text.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from cocreation.core.errors import Invalid
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text import cleanup

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PARTS, MOST_UNPACKED, MOST_OF_TEXT = 1_000, 60 * MEGABYTE, 8 * MEGABYTE
MOST_RATIO, SMALL = 100, MEGABYTE  # how much a part may grow; what is small may grow more
TYPES = "[Content_Types].xml"
PATIENCE = 20  # seconds on a clock on the wall; of processor it gets less
MOST_SECTIONS, MOST_OF_A_SECTION, MOST_IN_ALL, MOST_OF_A_HEADING = 200, 20_000, 400_000, 300
PROCESS = Path(__file__).with_name("outline_process.py")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class DocumentUnreadable(Invalid):
    sentence = _l("This file is damaged or is no document. Save it again as .docx, or as Markdown in UTF-8.")


class DocumentOfOtherKind(Invalid):
    sentence = _l("Documents are brought as .docx or as Markdown (.md). Save this one as .docx.")


class DocumentTooLarge(Invalid):
    sentence = _l("This file is larger than %(limit)s MB. Leave the pictures out, or cut it into parts.")


class DocumentUnpacksTooLarge(Invalid):
    sentence = _l(
        "This file unpacks to far more than its size: it is not opened. Save its text in a new file."
    )


class DocumentHasMacros(Invalid):
    sentence = _l("This file contains macros. Save it as .docx without macros.")


class DocumentProtected(Invalid):
    sentence = _l(
        "This is an old .doc, or it is protected by a password. Save it as .docx without a password."
    )


class DocumentTooLaborious(Invalid):
    sentence = _l("This file takes too long or too much memory to read. Save its text in a new file.")


class DocumentHasNoText(Invalid):
    sentence = _l("No text was found in this file.")


class DocumentTooLong(Invalid):
    sentence = _l(
        "This text is too long to be taken in at once: at most %(sections)s sections, %(section)s characters "
        "in each, %(all)s in all."
    )


@dataclass(frozen=True)
class OutlinePart:
    """A heading, and the text beneath it until the next one."""

    heading: str
    text: str
    level: int = 0


@dataclass(frozen=True)
class Outline:
    """What was understood of a file."""

    name: str
    parts: list[OutlinePart]


def read_outline(name: str, content: bytes) -> Outline:
    """Raises why the file cannot be taken in."""
    if len(content) > MOST_BYTES:
        raise DocumentTooLarge(limit=MOST_BYTES // MEGABYTE)
    kind = _kind(name, content)
    if kind == "docx":
        _check_archive(content)
    parts = [part for part in map(_cleaned, _sections(kind, content)) if part.heading or part.text]
    if not parts:
        raise DocumentHasNoText
    check_length(parts)
    return Outline(cleanup.clean_line(name, 100), parts)


def check_length(parts: list[OutlinePart]) -> None:
    """Raises DocumentTooLong."""
    longest = max((len(part.text) for part in parts), default=0)
    in_all = sum(len(part.text) for part in parts)
    if len(parts) > MOST_SECTIONS or longest > MOST_OF_A_SECTION or in_all > MOST_IN_ALL:
        raise DocumentTooLong(sections=MOST_SECTIONS, section=MOST_OF_A_SECTION, all=MOST_IN_ALL)


def _kind(name: str, content: bytes) -> str:
    if content.startswith(_OLE):
        raise DocumentProtected
    suffix = Path(name.casefold()).suffix
    if suffix == ".docm":
        raise DocumentHasMacros
    if suffix == ".docx" or content.startswith(b"PK\x03\x04"):
        return "docx"
    if suffix not in (".md", ".markdown", ".txt"):
        raise DocumentOfOtherKind
    if b"\0" in content:
        raise DocumentUnreadable
    return "md"


def _check_archive(content: bytes) -> None:
    """What the directory of the archive says. Its sizes may be trusted: `zipfile` stops at the size declared
    and finds the checksum wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(members)
            names = archive.namelist()
            types = archive.read(TYPES) if TYPES in names else b""
    except _BROKEN:
        raise DocumentUnreadable from None
    if b"macroenabled" in types.replace(b"\0", b"").lower():
        raise DocumentHasMacros
    if "word/document.xml" not in names and b"wordprocessingml" not in types:
        raise DocumentUnreadable


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.casefold() for member in members]
    if len(names) != len(set(names)):
        raise DocumentUnreadable
    if any(map(_is_locked, members)):
        raise DocumentProtected
    if "vbaproject" in " ".join(names):
        raise DocumentHasMacros
    if len(names) > MOST_PARTS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise DocumentUnpacksTooLarge
    if any(map(_grows, members)):
        raise DocumentUnpacksTooLarge


def _is_locked(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & 0x1)


def _grows(member: zipfile.ZipInfo) -> bool:
    is_text = member.filename.casefold().endswith((".xml", ".rels"))
    grown = member.file_size > SMALL and member.file_size > MOST_RATIO * member.compress_size
    return grown or (is_text and member.file_size > MOST_OF_TEXT)


def _sections(kind: str, content: bytes) -> list[dict[str, object]]:
    """What the process says. Raises DocumentTooLaborious where it died or was ended, DocumentUnreadable where
    the library gave up.
    """
    command = [sys.executable, "-I", str(PROCESS), kind]
    try:
        done = subprocess.run(  # noqa: S603 — our own program
            command, input=content, capture_output=True, timeout=PATIENCE, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise DocumentTooLaborious from None
    if done.returncode < 0 or done.returncode == 3 or b"MemoryError" in done.stderr:
        raise DocumentTooLaborious
    if done.returncode:
        raise DocumentUnreadable
    sections: list[dict[str, object]] = json.loads(done.stdout)
    return sections


def _cleaned(section: dict[str, object]) -> OutlinePart:
    heading = cleanup.clean_line(str(section["heading"]))[:MOST_OF_A_HEADING]
    return OutlinePart(heading, cleanup.clean(str(section["text"])), int(str(section["level"])))
