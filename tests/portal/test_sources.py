"""A sentence is followed: from the workshop to its idea and the commitment, and back."""

import pytest
from sqlalchemy import insert, select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from cocreation.workshops.models import LineKind, OutputLine, line_links
from tests.html import numbers, texts
from tests.words import says

PAGE = "/en/meetings/OR1/workshops/1"
COMMITMENT = "/en/plan/commitments/2026-C01"


def lines(cast, per_kind, published=True):
    """A workshop with so many lines of each kind, each linked to the one before it in the chain."""
    workshop = session.get(Workshop, cast.meeting.workshops[0].id)
    workshop.published_at = clock.now() if published else None
    rows = {
        kind: [
            OutputLine(
                workshop_id=workshop.id, kind=kind, number=n, text=f"{kind.value} number {n}", language="en"
            )
            for n in range(1, per_kind + 1)
        ]
        for kind in LineKind
    }
    session.add_all([row for group in rows.values() for row in group])
    session.flush()
    pairs = zip(*rows.values(), strict=True)
    links = [{"from_id": a.id, "to_id": b.id} for p, s, r in pairs for a, b in ((p, s), (s, r))]
    session.execute(insert(line_links), links)
    ids = [row.id for row in rows[LineKind.SOLUTION]]
    session.commit()
    session.remove()
    return ids


def idea(cast, number, fate=None, line_id=None, state=None, commitment=True, **more):
    settled = {
        "fate": fate,
        "reason": Reason.FITS_THE_PLAN,
        "reason_text": {"fr": "Oui"},
        "fate_at": clock.now(),
        "commitment_id": cast.commitment.id if commitment else None,
    }
    row = Idea(
        cycle_id=cast.cycle.id,
        **{"number": number, "reference": f"2026-{number:03}", "proposal": f"Sentence {number}"} | more,
        receipt=f"receipt {number}",
        once=f"once {number}",
        origin=Origin.WORKSHOP if line_id else Origin.ONLINE,
        state=state or (IdeaState.PUBLISHED if fate else IdeaState.REFERRED),
        language="en",
        source_line_id=line_id,
        submitted_at=clock.now(),
        received_at=clock.now(),
        **(settled if fate else {"commitment_id": cast.commitment.id if commitment else None}),
    )
    session.add(row)
    session.commit()
    session.remove()


def unpublish(cast):
    session.get(Commitment, cast.commitment.id).published_at = None
    session.commit()
    session.remove()


def sources(page: str) -> tuple[int, list[str]]:
    """How many ideas the page of a commitment counts, and which it names."""
    [count] = numbers(page, "#sources")
    return count, texts(page, "main .row > .reference")


def ideas_counted(page: str) -> list[int]:
    """How many ideas the commitments of the plan come from, those left out that come from none."""
    return numbers(page, ".row-meta > span:last-child")


def test_each_line_has_its_place_and_says_what_became_of_it(cast, client):
    solutions = lines(cast, 3)
    idea(cast, 1, Fate.INCLUDED, solutions[0])
    idea(cast, 2, None, solutions[1], commitment=False)
    page = client.get(PAGE)
    for mark in ("P01", "S03", "R02"):
        assert f'id="{mark}"' in page.text
    assert 'href="#P02"' in page.text  # S02 answers it
    assert "/en/ideas/2026-001" in page.text
    assert "fate-included" in page.text
    assert says(page, IdeaState.REFERRED.label)


def test_a_line_has_a_short_address(cast, client):
    lines(cast, 2)
    answer = client.get("/en/lines/OR1-W1-S02")
    assert answer.headers["Location"] == f"{PAGE}#S02"
    for unknown in ("OR1-W1-S03", "OR1-W1-X01", "OR1-W9-S01", "OR1", "-W1-P01", "x" * 300):
        assert client.get(f"/en/lines/{unknown}").status_code == 404, unknown
    for other in ("OR1-W1-S2", "or1 w1 s02", "OR1–W1–S٠٢"):
        answer = client.get(f"/en/lines/{other}?x=1")
        assert answer.headers["Location"] == "/en/lines/OR1-W1-S02?x=1", "as people write it"


