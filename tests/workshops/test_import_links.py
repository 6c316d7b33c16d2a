"""Problems, solutions and results that stand in one row are linked, unless they are said to be lists."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.models import OutputLine, line_links
from tests.cast import THEN
from tests.forms import filled_in
from tests.html import numbers
from tests.imports.steps import OUTPUTS, bring, go_on

HEADERS = ["Atelier", "Problèmes", "Solutions", "Résultats"]


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def table(*rows, merged=(), headers=HEADERS):
    """A workbook of these rows of the workshop "Eau", with merged cells such as "B2:B3"."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([headers, *(["Eau", *row] for row in rows)]):
            sheet.write_row(number, 0, row)
        for cells in merged:
            column, first = ord(cells[0]) - ord("A"), int(cells[1])
            sheet.merge_range(cells, rows[first - 2][column - 1])
    return packed.getvalue()


def links():
    """What follows from what, by their words."""
    words = {line.id: line.text for line in session.query(OutputLine)}
    pairs = {(words[source], words[line]) for source, line in session.execute(select(line_links))}
    session.remove()
    return pairs


def imported(karim, content, **fields):
    page = bring(karim, content, page=OUTPUTS)
    assert page.status_code == 200
    answer = go_on(karim, page, "import", at=OUTPUTS, **fields)
    assert answer.status_code == 302
    return page


def test_a_full_row_says_a_chain(karim):
    page = imported(karim, table(["P1", "S1", "R1"], ["P2", "S2", "R2"]))
    assert filled_in(page, "matched")["linked"] == "yes"
    assert numbers(page.text, "#understood ~ .panel summary") == [4]
    assert links() == {("P1", "S1"), ("S1", "R1"), ("P2", "S2"), ("S2", "R2")}


def test_a_problem_merged_over_its_solutions_leads_to_each(karim):
    imported(karim, table(["P1", "S1", "R1"], ["", "S2", ""], ["P2", "S3", ""], merged=["B2:B3", "D2:D3"]))
    assert links() == {("P1", "S1"), ("P1", "S2"), ("S1", "R1"), ("S2", "R1"), ("P2", "S3")}


def test_a_problem_written_once_above_empty_cells_leads_to_each(karim):
    imported(karim, table(["P1", "S1", "R1"], ["", "S2", "R2"], ["", "", "R3"], ["P2", "S3", ""]))
    assert links() == {
        ("P1", "S1"),
        ("P1", "S2"),
        ("S1", "R1"),
        ("S2", "R2"),
        ("S2", "R3"),
        ("P2", "S3"),
    }


def test_lists_of_different_lengths_side_by_side_are_not_linked_unless_somebody_says_so(karim):
    lists = table(["P1", "S1", "R1"], ["P2", "S2", ""], ["", "S3", ""])
    page = imported(karim, lists)
    assert filled_in(page, "matched")["linked"] == "no"
    assert links() == set()
    again = bring(karim, lists, page=OUTPUTS)
    together = go_on(karim, again, "check", at=OUTPUTS, linked="yes")
    assert go_on(karim, together, "import", at=OUTPUTS).status_code == 302
    assert links() == {("P1", "S1"), ("S1", "R1"), ("P2", "S2"), ("P2", "S3")}
    assert session.query(OutputLine).count() == 6, "the lines that were there got their links"


def test_full_rows_of_lists_are_not_linked_where_somebody_says_so(karim):
    imported(karim, table(["P1", "S1", "R1"], ["P2", "S2", "R2"]), linked="no")
    assert links() == set()


def test_a_second_time_adds_no_link_and_a_public_workshop_gets_none(karim, cast):
    content = table(["P1", "S1", "R1"])
    imported(karim, content, linked="no")
    workshop = session.query(OutputLine).first().workshop_id
    imported(karim, content)
    assert len(links()) == 2
    page = bring(karim, content, page=OUTPUTS)
    assert numbers(page.text, "button[value=import]") == []
    session.execute(line_links.delete())
    session.get_one(Workshop, workshop).published_at = THEN
    session.commit()
    assert numbers(bring(karim, content, page=OUTPUTS).text, "button[value=import]") == []


def test_of_several_lines_in_two_cells_nobody_knows_which_belong_together(karim):
    imported(karim, table(["- P1\n- P2", "- S1\n- S2", "R1"], ["P3", "- S3\n- S4", "R2"]))
    assert links() == {
        ("S1", "R1"),
        ("S2", "R1"),
        ("P3", "S3"),
        ("P3", "S4"),
        ("S3", "R2"),
        ("S4", "R2"),
    }


def test_a_workshop_ends_what_stands_above(karim):
    rows = [["Eau", "P1", "S1", "R1"], ["Air", "", "S2", "R2"], ["Air", "P2", "S3", "R3"]]
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([HEADERS, *rows]):
            sheet.write_row(number, 0, row)
    imported(karim, packed.getvalue(), linked="yes")
    assert ("P1", "S2") not in links()


def test_a_line_a_row_offers_no_links(karim):
    page = bring(karim, table(["Problème", "Un"], headers=["Atelier", "Type", "Texte"]), page=OUTPUTS)
    assert "linked" not in filled_in(page, "matched")


@pytest.mark.parametrize(("option", "linked"), [((), 2), (("--no-links",), 0), (("--links",), 2)])
def test_the_command_links_too(app, cast, tmp_path, option, linked):
    file = tmp_path / "outputs.xlsx"
    file.write_bytes(table(["P1", "S1", "R1"]))
    arguments = ["import", "outputs", str(file), "--meeting", "OR1", *option]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    assert len(links()) == linked
