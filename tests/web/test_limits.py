"""Whoever sends too often waits, and is told so in their language."""

import re

import pytest

from cocreation.languages.i18n import format_wait, speaking
from cocreation.web.errors import TOO_OFTEN
from tests.words import says


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_the_third_sending_in_a_minute_waits_and_is_shown_back(limited, lang, direction):
    answers = [limited.post(f"/{lang}/trial/often", data={"text": "une longue idée"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert f'dir="{direction}"' in answers[-1].text
    assert "une longue idée" in answers[-1].text


def test_reading_the_form_is_free(limited):
    assert {limited.get("/ar/trial/often").status_code for _ in range(5)} == {200}


def test_guessing_secrets_is_not(limited):
    assert [limited.get(f"/ar/trial/secrets/{n}").status_code for n in range(3)] == [200, 200, 429]


def test_another_address_does_not_wait(limited):
    for _ in range(3):
        limited.post("/ar/trial/often")
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert limited.post("/ar/trial/often", environ_overrides=other).status_code == 200


def test_a_provider_s_line_of_ipv6_is_one_network(limited):
    def send(address):
        return limited.post("/ar/trial/often", environ_overrides={"REMOTE_ADDR": address}).status_code

    assert [send(f"2001:db8:1:2::{n}") for n in range(3)] == [200, 200, 429]
    assert send("2001:db8:1:3::1") == 200
    assert [send("192.0.2.9"), send("::ffff:192.0.2.9"), send("192.0.2.9")] == [200, 200, 429]


def test_it_says_in_words_what_happened_and_when_to_come_back(limited):
    fields = {"name": "Aïcha", "email": "aicha@example.org", "title-fr": "Une idée", "password": "geheim"}
    answers = [limited.post("/en/trial/often", data=fields) for _ in range(3)]
    page, wait = answers[-1].text, int(answers[-1].headers["Retry-After"])
    assert 1 <= wait <= 60
    with speaking("en"):
        assert says(answers[-1], TOO_OFTEN, wait=format_wait(wait))
    for label, words in (("Name", "Aïcha"), ("E-mail", "aicha@example.org"), ("Title", "Une idée")):
        shown = rf'<label for="(typed-\d)">{label}</label>\s*<textarea id="\1"[^>]*>{words}<'
        assert re.search(shown, page), label
    assert "geheim" not in page
    assert "title-fr" not in page
