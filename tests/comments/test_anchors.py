"""Words suggested and words quoted: what changes, and where it stands in a later text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from cocreation.comments.anchors import QuoteStanding, anchor
from cocreation.comments.suggestions import Suggestion, suggestion

TEXT = (
    "تنشر كل جماعة قرارات مجلسها على موقعها داخل أجل شهر من تاريخ الدورة، بالعربية وبلغة واضحة. "
    "وتحدد الوزارة نموذجا موحدا للنشر، وتتتبع التنزيل كل ثلاثة أشهر مع الجمعيات المعنية."
)
FRENCH = (
    "Chaque commune publie les décisions de son conseil sur son site dans un délai d’un mois, en arabe. "
    "Le ministère fixe un modèle commun et suit la mise en œuvre chaque trimestre avec les associations."
)
WORDS = st.lists(st.text(alphabet="abcdeéابتثجحَُِ", min_size=1, max_size=6), min_size=1, max_size=40)


def applied(text: str, change: Suggestion) -> str:
    """What the text says with the wording in the place where it was suggested."""
    place = text.index(change.before + change.quote + change.after) + len(change.before)
    return text[:place] + change.wording + text[place + len(change.quote) :]


@pytest.mark.parametrize(
    ("edited", "quote", "wording"),
    [
        (TEXT.replace("أجل شهر", "أجل خمسة عشر يوما"), "شهر", "خمسة عشر يوما"),
        (TEXT.replace("وبلغة واضحة", "والأمازيغية وبلغة واضحة"), "", "والأمازيغية "),
        (TEXT.replace("موحدا ", ""), "موحدا", ""),
        (TEXT + " وتنشر النتائج.", "", " وتنشر النتائج."),
        ("ابتداء من 2027، " + TEXT, "", "ابتداء من 2027، "),
    ],
)
def test_what_is_kept_of_a_suggestion_is_what_changed(edited, quote, wording):
    change = suggestion(TEXT, edited)
    assert (change.quote, change.wording) == (quote, wording)
    assert applied(TEXT, change).split() == edited.split()


@pytest.mark.parametrize(
    "edited", [TEXT, TEXT.replace(" ", "  "), TEXT.replace("شهر", "شهر\u200f"), f"{TEXT}\n"]
)
def test_what_nobody_sees_is_no_suggestion(edited):
    assert suggestion(TEXT, edited) is None


@given(WORDS, WORDS)
def test_a_suggestion_gives_back_what_was_typed(old, new):
    text, edited = " ".join(old), " ".join(new)
    change = suggestion(text, edited)
    if change is None:
        assert old == new
    else:
        assert applied(text, change).split() == new


def test_words_that_stand_are_found_wherever_text_was_added():
    change = suggestion(TEXT, TEXT.replace("أجل شهر", "أجل أسبوع"))
    later = f"ديباجة جديدة. {TEXT} وخاتمة."
    found = anchor(change.quote, change.before, change.after, later)
    assert (found.standing, later[found.start : found.end]) == (QuoteStanding.SAME, "شهر")


@pytest.mark.parametrize(
    ("text", "quote", "later", "standing", "now"),
    [
        (TEXT, "شهر", TEXT.replace("على موقعها", "على بوابتها الرسمية"), QuoteStanding.MOVED, "شهر"),
        (TEXT, "شهر", "فقرة أخرى لا علاقة لها بما سبق.", QuoteStanding.GONE, ""),
        (TEXT, "شهر", "", QuoteStanding.GONE, ""),
        (
            FRENCH,
            "dans un délai d’un mois",
            FRENCH.replace("dans un délai d’un mois", "dans un délai de quinze jours"),
            QuoteStanding.MOVED,
            "dans un délai de quinze jours",
        ),
        (
            FRENCH,
            "fixe un modèle commun et suit la mise en œuvre",
            "Tout autre début. Le ministère fixe un modèle commun et suit la mise en œuvre.",
            QuoteStanding.MOVED,
            "fixe un modèle commun et suit la mise en œuvre",
        ),
    ],
)
def test_words_move_and_go(text, quote, later, standing, now):
    place = text.index(quote)
    before, after = text[max(place - 60, 0) : place], text[place + len(quote) :][:60]
    found = anchor(quote, before, after, later)
    assert (found.standing, later[found.start : found.end]) == (standing, now)


def test_a_place_between_two_words_is_found_again():
    place = FRENCH.index("chaque trimestre")
    later = FRENCH.replace("Chaque commune publie", "Les communes publient")
    found = anchor("", FRENCH[place - 50 : place], FRENCH[place : place + 50], later)
    assert found.start == found.end == later.index("chaque trimestre")


@given(WORDS, WORDS, WORDS, WORDS, WORDS)
def test_what_was_not_touched_stands_as_it_was(before, quote, after, earlier, later):
    passage = [" ".join(words) for words in (before, quote, after)]
    text = " ".join((" ".join(earlier), *passage, " ".join(later)))
    found = anchor(passage[1], f"{passage[0]} ", f" {passage[2]}", text)
    assert found.standing is QuoteStanding.SAME
    assert text[found.start : found.end] == passage[1]


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_place_is_always_one_of_the_text(before, quote, after, later):
    text = " ".join(later)
    found = anchor(" ".join(quote), " ".join(before), " ".join(after), text)
    assert 0 <= found.start <= found.end <= len(text)
    if found.standing is QuoteStanding.GONE:
        assert (found.start, found.end) == (0, 0)


def test_the_longest_texts_are_looked_through_in_no_time():
    text = " ".join(f"{word}{number}" for number in range(400) for word in FRENCH.split())[:20_000]
    later = text.replace("ministère", "gouvernement")
    began = time.process_time()
    assert (
        anchor(text[2000:18_000], text[1900:2000], text[18_000:18_100], later).standing is QuoteStanding.MOVED
    )
    assert time.process_time() - began < 2