def test_before_publication_only_its_own_people_read(cast, client):
    lines(cast, 1, published=False)
    expected = {
        cast.amal: 200,
        cast.salma: 200,
        cast.karim: 200,
        cast.fatima: 200,
        cast.farid: 404,
        cast.mounia: 404,
    }
    for person, status in expected.items():
        visitor = cast.visitor(person)
        assert visitor.get(PAGE).status_code == status, person.name
        assert visitor.get("/en/lines/OR1-W1-S01").status_code == (302 if status == 200 else 404), person.name
    assert client.get(PAGE).status_code == 404
    assert client.get("/en/lines/OR1-W1-S01").status_code == 404


def test_the_page_costs_the_same_for_few_and_many_lines(cast, client, statements):
    counts = []
    for many in (5, 300):
        for row in session.scalars(select(Idea)):
            session.delete(row)
        session.flush()
        for row in session.scalars(select(OutputLine)):
            session.delete(row)
        session.commit()
        for number, line_id in enumerate(lines(cast, many), 1):
            if number <= 20:
                idea(cast, number, Fate.INCLUDED, line_id)
        with statements() as asked:
            assert client.get(PAGE).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5  # a sign-in makes six


@pytest.mark.parametrize("url", [PAGE, COMMITMENT, "/en/plan"])
def test_signed_in_it_is_still_six_statements(cast, statements, url):
    lines(cast, 5)
    visitor = cast.visitor(cast.salma)
    with statements() as asked:
        assert visitor.get(url).status_code == 200
    assert len(asked) <= 6


def test_a_commitment_names_the_ideas_it_comes_from(cast, client):
    solution = lines(cast, 1)[0]
    idea(cast, 1, Fate.INCLUDED, solution)
    idea(cast, 2, Fate.PARTLY_INCLUDED, proposal="<script>alert(1)</script> https://example.org/")
    idea(cast, 3, state=IdeaState.ANSWERED, proposal="Decided, not public yet")
    idea(cast, 4, Fate.NOT_INCLUDED, commitment=False, proposal="Elsewhere")
    page = client.get(COMMITMENT)
    assert sources(page.text) == (2, ["2026-001", "2026-002"])
    assert "/en/ideas/2026-001" in page.text
    assert "/en/lines/OR1-W1-S01" in page.text
    assert says(page, Origin.ONLINE.label)
    assert "<script>alert" not in page.text
    assert "Decided, not public yet" not in page.text
    assert "Elsewhere" not in page.text


def test_many_sources_come_page_by_page_at_the_same_cost(cast, client, statements):
    counts = []
    for first, last in ((1, 2), (3, 40)):
        for number in range(first, last + 1):
            idea(cast, number, Fate.INCLUDED)
        with statements() as asked:
            page = client.get(COMMITMENT).text
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5
    count, named = sources(page)
    assert (count, len(named)) == (40, 30)
    assert page.count("Sentence ") == 30
    assert client.get(f"{COMMITMENT}?cursor=nonsense").status_code == 400


def test_a_draft_is_read_by_the_secretariat_and_the_committee_only(cast, client):
    unpublish(cast)
    assert client.get(COMMITMENT).status_code == 404
    assert "2026-C01" not in client.get("/en/plan").text
    for person, status in ((cast.salma, 200), (cast.mounia, 200), (cast.farid, 404), (cast.karim, 404)):
        assert cast.visitor(person).get(COMMITMENT).status_code == status, person.name


@pytest.mark.parametrize(
    "unknown", ["2026-C09", "2025-C01", "2026", "2026-C", "2026-C99999", "C01", "x" * 300]
)
def test_unknown_commitments(client, cast, unknown):
    assert client.get(f"/en/plan/commitments/{unknown}").status_code == 404


def test_the_plan_counts_the_ideas_of_each_commitment(cast, client):
    assert ideas_counted(client.get("/en/plan").text) == []
    idea(cast, 1, Fate.INCLUDED)
    idea(cast, 2, Fate.PARTLY_INCLUDED)
    idea(cast, 3, state=IdeaState.ANSWERED)
    page = client.get("/en/plan").text
    assert ideas_counted(page) == [2]
    assert COMMITMENT in page


def test_the_plan_of_another_cycle_is_asked_by_its_code(cast, client):
    assert client.get("/en/plan?cycle=2026").status_code == 200
    assert client.get("/en/plan?cycle=1999").status_code == 404


def test_a_platform_without_cycle_says_so(client):
    page = client.get("/en/plan")
    assert page.status_code == 200
    assert texts(page.text, "main .empty")
