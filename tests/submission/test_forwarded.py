"""An e-mail that staff forward: read into the form, corrected, saved."""

from __future__ import annotations

import io

import pytest

from cocreation.ideas.chain.links import CAME
from cocreation.ideas.models.idea import Origin
from cocreation.submission.forms.entries import NO_MESSAGE
from tests.files.test_messages import FORWARDED, mail
from tests.forms import fill
from tests.senders import ideas
from tests.words import says

ENTER = "/en/manage/ideas/enter"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_it_fills_in_the_form_and_saves_nothing(cast, salma, way):
    eml = (io.BytesIO(mail("Publier le budget").as_bytes()), "idea.eml")
    given = {"message_file": [eml]} if way == "file" else {"message": FORWARDED["outlook"]}
    answer = fill(salma, ENTER, **given, act="read")
    assert answer.status_code == 200
    for filled in ("Publier le budget", 'value="Nadia B."', 'value="nadia@example.org"'):
        assert filled in answer.text
    assert 'value="email"' in answer.text.split("checked")[1][:90] + answer.text.split("checked")[0][-90:]
    assert not ideas()


def test_nothing_to_read_is_said(cast, salma):
    answer = fill(salma, ENTER, message="", act="read")
    assert answer.status_code == 422
    assert says(answer, NO_MESSAGE)


def test_what_was_corrected_is_what_is_saved(cast, salma, client, mails):
    answer = fill(
        salma,
        ENTER,
        proposal="Publier le budget de la commune",
        origin="email",
        name="Nadia B.",
        email="nadia@example.org",
    )
    assert answer.status_code == 302
    [idea] = ideas()
    assert (idea.origin, idea.proposal) == (Origin.EMAIL, "Publier le budget de la commune")
    assert says(client.get("/en/ideas/2026-1"), CAME[Origin.EMAIL])
    assert idea.receipt in mails()[0]
