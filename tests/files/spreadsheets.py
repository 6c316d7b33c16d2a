"""Spreadsheets for the tests: honest ones, and the ones nobody sends by accident."""

import io
import zipfile

import xlsxwriter

from cocreation.files.sheets.refusals import RowError
from cocreation.languages.i18n import Lazy

XLSX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.spreadsheetml.sheet.main+xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def xlsx(rows, name="Feuille"):
    """A workbook of one sheet, as Excel writes it."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return packed.getvalue()


def row_error(number, name="Feuille"):
    """What stands before that which is wrong in a row of such a sheet."""
    return RowError(name, number, Lazy("")).told()


def archive(parts):
    """A zip of `parts`, contents by path."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for path, content in parts.items():
            out.writestr(path, content)
    return packed.getvalue()


def xlsx_parts(sheet_data, *, after="", shared="", before=""):
    """The parts of a workbook whose only sheet holds `sheet_data`, written by hand."""
    return {
        "[Content_Types].xml": XLSX_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{_MAIN}"><sheetData>{sheet_data}</sheetData>'
        f"{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
    }


def ods_parts(tables):
    """The parts of an OpenDocument spreadsheet holding `tables`."""
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_ODF}manifest:1.0"/>',
        "content.xml": f'<office:document-content xmlns:office="{_ODF}office:1.0" '
        f'xmlns:table="{_ODF}table:1.0" xmlns:text="{_ODF}text:1.0"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>",
    }


def ods(*rows):
    """An OpenDocument spreadsheet of one table; `rows` are strings of XML, see `ods_cell`."""
    return archive(ods_parts(f'<table:table table:name="Feuille">{"".join(rows)}</table:table>'))


def ods_row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_cell(text, attributes=""):
    attributes = f'office:value-type="string" {attributes}'
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
