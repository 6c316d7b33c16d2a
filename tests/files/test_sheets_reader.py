"""Spreadsheets people send: read as they see them, or refused with the place and the remedy."""

import io
import struct
import time
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given, strategies as st

from cocreation.files.sheets import limits
from cocreation.files.sheets.archive import DAMAGED, MACROS, OLD, PROTECTED, TOO_LARGE
from cocreation.files.sheets.inspection import TOO_MANY_ROWS, TOO_MUCH_TEXT, TOO_WIDE
from cocreation.files.sheets.positions import Cell
from cocreation.files.sheets.reader import (
    BROKEN_FORMULA,
    EMPTY,
    FORMULA,
    LONG_CELL,
    NOT_A_SPREADSHEET,
    QUOTES,
    TEXT_DOCUMENT,
    TOO_LARGE_A_FILE,
    UNKEPT,
    read,
)
from cocreation.files.sheets.refusals import RowError, SheetRefused
from tests.files.spreadsheets import archive, ods, ods_cell, ods_parts, ods_row, xlsx, xlsx_parts

MANY_ROWS, WIDE = TOO_MANY_ROWS.filled(limit=limits.MAX_ROWS), TOO_WIDE.filled(limit=limits.MAX_COLUMNS)


def errors(data, name="f.xlsx"):
    """What is wrong, each with its place."""
    with pytest.raises(SheetRefused) as refused:
        read(data, name)
    return refused.value.errors


def refusal(data, name="f.xlsx"):
    """Why the file as a whole is refused."""
    (error,) = errors(data, name)
    assert (error.sheet, error.row) == (None, None)
    return error.sentence


def holds(sentence, sheet, cell):
    """The error of a cell, by its name."""
    place = Cell.named(cell)
    return RowError(sheet, place.row, sentence.filled(cell=place))


def rows(data, name="f.xlsx"):
    (sheet,) = read(data, name)
    return sheet.rows


# What is understood


def test_rows_keep_the_numbers_people_see():
    assert rows(xlsx([[], ["النص", "رقم"], [], ["قول", 3]])) == [(2, ["النص", "رقم"]), (4, ["قول", "3"])]


def test_values_are_text_as_a_person_reads_them():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet()
        for column, value in enumerate((3, 2.5, 212612345678, 1e-7, True, "  نص\u202e ")):
            sheet.write(0, column, value)
        sheet.write_datetime(0, 6, datetime(2023, 5, 1), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        when = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_datetime(0, 7, datetime(2023, 5, 1, 9, 30), when)
    texts = ["3", "2.5", "212612345678", "0.0000001", "true", "نص", "2023-05-01", "2023-05-01 09:30"]
    assert rows(packed.getvalue()) == [(1, texts)]


def test_hidden_and_empty_sheets_are_left_out():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        for name in ("Seen", "Lists", "Empty"):
            workbook.add_worksheet(name)
        workbook.get_worksheet_by_name("Seen").write(0, 0, "x")
        workbook.get_worksheet_by_name("Lists").write_formula(0, 0, "=1+1")
        workbook.get_worksheet_by_name("Lists").hide()
    assert [sheet.name for sheet in read(packed.getvalue(), "f.xlsx")] == ["Seen"]


def test_a_path_says_its_own_format(tmp_path):
    path = tmp_path / "Liste.CSV"
    path.write_text("a,b", "utf-8")
    assert [(sheet.name, sheet.rows) for sheet in read(path)] == [("Liste", [(1, ["a", "b"])])]


def test_ods():
    blanks = ods_row("<table:table-cell/>", attributes='table:number-rows-repeated="2"')
    far = ods_row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        attributes='table:number-rows-repeated="1048000"',
    )
    repeated = ods_cell("ب", 'table:number-columns-repeated="2"')
    assert rows(ods(blanks, ods_row(ods_cell("أ"), repeated), far), "f.ods") == [(3, ["أ", "ب", "ب"])]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_csv_in_arabic_however_it_was_saved(codec):
    assert rows("النص;النوع\nقول;إشكالية".encode(codec), "f.csv")[1] == (2, ["قول", "إشكالية"])


