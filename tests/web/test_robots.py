"""Search engines are told what is public, by the routes themselves."""

from cocreation.languages.i18n import LANGUAGES


def test_what_is_behind_a_secret_or_a_sign_in_is_closed(client):
    told = client.get("/robots.txt").text.splitlines()
    assert told[0] == "User-agent: *"
    assert "Disallow: /*/receipts/*" in told
    assert "Disallow: /*/manage/cycles" in told
    assert "Disallow: /*/ideas/*" not in told
    assert not any(line in ("Disallow: /", "Disallow: /*/") for line in told)


def test_the_map_of_the_site_names_pages_that_open_in_every_language(client, cast):
    pages = client.get("/sitemap.txt").text.split()
    for code in LANGUAGES:
        assert f"http://127.0.0.1:8000/{code}/about" in pages
    for page in pages:
        if page.startswith("http://127.0.0.1:8000/ar/"):
            assert client.get(page.removeprefix("http://127.0.0.1:8000")).status_code == 200, page
