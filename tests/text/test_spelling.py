"""One word, one spelling: what folding brings together and what it leaves alone."""

import pytest
from hypothesis import given, strategies as st

from cocreation.text.spelling import fold

SAME = [
    ("أعضاء", "اعضاء"),
    ("إدارة", "اداره"),
    ("آلية", "الية"),
    ("مستشفى", "مستشفي"),
    ("مسؤول", "مسوول"),
    ("هيئة", "هيية"),
    ("الحُكُومَة", "الحكومة"),
    ("الجمـــعية", "الجمعية"),
    ("أݣادير", "أكادير"),
    ("ﻻ", "لا"),
    ("٢٠٢٣", "2023"),
    ("۲۰۲۳", "2023"),
    ("Procédure", "procedure"),
    ("CŒUR", "coeur"),
    ("STRASSE", "straße"),
    ("soft\u00adhyphen", "softhyphen"),
    ("d\u2019accès", "d'acces"),
]


@pytest.mark.parametrize(("word", "other"), SAME)
def test_spellings_of_one_word_are_one(word, other):
    assert fold(word) == fold(other)


@pytest.mark.parametrize("law", ["31.13", "31-13", "13.31", "13-31", "٣١.١٣", "٣١٫١٣", "31‑13", "31–13"])
def test_a_law_is_one_word_however_it_is_numbered(law):
    assert fold(f"القانون رقم {law}، المادة") == "القانون رقم n13x31، الماده"


def test_a_law_is_known_behind_a_particle_and_at_the_end_of_a_sentence():
    assert fold("و31.13.") == "وn13x31."


@pytest.mark.parametrize("number", ["2.21.123", "2023-05-12", "2021-2023", "1.5", "0612-34-56-78", "v31.13"])
def test_other_numbers_stay(number):
    assert fold(number) == number


def test_organic_laws_have_three_digits():
    assert fold("113.14") == fold("14-113") == "n14x113"


@pytest.mark.parametrize("word", ["ⵜⴰⵎⵙⵎⵓⵏⵜ", "ⵜⴰⵎⵣⵡⴰⵔⵓⵜ", "ⴰⴽⵯ", "ⵜ⵿ⵜ"])
def test_tifinagh_is_untouched(word):
    assert fold(word) == word


def test_different_words_stay_different():
    assert len({fold(word) for word in ("أصول", "وصول", "حصول", "فصول")}) == 4


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="0123456789.-٣٫xvو ،", max_size=20))
def test_folding_numbers_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F)))
def test_case_never_counts(text):
    assert fold(text.casefold()) == fold(text)
