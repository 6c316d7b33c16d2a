"""A bundle as a spreadsheet: taken away, filled in, sent back; all of it or nothing."""

import io
import zipfile

import pytest

from cocreation.accounts.models import Grant, Role
from cocreation.bundle_sheets import services as bundle_sheet
from cocreation.bundle_sheets.services import ELSEWHERE, explanation_in
from cocreation.core.database import session
from cocreation.cycles.models import Phase
from cocreation.cycles.refusals import PhaseClosed
from cocreation.files.sheets.columns import NotAChoice
from cocreation.files.sheets.reader import read
from cocreation.imports.refusals import ValuesUnknown
from cocreation.languages.i18n import speaking
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Assessment, Referral
from cocreation.study.refusals import (
    AnswerForgotten,
    AnswerIncomplete,
    AssessmentMissing,
    CommitmentMissing,
    ExplanationTooLong,
    NoCommitment,
    NoSuchBody,
    NotAScore,
    OtherWords,
    ProofMissing,
    RowRepeated,
    UnknownReference,
    WhereTo,
    WhichInstitution,
)
from tests.desk import BUNDLE, close, entries, states
from tests.files.spreadsheets import xlsx
from tests.forms import fill, filled_in
from tests.html import numbers
from tests.study.institutions import LATER, another, referral, sent, with_criteria
from tests.words import says

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


HEADS = {
    "reference": bundle_sheet.REFERENCE,
    "institution": bundle_sheet.INSTITUTION,
    "answer": bundle_sheet.ANSWER,
    "reason": bundle_sheet.REASON,
    "explanation": explanation_in("fr"),
    "proof": bundle_sheet.PROOF,
    "transfer": bundle_sheet.TRANSFER,
    "commitment": bundle_sheet.COMMITMENT,
}


def put(rows, line, **cells):
    """Fill in cells of a row of an English sheet; what has a label is written as it reads in the lists."""
    with speaking("en"):
        for name, value in cells.items():
            column = rows[0].index(str(HEADS.get(name, f"{name} (0–3)")))
            rows[line][column] = str(getattr(value, "label", value))


def send(visitor, rows, act="import", name="bundle.xlsx", language="en"):
    url = SHEET.format(language)
    token = visitor.get(url).text.split('name="csrf_token" value="')[1].split('"')[0]
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    data = {"csrf_token": token, "act": act, "file": (io.BytesIO(content), name)}
    answer = visitor.post(url, data=data, content_type="multipart/form-data")
    session.remove()
    return answer


def understood(answer):
    """What a checked sheet holds: first answers, corrected ones, some as they were, rows left alone."""
    return numbers(answer.text, ".notice-done li")


DEFERRED = {"answer": Fate.DEFERRED, "reason": Reason.LACKS_BUDGET, "explanation": "Pas cette fois"}


def test_the_sheet_has_what_is_to_be_answered_and_lists_to_choose_from(cast, farid):
    with_criteria(cast)
    sent(cast, 2)
    sent(cast, 1, cast.finance)
    packed = farid.get(SHEET.format("en") + ".xlsx")
    assert "attachment" in packed.headers["Content-Disposition"]
    rows = taken(farid)
    with speaking("en"):
        assert [row[0] for row in rows] == [str(HEADS["reference"]), "2026-1", "2026-2"]
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
    assessments = session.query(Assessment).order_by(Assessment.criterion_id)
    assert [(assessment.score, assessment.note) for assessment in assessments] == [
        (3, "Crédits prévus"),
        (2, None),
    ]


def test_answers_are_shown_first_then_taken_and_the_same_file_twice_changes_nothing(cast, farid):
    sent(cast, 3)
    rows = taken(farid)
    put(rows, 1, **DEFERRED)
    put(rows, 2, answer=Fate.INCLUDED, explanation="Oui", commitment="2026-C01")
    shown = send(farid, rows, act="check")
    assert shown.status_code == 200
    assert understood(shown) == [2, 0, 0, 1]
    assert states("2026-1", "2026-2", "2026-3") == ["referred"] * 3
    assert send(farid, rows).status_code == 302
    assert states("2026-1", "2026-2", "2026-3") == ["answered", "answered", "referred"]
    answers = session.query(Referral).order_by(Referral.id).all()
    assert [referral.commitment_id for referral in answers] == [None, cast.commitment.id, None]
    assert answers[0].reason_text == {"fr": "Pas cette fois"}
    before = len(entries())
    assert understood(send(farid, rows, act="check")) == [0, 0, 2, 1]
    assert send(farid, rows).status_code == 302
    assert len(entries()) == before


