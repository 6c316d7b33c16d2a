"""Files are taken for what they are, and refused in a sentence that names them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from cocreation.files import content as files_content

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def drawn(form: str, size=(40, 20), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept"),
    [
        ("plan.pdf", PDF, "application/pdf", "plan.pdf"),
        ("PLAN.PDF", PDF, "application/pdf", "PLAN.PDF"),
        ("صورة.png", drawn("PNG"), "image/png", "صورة.png"),
        ("photo.jpeg", drawn("JPEG"), "image/jpeg", "photo.jpeg"),
        ("photo", drawn("WEBP"), "image/webp", "photo.webp"),
        ("C:\\Users\\nadia\\photo.jpg", drawn("JPEG"), "image/jpeg", "photo.jpg"),
        ("../../etc/photo.jpg", drawn("JPEG"), "image/jpeg", "photo.jpg"),
        ("virus.exe", drawn("PNG"), "image/png", "virus.exe.png"),
        ("\u202egnp.a.png", drawn("PNG"), "image/png", "gnp.a.png"),
        ("scan.png", PDF, "application/pdf", "scan.pdf"),
        ("plan.pdf", drawn("JPEG"), "image/jpeg", "plan.jpg"),
        ("صورة واتساب.JPG", drawn("WEBP"), "image/webp", "صورة واتساب.webp"),
        (".png", drawn("JPEG"), "image/jpeg", ".png.jpg"),
    ],
)
def test_what_is_taken(name, content, kind, kept):
    file = files_content.inspect(name, content)
    assert (file.name, file.kind) == (kept, kind)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("empty.pdf", b"", files_content.Empty),
        ("big.pdf", PDF + b" " * files_content.MOST_BYTES + b"%%EOF", files_content.TooLarge),
        ("page.html", b"<script>alert(1)</script>", files_content.WrongKind),
        ("page.pdf", b"<script>alert(1)</script>", files_content.WrongKind),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", files_content.WrongKind),
        ("sound.webp", b"RIFF\x00\x00\x00\x00WAVEfmt ", files_content.WrongKind),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", files_content.TelephonePhoto),
        ("photo.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0", files_content.TelephonePhoto),
        ("plan.docx", b"PK\x03\x04word/document.xml", files_content.TextDocument),
        ("خطة.doc", bytes.fromhex("d0cf11e0a1b11ae1"), files_content.TextDocument),
        ("IMG_1.avif", b"\0\0\0\x18ftypavif\0\0\0\0", files_content.WrongKind),
        ("cut.pdf", PDF.replace(b"%%EOF", b""), files_content.Damaged),
        ("cut.jpg", drawn("JPEG", (400, 400))[:600], files_content.Damaged),
        ("cut.png", drawn("PNG", (400, 400))[:60], files_content.Damaged),
        ("noise.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100, files_content.Damaged),
        ("noise.jpg", b"\xff\xd8\xff" + b"x" * 100, files_content.Damaged),
        ("noise.webp", b"RIFF\x10\x00\x00\x00WEBPxxxxxxxxxxxx", files_content.Damaged),
    ],
)
def test_what_is_refused_and_why(name, content, refusal):
    with pytest.raises(files_content.FileRefused) as raised:
        files_content.inspect(name, content)
    assert type(raised.value) is refusal
    assert name in str(raised.value)


def test_an_image_keeps_what_is_seen_and_nothing_else():
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: the picture lies on its side
    exif[0x010F] = "Nadia's phone"
    content = drawn("JPEG", (40, 20), exif=exif, comment=b"rue des Lilas") + b"PK\x03\x04 a second file"
    kept = files_content.inspect("photo.jpg", content).content
    for secret in (b"Nadia", b"Lilas", b"second file", b"Exif"):
        assert secret in content or secret == b"Exif"
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (20, 40)


@pytest.mark.parametrize("side", [6_000, 10_000, 60_000])
def test_a_small_file_of_very_many_pixels_is_refused_before_it_is_drawn(side):
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(files_content.TooManyPixels):
        files_content.inspect("bomb.png", bomb)


def test_what_comes_together_is_bounded_together():
    large = drawn("PNG", (5_000, 4_900))
    given = [(f"{number}.png", large) for number in range(5)] + [
        ("plan.pdf", PDF),
        ("small.png", drawn("PNG")),
    ]
    seen = files_content.inspect_all(given)
    assert [type(verdict) for verdict in seen] == [files_content.File] * 3 + [
        files_content.TooManyPixelsTogether
    ] * 2 + [files_content.File] * 2
    assert "3.png" in str(seen[3])


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_an_image_is_kept_no_larger_than_is_of_use(form):
    kept = files_content.inspect("plan", drawn(form, (4_800, 1_200)))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert image.size == (3_600, 900)


def test_a_jpeg_that_draws_itself_thousands_of_times_is_refused():
    first, *scans = drawn("JPEG", (400, 400), progressive=True).removesuffix(b"\xff\xd9").split(b"\xff\xda")
    bomb = b"\xff\xda".join([first, *scans, *scans[-1:] * 1_000]) + b"\xff\xd9"
    with pytest.raises(files_content.Damaged):
        files_content.inspect("bomb.jpg", bomb)
