"""What is stored is what was typed, and nothing that acts behind its back."""

import re

import pytest
from hypothesis import given, strategies as st

from cocreation.text.cleanup import clean, clean_line, excerpt

OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\u202e\u2066\u2069\x00\x1f\r\n\t \u200b\u2028\x85"))
)


def test_overrides_go_and_joiners_stay():
    assert clean("أ\u202eب\u2066ج\u2069", 100) == "أبج"
    assert clean("می\u200cخواهم \u200f(1)\u200e", 100) == "می\u200cخواهم \u200f(1)\u200e"


def test_a_line_keeps_the_joiners_and_marks_of_its_words():
    assert clean_line("می\u200cخواهم \u200fب", 100) == "می\u200cخواهم \u200fب"


def test_lines_end_one_way():
    assert clean("one\r\ntwo\rthree\u2028four\x85five", 100) == "one\ntwo\nthree\nfour\nfive"


def test_nothing_is_escaped():
    assert clean("  <b>&amp; «قال»\t'  ", 100) == "<b>&amp; «قال»\t'"


def test_outer_blanks_go_also_the_invisible_ones():
    assert clean("\ufeff\u200b\n  نص \u00a0\u2060", 100) == "نص"


@pytest.mark.parametrize(
    "nothing", [None, "", " \n", "\x00\x08", "\u202e", "\ud800", "\u200b\u200f", "\u200d \u3164"]
)
def test_nothing_is_nothing(nothing):
    assert clean(nothing, 10) == clean_line(nothing, 10) == ""


def test_a_subject_cannot_grow_a_header():
    assert clean_line("Hello\r\nBcc: all@example.org\u2028X:\x0by", 100) == "Hello Bcc: all@example.org X: y"


@given(HOSTILE, st.integers(0, 50))
def test_cleaning(text, limit):
    kept = clean(text, limit)
    assert len(kept) <= limit
    assert not OVERRIDES.search(kept)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", kept)
    assert clean(kept, limit) == kept
    kept.encode()


@given(HOSTILE, st.integers(0, 50))
def test_a_line_is_one_line(text, limit):
    line = clean_line(text, limit)
    assert len(line.splitlines()) <= 1
    assert len(line) <= limit
    assert not OVERRIDES.search(line)
    assert clean_line(line, limit) == line


def test_an_excerpt_ends_between_words():
    assert excerpt("one  two\nthree", 100) == "one two three"
    assert excerpt("one two three", 9) == "one two…"
    assert excerpt("one two, three", 10) == "one two…"
    assert excerpt("onetwothree", 6) == "onetw…"


@given(st.text(), st.integers(1, 80))
def test_an_excerpt_fits(text, length):
    assert len(excerpt(text, length)) <= length
