"""Text of people on a page: safe, linked, and readable in two directions at once."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st
from markupsafe import Markup

from cocreation.languages.i18n import LANGUAGES
from cocreation.text.language_guess import guess_language
from cocreation.text.markup import html, in_order, isolate

HOSTILE = [
    "<script>",
    "</p>",
    "<img src=x onerror=alert(1)>",
    '" onclick="',
    "javascript:",
    "&lt;",
    "<!--",
    "]]>",
]
PLAIN = [
    "https://x.ma/",
    "www.x.ma",
    "http://",
    "(",
    ")",
    "&",
    "&amp;",
    "?a=",
    "'",
    ";",
    ".",
    "\n",
    "\n\n",
    "نص",
    "2023",
]
FRAGMENTS = st.sampled_from([*HOSTILE, *PLAIN])
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=20)
TYPED = st.lists(st.one_of(FRAGMENTS, WRITTEN), max_size=12).map("".join)
SPOKEN = st.sampled_from(list(LANGUAGES))


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(str(page))
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


@given(TYPED, SPOKEN)
def test_no_text_becomes_more_than_paragraphs_and_links(text, language):
    for tag, attributes in Elements(html(text, language)).found:
        assert tag in {"p", "br", "bdi", "a"}
        assert set(attributes) <= {"p": {"lang", "dir"}, "a": {"href", "rel"}}.get(tag, set())
        assert re.match("https?://", attributes.get("href") or "http://", re.IGNORECASE)
        assert tag != "a" or attributes["rel"] == "nofollow ugc noopener"


@given(st.one_of(WRITTEN, TYPED), SPOKEN)
def test_no_word_is_lost(text, language):
    assert "".join(Elements(html(text, language)).text.split()) == "".join(text.split())


def test_paragraphs_and_lines():
    assert html("one\ntwo\n \n\nthree", "fr") == (
        '<p lang="fr" dir="ltr">one<br>two</p><p lang="fr" dir="ltr">three</p>'
    )
    assert html("", "ar") == Markup("")


@pytest.mark.parametrize(
    "run", ["2021-2023", "31.13", "12/05/2023", "45%", "Open Government", "info@example.org"]
)
def test_numbers_and_latin_words_inside_arabic_are_isolated(run):
    assert html(f"قبل {run} بعد", "ar") == f'<p lang="ar" dir="rtl">قبل <bdi>{run}</bdi> بعد</p>'


def test_brackets_stay_with_the_arabic_sentence():
    assert "(<bdi>OGP</bdi>)" in html("الشراكة (OGP) هنا", "ar")


def test_arabic_inside_french_is_isolated():
    assert "le mot <bdi>الجماعات الترابية</bdi> ici" in html("le mot الجماعات الترابية ici", "fr")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_addresses_become_links_that_search_engines_ignore(language):
    page = html("انظر https://example.ma/a?b=1&c=2، ثم www.example.ma.", language)
    assert page.count('rel="nofollow ugc noopener"') == 2
    assert 'href="https://example.ma/a?b=1&amp;c=2"' in page
    assert 'href="http://www.example.ma"' in page


def test_brackets_belong_to_an_address_in_pairs():
    assert 'href="https://x.ma/a_(b)"' in html("(voir https://x.ma/a_(b)).", "fr")


@pytest.mark.parametrize(
    "text", ["plan.py", "https://", "ftp://x.ma/a", "javascript:alert(1)", "a@example.org", "31.so"]
)
def test_nothing_else_is_a_link(text):
    assert "<a" not in html(f"{text} https", "en")


@pytest.mark.parametrize("run", ["2024-2025", "Open Government"])
def test_what_would_turn_round_in_a_line_of_arabic_keeps_its_order(run):
    assert in_order(f"خطة {run}", "ar") == f"خطة \u2068{run}\u2069"
    assert in_order(f"Plan {run}", "fr") == f"Plan {run}"


def test_one_number_is_left_as_it_is():
    assert in_order("خطة 2026", "ar") == "خطة 2026"


def test_markup_of_people_is_shown_not_obeyed():
    assert "&lt;script&gt;" in html("<script>alert(1)</script>", "en")
    assert isolate("<b>x</b>") == "<bdi>&lt;b&gt;x&lt;/b&gt;</bdi>"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("الحق في الحصول على المعلومات", "ar"),
        ("نشر البيانات على data.gov.ma", "ar"),
        ("Publier les données des communes", "fr"),
        ("Publish the data of the communes", "en"),
        ("Transparence budgétaire", "fr"),
        ("ⵜⴰⵎⵙⵎⵓⵏⵜ ⵏ ⵍⵎⵖⵔⵉⴱ", "zgh"),
        ("", "ar"),
        ("2023", "ar"),
    ],
)
def test_language_is_guessed(text, language):
    assert guess_language(text) == language
