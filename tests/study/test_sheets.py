"""A bundle as a spreadsheet: taken away, filled in, sent back; all of it or nothing."""

import io
import zipfile

import pytest

from cocreation.accounts.models import Grant, Role
from cocreation.core.database import session
from cocreation.cycles.models import Phase
from cocreation.files.sheets.reader import read
from cocreation.study.models import Assessment, Referral
from tests.desk import BUNDLE, close, entries, states
from tests.files.spreadsheets import xlsx
from tests.forms import fill
from tests.study.institutions import LATER, another, referral, sent, with_criteria

SHEET = "/{}/manage/dispositions/sheets/2026"


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def taken(visitor, language="en"):
    """The rows of the sheet as lists, headers first."""
    answer = visitor.get(SHEET.format(language) + ".xlsx")
    assert answer.status_code == 200
    (sheet,) = read(answer.data, "bundle.xlsx")
    width = len(sheet.rows[0][1])
    return [cells + [""] * (width - len(cells)) for _, cells in sheet.rows]


def put(rows, line, **cells):
    """Fill in cells of a row by what its header begins with."""
    for begins, value in cells.items():
        column = next(i for i, head in enumerate(rows[0]) if head.startswith(begins.replace("_", " ")))
        rows[line][column] = value


def send(visitor, rows, act="import", name="bundle.xlsx", language="en"):
    url = SHEET.format(language)
    token = visitor.get(url).text.split('name="csrf_token" value="')[1].split('"')[0]
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    data = {"csrf_token": token, "act": act, "file": (io.BytesIO(content), name)}
    answer = visitor.post(url, data=data, content_type="multipart/form-data")
    session.remove()
    return answer


DEFERRED = {"Your_answer": "deferred", "Reason": "no budget", "Explanation_(Fr": "Pas cette fois"}
DEFERRED["Reason"] = "no budget for it in the plan's time"


def test_the_sheet_has_what_is_to_be_answered_and_lists_to_choose_from(cast, farid):
    with_criteria(cast)
    sent(cast, 2)
    sent(cast, 1, cast.finance)
    packed = farid.get(SHEET.format("en") + ".xlsx")
    assert "attachment" in packed.headers["Content-Disposition"]
    rows = taken(farid)
    assert [row[0] for row in rows] == ["Reference", "2026-1", "2026-2"]
    assert rows[1][2] == "نشر المعطيات رقم 1"
    assert "C1 (0–3)" in rows[0]
    parts = zipfile.ZipFile(io.BytesIO(packed.data))
    first = parts.read("xl/worksheets/sheet1.xml").decode()
    assert first.count("<dataValidation ") == 6
    assert "'lists'!$A$1:$A$6" in first.replace("&#39;", "'").replace("&apos;", "'")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_sheet_speaks_the_readers_language_and_comes_back_in_it(cast, farid, language):
    first, second = with_criteria(cast)
    sent(cast)
    packed = farid.get(SHEET.format(language) + ".xlsx").data
    sheet = zipfile.ZipFile(io.BytesIO(packed)).read("xl/worksheets/sheet1.xml").decode()
    assert ("rightToLeft" in sheet) == (language == "ar")
    url = f"{BUNDLE}/2026-1/ministry"
    scores = {f"score_{first}": "3", f"score_{second}": "1", f"note_{first}": "Crédits prévus"}
    fill(farid, url, **LATER, **scores)
    rows = taken(farid, language)
    before = len(entries())
    assert send(farid, rows, language=language).status_code == 302
    assert len(entries()) == before  # it said what was answered already
    rows[1][-1] = 2
    assert send(farid, rows, language=language).status_code == 302
    kept = session.query(Assessment).order_by(Assessment.criterion_id)
    assert [(each.score, each.note) for each in kept] == [
        (3, "Crédits prévus"),
        (2, None),
    ]


