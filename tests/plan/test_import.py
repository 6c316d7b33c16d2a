"""A whole plan from a file: all or nothing, every fault at once, twice as well as once."""

import json

import pytest
from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.documents.models import DocumentVersion
from cocreation.plan import queries
from cocreation.plan.models import Commitment
from tests.html import texts


@pytest.fixture
def imported(app, cast, tmp_path):
    def run(content, *options):
        file = tmp_path / "plan.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        result = app.test_cli_runner().invoke(args=["import", "plan", str(file), "--cycle", "2026", *options])
        session.remove()
        return result

    return run


def row(number=2, **more):
    said = {
        "number": number,
        "title": f"التزام {number}",
        "axis": "الشفافية",
        "responsible": "إدارة الميزانيه",  # spelt otherwise
        "problem": "مشكل",
        "solution": {"ar": "حل", "fr": "Une solution"},
        "result": "نتيجة",
        "published_progress": 65,
        "activities": [
            {"number": 1, "title": "نشاط أول", "weight": 33.3, "band": "complete", "actions": ["x"]},
            {"number": 2, "title": "نشاط ثان", "starts_on": "2026-01-01", "ends_on": "2026-05-01"},
        ],
        "indicators": ["عدد التقارير", {"label": "أثر", "type": "impact", "target": 40}],
    }
    return said | more


def sheet(reference="2026-C02"):
    commitment = queries.get_commitment(reference)
    found = commitment, queries.latest_sheet(commitment)
    session.remove()
    return found


def counts():
    found = [
        session.scalar(select(func.count()).select_from(table)) for table in (Commitment, DocumentVersion)
    ]
    session.remove()
    return found


def test_a_plan_comes_with_its_sheets_as_drafts(cast, imported, client):
    result = imported({"commitments": [row(2), row(3)]})
    assert result.exit_code == 0, result.output
    assert "2 new" in result.output
    assert "published_progress (2 times)" in result.output
    commitment, found = sheet()
    assert (commitment.axis_id, commitment.institution_id) == (cast.axis.id, cast.finance.id)
    assert (commitment.published_at, commitment.solution) == (None, {"ar": "حل", "fr": "Une solution"})
    assert [(a.number, a.weight) for a in found.activities] == [(1, 333), (2, None)]
    assert [(i.label["ar"], i.type.value, i.target) for i in found.indicators] == [
        ("عدد التقارير", "tracking", ""),
        ("أثر", "impact", "40"),
    ]
    assert client.get("/ar/plan/commitments/2026-C02").status_code == 404
    page = cast.visitor(cast.salma).get("/ar/plan/commitments/2026-C02").text
    assert texts(page, ".activities tbody th") == ["نشاط أول", "نشاط ثان"]


def test_twice_changes_nothing_and_a_corrected_file_makes_one_version_more(imported):
    imported({"commitments": [row(2), row(3)]})
    before = counts()
    again = imported({"commitments": [row(2), row(3)]})
    assert "0 new, 0 changed, 2 unchanged" in again.output
    assert counts() == before
    corrected = row(3, activities=[{"number": 2, "title": "نشاط معدل"}, {"number": 7, "title": "نشاط جديد"}])
    assert "1 changed, 1 unchanged" in imported({"commitments": [row(2), corrected]}).output
    assert counts() == [before[0], before[1] + 1]
    _commitment, found = sheet("2026-C03")
    assert [(a.number, a.uid) for a in found.activities] == [
        (1, "activity-1"),
        (2, "activity-2"),
        (7, "activity-3"),
    ]


def test_what_is_public_is_followed_by_a_draft(imported, client):
    result = imported({"commitments": [row(1)]})
    assert "1 changed" in result.output
    assert "Une solution" not in client.get("/fr/plan/commitments/2026-C01").text
    assert sheet("2026-C01")[0].document.has_draft


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"axis": "محور مجهول"}, "محور مجهول"),
        ({"responsible": "وزارة مجهولة"}, "وزارة مجهولة"),
        ({"number": 0}, "number"),
        ({"number": True}, "number"),
        ({"title": " "}, "title"),
        ({"problem": 7}, "problem"),
        ({"result": {"xx": "?"}}, "xx"),
        ({"activities": [{"number": 1, "title": "ا", "weight": 0}]}, "weight"),
        ({"activities": [{"number": 1, "title": "ا", "weight": "NaN"}]}, "weight"),
        ({"activities": [{"number": 1, "title": "ا"}] * 2}, "two activities"),
        (
            {"activities": [{"number": 4, "title": "ا", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}]},
            "Activity 4",
        ),
        ({"activities": [{"number": 1, "title": "ا", "ends_on": "demain"}]}, "ends_on"),
        ({"activities": {"number": 1}}, "activities"),
        ({"indicators": [{"label": "ا", "type": "other"}]}, "type"),
        ({"indicators": [3]}, "indicators, 1"),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_and_nothing_is_written(imported, wrong, said):
    before = counts()
    result = imported({"commitments": [row(2), row(3) | wrong]})
    assert result.exit_code == 1
    assert said in result.output
    assert counts() == before


def test_every_fault_is_said_at_once(imported):
    rows = [row(2, title=""), row(2, axis="?", result=None), "nothing"]
    result = imported({"commitments": rows})
    assert len(result.output.strip().splitlines()) == 1 + 5 + 1, "the last line says what can be made"


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", '{"commitments": {}}', '{"commitments": []}', "[" * 9999]
)
def test_what_is_no_plan(imported, content):
    assert imported(content).exit_code == 1


def test_a_trial_writes_nothing(imported):
    before = counts()
    assert "1 new" in imported({"commitments": [row(2)]}, "--dry-run").output
    assert counts() == before
    assert imported({"commitments": [row(2)]}, "--cycle", "1999").exit_code == 1


def test_what_is_missing_is_made_where_that_is_asked_for(cast, imported):
    unknown = {"axis": "محور جديد", "responsible": "وزارة جديدة"}
    rows = [row(2, **unknown), row(3, axis="محور  جديد", responsible="وزاره جديده")]
    before = counts()
    refused = imported({"commitments": rows})
    assert refused.exit_code == 1
    assert "--make" in refused.output
    trial = imported({"commitments": rows}, "--make", "--dry-run")
    assert trial.exit_code == 0, trial.output
    assert counts() == before
    result = imported({"commitments": rows}, "--make")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [line.partition(": ")[2] for line in lines[:2]] == ["محور جديد", "وزارة جديدة"], "said beforehand"
    assert counts()[0] == before[0] + 2
    for reference in ("2026-C02", "2026-C03"):
        commitment, _sheet = sheet(reference)
        assert (commitment.axis.name, commitment.institution.name) == (
            {"ar": "محور جديد"},
            {"ar": "وزارة جديدة"},
        )
        assert commitment.document.latest == 1, "what a file says first is one version"
    again = imported({"commitments": rows}, "--make")
    assert "2 unchanged" in again.output


def test_nothing_is_made_while_something_else_is_wrong(imported):
    result = imported({"commitments": [row(2, axis="محور جديد", title="")]}, "--make")
    assert result.exit_code == 1
    assert queries.institutions()
    session.remove()
    assert "محور جديد" in imported({"commitments": [row(2, axis="محور جديد")]}).output