def test_csv_in_french_from_an_old_windows():
    assert rows("Numéro;Été\n1;À Fès, ÉCOLE".encode("cp1252"), "f.csv")[1] == (2, ["1", "À Fès, ÉCOLE"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_separators_are_found_among_those_in_the_text(delimiter):
    text = f'Texte{delimiter}Type\n"un, deux; trois"{delimiter}a\n"quatre, cinq\nsix"{delimiter}b\n'
    expected = [(1, ["Texte", "Type"]), (2, ["un, deux; trois", "a"]), (3, ["quatre, cinq\nsix", "b"])]
    assert rows(text.encode(), "f.csv") == expected


@pytest.mark.parametrize(
    "cell", ["-5", "-1,5 %", "+212 6 12-34-56-78", "- first of a list", "-", "+(212) 5", "٣-"]
)
def test_csv_numbers_and_lists_are_not_formulas(cell):
    assert rows(f"a;b\n{cell};x".encode(), "f.csv")[1] == (2, [cell, "x"])


# What is refused


@pytest.mark.parametrize(
    "cell", ["=1+1", "=cmd|' /C calc'!A0", "+SUM(A1)", "-A1", "@SUM(1)", "  =1", "-2+3+cmd|x!A"]
)
def test_csv_formulas(cell):
    data = f"a;b\nok;fine\n{cell};x".encode()
    assert errors(data, "Liste.csv") == [holds(FORMULA, "Liste", "A3")]


def test_of_a_formula_its_kept_value_is_read():
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet("Données")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula("B2", "=1+1", None, 2)
    [read_sheet] = read(packed.getvalue(), "f.xlsx")
    assert (read_sheet.rows[1], read_sheet.formulas) == ((2, ["", "2"]), [Cell.named("B2")])


def test_xlsx_formulas_without_a_value_are_named_row_by_row():
    data = archive(
        xlsx_parts(
            '<row r="2"><c r="B2"><f>1+1</f></c></row>'
            '<row r="4"><c r="A4" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B4"><v>3</v></c></row>'
        )
    )
    assert errors(data) == [holds(UNKEPT, "Feuille", "B2"), holds(BROKEN_FORMULA, "Feuille", "A4")]


def test_an_error_left_by_a_formula_is_no_value():
    data = archive(xlsx_parts('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>'))
    [error] = errors(data)
    assert error == holds(BROKEN_FORMULA, error.sheet, "A2")


def test_ods_formulas():
    kept = ods_row(ods_cell("2", 'table:formula="of:=1+1"'))
    assert rows(ods(ods_row(ods_cell("a")), kept), "f.ods") == [(1, ["a"]), (2, ["2"])]
    bare = '<table:table-cell table:formula="of:=1+1"/>'
    assert errors(ods(ods_row(ods_cell("a")), ods_row(bare)), "f.ods") == [holds(UNKEPT, "Feuille", "A2")]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("f.xlsm", MACROS),
        ("f.pdf", TEXT_DOCUMENT.filled(name="f.pdf")),
        ("f.png", NOT_A_SPREADSHEET.filled(name="f.png")),
        ("", NOT_A_SPREADSHEET.filled(name="")),
        ("f.xlsx", DAMAGED),
    ],
)
def test_other_formats(name, why):
    assert refusal(b"%PDF-1.7", name) == why


@pytest.mark.parametrize("name", ["f.xlsx", "f.ods", "f.csv"])
def test_nothing_at_all(name):
    assert refusal(b"", name) == EMPTY


def test_nothing_written():
    assert refusal(xlsx([])) == EMPTY
    assert refusal(ods(), "f.ods") == EMPTY
    assert refusal(b"\xef\xbb\xbf\n ; \n", "f.csv") == EMPTY


@pytest.mark.parametrize("path", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "XL/VBAPROJECT.BIN"])
def test_macros_under_another_name(path):
    assert refusal(archive({**xlsx_parts(""), path: b"x"})) == MACROS


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_macros_by_declared_type(codec):
    types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert refusal(archive({**xlsx_parts(""), "[Content_Types].xml": types.encode(codec)})) == MACROS


def test_macros_of_ods():
    assert refusal(archive({**ods_parts(""), "Basic/Standard/M.xml": "<x/>"}), "f.ods") == MACROS


def test_passwords():
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    assert refusal(old + "EncryptedPackage".encode("utf-16-le")) == PROTECTED
    assert refusal(old) == OLD
    manifest = "<m><encryption-data/></m>"
    assert refusal(archive({**ods_parts(""), "META-INF/manifest.xml": manifest}), "f.ods") == PROTECTED


def test_a_zip_with_a_password():
    data = bytearray(archive(xlsx_parts("")))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert refusal(bytes(data)) == PROTECTED


def test_a_part_there_twice_is_no_choice_of_ours():
    packed = io.BytesIO(archive(xlsx_parts("")))
    with zipfile.ZipFile(packed, "a") as out, pytest.warns(UserWarning, match="Duplicate"):
        out.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(packed.getvalue()) == DAMAGED


def test_entities():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    cell = '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
    assert refusal(archive(xlsx_parts(cell, before=bomb))) == DAMAGED


# What is too large


def test_a_large_file():
    assert refusal(bytes(limits.MAX_FILE_BYTES + 1)) == TOO_LARGE_A_FILE.filled(limit=5)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    data = archive({**xlsx_parts(""), "xl/media/a.bin": bytes(limits.MAX_UNPACKED_BYTES)})
    started = time.process_time()
    assert refusal(data) == TOO_LARGE.filled(limit=60)
    assert time.process_time() - started < 0.1


