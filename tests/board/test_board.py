"""The public board of institutions."""

import re
from datetime import date, timedelta

import pytest

from cocreation.board import queries as dispositions_board
from cocreation.board.queries import Sort, median
from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.reasons.models import Fate
from cocreation.study.models import Referral
from tests.cast import THEN
from tests.study.institutions import answered, sent, with_criteria

BOARD = "/en/institutions/board"
TODAY = THEN.date()


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ({}, None),
        ({4: 1}, 4),
        ({1: 1, 4: 1}, 2.5),
        ({1: 2, 9: 1}, 1),
        ({0: 1, 2: 2, 7: 1}, 2),
    ],
)
def test_the_median(counted, expected):
    assert median(counted) == expected


def figures(board):
    return [
        (row.institution and row.institution.slug, row.received, row.answered, row.overdue, row.days)
        for row in (*board.rows, board.total)
    ]


def played(cast):
    """The ministry answered two of four, after 2 and 6 days; one of the others is late. Finance owes one."""
    numbers = sent(cast, 4, due_on="2026-03-30")
    answered(cast, numbers[0], now=THEN + timedelta(days=2))
    answered(cast, numbers[1], now=THEN + timedelta(days=6))
    session.get(Referral, numbers[2]).due_on = date(2026, 3, 9)
    session.commit()
    session.remove()
    sent(cast, 1, cast.finance, due_on="2026-03-01")


def test_each_institution_and_all_of_them(cast):
    played(cast)
    assert figures(dispositions_board.board(cast.cycle.id, TODAY)) == [
        ("finance", 1, 0, 1, None),
        ("ministry", 4, 2, 1, 4),
        (None, 5, 2, 2, 4),
    ]


def test_an_idea_sent_to_two_counts_once_in_the_whole(cast):
    """Answered where both have answered, overdue where one is late."""
    numbers = sent(cast, 2, due_on="2026-03-01")
    for number in numbers:
        answered(cast, number, now=THEN)
    second = session.get(Referral, numbers[1])
    due = {"due_on": second.due_on, "referred_by": second.referred_by, "referred_at": second.referred_at}
    session.add(Referral(idea_id=second.idea_id, institution_id=cast.finance.id, **due))
    session.get(Idea, second.idea_id).state = IdeaState.REFERRED
    session.commit()
    session.remove()
    board = dispositions_board.board(cast.cycle.id, TODAY)
    assert [row.received for row in board.rows] == [1, 2]
    assert (board.total.received, board.total.answered, board.total.overdue) == (2, 1, 1)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        (Sort.NAME, "finance"),
        (Sort.RECEIVED, "ministry"),
        (Sort.DAYS, "ministry"),
    ],
)
def test_it_is_sorted_by_any_of_its_columns(cast, client, sort, first):
    played(cast)
    assert dispositions_board.board(cast.cycle.id, TODAY, sort).rows[0].institution.slug == first
    page = client.get(f"{BOARD}?sort={sort.value}").text
    names = re.findall(r"<th scope=\"row\">(?:<span[^>]*>)?([^<]+)", page)
    assert names[0] == {"finance": "La direction du budget", "ministry": "Le ministère d&#39;essai"}[first]


def test_a_cycle_shows_its_own_figures(cast, client):
    played(cast)
    other = Cycle(
        code="2020",
        title=Translated(fr="Ancien plan"),
        summary=Translated(fr="x"),
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
    )
    session.add(other)
    session.commit()
    session.remove()
    assert '<table class="table board"' not in client.get(f"{BOARD}?cycle=2020").text
    assert '<table class="table board"' in client.get(BOARD).text
    assert client.get(f"{BOARD}?cycle=1999&sort=nonsense").status_code == 200


def test_what_is_no_longer_asked_is_not_overdue(cast):
    played(cast)
    late = session.query(Idea).filter_by(reference="2026-3").one()
    late.state, late.fate, late.fate_at = "published", Fate.DEFERRED, THEN
    late.reason, late.reason_text = "lacks_time", Translated(fr="x")
    session.commit()
    session.remove()
    assert figures(dispositions_board.board(cast.cycle.id, TODAY))[1] == ("ministry", 4, 2, 0, 4)


def test_it_is_public_linked_and_shows_the_criteria_with_their_weights(cast, client):
    played(cast)
    with_criteria(cast, 30, 10)
    assert "/en/institutions/board" in client.get("/en/institutions").text
    page = client.get(BOARD).text
    assert "C1" in page
    assert "75%" in page
    assert "<rect" in page


def test_it_asks_as_much_of_the_database_for_many_as_for_one(cast, client, statements):
    sent(cast)

    def asked():
        with statements() as statement:
            assert client.get(BOARD).status_code == 200
        return len(statement)

    few = asked()
    bodies = [
        Institution(slug=f"body-{n}", name=Translated(fr=f"Body {n}"), email=f"body{n}@example.org")
        for n in range(15)
    ]
    session.add_all(bodies)
    session.commit()
    sent(cast, 10, *bodies)
    assert asked() == few
    assert few <= 6
