"""Tokens are filled in; whatever is typed in their place is found, in whichever digits."""

import pytest

from cocreation.self_assessment.tokens import FlagKind, filled, flags

KNOWN = {"plan.progress": "82%", "as_of": "31 mars 2026"}


def found(text):
    return [(flag.kind, flag.words) for flag in flags(text, KNOWN, {"commitment.progress"}.__contains__)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("بلغت ٤٧ التزاما", "٤٧"),
        ("نسبة ٤٧٫٥ في المائة", "٤٧٫٥ في المائة"),
        ("۴۷", "۴۷"),
        ("soit 12,5 % du plan", "12,5 %"),
        ("la loi 31-13 du", "31-13"),
        ("the decree 2-08-229.", "2-08-229"),
        ("½ of it", "½"),
        ("in 2021–2023", "2021–2023"),
        ("82 percent", "82 percent"),
    ],
)
def test_a_typed_number_is_found_in_whichever_digits(text, words):
    assert found(text) == [(FlagKind.TYPED, words)]


@pytest.mark.parametrize("words", ["quarante pour cent", "سبعون في المائة", "forty per cent", "نصف بالمائة"])
def test_a_percentage_in_words_is_found(words):
    assert found(words) == [(FlagKind.SPELLED, words)]


def test_tokens_are_known_or_named():
    assert found("{{plan.progress}} on {{ as_of }}") == []
    assert found("{{plan.nothing}}") == [(FlagKind.UNKNOWN, "{{plan.nothing}}")]
    assert found("{{commitment.progress}}") == [(FlagKind.MISPLACED, "{{commitment.progress}}")]
    assert found("{{commitment.C07.progress}}") == [(FlagKind.UNKNOWN, "{{commitment.C07.progress}}")]


@pytest.mark.parametrize("text", ["{{ {{plan.progress}} }}", "{plan.progress}", "{{plan.progress", "}}"])
def test_braces_that_make_no_token_are_found(text):
    assert {kind for kind, _words in found(text)} == {FlagKind.BROKEN}


def test_a_token_that_has_no_value_stays_as_it_was_typed():
    assert filled("{{as_of}}: {{plan.progress}} {{x}}", KNOWN.get) == "31 mars 2026: 82% {{x}}"