def test_a_part_that_is_larger_than_it_says():
    """The size is declared twice: before the part, and in the directory at the end."""
    data = bytearray(archive(xlsx_parts("<row/>" * 1000)))
    path = b"xl/worksheets/sheet1.xml"
    for size_at in (data.index(path) - 30 + 22, data.rindex(path) - 46 + 24):
        data[size_at : size_at + 4] = struct.pack("<I", 10)
    assert refusal(bytes(data)) == DAMAGED


@pytest.mark.parametrize(
    ("cell", "why"),
    [("A1048576", MANY_ROWS), ("XFD1", WIDE), ("A99999999", DAMAGED), ("?", DAMAGED)],
)
def test_a_cell_far_away(cell, why):
    data = archive(xlsx_parts(f'<row r="1"><c r="A1"><v>1</v></c><c r="{cell}"><v>1</v></c></row>'))
    assert refusal(data) == why


def test_a_format_that_reaches_far_is_no_row():
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert rows(archive(xlsx_parts(f'<row r="1"><c r="A1"><v>1</v></c></row>{far}'))) == [(1, ["1"])]


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        ('table:number-rows-repeated="1000000"', "", MANY_ROWS),
        ("", 'table:number-columns-repeated="1000000"', WIDE),
    ],
)
def test_ods_repetition(row, cell, why):
    assert refusal(ods(ods_row(ods_cell("x", cell), attributes=row)), "f.ods") == why


def test_ods_blanks_by_the_billion():
    assert refusal(ods(ods_row(ods_cell('a<text:s text:c="2000000000"/>'))), "f.ods") == TOO_MUCH_TEXT


def test_ods_never_goes_backwards():
    back = ods_row(ods_cell("x"), attributes='table:number-rows-repeated="-30000"')
    assert refusal(ods(back, ods_row(ods_cell("x"))), "f.ods") == DAMAGED


def test_a_count_of_billions():
    """Without the check the parser asks for 100 GB and takes the whole process with it."""
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        "<sst", '<sst uniqueCount="4294967295"'
    )
    assert refusal(archive(parts)) == DAMAGED


def test_an_encoding_nobody_knows():
    data = archive(xlsx_parts("", before='<?xml version="1.0" encoding="x-none"?>'))
    assert refusal(data) == DAMAGED


def test_one_long_text_in_every_cell():
    shared = f"<si><t>{'x' * 20_000}</t></si>"
    data = archive(xlsx_parts("<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>", shared=shared))
    assert len(rows(data)[0][1]) == 50
    every = archive(xlsx_parts(("<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>") * 100, shared=shared))
    assert refusal(every) == TOO_MUCH_TEXT


def test_too_many_rows():
    assert len(rows(b"x\n" * limits.MAX_ROWS, "f.csv")) == limits.MAX_ROWS
    assert refusal(b"x\n" * (limits.MAX_ROWS + 1), "f.csv") == MANY_ROWS


def test_too_many_rows_in_several_sheets():
    many = ods_row(ods_cell("x"), attributes='table:number-rows-repeated="15000"')
    data = archive(ods_parts("".join(f'<table:table table:name="{n}">{many}</table:table>' for n in "ab")))
    assert refusal(data, "f.ods") == MANY_ROWS


@pytest.mark.parametrize("name", ["f.xlsx", "f.csv"])
def test_a_long_cell(name):
    long = "x" * (limits.MAX_CELL + 1)
    data = xlsx([["a"], [long]]) if name == "f.xlsx" else f"a\n{long}".encode()
    [error] = errors(data, name)
    assert error == holds(LONG_CELL.filled(limit=limits.MAX_CELL), error.sheet, "A2")


def test_a_missing_quotation_mark():
    assert refusal(b'a,b\n"c,d\ne,f\n', "f.csv") == QUOTES.filled(row="2")


# Whatever is sent, the answer is rows or a refusal


def read_or_refused(data, name):
    found = [""]
    try:
        read(data, name)
    except SheetRefused as refused:
        found = refused.errors
    assert found


@given(st.binary(max_size=200), st.sampled_from(["f.xlsx", "f.ods", "f.csv"]))
def test_noise(data, name):
    read_or_refused(data, name)


@given(st.data())
def test_workbooks_with_holes(data):
    """Parts cut, or a piece of one replaced: what a broken transfer or a curious person sends."""
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
    name, parts = data.draw(
        st.sampled_from(
            [
                ("f.xlsx", xlsx_parts(cells, shared="<si><t>a</t></si>")),
                ("f.ods", ods_parts(f'<table:table table:name="F">{ods_row(ods_cell("a"))}</table:table>')),
            ]
        )
    )
    path = data.draw(st.sampled_from(sorted(parts)))
    content = parts[path]
    at = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 30))
    junk = data.draw(
        st.sampled_from(["", "0", "-1", "99999999999999999999", '"', "<", ">", "&#0;", "A", "</row>"])
    )
    read_or_refused(archive({**parts, path: content[:at] + junk + content[at + length :]}), name)
