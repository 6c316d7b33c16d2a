"""Solutions of a workshop become ideas that keep where they were said; numbers hold under a crowd."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from cocreation.core import clock
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.ideas import words
from cocreation.ideas.chain.links import CAME
from cocreation.ideas.models.idea import IdeaState, Origin
from cocreation.meetings.models.meeting import Workshop
from cocreation.submission import refusals as submission_refusals
from cocreation.submission.services import ideas as submission_ideas, restatements
from cocreation.workshops.models import LineKind, OutputLine
from tests.forms import fill, press
from tests.html import texts
from tests.senders import ideas, write
from tests.words import says

PAGE = "/en/manage/ideas/restate/OR1/1"


@pytest.fixture
def workshop(cast) -> list[int]:
    """The first workshop of the meeting, published, with three solutions; their ids."""
    first = cast.meeting.workshops[0].id
    session.execute(update(Workshop).where(Workshop.id == first).values(published_at=clock.now()))

    def line(kind: LineKind, number: int, text: str) -> OutputLine:
        return OutputLine(workshop_id=first, kind=kind, number=number, text=text, language="ar")

    problems = [line(LineKind.PROBLEM, 1, "المحاضر لا تنشر"), line(LineKind.PROBLEM, 2, "المواعيد مجهولة")]
    solutions = [line(LineKind.SOLUTION, number, f"حل رقم {number}") for number in (1, 2, 3)]
    solutions[0].follows_from = problems
    solutions[0].leads_to = [line(LineKind.RESULT, 1, "مواطنون مطلعون")]
    session.add_all([*problems, *solutions])
    session.commit()
    ids = [solution.id for solution in solutions]
    session.remove()
    return ids


def test_restating_keeps_the_origin(cast, client, workshop):
    answer = fill(cast.visitor(cast.salma), PAGE, line=[str(workshop[0]), str(workshop[2])])
    assert answer.status_code == 302
    first, second = ideas()
    assert (first.reference, second.reference) == ("2026-1", "2026-2")
    assert (first.origin, first.state, first.source_line_id) == (
        Origin.WORKSHOP,
        IdeaState.RECEIVED,
        workshop[0],
    )
    assert (first.proposal, first.expected_result) == ("حل رقم 1", "مواطنون مطلعون")
    assert first.problem == "المحاضر لا تنشر\n\nالمواعيد مجهولة"
    assert (first.theme_id, first.region_code, first.language) == (cast.access.id, "02", "ar")
    assert second.problem is None
    page = client.get("/en/ideas/2026-1").text
    for shown in ("OR1-W1-S01", "Oujda", "المحاضر", 'class="link-ahead"'):
        assert shown in page
    assert session.scalars(select(AuditEntry.action)).all() == ["solution restated"] * 2


def test_twice_is_once(cast, workshop):
    salma = cast.visitor(cast.salma)
    everything = [str(line_id) for line_id in workshop]
    fill(salma, PAGE, line=everything[:1])
    page = salma.get(PAGE).text
    assert "2026-1" in page
    assert page.count(" checked>") == 2
    press(salma, PAGE, PAGE)  # the two that are left are chosen
    assert len(ideas()) == 3
    with cast.app.test_request_context():
        assert restatements.restate(workshop, by=cast.salma.id, now=clock.now()) == []
    assert 'name="line"' not in salma.get(PAGE).text


@pytest.mark.own_database
def test_two_people_restating_at_once(cast, workshop):
    def restate(_: int) -> int:
        try:
            count = len(restatements.restate(workshop, by=cast.salma.id, now=clock.now()))
            session.commit()
            return count
        finally:
            session.remove()

    session.remove()
    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(restate, range(4))) == [0, 0, 0, 3]
    assert len(ideas()) == 3


def test_outputs_not_published_are_not_restated(cast, workshop):
    session.execute(update(Workshop).values(published_at=None))
    session.commit()
    salma = cast.visitor(cast.salma)
    page = salma.get(PAGE).text
    assert 'name="line"' not in page
    assert texts(page, ".notice-waiting")
    with pytest.raises(submission_refusals.OutputsNotPublished):
        restatements.restate(workshop, by=cast.salma.id, now=clock.now())
    session.remove()
    assert not ideas()


def test_who_may_restate(cast, workshop):
    for person, status in (
        (cast.salma, 200),
        (cast.amal, 200),
        (cast.karim, 200),
        (cast.farid, 403),
        (None, 302),
    ):
        assert cast.visitor(person).get(PAGE).status_code == status
    from cocreation.accounts.models import Grant

    session.execute(update(Grant).where(Grant.person_id == cast.karim.id).values(scope_id=999))
    session.commit()
    assert cast.visitor(cast.karim).get(PAGE).status_code == 404  # the coordinator of another meeting
    assert cast.visitor(cast.salma).get("/en/manage/ideas/restate/OR1/9").status_code == 404


@pytest.mark.own_database
def test_numbers_under_a_crowd(cast, now):
    session.remove()

    def confirm(receipt: str) -> None:
        try:
            submission_ideas.confirm(receipt, now=now)
            session.commit()
        finally:
            session.remove()

    sender = submission_ideas.Sender(email="a@b.org")
    sent = [
        submission_ideas.submit(cast.cycle.id, words.IdeaWords(f"Idée {n}"), sender, once=f"{n}", now=now)
        for n in range(40)
    ]
    session.commit()
    receipts = [idea.receipt for idea in sent]
    session.remove()
    with ThreadPoolExecutor(20) as crowd:
        list(crowd.map(confirm, receipts + receipts[:10]))
    assert sorted(idea.number for idea in ideas()) == list(range(1, 41))
    assert {idea.reference for idea in ideas()} == {f"2026-{n}" for n in range(1, 41)}


def test_an_idea_on_paper_is_entered_with_its_receipt(cast, client):
    salma = cast.visitor(cast.salma)
    answer = fill(salma, "/en/manage/ideas/enter", proposal="فكرة على ورق", origin="paper", kind="person")
    [idea] = ideas()
    assert (idea.reference, idea.origin, idea.state) == ("2026-1", Origin.PAPER, IdeaState.RECEIVED)
    assert answer.location == f"/en/receipts/{idea.receipt}"
    assert idea.receipt in client.get(answer.location).text
    assert says(client.get("/en/ideas/2026-1"), CAME[Origin.PAPER])
    assert fill(salma, "/en/manage/ideas/enter", proposal="").status_code == 422
    assert cast.visitor(cast.karim).get("/en/manage/ideas/enter").status_code == 403
    write(cast)
    assert ideas()[1].number == 2
