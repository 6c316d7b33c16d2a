"""The language is in the path, and every page says which others there are."""

import html

import pytest

from cocreation.languages.i18n import LANGUAGES
from tests.html import hrefs, parse, texts


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (None, "ar"),
        ("fr-FR,fr;q=0.9", "fr"),
        ("en-GB,en;q=0.8,fr;q=0.7", "en"),
        ("zgh", "zgh"),
        ("ar-MA,fr;q=0.5", "ar"),
        ("de,nl;q=0.8", "ar"),
        ("garbage;;;q=x", "ar"),
    ],
)
def test_the_front_door_leads_to_the_language_asked_for(client, asked, given):
    answer = client.get("/", headers={"Accept-Language": asked} if asked else {})
    assert answer.headers["Location"] == f"/{given}/"


def test_a_page_names_itself_in_every_language_with_its_parameters(client, cast):
    page = html.unescape(client.get("/fr/ideas?q=eau&region=02").text)
    for code in LANGUAGES:
        assert f'<link rel="alternate" hreflang="{code}" href="/{code}/ideas?q=eau&region=02">' in page


def test_amazigh_falls_back_to_french(client, monkeypatch):
    from cocreation.languages import i18n

    class French(i18n.NullTranslations):
        def gettext(self, message):
            return f"En français : {message}"

    amazigh = i18n.NullTranslations()
    amazigh.add_fallback(French())
    monkeypatch.setattr(i18n, "catalogue", {"zgh": amazigh, "fr": French()}.get)
    page = client.get("/zgh/about").text
    assert texts(page, ".skip")[0].startswith("En français : ")
    assert 'dir="ltr"' in page


def test_what_is_borrowed_says_so_and_the_switcher_promises_nothing(client, cast):
    page = client.get("/zgh/about").text
    assert '<body lang="fr">' in page
    assert "<body>" in client.get("/en/about").text
    assert '<span lang="zgh" dir="ltr">' not in page
    switcher = hrefs(client.get("/ar/about").text, ".languages a")
    assert switcher == ["/ar/about", "/fr/about", "/en/about", "/ar/translations"]
    assert "/zgh/translations" in hrefs(client.get("/ar/translations").text, "main a")


def test_a_word_of_its_own_on_a_page_that_is_borrowed_says_so(client, cast):
    page = client.get("/zgh/meetings/OR1/register").text
    own = parse(page).findall(".//label/span[@lang='zgh']")
    assert [word.text for word in own] == ["ⵜⴰⵎⵙⵎⵓⵏⵜ"]  # the one word there is, where the form asks for it
    assert '<title lang="fr">' in page
    french = parse(client.get("/fr/meetings/OR1/register").text)
    assert french.findall(".//label/span[@lang='zgh']") == []


def test_a_text_in_another_language_says_so(client, cast):
    page = client.get("/zgh/cycles/2026").text
    assert '<span lang="fr" dir="ltr">Plan d&#39;action 2026</span>' in page


@pytest.mark.parametrize(
    "query",
    ["endpoint=x", "_scheme=javascript&_external=1", "_anchor=x", "lang=fr", "_method=POST", "%00=%ff"],
)
@pytest.mark.parametrize("path", ["/ar/", "/ar/ideas", "/ar/cycles/2026", "/ar/nowhere"])
def test_no_parameter_bends_the_links_of_a_page(client, cast, path, query):
    answer = client.get(f"{path}?{query}")
    assert answer.status_code in (200, 404)
    assert "javascript:" not in answer.text


def test_an_unknown_language_is_not_there(client):
    assert client.get("/de/").status_code == 404
