"""An author rewords an idea until it is screened."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.ideas.refusals import AlreadyScreened
from tests.cast import THEN
from tests.forms import csrf_token, fill, post_forms
from tests.html import texts
from tests.ideas.test_dialogue import asked, kinds
from tests.senders import ideas, write
from tests.words import says


def receipt_of(cast, **values) -> str:
    [idea] = write(cast, proposal="Publier les budgets", **values)
    return f"/en/receipts/{idea.receipt}"


def test_the_new_words_take_the_place_of_the_old(cast, client):
    receipt = receipt_of(cast)
    assert f"{receipt}/edit" in client.get(receipt).text
    new = {"proposal": "نشر الميزانيات", "problem": "لا أحد يجدها", "theme_id": cast.digital.id}
    answer = fill(client, f"{receipt}/edit", region_code="02", **new)
    assert answer.location == receipt
    [idea] = ideas()
    assert (idea.proposal, idea.problem, idea.expected_result) == ("نشر الميزانيات", "لا أحد يجدها", None)
    assert (idea.theme_id, idea.region_code, idea.language) == (cast.digital.id, "02", "ar")
    assert idea.edited_at == THEN
    assert kinds() == ["received", "edited"]
    page = client.get("/en/ideas/2026-1")
    assert says(page, STEPS[StepKind.EDITED].sentence)
    assert "Publier les budgets" not in page.text


def test_it_is_found_by_its_new_words_only(cast, client):
    receipt = receipt_of(cast)
    fill(client, f"{receipt}/edit", proposal="Ouvrir les archives")
    assert "2026-1" in client.get("/en/ideas?q=archives").text
    assert 'href="/en/ideas/2026-1"' not in client.get("/en/ideas?q=budgets").text


def test_hidden_words_are_not_found_by_being_reworded(cast, client):
    receipt = receipt_of(cast, hidden_at=THEN, tokens="")
    fill(client, f"{receipt}/edit", proposal="Ouvrir les archives")
    assert ideas()[0].tokens == ""
    assert "2026-1" not in client.get("/en/ideas?q=archives").text


def test_the_form_is_filled_with_what_was_said_and_no_change_leaves_no_trace(cast, client):
    receipt = receipt_of(cast, theme_id=cast.access.id, region_code="04")
    assert fill(client, f"{receipt}/edit").location == receipt
    [idea] = ideas()
    assert (idea.proposal, idea.theme_id, idea.region_code) == ("Publier les budgets", cast.access.id, "04")
    assert idea.edited_at is None
    assert kinds() == ["received"]


def test_it_may_be_reworded_while_a_question_is_open(cast, client):
    receipt = asked(cast)
    assert fill(client, f"{receipt}/edit", proposal="Plus clair").location == receipt
    assert ideas()[0].state is IdeaState.ASKED


@pytest.mark.parametrize(
    "state",
    [IdeaState.ACCEPTED, IdeaState.NOT_ACCEPTED, IdeaState.REFERRED, IdeaState.JOINED, IdeaState.ANSWERED],
)
def test_once_it_is_screened_its_words_stay(cast, client, state):
    receipt = receipt_of(cast, state=state)
    assert "/edit" not in client.get(receipt).text
    page = client.get(f"{receipt}/edit").text
    assert texts(page, ".notice")
    assert "<textarea" not in page
    data = {"proposal": "Trop tard", "csrf_token": csrf_token(client)}
    refused = client.post(f"{receipt}/edit", data=data)
    assert refused.status_code == 409
    assert says(refused, AlreadyScreened)
    assert "Trop tard" in refused.text, "what was typed is kept"
    assert session.scalars(select(Idea.proposal)).one() == "Publier les budgets"
    assert len(session.scalars(select(Step)).all()) == 1


def test_an_idea_is_not_emptied(cast, client):
    receipt = receipt_of(cast)
    refused = fill(client, f"{receipt}/edit", proposal=" ", problem="Kept")
    assert refused.status_code == 422
    assert "Kept" in refused.text
    assert ideas()[0].problem is None


def test_a_theme_of_another_cycle_is_not_one(cast, client):
    receipt = receipt_of(cast)
    data = {"proposal": "Budgets", "theme_id": "999", "csrf_token": csrf_token(client)}
    assert client.post(f"{receipt}/edit", data=data).status_code == 422
    assert ideas()[0].proposal == "Publier les budgets"


def test_another_secret_opens_nothing(cast, client):
    receipt_of(cast)
    assert client.get("/en/receipts/AAAA-AAAA-AAAA-AAAA/edit").status_code == 404


def test_an_idea_not_yet_confirmed_is_not_reworded(cast, client):
    receipt = receipt_of(cast, state=IdeaState.UNCONFIRMED, number=None, reference=None, received_at=None)
    assert not [form for form in post_forms(client, f"{receipt}/edit") if form.get("action") is None]
