"""The list of a batch: narrowed, ordered, kept where one was; ideas put in by theme, with their number."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sqlalchemy import update

from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.refusals import NothingReady
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.reasons.models import Fate
from tests.desk import BATCHES, batch_of, received
from tests.forms import csrf_token, fill
from tests.html import hrefs, numbers, texts
from tests.words import says

LEADS = ".dense .lead .reference"


@pytest.fixture
def batch(cast) -> str:
    """Three ideas on access, answered for by the ministry, and three on digital by the budget, of which the
    second has no reason; none is read by a second person yet.
    """
    ids = received(cast, 3, state=IdeaState.ANSWERED, theme_id=cast.access.id)
    ids += received(cast, 3, state=IdeaState.ANSWERED, theme_id=cast.digital.id)
    number = batch_of(cast, ids, institution_id=cast.ministry.id)
    later = update(FateDraft).where(FateDraft.idea_id.in_(ids[3:]))
    session.execute(later.values(institution_id=cast.finance.id, fate=Fate.NOT_INCLUDED))
    session.execute(update(FateDraft).where(FateDraft.idea_id == ids[4]).values(reason_text=None))
    session.execute(update(Batch).values(sent_at=None, sent_by=None, reviewed_at=None, reviewed_by=None))
    session.commit()
    session.remove()
    return f"{BATCHES}/{number}"


def found(salma, address: str) -> list[str]:
    """The references in the list at this address, page after page."""
    references, following = [], [address]
    while following:
        page = salma.get(following[0]).text
        references += texts(page, LEADS)
        following = hrefs(page, ".pager [rel=next]")
    return references


def test_a_batch_is_narrowed_by_fate_theme_body_and_what_lacks_something(salma, cast, batch):
    page = salma.get(batch).text
    for way, count in zip(hrefs(page, ".picks a"), numbers(page, ".picks b"), strict=True):
        assert len(found(salma, way)) == count, way
    assert found(salma, f"{batch}?theme={cast.digital.id}") == ["2026-4", "2026-5", "2026-6"]
    assert found(salma, f"{batch}?body={cast.ministry.id}&fate=deferred") == ["2026-1", "2026-2", "2026-3"]
    lacking = salma.get(f"{batch}?lacks=1").text
    assert (texts(lacking, LEADS), numbers(lacking, ".listing p")) == (["2026-5"], [1])
    assert len(texts(lacking, ".dense .lacks")) == 1


@pytest.mark.parametrize("order", ["came", "theme", "fate", "body"])
def test_each_order_goes_through_the_batch_once(cast, salma, order):
    ids = received(cast, 60, state=IdeaState.ANSWERED)
    number = batch_of(cast, ids)
    odd, first = Idea.id.in_(ids[::2]), FateDraft.idea_id.in_(ids[::2])
    session.execute(update(Idea).where(odd).values(theme_id=cast.digital.id))
    decided = update(FateDraft).where(first)
    session.execute(decided.values(fate=Fate.INCLUDED, institution_id=cast.finance.id))
    session.commit()
    references = found(salma, f"{BATCHES}/{number}?order={order}")
    assert len(references) == len(set(references)) == 60
    odd_ones = [int(reference.split("-")[1]) % 2 for reference in references]
    changes = sum(one != other for one, other in pairwise(odd_ones))
    assert changes == (59 if order == "came" else 1)


def test_after_a_decision_comes_the_next_or_the_list_where_it_was(salma, batch):
    there = f"{batch}?order=theme"
    first = hrefs(salma.get(there).text, LEADS)[0]
    page = salma.get(first).text
    assert texts(page, ".place-in-pile") == ["1 of 6"]
    assert there in hrefs(page, ".breadcrumbs a")
    [following] = hrefs(page, ".pager [rel=next]")
    assert fill(salma, first, outcome="deferred/lacks_time").location == f"{there}#i2026-1"
    form = {"csrf_token": csrf_token(salma), "outcome": "deferred/lacks_budget", "then": "next"}
    assert salma.post(first, data=form).location == following


def test_what_is_no_longer_narrowed_so_still_comes_back_to_the_list(salma, batch):
    one = hrefs(salma.get(f"{batch}?lacks=1").text, LEADS)[0]
    answer = fill(salma, one, outcome="not_included/lacks_time", **{"reason_text-fr": "Faute de temps"})
    assert answer.location == f"{batch}?lacks=1#i2026-5"


def test_all_ready_ideas_of_a_theme_are_put_in_after_their_number_is_said(salma, cast, batch):
    received(cast, 2, state=IdeaState.NOT_ACCEPTED, theme_id=cast.digital.id)
    received(cast, 4, state=IdeaState.NOT_ACCEPTED, theme_id=cast.access.id)
    page = salma.get(f"{batch}/ideas").text
    assert any("(2)" in option for option in texts(page, "[name=theme] option"))
    data = {"csrf_token": csrf_token(salma), "theme": str(cast.digital.id)}
    question = salma.post(f"{batch}/ideas", data=data)
    assert numbers(question.text, "h1") == [2]
    assert texts(question.text, ".lede .reference") == ["2026-7", "2026-8"]
    fill(salma, f"{batch}/ideas", theme=str(cast.digital.id), fate="not_accepted")
    assert found(salma, batch)[-2:] == ["2026-7", "2026-8"]
    nothing = fill(salma, f"{batch}/ideas", theme=str(cast.access.id), fate="deferred")
    assert says(nothing, NothingReady)


def test_a_batch_is_prepared_of_a_theme(salma, cast):
    received(cast, 2, state=IdeaState.NOT_ACCEPTED, theme_id=cast.digital.id)
    received(cast, 1, state=IdeaState.NOT_ACCEPTED, theme_id=cast.access.id)
    made = fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, theme=str(cast.digital.id))
    assert found(salma, made.location) == ["2026-1", "2026-2"]


def test_publishing_says_how_many_fates_and_asks_first(salma, cast):
    number = batch_of(cast, received(cast, 3, state=IdeaState.ANSWERED))
    address = f"{BATCHES}/{number}/publish"
    token = {"csrf_token": csrf_token(salma)}
    assert numbers(salma.post(address, data=token).text, "h1") == [3]
    declined = salma.post(address, data={**token, "confirmed": "no"})
    assert declined.status_code == 200
    assert session.get_one(Batch, number).publishing_at is None
