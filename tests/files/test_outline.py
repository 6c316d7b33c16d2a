"""Documents as people bring them: what is understood of them, and what is not opened at all."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings, strategies as st

from cocreation.core.errors import Refusal
from cocreation.files import outline
from cocreation.files.outline import (
    DocumentHasMacros,
    DocumentHasNoText,
    DocumentOfOtherKind,
    DocumentProtected,
    DocumentTooLaborious,
    DocumentTooLarge,
    DocumentTooLong,
    DocumentUnpacksTooLarge,
    DocumentUnreadable,
    read_outline,
)
from tests.word_files import docx, packed, paragraph, parts_of, styled


def read(content, name="x.docx"):
    return [(part.heading, part.text) for part in read_outline(name, content).parts]


def markdown(text):
    return read(text.encode(), "x.md")


def test_headings_of_word_are_sections():
    content = docx(
        paragraph("قبل العناوين"),
        styled("Heading1", "المحور الأول"),
        paragraph("نص أول"),
        paragraph("نص ثان"),
        styled("Heading2", "Le détail"),
        paragraph("Un texte"),
    )
    assert read(content) == [
        ("", "قبل العناوين"),
        ("المحور الأول", "نص أول\nنص ثان"),
        ("Le détail", "Un texte"),
    ]


def test_tables_of_word_are_lines():
    cells = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Qui", "Quand"))
    content = docx(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>", paragraph("Après"))
    assert read(content) == [("", "Qui | Quand\nQui | Quand\nAprès")]


def test_markdown_is_understood():
    text = """
Avant

# Titre *souligné*

Un [lien](https://example.org/a) et <script>alert(1)</script>

## Listes

- un
- deux
  1. premier
  2. second

> Une citation

| a | b |
|---|---|
| 1 | 2 |

```
du code
  tel quel
```

Setext
------
fin
"""
    assert markdown(text) == [
        ("", "Avant"),
        ("Titre souligné", "Un lien (https://example.org/a) et <script>alert(1)</script>"),
        (
            "Listes",
            "– un\n– deux\n  1. premier\n  2. second\nUne citation\na | b\n1 | 2\ndu code\n  tel quel",
        ),
        ("Setext", "fin"),
    ]


def test_marks_that_reorder_text_are_left_out():
    assert markdown("# A\u202eB\n\nx\u2066y") == [("AB", "xy")]


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("x.docx", b"", DocumentUnreadable),
        ("x.docx", b"PK\x03\x04 and nothing", DocumentUnreadable),
        ("x.docx", docx(paragraph("x"))[:-40], DocumentUnreadable),
        ("x.docx", packed({"word/document.xml": b"<w:document"}), DocumentUnreadable),
        ("x.docx", packed({"xl/workbook.xml": b"<x/>"}), DocumentUnreadable),
        ("x.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, DocumentProtected),
        ("x.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, DocumentProtected),
        ("x.docm", docx(paragraph("x")), DocumentHasMacros),
        ("x.docx", docx(paragraph("x"), more={"word/vbaProject.bin": b"x"}), DocumentHasMacros),
        ("x.pdf", b"%PDF-1.7", DocumentOfOtherKind),
        ("x.odt", b"text", DocumentOfOtherKind),
        ("x.md", b"\xff\xfe# a", DocumentUnreadable),
        ("x.md", b"# a\0b", DocumentUnreadable),
        ("x.md", b"", DocumentHasNoText),
        ("x.md", b"   \n\n ", DocumentHasNoText),
        ("x.docx", docx(), DocumentHasNoText),
        ("x.md", b"x" * (outline.MOST_BYTES + 1), DocumentTooLarge),
        ("x.md", b"x" * (outline.MOST_OF_A_SECTION + 1), DocumentTooLong),
        ("x.md", b"# a\n\nb\n\n" * (outline.MOST_SECTIONS + 1), DocumentTooLong),
        ("x.docx", packed({f"word/{n}.xml": b"x" for n in range(1001)}), DocumentUnpacksTooLarge),
        (
            "x.docx",
            docx(paragraph("x"), more={"word/media/a.bin": b"0" * 9_000_000}),
            DocumentUnpacksTooLarge,
        ),
        ("x.docx", docx(*[paragraph("x" * 100)] * 80_000), DocumentUnpacksTooLarge),
    ],
    ids=lambda value: getattr(value, "__name__", "") if isinstance(value, type) else "",
)
def test_what_cannot_be_taken_in_says_why(name, content, refusal):
    with pytest.raises(refusal):
        read_outline(name, content)


def test_a_member_that_lies_about_its_size_is_no_document():
    content = docx(paragraph("x" * 5000))
    directory = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/document.xml"))
    at = directory + 24  # the size it says it unpacks to
    lying = content[:at] + (10).to_bytes(4, "little") + content[at + 4 :]
    with pytest.raises(Refusal):
        read_outline("x.docx", lying)


def test_entities_that_swell_are_not_followed():
    bomb = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    xml = f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{bomb}]>' + parts_of(paragraph("&a9;"))["word/document.xml"]
    with pytest.raises((DocumentTooLaborious, DocumentUnreadable)):
        read_outline("x.docx", packed({**parts_of(""), "word/document.xml": xml}))


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(outline, "PATIENCE", 0.01)
    with pytest.raises(DocumentTooLaborious):
        read_outline("x.md", b"# a\n\nb")


def test_a_file_from_which_the_reader_cannot_recover_takes_nothing_along():
    nested = "<w:p>" + "<w:ins>" * 5_000 + "<w:r><w:t>x</w:t></w:r>" + "</w:ins>" * 5_000 + "</w:p>"
    with pytest.raises((DocumentTooLaborious, DocumentUnreadable)):
        read_outline("x.docx", docx(nested))


@settings(max_examples=12)
@given(content=st.binary(max_size=400), name=st.sampled_from(["x.docx", "x.md"]))
def test_anything_is_read_or_refused(content, name):
    with contextlib.suppress(Refusal):
        assert read_outline(name, content).parts


def test_the_archive_of_a_test_is_one():
    assert zipfile.ZipFile(io.BytesIO(docx(paragraph("x")))).testzip() is None
