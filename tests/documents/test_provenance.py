"""Each word that differs from what was consulted on has exactly one change that removed or brought it."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings, strategies as st

from cocreation.documents.provenance import TracedHunk, follow
from cocreation.documents.sections import TextKey
from cocreation.text.differences import Hunk, hunks, joined, words_of
from tests.selection import EVERYTHING

# Of so few letters that texts share words, that words go and come back; marks at every place.
text = st.text("بت\u064e \n", max_size=30)
histories = st.lists(text, min_size=1, max_size=7)
KEY = TextKey("solution", "ar")


def saved(history):
    """What is kept of each save of a history: its changes, numbered, as their rows keep them."""
    numbers = itertools.count(1)
    return [
        [
            TracedHunk(next(numbers), Hunk(h.at, words_of(joined(h.removed)), words_of(joined(h.added))))
            for h in hunks(words_of(before), words_of(after))
        ]
        for before, after in itertools.pairwise(history)
    ]


def followed(*history):
    return follow(words_of(history[0]), words_of(history[-1]), saved(history))


def of(pieces, *kinds):
    return " ".join("".join(piece.words for piece in pieces if piece.kind in kinds).split())


@settings(max_examples=10_000 if EVERYTHING else 600, deadline=None)
@given(histories)
def test_every_word_that_differs_has_one_change_and_both_texts_are_whole(history):
    pieces = followed(*history)
    numbers = {step.change for save in saved(history) for step in save}
    assert all(piece.change in numbers for piece in pieces if piece.is_changed)
    assert all(piece.change is None for piece in pieces if not piece.is_changed)
    assert of(pieces, "kept", "removed") == " ".join(history[0].split())
    assert of(pieces, "kept", "added") == " ".join(history[-1].split())
    assert not [piece for piece in pieces if unicodedata.category(piece.words[0]).startswith("M")]


@settings(max_examples=10_000 if EVERYTHING else 600, deadline=None)
@given(histories)
def test_a_comparison_of_the_two_texts_never_finds_more(history):
    """What was kept on the way stands in both texts in one order; a comparison keeps the most that can be."""
    pieces = followed(*history)
    first, last = words_of(history[0]), words_of(history[-1])
    direct = hunks(first, last)
    kept = len(of(pieces, "kept").split())
    assert kept <= len(first) - sum(len(hunk.removed) for hunk in direct)
    assert any(piece.is_changed for piece in pieces) == bool(direct)
    if len(history) == 2:  # with one save between them both are the same
        assert kept == len(first) - sum(len(hunk.removed) for hunk in direct)


@settings(max_examples=600, deadline=None)
@given(histories, st.data())
def test_a_change_brought_what_it_says_and_removed_what_it_says(history, data):
    """Words named to a change stand in that change, each as often at most as it has them."""
    changes = {step.change: step.hunk for save in saved(history) for step in save}
    if not changes:
        return
    number = data.draw(st.sampled_from(sorted(changes)))
    for kind, given_words in (("removed", changes[number].removed), ("added", changes[number].added)):
        left = [word.strip() for word in given_words]
        for piece in followed(*history):
            if (piece.kind, piece.change) == (kind, number):
                for word in piece.words.split():
                    left.remove(word)


@settings(max_examples=300, deadline=None)
@given(histories, text)
def test_what_no_save_accounts_for_is_no_change_of_anybody(history, written_past):
    """Somebody changed the text in the database: it shows, and every word still stands in its place."""
    pieces = follow(words_of(history[0]), words_of(written_past), saved(history))
    assert of(pieces, "kept", "removed") == " ".join(history[0].split())
    assert of(pieces, "kept", "added") == " ".join(written_past.split())


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (["a b c", "a x c"],
         [("kept", "a", None), ("removed", " b", 1), ("added", " x", 1), ("kept", " c", None)]),
        # Removed, and brought back where it stood: nothing differs, whoever did it.
        (["a b c", "a c", "a b c"], [("kept", "a b c", None)]),
        (["a b c d", "a d", "a c d"], [("kept", "a", None), ("removed", " b", 1), ("kept", " c d", None)]),
        # Brought and taken away again: no trace.
        (["a b", "a x b", "a b"], [("kept", "a b", None)]),
        # A word of a later save inside those of an earlier one.
        (["a b", "a x y b", "a x z y b"],
         [("kept", "a", None), ("added", " x", 1), ("added", " z", 2), ("added", " y", 1),
          ("kept", " b", None)]),
        # Two changes that touch keep their own words.
        (["a b c d", "a x c d", "a x y d"],
         [("kept", "a", None), ("removed", " b", 1), ("added", " x", 1), ("removed", " c", 2),
          ("added", " y", 2), ("kept", " d", None)]),
        # A word changed twice: gone by the first, come by the second.
        (["a b c", "a x c", "a y c"],
         [("kept", "a", None), ("removed", " b", 1), ("added", " y", 2), ("kept", " c", None)]),
        # A whole section added, or removed.
        (["", "a b"], [("added", "a b", 1)]),
        (["a b", ""], [("removed", "a b", 1)]),
        (["", ""], []),
    ],
)  # fmt: skip
def test_histories(history, expected):
    assert [(piece.kind, piece.words, piece.change) for piece in followed(*history)] == expected


def test_a_fact_is_one_word():
    key = TextKey("activity-1", "", "target")
    hunk = Hunk(0, key.words("10 %"), key.words("20 % en 2027"))
    pieces = follow(key.words("10 %"), key.words("20 % en 2027"), [[TracedHunk(7, hunk)]])
    assert [(p.kind, p.words, p.change) for p in pieces] == [
        ("removed", "10 %", 7),
        ("added", " 20 % en 2027", 7),
    ]