def test_answers_are_shown_first_then_taken_and_the_same_file_twice_changes_nothing(cast, farid):
    sent(cast, 3)
    rows = taken(farid)
    put(rows, 1, **DEFERRED)
    put(rows, 2, Your_answer="included", Explanation_="Oui", Commitment="2026-C01")
    shown = send(farid, rows, act="check")
    assert shown.status_code == 200
    assert "2 first answers" in shown.text
    assert "1 row without an answer, left alone" in shown.text
    assert states("2026-1", "2026-2", "2026-3") == ["referred"] * 3
    assert send(farid, rows).status_code == 302
    assert states("2026-1", "2026-2", "2026-3") == ["answered", "answered", "referred"]
    answers = session.query(Referral).order_by(Referral.id).all()
    assert [each.commitment_id for each in answers] == [None, cast.commitment.id, None]
    assert answers[0].reason_text == {"fr": "Pas cette fois"}
    before = len(entries())
    assert "2 answers as they were" in send(farid, rows, act="check").text
    assert send(farid, rows).status_code == 302
    assert len(entries()) == before


def test_every_kind_of_answer_can_be_sent(cast, farid):
    sent(cast, 4)
    rows = taken(farid)
    put(rows, 1, Your_answer="already under way", Explanation_="Oui", Link="https://example.ma/a")
    put(rows, 2, Your_answer="transferred to another body", Explanation_="x", Transfer="finance")
    elsewhere = "another body, named in the explanation"
    put(rows, 3, Your_answer="transferred to another body", Explanation_="x", Transfer=elsewhere)
    put(rows, 4, Your_answer="not_included", Reason="not_feasible", Explanation_="x")
    assert send(farid, rows).status_code == 302
    assert states("2026-1", "2026-2", "2026-3", "2026-4") == ["answered", "referred", "answered", "answered"]
    mine = session.query(Referral).filter_by(institution_id=cast.ministry.id).order_by(Referral.id)
    assert [each.answer.value for each in mine] == [
        "already_under_way",
        "transferred",
        "transferred",
        "not_included",
    ]
    assert session.query(Referral).filter_by(institution_id=cast.finance.id).count() == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Reference": "2026-2"}, "is not among the ideas of your bundle"),
        ({"Reference": "2026-99"}, "is not among the ideas of your bundle"),
        ({"Reference": "2026-3"}, "beside the words of another idea"),
        ({"Your_answer": "perhaps"}, "is not one of"),
        ({"Your_answer": ""}, "but not the answer"),
        ({"Your_answer": "not accepted at screening"}, "is not one of"),
        ({"Reason": "fits the plan and can be done in its time"}, "is not one of"),
        ({"Reason": ""}, "is not one of"),
        ({"Explanation_(Fr": ""}, "explanation in words"),
        ({"Explanation_(Fr": "x" * 5001}, "more than"),
        ({"Your_answer": "included", "Reason": ""}, "needs the commitment"),
        ({"Your_answer": "included", "Reason": "", "Commitment": "2026-C77"}, "There is no commitment"),
        ({"Your_answer": "already under way", "Reason": ""}, "needs a link"),
        ({"Your_answer": "transferred to another body", "Reason": ""}, "to which body"),
        (
            {"Your_answer": "transferred to another body", "Reason": "", "Transfer": "ministry"},
            "not to your own",
        ),
        ({"C1": "4"}, "is not a score"),
        ({"C1": ""}, "Missing:"),
    ],
)
def test_one_row_that_cannot_be_taken_keeps_all_of_it_out(cast, farid, cells, said):
    with_criteria(cast, 10)
    sent(cast)
    sent(cast, 1, cast.finance)
    sent(cast)
    rows = taken(farid)
    for line in (1, 2):
        put(rows, line, **DEFERRED, C1="2")
    if cells.get("Reference") == "2026-3":
        rows.pop()
    put(rows, 1, **cells)
    answer = send(farid, rows)
    assert answer.status_code == 422
    assert said in answer.text
    assert "row 2" in answer.text
    assert states("2026-1", "2026-2", "2026-3") == ["referred"] * 3


