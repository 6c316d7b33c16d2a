"""Whoever sends too often waits, and is told so in their language."""

import pytest
from flask import Flask

from tests.web.conftest import trial


@pytest.fixture
def limited(database_url, tmp_path):
    from cocreation.app import create_app
    from cocreation.core.database import session

    app: Flask = create_app(
        database_url=database_url,
        secret_key="for tests only",
        mail_url=f"file:{tmp_path / 'mail'}",
        rate_limits=True,
        testing=True,
    )
    app.config["WTF_CSRF_ENABLED"] = False
    app.register_blueprint(trial)
    yield app.test_client()
    session.remove()
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_the_third_sending_in_a_minute_waits_and_is_shown_back(limited, lang, direction):
    answers = [limited.post(f"/{lang}/trial/often", data={"text": "une longue idée"}) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
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
