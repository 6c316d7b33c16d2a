"""What people see when something is not there or breaks: what happened, what was kept, what to do."""

import pytest

from cocreation.web.errors import TITLES
from tests.words import says

STATUSES = (400, 403, 404, 405, 409, 413, 422, 429, 500)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr")])
def test_every_error_has_its_page(trial_client, status, lang, direction):
    answer = trial_client.get(f"/{lang}/trial/status/{status}")
    assert answer.status_code == status
    assert f'<html lang="{lang}" dir="{direction}">' in answer.text
    assert f'href="/{lang}/"' in answer.text
    assert answer.text.count("<h1>") == 1


def test_every_error_has_words_of_its_own(trial_client):
    pages = [
        trial_client.get(f"/en/trial/status/{status}").text for status in STATUSES if status not in (409, 422)
    ]
    headings = [page.split("<h1>")[1].split("</h1>")[0] for page in pages]
    sentences = [page.split('class="lede">')[1].split("</p>")[0] for page in pages]
    assert len(set(headings)) == len(set(sentences)) == len(pages)


def test_a_number_no_database_knows_leads_nowhere(cast):
    salma = cast.visitor(cast.salma)
    for path in ("meetings/OR1/workshops/", "manage/meetings/OR1/programme/", "manage/accounts/people/"):
        assert salma.get(f"/en/{path}{10**20}").status_code == 404


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_an_address_that_leads_nowhere_says_so_in_the_language_of_the_path(client, lang, direction):
    answer = client.get(f"/{lang}/no-such-page")
    assert answer.status_code == 404
    assert f'<html lang="{lang}" dir="{direction}"' in answer.text
    assert says(answer, TITLES[404])


def test_a_path_without_language_answers_in_the_one_asked_for(client):
    assert 'lang="fr"' in client.get("/nowhere", headers={"Accept-Language": "fr"}).text


def test_what_breaks_tells_nothing_of_our_insides(trial_client):
    answer = trial_client.get("/en/trial/break?x")
    assert says(answer, TITLES[500])
    insides = ("RuntimeError", "on purpose", "Traceback", "someone@example.org")
    assert not any(inside in answer.text for inside in insides)


def test_the_wrong_method_names_the_right_ones(trial_client):
    answer = trial_client.post("/ar/about")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_what_is_too_large_is_refused(trial_client):
    answer = trial_client.post("/ar/trial/form", data={"name": "x" * 7_000_000})
    assert answer.status_code == 413
    assert "<h1>" in answer.text


def test_health_and_readiness(client):
    assert client.get("/health").json == {"status": "alive"}
    ready = client.get("/ready")
    assert (ready.status_code, ready.json["status"]) == (200, "ready")


def test_without_its_tables_it_is_alive_and_not_ready(tmp_path):
    from cocreation.app import create_app

    app = create_app(database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}", secret_key="x", testing=True)
    client = app.test_client()
    assert client.get("/health").status_code == 200
    assert client.get("/ready").status_code == 503
    app.extensions["engine"].dispose()
