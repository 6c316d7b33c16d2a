"""Templates of reasons: the beginnings of explanations, which must be completed."""

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.reasons.models import Reason
from cocreation.screening.models import ReasonTemplate
from cocreation.screening.refusals import Unfinished
from tests.desk import SCREENING, received, states, steps
from tests.forms import fill
from tests.screening.desk import token_of
from tests.words import says

REASONS = "/en/manage/dispositions/reasons"
TEMPLATE = {
    "reason": "not_clear",
    "title-ar": "فقرة غير مفهومة",
    "title-fr": "Un paragraphe",
    "text-ar": "لم نفهم [الفقرة]، يرجى توضيحها",
}


def templates():
    session.remove()
    found = session.scalars(select(ReasonTemplate).order_by(ReasonTemplate.id)).all()
    session.remove()
    return found


def test_a_template_is_written_changed_and_removed(cast, salma):
    assert fill(salma, f"{REASONS}/new", **TEMPLATE).status_code == 302
    assert "Un paragraphe" in salma.get(REASONS).text
    (template,) = templates()
    fill(salma, f"{REASONS}/{template.id}", reason="not_precise", **{"text-fr": "Précisez [où]"})
    (changed,) = templates()
    assert (changed.reason, changed.text["fr"]) == (Reason.NOT_PRECISE, "Précisez [où]")
    assert changed.text["ar"] == TEMPLATE["text-ar"]
    token = token_of(salma.get(f"{REASONS}/{template.id}").text)
    sent = {"csrf_token": token, "confirmed": "1"}
    assert salma.post(f"{REASONS}/{template.id}/remove", data=sent).status_code == 302
    assert templates() == []
    assert salma.get(f"{REASONS}/{template.id}").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "needs_a_law"}, {"title-ar": "", "title-fr": ""}, {"text-ar": ""}]
)
def test_a_template_needs_a_reason_of_the_screening_a_name_and_words(cast, salma, wrong):
    token = token_of(salma.get(f"{REASONS}/new").text)
    answer = salma.post(f"{REASONS}/new", data={**TEMPLATE, **wrong, "csrf_token": token})
    assert answer.status_code == 422
    assert templates() == []


def test_a_chosen_template_begins_the_explanation_which_must_be_completed(cast, salma):
    received(cast)
    fill(salma, f"{REASONS}/new", **TEMPLATE)
    (template,) = templates()
    begun = f"{SCREENING}/2026-1?template={template.id}"
    page = salma.get(begun).text
    assert "لم نفهم [الفقرة]" in page
    rest = {"precision": "2", "openness": "2", "clarity_note": "؟"}
    answer = fill_desk(salma, begun, **rest)
    assert answer.status_code == 422
    assert says(answer, Unfinished)
    assert "لم نفهم [الفقرة]" in answer.text
    done = {**rest, "reason_text-ar": "لم نفهم الفقرة الثانية"}
    assert fill_desk(salma, begun, **done).status_code == 302
    assert steps("2026-1")[-1].reason is Reason.NOT_CLEAR


def test_a_template_begins_the_words_for_what_is_ticked_too(cast, salma):
    ids = received(cast)
    fill(salma, f"{REASONS}/new", **TEMPLATE)
    begun = f"{SCREENING}?template={templates()[0].id}"
    assert "لم نفهم [الفقرة]" in salma.get(begun).text
    answer = fill(salma, begun, chosen=ids, act="refuse")
    assert answer.status_code == 422
    fill(salma, begun, chosen=ids, act="refuse", **{"reason_text-ar": "لم نفهم الفقرة الثانية"})
    assert states("2026-1") == ["screened_out"]


def fill_desk(client, url, **fields):
    """Fill in the form with the explanation, whatever else the page has."""
    return fill(client, url, **{"reason": "not_clear", **fields})
