"""What is asked is read, and what was found is shown in its place."""

from __future__ import annotations

import html as entities
import re

import pytest
from hypothesis import given, strategies as st

from cocreation.text.highlights import highlight
from cocreation.text.query import read_query
from tests.text.test_search_words import WORDS


def terms(typed: str) -> list[tuple[str, ...]]:
    return [term.stems for term in read_query(typed)]


@pytest.mark.parametrize(
    "typed", ['"open data"', "«open data»", "« open data »", "“open data”", "„open data“"]
)
def test_quotation_marks_make_a_phrase(typed):
    assert terms(typed) == [("open", "dat")]
    assert not read_query(typed)[0].is_open


def test_a_mark_without_its_other_half_means_nothing():
    assert terms('"open data') == [("open",), ("dat",)]


def test_only_the_last_word_may_be_unfinished_and_no_number_ever():
    assert [term.is_open for term in read_query("budget commun")] == [False, True]
    assert [term.is_open for term in read_query('commun "budget"')] == [False, False]
    assert [term.is_open for term in read_query("loi 31.13")] == [False, False]
    assert [term.is_open for term in read_query("حق")] == [False]  # begins too much


def test_twelve_stems_at_most_over_words_and_phrases():
    asked = read_query(" ".join(f'"mot{n}a mot{n}b mot{n}c"' for n in range(9)))
    assert sum(len(term.stems) for term in asked) == 12


@pytest.mark.parametrize(
    ("said", "typed", "shown"),
    [
        ("Publier les budgets", "budget", "Publier les <mark>budgets</mark>"),
        ("L’accès à l’information", '"accès information"', "L’<mark>accès à l’information</mark>"),
        ("accès, information", "information accès", "<mark>accès</mark>, <mark>information</mark>"),
        ("La loi 31.13 ici", "13-31", "La loi <mark>31.13</mark> ici"),
        ("Budgétisation", "budget", "<mark>Budgétisation</mark>"),
        ("a <b>budget</b> & more", "budget", "a &lt;b&gt;<mark>budget</mark>&lt;/b&gt; &amp; more"),
        ("<script>budget", "script", "&lt;<mark>script</mark>&gt;budget"),
        ("rien", "budget", "rien"),
    ],
)
def test_hits_are_marked_as_they_were_typed_and_nothing_else_is_markup(said, typed, shown):
    expected = f'<p lang="fr" dir="ltr">{shown}</p>'
    assert str(highlight([said], read_query(typed), "fr", 160)).replace("&#39;", "’") == expected


def test_arabic_is_marked_in_every_spelling_and_keeps_its_direction():
    page = highlight(["الحكومة المُنفتِحة و Open Data 2024"], read_query("مفتوحة open"), "ar", 160)
    assert page.startswith('<p lang="ar" dir="rtl">')
    assert "<mark>المُنفتِحة</mark>" in page
    assert "<bdi><mark>Open</mark> Data 2024</bdi>" in page


def test_a_long_text_is_cut_around_its_first_hit():
    long = "mot " * 200 + "budget " + "suite " * 200
    page = highlight([long], read_query("budget"), "fr", 160)
    said = re.sub("<[^>]*>", "", page)
    assert said.startswith("…mot")
    assert said.endswith("…")
    assert "<mark>budget</mark>" in page
    assert len(said) <= 165


def test_the_text_that_says_it_is_shown_else_the_first():
    texts = ["Proposition", None, "Un problème de budget"]
    assert "<mark>budget</mark>" in highlight(texts, read_query("budget"), "fr", 160)
    assert "Proposition" in highlight(texts, read_query("autre"), "fr", 160)
    assert highlight([None, ""], read_query("autre"), "fr", 160) == ""


# What arrives over HTTP is UTF-8: it has no lone surrogates.
SENT = WORDS.map(lambda words: words.encode("utf-8", "ignore").decode("utf-8"))


@given(SENT, SENT, st.sampled_from(["ar", "fr"]))
def test_marks_change_no_letter_and_close_where_they_open(said, typed, language):
    plain = highlight([said], [], language, 10_000)
    marked = highlight([said], read_query(typed) or read_query(said), language, 10_000)
    assert entities.unescape(re.sub("</?mark>", "", marked)) == entities.unescape(plain)
    assert re.findall("</?mark>", marked) == ["<mark>", "</mark>"] * marked.count("<mark>")
