"""Files of people: taken for what their content is, never for what they say they are."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from cocreation.core.errors import Invalid
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text import cleanup

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000  # decoded, four bytes each: what one file may cost in memory
MOST_PIXELS_TOGETHER = 75_000_000  # what the files of one form may cost in time: five photos of a telephone
MOST_SCANS = 100  # of a progressive JPEG: each draws the whole image once more, and is forty bytes
MOST_SIDE = 3_600  # pixels kept of an image each way: a sheet of A4 scanned at 300 dots an inch
QUALITIES = (80, 65, 50, 35)  # of WebP, from fine to coarse
PDF = "application/pdf"
# Of each kind taken: how its content begins, and how its name may end (the first when it ends otherwise).
BEGINS = {
    PDF: b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/webp": b"RIFF",
}
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
TEXT_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".txt", ".pages")
ENDINGS = {
    PDF: (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/webp": (".webp",),
}


@dataclass(frozen=True)
class File:
    """A file that may be kept: `kind` is its media type, `digest` the SHA-256 of its content."""

    name: str
    kind: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class FileRefused(Invalid):
    """One file cannot be taken; the sentence names it."""


class Empty(FileRefused):
    sentence = _l("“%(name)s” is empty.")


class TooLarge(FileRefused):
    sentence = _l("“%(name)s” is larger than 5 MB. Send a smaller one, or parts of it.")


class WrongKind(FileRefused):
    sentence = _l(
        "“%(name)s” is neither a PDF nor a PNG, JPEG or WebP image. Save it as PDF, or send a photo of it."
    )


class TextDocument(FileRefused):
    sentence = _l(
        "“%(name)s” is a text document. Open it, choose “Save as” and the type PDF, then send that file."
    )


class TelephonePhoto(FileRefused):
    sentence = _l(
        "“%(name)s” is a photo as telephones keep it (HEIC), which not everybody can open. Send it as JPEG: "
        "on the telephone, open the photo, take a screenshot of it, and choose that."
    )


class Damaged(FileRefused):
    sentence = _l("“%(name)s” is damaged or cut off: it cannot be opened.")


class TooManyPixels(FileRefused):
    sentence = _l("“%(name)s” is too large an image: at most 25 million pixels.")


class TooManyPixelsTogether(FileRefused):
    sentence = _l("With “%(name)s”, these images are too large together. Send it by itself, or smaller.")


@dataclass(frozen=True)
class Picture:
    """An image made to be shown: WebP, its sides in pixels."""

    content: bytes
    width: int
    height: int


def shrink(content: bytes, side: int, most_bytes: int) -> Picture:
    """An inspected image at `side` pixels at most each way and in `most_bytes`: coarser, then smaller still,
    until it is. It carries nothing but what is seen.
    """
    with Image.open(io.BytesIO(content)) as image:
        drawn = image if image.mode in ("L", "RGB", "RGBA") else image.convert(_mode(image))
        drawn.thumbnail((side, side))
        drawn.load()  # what was small enough has not been read yet
    while True:
        for quality in QUALITIES:
            drawn.save(kept := io.BytesIO(), "WEBP", quality=quality)
            if kept.tell() <= most_bytes:
                return Picture(kept.getvalue(), drawn.width, drawn.height)
        drawn.thumbnail((drawn.width * 3 // 4 or 1, drawn.height * 3 // 4 or 1))


def _mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def inspect_all(given: Sequence[tuple[str, bytes]]) -> list[File | FileRefused]:
    """Each file (its name and content) of one form as it may be kept, or the reason why it cannot be."""
    seen: list[File | FileRefused] = []
    left = MOST_PIXELS_TOGETHER
    for name, content in given:
        try:
            seen.append(inspect(name, content, left))
            left -= _pixels(content)
        except FileRefused as refusal:
            seen.append(refusal)
    return seen


def inspect(name: str, content: bytes, most_pixels: int = MOST_PIXELS) -> File:
    """The file as it may be kept. An image is drawn anew, so that nothing comes along that is not seen: no
    place, no device, no second file hidden in it; and no larger than is of use. Raises a FileRefused.

    `most_pixels` is what is left to the files that came together.
    """
    name = cleanup.clean_line(PurePosixPath(name.replace("\\", "/")).name, 100) or "?"
    if not content:
        raise Empty(name=name)
    if len(content) > MOST_BYTES:
        raise TooLarge(name=name)
    kind = _kind(content)
    if kind is None:
        raise _unfit(name, content)
    name = _ending_as(kind, name)
    if kind == PDF:
        if b"%%EOF" not in content[-1024:]:
            raise Damaged(name=name)
        return File(name, kind, content)
    if most_pixels < MOST_PIXELS and _pixels(content) > most_pixels:
        raise TooManyPixelsTogether(name=name)
    return File(name, kind, _drawn_anew(name, kind, content))


def _ending_as(kind: str, name: str) -> str:
    """The name with an ending of its kind: telephones and messengers give pictures that of another one."""
    ending = PurePosixPath(name).suffix
    if ending.lower() in ENDINGS[kind]:
        return name
    is_of_another = any(ending.lower() in endings for endings in ENDINGS.values())
    return (name.removesuffix(ending) if is_of_another else name) + ENDINGS[kind][0]


def _unfit(name: str, content: bytes) -> FileRefused:
    """Why a file of a kind that is not taken is refused, and what can be done."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        return TelephonePhoto(name=name)
    if PurePosixPath(name).suffix.lower() in TEXT_DOCUMENTS:
        return TextDocument(name=name)
    return WrongKind(name=name)


def _pixels(content: bytes) -> int:
    """How many pixels an image says it has, read from its head; 0 for what is none."""
    kind = _kind(content)
    if kind is None or kind == PDF:
        return 0
    try:
        with Image.open(io.BytesIO(content), formats=[_form(kind)]) as image:
            return image.width * image.height
    except Exception:  # whatever is wrong with it is said when it is drawn
        return 0


def _kind(content: bytes) -> str | None:
    """The media type that `content` is of, None for one that is not taken."""
    kind = next((candidate for candidate, begins in BEGINS.items() if content.startswith(begins)), None)
    return None if kind == "image/webp" and content[8:12] != b"WEBP" else kind


def _form(kind: str) -> str:
    """What the drawing library calls this media type."""
    return kind.removeprefix("image/").upper()


def _drawn_anew(name: str, kind: str, content: bytes) -> bytes:
    form, drawn = _form(kind), io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooManyPixels(name=name)
            if form == "JPEG" and content.count(b"\xff\xda") > MOST_SCANS:
                raise Damaged(name=name)
            image.draft(None, (MOST_SIDE, MOST_SIDE))  # a JPEG far larger is not even decoded whole
            image.load()
            ImageOps.exif_transpose(image, in_place=True)  # turned as its camera was held
            image.info = {key: value for key, value in image.info.items() if key == "transparency"}
            seen = image.convert("RGB") if form == "JPEG" and image.mode not in ("L", "RGB") else image
            seen.thumbnail((MOST_SIDE, MOST_SIDE))
            seen.save(drawn, form, **({} if form == "PNG" else {"quality": 88}))
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels(name=name) from error
    except Exception as error:  # decoders meet anything, and say so in many ways
        raise Damaged(name=name) from error
    if drawn.tell() > MOST_BYTES:
        raise TooLarge(name=name)
    return drawn.getvalue()
