"""What goes with every answer."""

import pytest

PUBLIC = ("/ar/", "/ar/about", "/ar/nowhere", "/health")


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_from_elsewhere_nothing_inline_nothing_framed(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


def test_a_page_behind_a_secret_is_not_kept_not_found_and_not_told(trial_client):
    headers = trial_client.get("/ar/trial/secrets/7F3K").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_so_are_the_pages_of_the_staff(cast):
    assert cast.visitor(cast.salma).get("/ar/manage/cycles").headers["Cache-Control"] == "no-store"


def test_a_public_page_may_be_found(client):
    assert "X-Robots-Tag" not in client.get("/ar/about").headers


def test_a_public_page_sets_no_cookie(client, cast):
    for path in ("/ar/", "/ar/about", "/ar/privacy", "/ar/cycles/2026"):
        assert "Set-Cookie" not in client.get(path).headers, path


def test_a_route_that_does_not_say_who_may_use_it_is_closed(trial_client):
    assert trial_client.get("/ar/trial/unsaid").status_code == 403


def test_no_style_or_script_stands_in_a_page(client, cast):
    for path in ("/ar/", "/ar/about", "/ar/privacy", "/ar/translations", "/ar/cycles/2026", "/ar/nowhere"):
        page = client.get(path).text
        assert "<style" not in page, path
        assert " style=" not in page, path
        assert "<script>" not in page, path
        assert " onclick=" not in page, path
