"""Words are found in every spelling, alike on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.text.search import says_all
from cocreation.text.stems import search_tokens
from tests.cast import THEN

SAID = {
    1: "نشر ميزانيات الجماعات الترابية على الأنترنت",
    2: "تفعيل القانون 31.13 المتعلق بالحق في الحصول على المعلومات",
    3: "Publier les budgets des communes en ligne",
    4: 'Form O\'Brien: 100% "open" data & more | <b>',
}


@pytest.fixture
def ideas(cast):
    for number, said in SAID.items():
        row = Idea(
            cycle_id=cast.cycle.id,
            number=number,
            reference=f"2026-{number}",
            receipt=str(number),
            once=str(number),
            origin=Origin.ONLINE,
            state=IdeaState.RECEIVED,
            language="ar",
            proposal=said,
            tokens=search_tokens(said),
            submitted_at=THEN,
            received_at=THEN,
        )
        session.add(row)
    session.commit()


def found(typed):
    condition = says_all(Idea.tokens, typed)
    return None if condition is None else set(session.scalars(select(Idea.number).where(condition)))


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("ميزانيات", {1}),
        ("الميزانية", {1}),
        ("قانون", {2}),
        ("31-13", {2}),
        ("٣١.١٣", {2}),
        ("المعلومة", {2}),
        ("الترابيه", {1}),
        ("budget commune", {3}),
        ("BUDGETS", {3}),
        ("publi", {3}),
        ("budget ميزانيات", set()),
    ],
)
def test_a_word_is_found_in_every_spelling(ideas, typed, numbers):
    assert found(typed) == numbers


@pytest.mark.parametrize(
    "typed",
    [
        "'",
        '"',
        "O'Brien",
        '"open" data',
        "a & b | !c",
        "100%",
        "* OR *",
        "NEAR(a b)",
        "a:*",
        "\\",
        "<b>",
        "); --",
    ],
)
def test_what_means_something_to_a_database_means_nothing_here(ideas, typed):
    assert found(typed) is None or found(typed) <= set(SAID)


@pytest.mark.parametrize("typed", ["", "   ", "...", "و"])
def test_no_word_is_no_condition(ideas, typed):
    assert found(typed) is None


def test_words_that_change_are_found_anew(ideas):
    idea = session.scalars(select(Idea).where(Idea.number == 1)).one()
    idea.tokens = search_tokens("النقل المدرسي")
    session.commit()
    assert found("ميزانيات") == set()
    assert found("النقل") == {1}
