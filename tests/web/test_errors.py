"""What people see when something is not there, and what surrounds every answer."""

import pytest


@pytest.mark.parametrize(("lang", "said"), [("ar", 'dir="rtl"'), ("fr", 'dir="ltr"'), ("en", "Nothing here")])
def test_an_address_that_leads_nowhere_says_so_in_the_language_of_the_path(client, lang, said):
    answer = client.get(f"/{lang}/no-such-page")
    assert answer.status_code == 404
    assert f'lang="{lang}"' in answer.text
    assert said in answer.text


def test_every_answer_is_protected(client):
    headers = client.get("/ar/no-such-page").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Request-Id"]


def test_health_and_readiness(client):
    assert client.get("/health").json == {"status": "alive"}
    assert client.get("/ready").json == {"status": "ready"}


def test_the_cast_signs_in(cast):
    assert cast.visitor(cast.salma).get("/ar/nowhere").status_code == 404
    assert "Salma" in cast.visitor(cast.salma).get("/ar/nowhere").text