def test_every_kind_of_answer_can_be_sent(cast, farid):
    sent(cast, 4)
    rows = taken(farid)
    put(rows, 1, answer=Fate.ALREADY_UNDER_WAY, explanation="Oui", proof="https://example.ma/a")
    put(rows, 2, answer=Fate.TRANSFERRED, explanation="x", transfer="finance")
    put(rows, 3, answer=Fate.TRANSFERRED, explanation="x", transfer=ELSEWHERE)
    put(rows, 4, answer="not_included", reason="not_feasible", explanation="x")
    assert send(farid, rows).status_code == 302
    assert states("2026-1", "2026-2", "2026-3", "2026-4") == ["answered", "referred", "answered", "answered"]
    referrals = session.query(Referral).filter_by(institution_id=cast.ministry.id).order_by(Referral.id)
    assert [referral.answer.value for referral in referrals] == [
        "already_under_way",
        "transferred",
        "transferred",
        "not_included",
    ]
    assert session.query(Referral).filter_by(institution_id=cast.finance.id).count() == 1


TRANSFERRED = {"answer": Fate.TRANSFERRED, "reason": ""}
INCLUDED = {"answer": Fate.INCLUDED, "reason": ""}


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({"reference": "2026-2"}, UnknownReference),
        ({"reference": "2026-99"}, UnknownReference),
        ({"reference": "2026-3"}, OtherWords),
        ({"answer": ""}, AnswerForgotten),
        ({"reason": Reason.FITS_THE_PLAN}, NotAChoice),
        ({"reason": ""}, NotAChoice),
        ({"explanation": ""}, AnswerIncomplete),
        ({"explanation": "x" * 5001}, ExplanationTooLong),
        (INCLUDED, CommitmentMissing),
        (INCLUDED | {"commitment": "2026-C77"}, NoCommitment),
        ({"answer": Fate.ALREADY_UNDER_WAY, "reason": ""}, ProofMissing),
        (TRANSFERRED, WhereTo),
        (TRANSFERRED | {"transfer": "ministry"}, NoSuchBody),
        ({"C1": "4"}, NotAScore),
        ({"C1": ""}, AssessmentMissing),
    ],
)
def test_one_row_that_cannot_be_taken_keeps_all_of_it_out(cast, farid, cells, refusal):
    with_criteria(cast, 10)
    sent(cast)
    sent(cast, 1, cast.finance)
    sent(cast)
    rows = taken(farid)
    for line in (1, 2):
        put(rows, line, **DEFERRED, C1="2")
    if cells.get("reference") == "2026-3":
        rows.pop()
    put(rows, 1, **cells)
    answer = send(farid, rows)
    assert answer.status_code == 422
    assert says(answer, refusal)
    assert 2 in numbers(answer.text, "#errors .help")
    assert states("2026-1", "2026-2", "2026-3") == ["referred"] * 3


def test_a_word_that_no_list_knows_is_matched_by_hand(cast, farid):
    sent(cast, 3)
    rows = taken(farid)
    for line, answer in enumerate(("Plus tard", "plus tard", Fate.NOT_INCLUDED), 1):
        put(rows, line, **DEFERRED | {"answer": answer, "reason": "Argent"})
    asked = send(farid, rows)
    assert asked.status_code == 422
    assert says(asked, ValuesUnknown)
    data = filled_in(asked, "matched")
    assert data.getlist("value") == ["Plus tard", "Argent"]
    with speaking("en"):
        data.setlist("meant", [f"to:{Fate.DEFERRED.label}", f"to:{Reason.LACKS_BUDGET.label}"])
    data.add("act", "import")
    assert states("2026-1", "2026-2", "2026-3") == ["referred"] * 3
    assert farid.post(SHEET.format("en"), data=data).status_code == 302
    session.remove()
    assert states("2026-1", "2026-2", "2026-3") == ["answered"] * 3


def test_every_bad_row_is_named(cast, farid):
    sent(cast, 3)
    rows = taken(farid)
    put(rows, 1, **DEFERRED)
    put(rows, 2, **DEFERRED | {"answer": ""})
    put(rows, 3, **DEFERRED, reference="2026-1")
    rows[3][2] = ""
    answer = send(farid, rows)
    assert answer.status_code == 422
    assert 3 in numbers(answer.text, "#errors .help")
    assert 4 in numbers(answer.text, "#errors .help")
    assert says(answer, RowRepeated, row=2)
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
    with speaking("fr"):
        heads = ",".join(str(HEADS[name]) for name in ("explanation", "reference", "answer", "reason"))
    text = f"{heads}\nPas cette fois,2026-1,deferred,lacks_budget\n"
    assert send(farid, text.encode(), name="reponses.csv").status_code == 302
    assert states("2026-1") == ["answered"]


def test_an_explanation_in_a_language_the_sheet_has_not_is_kept(cast, farid):
    sent(cast)
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER, **{"reason_text-en": "No money"})
    rows = taken(farid)
    put(rows, 1, explanation="Mieux dit")
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
    unnamed = [rows[0], [*rows[1]]]
    put(unnamed, 1, institution="")
    assert says(send(farid, unnamed), WhichInstitution)
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
    assert says(answer, PhaseClosed)
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
            shown = send(farid, rows, act="check")
        assert understood(shown)[0] == len(rows) - 1
        return [*counts, len(checking)]

    few = asked(taken(farid))
    sent(cast, 40)
    assert asked(taken(farid)) == few


def cast_now():
    from tests.cast import THEN

    return THEN
