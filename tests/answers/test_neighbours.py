"""Beside an idea that was said in a workshop stands what was said around it."""

from __future__ import annotations

import pytest

from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState, Origin
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.models import LineKind, OutputLine
from tests.cast import THEN
from tests.desk import BUNDLE
from tests.html import hrefs, texts
from tests.study.institutions import sent

PAGE = f"{BUNDLE}/2026-1/ministry"
AROUND = "[aria-labelledby=neighbours]"


@pytest.fixture
def said(cast):
    """A problem with two solutions, the first with a result; nine more solutions. Ids by their marks."""
    workshop = session.query(Workshop).filter_by(number=1).one()
    workshop.published_at = THEN

    def line(kind, number):
        row = OutputLine(
            workshop_id=workshop.id, kind=kind, number=number, text=f"{kind}{number}", language="fr"
        )
        session.add(row)
        return row

    problem, result = line(LineKind.PROBLEM, 1), line(LineKind.RESULT, 1)
    solutions = [line(LineKind.SOLUTION, number) for number in range(1, 12)]
    solutions[0].follows_from = [problem]
    solutions[10].follows_from = [problem]
    result.follows_from = [solutions[0]]
    session.commit()
    lines = {line.mark: line.id for line in (problem, result, *solutions)}
    session.remove()
    return lines


def refer(cast, **given):
    return sent(cast, origin=Origin.WORKSHOP, **given)


def test_what_is_linked_comes_first_then_what_answers_the_same_problem_and_the_nearest(cast, said):
    refer(cast, source_line_id=said["S01"])
    page = cast.visitor(cast.farid).get(PAGE).text
    assert texts(page, f"{AROUND} .reference") == ["P01", "R01", "S02", "S03", "S04", "S11"]
    [workshop] = hrefs(page, f"{AROUND} a")
    assert workshop.endswith("/meetings/OR1/workshops/1#S01")
    assert cast.visitor().get(workshop).status_code == 200


def test_an_idea_of_no_workshop_has_none(cast, said):
    sent(cast)
    assert texts(cast.visitor(cast.farid).get(PAGE).text, AROUND) == []


def test_nor_has_one_of_a_workshop_that_is_not_public(cast, said):
    session.query(Workshop).filter_by(number=1).one().published_at = None
    session.commit()
    refer(cast, source_line_id=said["S01"])
    assert texts(cast.visitor(cast.farid).get(PAGE).text, AROUND) == []


def test_however_long_the_workshop_the_page_asks_as_little(cast, said, statements):
    refer(cast, source_line_id=said["S01"])
    farid = cast.visitor(cast.farid)
    with statements() as few:
        farid.get(PAGE)
    workshop = session.query(Workshop).filter_by(number=1).one().id
    session.add_all(
        OutputLine(workshop_id=workshop, kind=LineKind.PROBLEM, number=n, text="x", language="fr")
        for n in range(2, 40)
    )
    session.commit()
    session.remove()
    with statements() as many:
        farid.get(PAGE)
    assert len(many) == len(few)


def test_a_state_of_the_idea_changes_nothing(cast, said):
    refer(cast, source_line_id=said["S02"])
    from cocreation.ideas.models.idea import Idea

    session.query(Idea).one().state = IdeaState.ANSWERED
    session.commit()
    session.remove()
    assert texts(cast.visitor(cast.farid).get(PAGE).text, f"{AROUND} .reference")[:1] == ["S01"]
