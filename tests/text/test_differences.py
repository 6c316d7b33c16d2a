"""Two versions of a text, word by word: whole, in order, never between a letter and its mark, and fast."""

import itertools
import random
import time
import unicodedata

from hypothesis import given, settings, strategies as st

from cocreation.text.differences import differences, side_by_side
from tests.selection import EVERYTHING

LETTERS = "ابتجحدرسعفقكلمنهويةأإى"
# Of so few letters that both texts share words; marks come after letters, after blanks and at the beginning.
text = st.text("بت\u064e\u0651 \n\u00a0", max_size=40)


def bare(pieces):
    return " ".join("".join(words for _kind, words in pieces).split())


@settings(max_examples=10_000 if EVERYTHING else 500, deadline=None)
@given(text, text)
def test_no_piece_begins_with_a_mark_and_both_texts_are_whole(before, after):
    pieces = differences(before, after)
    assert not [words for _kind, words in pieces if unicodedata.category(words[0]).startswith("M")]
    left, right = side_by_side(pieces)
    assert bare(left) == " ".join(before.split())
    assert bare(right) == " ".join(after.split())
    assert all(kind == "kept" for kind, _words in pieces) == (before.split() == after.split())
    # Changes stand together: nothing comes before what goes, and no two pieces of a kind touch.
    kinds = [kind for kind, _words in pieces]
    assert all(pair in {("kept", "removed"), ("kept", "added"), ("removed", "added"), ("removed", "kept"),
                        ("added", "kept")} for pair in itertools.pairwise(kinds))  # fmt: skip


def test_a_vowel_mark_that_changes_shows_the_whole_word():
    assert differences("كتب المُواطِن رأيه", "كتب المُواطَن رأيه") == [
        ("kept", "كتب"),
        ("removed", " المُواطِن"),
        ("added", " المُواطَن"),
        ("kept", " رأيه"),
    ]


def test_three_thousand_words_are_compared_in_milliseconds():
    chance = random.Random(13)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 8))) for _number in range(900)]
    before = chance.choices(words, k=3000)
    after = [chance.choice(words) if chance.random() < 0.15 else word for word in before]
    times = []
    for other in (after, chance.choices(words, k=3000)):
        began = time.process_time()
        pieces = differences(" ".join(before), " ".join(other))
        times.append(time.process_time() - began)
        assert len(pieces) > 100
    assert max(times) <= 0.05