def test_every_bad_row_is_named(cast, farid):
    sent(cast, 3)
    rows = taken(farid)
    put(rows, 1, **DEFERRED)
    put(rows, 2, **DEFERRED | {"Your_answer": "perhaps"})
    put(rows, 3, **DEFERRED | {"Reference": "2026-1"})
    rows[3][2] = ""
    answer = send(farid, rows)
    assert answer.status_code == 422
    assert "row 3" in answer.text
    assert "row 4" in answer.text
    assert "is already in row" in answer.text
    assert states("2026-1") == ["referred"]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "a.xlsx"), (b"nonsense", "a.xlsx"), (b"a,b\n1,2\n", "a.csv"), (b"x", "a.pdf")],
)
def test_a_file_that_is_no_such_sheet_is_refused(cast, farid, content, name):
    sent(cast)
    assert send(farid, content, name=name).status_code == 422
    assert states("2026-1") == ["referred"]


def test_a_csv_will_do_with_the_columns_that_matter_in_any_order(cast, farid):
    sent(cast)
    text = (
        "Précisions (Français),Référence,Votre réponse,Motif\nPas cette fois,2026-1,deferred,lacks_budget\n"
    )
    assert send(farid, text.encode(), name="reponses.csv").status_code == 302
    assert states("2026-1") == ["answered"]


def test_an_explanation_in_a_language_the_sheet_has_not_is_kept(cast, farid):
    sent(cast)
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER, **{"reason_text-en": "No money"})
    rows = taken(farid)
    put(rows, 1, **{"Explanation_(Fr": "Mieux dit"})
    assert send(farid, rows).status_code == 302
    assert session.query(Referral).one().reason_text == {"fr": "Mieux dit", "en": "No money"}


def test_a_person_of_two_institutions_says_for_which_a_row_is(cast):
    session.add(
        Grant(person_id=cast.farid.id, role=Role.FOCAL_POINT, scope_id=cast.finance.id, granted_at=cast_now())
    )
    session.commit()
    ids = sent(cast, 1, cast.ministry, cast.finance)
    farid = cast.visitor(cast.farid)
    rows = taken(farid)
    assert len(rows) == 3
    put(rows, 1, **DEFERRED)
    one = [rows[0], [*rows[1]]]
    put(one, 1, Institution="")
    assert "several of your institutions" in send(farid, one).text
    assert send(farid, rows).status_code == 302
    idea_id = session.get(Referral, ids[0]).idea_id
    assert referral(idea_id, "ministry").answer.value == "deferred"
    assert referral(idea_id, "finance").answer is None


def test_when_the_study_is_closed_nothing_is_taken(cast, farid):
    sent(cast)
    rows = taken(farid)
    put(rows, 1, **DEFERRED)
    close(Phase.STUDY)
    answer = send(farid, rows)
    assert answer.status_code == 422
    assert "is not open today" in answer.text
    assert states("2026-1") == ["referred"]


def test_the_sheet_of_a_cycle_without_ones_ideas_is_not_found(cast):
    sent(cast)
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    assert nadia.get(SHEET.format("en") + ".xlsx").status_code == 404
    assert nadia.get(SHEET.format("en")).status_code == 404
    assert cast.visitor(cast.farid).get("/en/manage/dispositions/sheets/1999").status_code == 404
    assert cast.visitor(cast.salma).get(SHEET.format("en")).status_code == 403


def test_the_sheet_asks_as_much_of_the_database_for_many_as_for_one(cast, farid, statements):
    with_criteria(cast)
    sent(cast)

    def asked(rows):
        counts = []
        with statements() as taking:
            farid.get(SHEET.format("en") + ".xlsx")
        counts.append(len(taking))
        for line in range(1, len(rows)):
            put(rows, line, **DEFERRED, C1="2", C2="1")
        with statements() as checking:
            assert "first answer" in send(farid, rows, act="check").text
        return [*counts, len(checking)]

    few = asked(taken(farid))
    sent(cast, 40)
    assert asked(taken(farid)) == few


def cast_now():
    from tests.cast import THEN

    return THEN
