"""What is typed finds what was written, in every spelling and in both databases."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, strategies as st

from cocreation.text.stems import search_query, search_tokens, stems

WORDS = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x24F),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x2D30, max_codepoint=0x2D7F),
        st.characters(),
        st.sampled_from("0123456789eEx.-_/@'"),
    ),
    max_size=30,
)

FAMILIES = [
    "القانون قانون القانونية بالقانون قوانين القوانين",
    "الجمعيات جمعية وبالجمعيات للجمعيات",
    "المعلومات معلومة المعلومة",
    "بالجماعات جماعة الجماعة",
    "منفتحة المنفتحة مفتوحة المفتوح الانفتاح",
    "وزارة الوزارة بالوزارات والوزارة",
    "التزام الالتزام الالتزامات والالتزام",
    "إلكتروني الإلكترونية",
    "آلية الآلية الآليات",
    "لجنة اللجنة للجنة لجان",
    "وثيقة الوثائق",
    "الحق حقوق",
    "وكالة الوكالات",
    "association associations ASSOCIATION l'association",
    "communal communaux communale",
    "policy policies",
    "accès acces access d’accès",
    "donnée données",
    "public publics publique publiques",
    "commit commitment commitments",
    "marché marchés",
    "région régionales regional",
    "31.13 31-13 13.31 ٣١.١٣",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_words_of_one_family_share_a_stem(family):
    assert len({tuple(stems(word)) for word in family.split()}) == 1


STRANGERS = ["مدينة مدنية", "commitment commune", "الوصول الأصول", "والي آلية", "لجنة جنة", "31.13 31.14"]


@pytest.mark.parametrize("strangers", STRANGERS)
def test_words_of_different_families_do_not(strangers):
    word, other = strangers.split()
    assert stems(word) != stems(other)


def test_words_without_meaning_are_left_out():
    assert stems("وفي ذلك إلى the and of le la des ou") == []


def test_tifinagh_words_are_kept_as_they_are():
    assert stems("ⵜⴰⵎⵙⵎⵓⵏⵜ ⵏ ⵜⴰⴳⵍⴷⵉⵜ") == ["ⵜⴰⵎⵙⵎⵓⵏⵜ", "ⵏ", "ⵜⴰⴳⵍⴷⵉⵜ"]


def test_a_query_has_twelve_different_terms_at_most():
    assert search_query("ماء ماء ماء") == search_query("ماء")
    assert len(search_query(" ".join(f"mot{number}" for number in range(40)))) == 12


@pytest.mark.parametrize("typed", ["", "   ", "؟!", "في من", "\u202e", '"*()'])
def test_a_query_may_have_nothing_to_search(typed):
    assert search_query(typed) == []


def test_an_index_holds_several_texts_and_skips_what_is_missing():
    assert search_tokens("الجمعيات", None, "", "budget") == "جمع budget"


@given(WORDS)
def test_what_is_typed_is_found_in_what_was_indexed(text):
    assert set(search_query(text)) <= set(search_tokens(text).split())


@given(WORDS)
def test_tokens_are_letters_and_digits(text):
    assert all(token.isalnum() for token in search_tokens(text).split())


@given(WORDS, WORDS)
def test_a_text_is_indexed_word_by_word(text, other):
    """So that a guess at the language of the whole can never come between a query and its text."""
    assert search_tokens(text, other) == search_tokens(f"{text}\n{other}")


@given(st.lists(WORDS, max_size=20))
def test_sqlite_splits_tokens_as_they_are(texts):
    tokens = [search_tokens(text) for text in texts]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE page USING fts5(words, tokenize='unicode61')")
        database.execute("CREATE VIRTUAL TABLE term USING fts5vocab(page, 'row')")
        database.executemany("INSERT INTO page VALUES (?)", [(line,) for line in tokens])
        indexed = {term for (term,) in database.execute("SELECT term FROM term")}
    assert indexed == {token for line in tokens for token in line.split()}
