"""The archive a workbook is: opened without trust, before any parser sees it."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal

from cocreation.files.sheets.limits import MAX_PARTS, MAX_UNPACKED_BYTES
from cocreation.files.sheets.refusals import refuse_file
from cocreation.languages.i18n import lazy_gettext as _l

DAMAGED = _l("This file is damaged or is not a spreadsheet. Open it, save it again as .xlsx, .ods or .csv.")
PROTECTED = _l("This file is protected by a password. Save it as .xlsx without a password.")
OLD = _l(
    "This is a spreadsheet of the old kind (.xls). Open it, save it as .xlsx (“Excel Workbook”), and choose "
    "that file."
)
MACROS = _l("This file contains macros. Save it as .xlsx without macros.")
TOO_LARGE = _l("This file unpacks to more than %(limit)s MB. Split it.")

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and every workbook that Excel encrypts
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MACRO_PARTS = ("vbaproject", "xl/macrosheets/", "basic/", "scripts/")
_OTHER_PARTS = ("customxml/", "docprops/")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class Archive:
    """The XML parts of a workbook by their path."""

    kind: Literal["xlsx", "ods"]
    parts: dict[str, bytes]

    def repacked(self) -> io.BytesIO:
        """The same workbook packed anew: what was inspected is exactly what will be parsed.

        Two parts of one name, sizes that lie and pictures do not come along.
        """
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, content in self.parts.items():
                archive.writestr(path, content)
        packed.seek(0)
        return packed


def unpack(data: bytes) -> Archive:
    """The workbook in `data`. Raises SheetRefused: not a workbook, encrypted, macros, too large."""
    if data.startswith(_OLE):
        refuse_file(PROTECTED if _ENCRYPTED in data else OLD)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist())
            parts = {info.filename: archive.read(info) for info in archive.infolist() if _is_read(info)}
    except _BROKEN:
        refuse_file(DAMAGED)
    _check_macros(parts)
    return Archive(_kind(parts), parts)


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """What the directory of the archive says, before anything is unpacked.

    Sizes may be trusted here: `zipfile` stops at the size declared and then finds the checksum wrong.
    """
    names = [member.filename.casefold() for member in members]
    if len(names) > MAX_PARTS or len(names) != len(set(names)):
        refuse_file(DAMAGED)
    if any(member.flag_bits & 0x1 for member in members):
        refuse_file(PROTECTED)
    if any(part in name for name in names for part in _MACRO_PARTS):
        refuse_file(MACROS)
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        refuse_file(TOO_LARGE, limit=MAX_UNPACKED_BYTES // 1024 // 1024)


def _is_read(info: zipfile.ZipInfo) -> bool:
    """Whether the part says something about cells: pictures and the author's own data do not."""
    path = info.filename.casefold()
    return (path.endswith((".xml", ".rels")) and not path.startswith(_OTHER_PARTS)) or path == "mimetype"


def _check_macros(parts: dict[str, bytes]) -> None:
    """A macro project may have any name, but its type is declared. NULs go because XML may be UTF-16."""
    for path, content in parts.items():
        declared = content.replace(b"\0", b"").lower() if path.casefold() == "[content_types].xml" else b""
        if b"macroenabled" in declared or b"vbaproject" in declared:
            refuse_file(MACROS)


def _kind(parts: dict[str, bytes]) -> Literal["xlsx", "ods"]:
    if parts.get("mimetype", b"").startswith(_ODS) and "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            refuse_file(PROTECTED)
        return "ods"
    if "xl/workbook.xml" in parts:
        return "xlsx"
    refuse_file(DAMAGED)
