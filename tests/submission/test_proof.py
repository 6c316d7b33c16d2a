"""Proof of work: what a browser computed serves one form, and those who cannot compute are rationed."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import altcha
import pytest

from cocreation.app import create_app
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.web import proof
from cocreation.web.limits import limiter
from tests.forms import post_forms
from tests.selection import crowd
from tests.senders import SENTENCE, ideas


def solve(challenge: dict) -> str:
    """What static/js/proof.js sends."""
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    return base64.b64encode(
        json.dumps({"challenge": challenge, "solution": solution.to_dict()}).encode()
    ).decode()


@pytest.fixture(scope="module")
def solved() -> tuple[str, object]:
    from tests.cast import THEN

    return solve(proof.challenge("secret", "form 1", now=THEN)), THEN


def test_a_solution_serves_the_form_it_was_made_for(solved):
    solution, then = solved
    assert proof.proves(solution, "secret", "form 1", now=then)
    assert not proof.proves(solution, "secret", "form 2", now=then)
    assert not proof.proves(solution, "another", "form 1", now=then)
    assert not proof.proves(solution, "secret", "form 1", now=then + proof.LASTS)
    assert proof.proves(solution, "secret", "form 1", now=then + proof.LASTS - timedelta(seconds=1))


def test_a_changed_solution_proves_nothing(solved):
    solution, then = solved
    read = json.loads(base64.b64decode(solution))
    for changed in (
        {**read, "solution": {**read["solution"], "derivedKey": "00" * 32}},
        {**read, "challenge": {**read["challenge"], "signature": "00" * 32}},
        {"challenge": {"parameters": {"data": {"once": "form 1", "until": 9e9}}}},
        {"challenge": {"parameters": {"data": {"once": "form 1", "until": "x"}}}},
        [],
    ):
        packed = base64.b64encode(json.dumps(changed).encode()).decode()
        assert not proof.proves(packed, "secret", "form 1", now=then)


@pytest.mark.parametrize("rubbish", ["", "x", "é", "AAAA", "W" * 50_000])
def test_rubbish_proves_nothing(rubbish):
    assert not proof.proves(rubbish, "secret", "form 1", now=clock.now())


@pytest.fixture
def limited(database_url, cast):
    """A browser of the application as it is in production, with its limits."""
    session.remove()
    app = create_app(database_url=database_url, secret_key="secret", testing=True, mail_url="file:/nowhere")
    limiter.reset()
    yield app.test_client()
    limiter.reset()
    limiter.enabled = False
    session.remove()
    app.extensions["engine"].dispose()


def send(client, prove: bool) -> int:
    [form] = post_forms(client, "/fr/ideas/new")
    data = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    if prove:
        data["altcha"] = solve(client.get(f"/fr/challenge?once={data['once']}").json)
    return client.post(
        "/fr/ideas/new",
        data={**data, "proposal": SENTENCE, "email": "a@b.org", "kind": "person", "consent": "y"},
    ).status_code


def test_without_a_proof_five_an_hour_with_one_more(limited):
    assert [send(limited, prove=False) for _ in range(6)] == [302] * 5 + [429]
    assert send(limited, prove=True) == 302
    assert len(ideas()) == 6


@pytest.mark.parametrize("once", [None, ""])
def test_one_proof_serves_few_forms_that_back_brought(limited, once):
    """Each of other content is an idea of its own; a script that solves once does not send a thousand."""
    [form] = post_forms(limited, "/fr/ideas/new")
    data = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    data["once"] = data["once"] if once is None else once
    data["altcha"] = solve(limited.get(f"/fr/challenge?once={data['once']}").json)
    sent = {**data, "email": "a@b.org", "kind": "person", "consent": "y"}
    answers = [limited.post("/fr/ideas/new", data={**sent, "proposal": f"Idée {n}"}) for n in range(14)]
    assert [answer.status_code for answer in answers] == [302] * 12 + [429] * 2
    assert "Idée 13" in answers[-1].text
    assert len(ideas()) == 12


def test_what_was_refused_does_not_count_and_what_was_typed_comes_back(limited):
    for _ in range(8):
        [form] = post_forms(limited, "/fr/ideas/new")
        data = {
            field.get("name"): field.get("value")
            for field in form.iter("input")
            if field.get("type") == "hidden"
        }
        assert limited.post("/fr/ideas/new", data={**data, "proposal": SENTENCE}).status_code == 422
    assert [send(limited, prove=False) for _ in range(5)] == [302] * 5
    answer = limited.post(
        "/fr/ideas/new", data={**data, "proposal": SENTENCE, "email": "a@b.org", "consent": "y"}
    )
    assert answer.status_code == 429
    assert SENTENCE in answer.text


def test_a_thousand_a_minute_are_said_to_wait_and_what_they_typed_comes_back(limited):
    [form] = post_forms(limited, "/fr/ideas/new")
    data = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    sent = {**data, "proposal": SENTENCE, "email": "a@b.org", "kind": "person", "consent": "y"}
    answers = [
        limited.post("/fr/ideas/new", data={**sent, "once": f"{n:024x}"}) for n in range(crowd(1000, 250))
    ]
    codes = [answer.status_code for answer in answers]
    assert codes == [302] * 5 + [429] * (len(codes) - 5)
    assert SENTENCE in answers[-1].text
    assert len(ideas()) == 5


def test_drafts_and_looking_are_not_counted_as_ideas(limited):
    [form] = post_forms(limited, "/fr/ideas/new")
    data = {
        field.get("name"): field.get("value") for field in form.iter("input") if field.get("type") == "hidden"
    }
    acts = ["look"] * 8 + ["keep"] * 8
    codes = [
        limited.post("/fr/ideas/new", data={**data, "proposal": SENTENCE, "act": act}).status_code
        for act in acts
    ]
    assert codes == [200] * 8 + [302] * 8
    assert [send(limited, prove=False) for _ in range(6)] == [302] * 5 + [429]
