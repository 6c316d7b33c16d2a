"""Lists of participants as clerks save, filter, paste and rename them, and what is read of each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

from cocreation.files.sheets.archive import DAMAGED, OLD, PROTECTED
from cocreation.files.sheets.layout import ABOVE, HIDDEN, REPEATED_HEADERS, TITLES, TOTALS
from cocreation.files.sheets.reader import NOT_A_SPREADSHEET, TEXT_DOCUMENT
from cocreation.participants.sheet_contacts import NotAPhoneNumber, ShortenedNumber
from tests.files.spreadsheets import archive, ods_cell, ods_parts, ods_row, xlsx
from tests.imports.kinds import AMAL, SAMI, TWO, Kind, people, person

HEADERS = ["Nom", "E-mail"]
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
CSV = "Nom;E-mail\r\nAmal Mithal;amal@example.org\r\nSami Mathal;sami@example.org\r\n"


def workbook(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    """A workbook with the two people in a sheet "Liste", and what `fill` does to it."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet("Liste")
        for number, row in enumerate([HEADERS, AMAL, SAMI]):
            sheet.write_row(number, 0, row)
        fill(book, sheet)
    return packed.getvalue()


def filtered(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.autofilter("A1:B3")
    sheet.set_row(2, options={"hidden": True})
    hidden = book.add_worksheet("Listes")
    hidden.write_row(0, 0, HEADERS)
    hidden.write_row(1, 0, ["Un Choix", "choix@example.org"])
    hidden.hide()


def bordered(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    lines = book.add_format({"border": 1})
    for number in range(3, 20_003):
        sheet.write_blank(number, 0, None, lines)


def in_a_table(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    columns = [{"header": "Nom", "total_string": "Total"}, {"header": "E-mail", "total_function": "count"}]
    sheet.add_table("A1:B4", {"total_row": True, "columns": columns})


def linked_to_another_workbook() -> bytes:
    given, packed = zipfile.ZipFile(io.BytesIO(xlsx([HEADERS, AMAL, SAMI]))), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for path in given.namelist():
            content = given.read(path)
            if path.endswith("sheet1.xml"):
                link = b'<c r="C1" t="str"><f>[1]Ailleurs!A1</f><v>CIN</v></c></row>'
                content = content.replace(b"</row>", link, 1)
            out.writestr(path, content)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        out.writestr("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{main}"/>')
    return packed.getvalue()


def filtered_ods() -> bytes:
    rows = ((HEADERS, ""), (AMAL, 'table:visibility="filter"'), (SAMI, ""))
    written = [ods_row(*map(ods_cell, cells), attributes=attributes) for cells, attributes in rows]
    return archive(ods_parts(f'<table:table table:name="Liste">{"".join(written)}</table:table>'))


def telephones(*cells: object, **more: object) -> Kind:
    return people(["Nom", "Tél"], *(["Amal", cell] for cell in cells), **more)


def births(*cells: object, age: str) -> Kind:
    names = [f"Amal {letter}" for letter in "ABCDEFGHIJ"[: len(cells)]]
    rows = [[name, cell] for name, cell in zip(names, cells, strict=True)]
    return people(["Nom", "Date de naissance"], *rows, expected=[person(name, age=age) for name in names])


ODD_LISTS: dict[str, Kind] = {
    "rows that a filter hides, and a hidden sheet": Kind(
        data=workbook(filtered), expected=TWO, remarks={HIDDEN: [3]}
    ),
    "the same of LibreOffice": Kind(
        data=filtered_ods(), name="liste.ods", expected=TWO, remarks={HIDDEN: [2]}
    ),
    "twenty thousand empty rows with borders": Kind(data=workbook(bordered), expected=TWO),
    "a table with its row of totals": Kind(data=workbook(in_a_table), expected=TWO, remarks={TOTALS: [4]}),
    "formulas of another workbook": Kind(data=linked_to_another_workbook(), expected=TWO, left_out=["CIN"]),
    "a workbook called .xls": Kind(data=xlsx([HEADERS, AMAL, SAMI]), name="liste.xls", expected=TWO),
    "a workbook called .csv": Kind(data=xlsx([HEADERS, AMAL, SAMI]), name="liste.csv", expected=TWO),
    "a text with tabs that a website calls .xls": Kind(
        data=CSV.replace(";", "\t").encode(), name="export.xls", expected=TWO
    ),
    "the Unicode text of Excel": Kind(
        data=CSV.replace(";", "\t").encode("utf-16"), name="liste.txt", expected=TWO
    ),
    "UTF-16 with semicolons": Kind(data=CSV.encode("utf-16"), name="liste.csv", expected=TWO),
    "UTF-16 that does not say so": Kind(data=CSV.encode("utf-16-le"), name="liste.csv", expected=TWO),
    "a telephone that a program keeps as a formula of text": Kind(
        data=b'Nom;T\xe9l\r\nAmal;="0612345678"\r\n',
        name="liste.csv",
        expected=[person("Amal", phone="+212612345678")],
    ),
    "two lists one below the other, each with its title and headers": people(
        ["Femmes"],
        HEADERS,
        AMAL,
        ["Hommes"],
        HEADERS,
        SAMI,
        expected=TWO,
        remarks={ABOVE: [1], TITLES: [4], REPEATED_HEADERS: [5]},
    ),
    "blanks that do not break, marks of direction, Arabic digits": people(
        ["\u00a0Nom\u00a0", "\u200fالهاتف\u200f"],
        ["\u00a0Amal\u00a0Mithal", "\u200e06\u00a012\u00a034\u00a056\u00a078\u200f"],
        ["Sami", "٠٦١٢٣٤٥٦٧٩"],
        ["\u00a0", "\u00a0"],
        expected=[
            person("Amal Mithal", phone="+212612345678"),
            person("Sami", phone="+212612345679"),
        ],
    ),
    "telephones as numbers": people(
        ["Nom", "Tél"],
        ["Amal", 612345678],
        ["Sami", 212612345679.0],
        expected=[person("Amal", phone="+212612345678"), person("Sami", phone="+212612345679")],
    ),
    "two telephones in a cell, and words around them": people(
        ["Nom", "Tél"],
        ["Amal", "0612345678 / 0537000000"],
        ["Sami", "Tél : (+212) 612345679 (WhatsApp)"],
        ["Lina", "aucun"],
        expected=[
            person("Amal", phone="+212612345678"),
            person("Sami", phone="+212612345679"),
            person("Lina"),
        ],
    ),
    "two addresses in a cell, and names around them": people(
        HEADERS,
        [AMAL[0], "Amal <amal@example.org>; autre@example.org"],
        [SAMI[0], "sami @example.org."],
        ["Lina", "لا يوجد"],
        expected=[*TWO, person("Lina")],
    ),
    "refused: telephones that a spreadsheet has shortened": telephones(
        "6,12E+08", "2.12612E+11", errors=[(ShortenedNumber.sentence, [2, 3])]
    ),
    "refused: half a telephone": telephones("0612345678, 0612", errors=[(NotAPhoneNumber.sentence, [2])]),
    "days in words, as text, and as spreadsheets count them": births(
        "12 juin 1992", "1er mars 1990", "3 غشت 1991", "16-06-86", "1990-01-01 00:00:00", 33_000, age="30-40"
    ),
    "headers as questions of a form": people(
        ["Horodateur", "Votre nom et prénom ?", "Votre adresse e-mail", "Quel est votre sexe ?"],
        ["01/06/2026", *AMAL, "Madame"],
        expected=[person(*AMAL, gender="female")],
        left_out=["Horodateur"],
    ),
    "refused: an old .xls": Kind(data=OLE, name="liste.xls", errors=[(OLD, [None])]),
    "refused: a workbook with a password": Kind(
        data=OLE + "EncryptedPackage".encode("utf-16-le"), errors=[(PROTECTED, [None])]
    ),
    "refused: a page of the web called .xls": Kind(
        data=b"<html><table></table></html>", name="liste.xls", errors=[(DAMAGED, [None])]
    ),
    "refused: a document of Word": Kind(
        data=b"PK\x03\x04", name="liste.docx", errors=[(TEXT_DOCUMENT, [None])]
    ),
    "refused: a photo of the list": Kind(
        data=b"\0\0\0\x18ftypheic", name="IMG_1.HEIC", errors=[(NOT_A_SPREADSHEET, [None])]
    ),
}
