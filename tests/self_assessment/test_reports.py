"""A self-assessment from its snapshot to its publication: figures are tokens, what is typed is flagged."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.documents.models import Change, Document
from cocreation.documents.papers import MadeFromRecords, publish_paper
from cocreation.documents.queries import text_at
from cocreation.ledger import journal
from cocreation.ledger.models import RegisterEntry
from cocreation.self_assessment.models import AssessmentReport, DueAssessment, PlanSnapshot
from cocreation.self_assessment.services.reports import FlaggedNumbersStand, ReportHindered, ReportPublished
from cocreation.tracking.models import ObstacleKind
from tests.cast import THEN
from tests.forms import fill, filled_in, post
from tests.html import texts
from tests.ledger.conftest import verified
from tests.scene_tracking import tracked
from tests.words import errors, says

MANAGE = "/en/manage/self-assessments"
REPORT, PUBLIC = f"{MANAGE}/2026-SA1", "/fr/self-assessments/2026-SA1"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def carried_out(cast):
    """Declared of the first commitment on 1 March: 100, 40 and nothing; the first is proved."""
    scene, earlier = tracked(cast), THEN - timedelta(days=9)
    scene.report(cast, 100, now=earlier)
    scene.report(cast, 40, activity=1, now=earlier, obstacles=[(ObstacleKind.MONEY, "Budget tardif")])
    scene.prove(cast, now=earlier)
    return scene


@pytest.fixture
def drafted(salma, carried_out):
    """A report on the figures of 5 March."""
    fill(salma, f"{MANAGE}/plans/2026/snapshot", as_of="2026-03-05")
    fill(salma, f"{MANAGE}/plans/2026/new", kind="annual")
    return session.scalars(select(AssessmentReport)).one().document_id


def said(document_id, uid, code="fr"):
    document = session.get_one(Document, document_id)
    return next(s.text[code] for s in text_at(document_id, document.latest) if s.uid == uid)


def flagged(salma):
    return texts(salma.get(f"{REPORT}/flags").text, "main mark")


def published_now(salma):
    return fill(salma, f"{REPORT}/publish", **{"message-fr": ""})


def put_to_comment(document_id):
    document = session.get_one(Document, document_id)
    document.consulted = document.latest
    session.commit()


def corrected(cast, carried_out):
    """The second activity turns out to be at 50 % after all."""
    carried_out.report(cast, 50, activity=1, stands_on=1)


def test_figures_are_frozen_with_their_digest_in_the_register(salma, carried_out):
    fill(salma, f"{MANAGE}/plans/2026/snapshot", as_of="2026-03-05")
    digest = session.scalars(select(PlanSnapshot.digest)).one()
    entry = session.scalars(select(RegisterEntry).order_by(RegisterEntry.number.desc())).first()
    told = json.loads(entry.content)
    assert (told["action"], told["plan"], told["as_of"]) == ("figures frozen", "2026", "2026-03-05")
    download = salma.get("/fr/self-assessments/figures/2026/1.json").text
    assert told["digest"] == digest == journal.seal(json.loads(download))
    assert verified()


@pytest.mark.parametrize(
    ("day", "status"), [("2026-03-11", 422), ("2025-08-31", 422), ("0001-01-01", 422), ("nonsense", 422)]
)
def test_figures_of_an_impossible_day_are_refused(salma, carried_out, day, status):
    assert fill(salma, f"{MANAGE}/plans/2026/snapshot", as_of=day).status_code == status
    assert not session.scalars(select(PlanSnapshot)).all()


def test_the_same_figures_are_not_frozen_twice(salma, drafted):
    assert fill(salma, f"{MANAGE}/plans/2026/snapshot", as_of="2026-03-05").status_code == 409


def test_a_plan_that_is_not_carried_out_has_none(salma, cast):
    assert fill(salma, f"{MANAGE}/plans/2026/snapshot", as_of="2026-03-05").status_code == 409
    assert salma.get(MANAGE).status_code == 200


def test_the_draft_says_the_figures_of_the_snapshot(salma, drafted):
    assert "16\u00a0%" in said(drafted, "overall")
    assert "16%" in said(drafted, "overall", "ar")
    assert "Budget tardif" in said(drafted, "C01-obstacles")
    assert said(drafted, "C01-activities").count("\n") == 4
    assert not flagged(salma)
    page = salma.get(PUBLIC).text
    assert "15,50 %" in texts(page, "td")
    assert "{{" not in page


def test_what_is_typed_is_flagged_until_it_is_a_token_or_meant(salma, drafted):
    words = {"text-fr": "En 2025, 47 % ; {{plan.nothing}}", "text-ar": "بلغ ٤٧ و{{plan.progress}}"}
    fill(salma, f"{REPORT}/text/lessons", **words)
    assert sorted(flagged(salma)) == sorted(["٤٧", "2025", "47 %", "{{plan.nothing}}"])
    put_to_comment(drafted)
    assert says(published_now(salma), FlaggedNumbersStand)
    fill(salma, f"{REPORT}/text/lessons", **{"text-fr": "En 2025, {{plan.progress}}", "text-ar": "درس"})
    assert flagged(salma) == ["2025"]
    fill(salma, f"{REPORT}/flags", numbers=["0"], meant_as="date")
    assert not flagged(salma)
    assert "En 2025, 16\u00a0%" in said(drafted, "lessons")


def test_nobody_writes_the_document_by_hand(cast, salma, drafted):
    assert salma.get("/en/manage/documents/2026-SA1").status_code == 404
    with pytest.raises(MadeFromRecords):
        publish_paper(drafted, by=cast.salma.id, now=THEN)


@pytest.mark.parametrize("block", ["nonsense", "C99", "axis-9"])
def test_a_block_that_is_not_there_is_not_written(salma, drafted, block):
    assert salma.get(f"{REPORT}/text/{block}").status_code == 404


def test_too_long_a_text_is_refused_with_a_sentence(salma, drafted):
    answer = fill(salma, f"{REPORT}/text/lessons", **{"text-fr": "mot " * 10_000})
    assert answer.status_code == 422
    assert errors(answer)


def test_a_later_correction_is_said_and_a_new_snapshot_taken(salma, cast, carried_out, drafted):
    assert not texts(salma.get(PUBLIC).text, "main .notice-waiting")
    put_to_comment(drafted)
    corrected(cast, carried_out)
    rows = texts(salma.get(REPORT).text, "main .notice-waiting tbody tr")
    assert len(rows) == 4  # the plan, its axis, its commitment, its activity
    fill(salma, f"{MANAGE}/plans/2026/snapshot", as_of="2026-03-10")
    newest = session.scalars(select(PlanSnapshot.id).order_by(PlanSnapshot.id.desc())).first()
    fill(salma, f"{REPORT}/snapshot", snapshot=str(newest))
    assert "16,25\u00a0%" in said(drafted, "overall")
    changes = session.scalars(select(Change)).all()
    assert changes
    assert all(change.cause for change in changes)


def test_it_is_published_once_after_public_comment(salma, cast, carried_out, drafted):
    assert says(published_now(salma), ReportHindered)  # nobody could comment on it
    put_to_comment(drafted)
    corrected(cast, carried_out)
    asked = post(salma, f"{REPORT}/publish", filled_in(salma.get(f"{REPORT}/publish"), "message-fr"))
    assert texts(asked.text, "#asked")
    assert session.get_one(AssessmentReport, drafted).published_at is None
    published_now(salma)
    assert session.get_one(AssessmentReport, drafted).published_at
    document = session.get_one(Document, drafted)
    assert document.published == document.latest == document.adopted
    visitor = cast.visitor()
    page = visitor.get(PUBLIC)
    assert page.status_code == 200
    assert "15,50\u00a0%" in page.text
    for code in ("ar", "fr"):
        assert visitor.get(f"{PUBLIC}/{code}.pdf").data.startswith(b"%PDF")
    assert visitor.get(f"{PUBLIC}/en.pdf").status_code == 404
    assert verified()
    late = fill(salma, f"{REPORT}/text/lessons", **{"text-fr": "Autre", "text-ar": "آخر"})
    assert says(late, ReportPublished)


def test_a_draft_is_not_read_by_everyone(cast, drafted):
    assert cast.visitor().get(PUBLIC).status_code == 404
    assert "2026-SA1" not in cast.visitor().get("/fr/self-assessments").text


def test_the_second_of_two_editors_is_told(cast, salma, drafted):
    url = f"{REPORT}/text/lessons"
    second = filled_in(salma.get(url), "text-fr")
    fill(salma, url, **{"text-fr": "La première", "text-ar": "الأولى"})
    second["text-fr"], second["text-ar"] = "La seconde", "الثانية"
    assert post(salma, url, second).status_code == 409
    assert said(drafted, "lessons") == "La première"


def test_the_calendar_leads_to_the_report(salma, drafted):
    fill(salma, f"{MANAGE}/plans/2026/due", kind="final", due_on="2026-04-01")
    again = fill(salma, f"{MANAGE}/plans/2026/due", kind="final", due_on="2026-04-01")
    assert again.status_code == 409
    fill(salma, f"{MANAGE}/plans/2026/new", kind="final")
    assert session.scalars(select(DueAssessment.report_id)).one()
