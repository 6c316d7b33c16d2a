"""Exports open as text, whatever people wrote."""

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import example, given, strategies as st

from cocreation.files.sheets.cells import safe_cell
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.writer import stream_csv, write_xlsx
from cocreation.languages.i18n import lazy_gettext
from cocreation.text.cleanup import clean

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.builds(
        str.__add__, st.sampled_from([*FORMULA_STARTS, "'", "'=", " ="]), st.text("a1=(|'! ", max_size=5)
    ),
)


@given(CELLS)
def test_no_text_begins_like_a_formula(text):
    assert not str(safe_cell(text)).lstrip().startswith(FORMULA_STARTS)


def test_numbers_stay_numbers():
    assert [safe_cell(value) for value in (-3, 2.5, True, Decimal("-1.5"))] == [-3, 2.5, True, -1.5]
    assert [type(safe_cell(value)) for value in (-3, 2.5, True)] == [int, float, bool]
    assert safe_cell("-3") == "'-3"


def test_nothing_is_an_empty_cell():
    assert safe_cell(None) == safe_cell("") == ""


def test_a_sentence_is_written_in_the_language_of_the_reader():
    assert safe_cell(lazy_gettext("Text")) == str(lazy_gettext("Text"))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_xlsx_gives_back_what_was_written(rows):
    """But for what cleaning takes off: outer blanks and control characters."""
    (sheet,) = read(write_xlsx({"S": (["head"], rows)}), "f.xlsx")
    assert kept(sheet.rows[1:]) == kept(enumerate(rows, start=2))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
@example([("|", "\r|"), ("\r|", "\r|")])
@example([("|", "\r|0"), ("|", "\r|0")])
def test_csv_gives_back_what_was_written(rows):
    text = "".join(stream_csv(["head", "next"], rows))
    (sheet,) = read(text.encode(), "f.csv")
    assert kept(sheet.rows[1:]) == kept(enumerate(rows, start=2))


def kept(rows):
    """Rows by number as they are kept: cleaned, without empty cells at the end or empty rows."""
    texts = {number: [clean(cell, 100) for cell in cells] for number, cells in rows}
    return {number: " ".join(cells).split() for number, cells in texts.items() if any(cells)}


def test_csv_tells_excel_its_encoding():
    assert "".join(stream_csv(["النص"], [["a\nb", 3, "=x"]])) == '\ufeffالنص\r\n"a\nb",3,\'=x\r\n'


def test_every_csv_cell_is_safe():
    text = "".join(stream_csv(["=h"], [["@x", "-1"], [" =y", -1]]))
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    assert cells == ["'=h", "'@x", "'-1", "' =y", "-1"]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_xlsx_guesses_nothing():
    sheet = parts(write_xlsx({"S": (["h"], [["=1+1", "https://x.ma", "12", "{=1}"]])}))[
        "xl/worksheets/sheet1.xml"
    ]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "<v>12</v>" not in sheet


@pytest.mark.parametrize("right_to_left", [True, False])
def test_xlsx_reads_in_the_direction_of_its_language(right_to_left):
    sheet = parts(write_xlsx({"س": (["h"], [])}, right_to_left=right_to_left))["xl/worksheets/sheet1.xml"]
    assert ('rightToLeft="1"' in sheet) is right_to_left


def test_a_telephone_number_in_a_workbook_is_what_it_is():
    sheet = parts(write_xlsx({"S": (["h"], [["+212612345678", "=1+1", "'=1"]])}))["xl/worksheets/sheet1.xml"]
    assert re.findall("<t>(.*?)</t>", sheet)[1:] == ["+212612345678", "=1+1", "''=1"]


def test_names_of_sheets_are_made_acceptable():
    names = ["الورشة 1/2", "x" * 40, "X" * 40, "'a'", "[]", ""]
    written = [sheet.name for sheet in read(write_xlsx({name: (["h"], []) for name in names}), "f.xlsx")]
    assert written == ["الورشة 1 2", "x" * 31, "X" * 29 + " 2", "a", "1", "1 2"]


def test_rows_may_come_one_by_one():
    (sheet,) = read(write_xlsx({"S": (["n"], ([number] for number in range(3000)))}), "f.xlsx")
    assert sheet.rows[-1] == (3001, ["2999"])


def test_a_text_too_long_for_excel_is_cut_where_one_can_see_it():
    content = parts(write_xlsx({"S": (["h"], [["x" * 40_000]])}))["xl/worksheets/sheet1.xml"]
    assert "x…</t>" in content


def test_cells_are_chosen_from_lists_of_a_hidden_sheet_that_is_not_read():
    many = [f"choice {number} of those that are long" for number in range(40)]
    packed = write_xlsx({"S": (["a", "b"], [["1", "2"], ["3", "4"]])}, lists={1: many, 0: ["x"]}, wide={0})
    content = parts(packed)
    sheet = content["xl/worksheets/sheet1.xml"]
    assert sheet.count("<dataValidation ") == 2
    assert 'sqref="B2:B3"' in sheet
    assert "'lists'!$A$1:$A$40" in sheet.replace("&apos;", "'")
    assert 'state="hidden"' in content["xl/workbook.xml"]
    (read_back,) = read(packed, "f.xlsx")
    assert read_back.rows[-1] == (3, ["3", "4"])
