"""A dataset's columns are declared once, for every form in which it is taken away."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import pytest

from cocreation.files.dataset import Dataset, Field
from cocreation.files.sheets.columns import Column
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.table import match_all
from cocreation.languages.i18n import catalogue, lazy_gettext, speaking


@dataclass(frozen=True)
class Tree:
    name: str
    height: int
    owner: str


TREES = Dataset(
    "trees",
    "Trees",
    (
        Field("name", lazy_gettext("Name"), lambda tree: tree.name, public=True, wide=True),
        Field("height", "Height", lambda tree: tree.height, public=True),
        Field("kind", None, lambda _tree: "tree", public=True),
        Field("owner", "Owner", lambda tree: tree.owner),
    ),
)
ROWS = [Tree("Arganier", 8, "Salma"), Tree("Cèdre", 40, "Karim")]


def test_people_get_headers_in_their_language_and_programs_keys():
    with speaking("fr"):
        assert TREES.headers() == [catalogue("fr").ugettext("Name"), "Height", "Owner"]
    assert next(TREES.objects(ROWS)) == {
        "name": "Arganier",
        "height": 8,
        "kind": "tree",
        "owner": "Salma",
    }


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_every_form_says_the_same(kind, tmp_path):
    with speaking("en"):
        if kind == "json":
            said = [[row["name"], str(row["height"])] for row in json.loads("".join(TREES.json(ROWS)))]
        elif kind == "csv":
            table = csv.reader(io.StringIO("".join(TREES.csv(ROWS)).removeprefix("\ufeff")))
            said = [row[:2] for row in table][1:]
        else:
            path = tmp_path / "trees.xlsx"
            path.write_bytes(TREES.xlsx(ROWS))
            said = [cells[:2] for _number, cells in read(path)[0].rows][1:]
    assert said == [["Arganier", "8"], ["Cèdre", "40"]]


def test_nothing_is_a_list_of_nothing():
    assert json.loads("".join(TREES.json([]))) == []


def test_what_everyone_may_have_is_said_column_by_column():
    assert list(TREES.for_everyone().objects(ROWS))[1] == {"name": "Cèdre", "height": 40, "kind": "tree"}


def test_columns_can_be_added_at_the_end():
    more = TREES.with_fields([Field("age", "Age", lambda _tree: 100)])
    assert more.headers()[-1] == "Age"
    assert next(more.cells(ROWS))[-1] == 100


def test_a_sheet_that_was_taken_away_is_read_by_the_same_columns(tmp_path):
    planted = Column("planted", lazy_gettext("Number"), aliases=("Année",))
    kinds = Field("kind", "Kind", lambda _tree: "tree", choices=("tree", "bush"))
    sheet = Dataset("trees", "Trees", (*TREES.fields[:2], kinds, Field.of(planted, lambda _tree: 1956)))
    path = tmp_path / "trees.xlsx"
    with speaking("fr"):
        path.write_bytes(sheet.xlsx(ROWS))
    with speaking("en"):
        rows = match_all(read(path), sheet.fields)
    assert [(row["name"], row["kind"], row["planted"]) for row in rows] == [
        ("Arganier", "tree", "1956"),
        ("Cèdre", "tree", "1956"),
    ]
