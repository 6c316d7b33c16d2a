"""The list of ideas: the same answers on both databases, at the same cost for ten ideas and for thousands."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState, Origin, Step, StepKind
from cocreation.ideas.queries import public_ideas
from cocreation.reasons.models import Fate, Reason
from tests.cast import T
from tests.html import hrefs, numbers, texts
from tests.senders import write


def listed(client, query: str = "") -> list[str]:
    """The references on a page of the list, in order."""
    answer = client.get(f"/fr/ideas{query}")
    assert answer.status_code == 200
    return re.findall(r'<li class="row"><a href="/fr/ideas/([^"]+)">', answer.text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("القانون", ["2026-2", "2026-1"]),
        ("قانون", ["2026-2", "2026-1"]),
        ("للقوانين", ["2026-2", "2026-1"]),
        ("أَرْشيف", ["2026-2"]),
        ("31-13", ["2026-1"]),
        ("communes", ["2026-3"]),
        ("COMMUNALE", []),
        ("acces donnee", ["2026-3"]),
        ("2026-2", ["2026-2"]),
        ("introuvable", []),
        ("'; drop table ideas; --", []),
        ('"" OR * NEAR(', []),
    ],
)
def test_words_in_arabic_and_french(cast, client, typed, found):
    write(cast, proposal="تفعيل القانون 31.13 في كل إدارة", language="ar")
    write(cast, proposal="قانون جديد للأرشيف", language="ar")
    write(cast, proposal="L'accès aux données de chaque commune")
    from urllib.parse import quote

    assert listed(client, f"?q={quote(typed)}") == found


def test_each_filter_and_what_removes_it(cast, client):
    write(cast, theme_id=cast.access.id, region_code="02")
    write(cast, theme_id=cast.digital.id, region_code="04", origin=Origin.PAPER)
    write(cast, state=IdeaState.NOT_ACCEPTED)
    fate = {"state": IdeaState.PUBLISHED, "reason_text": T("سبب", "raison"), "fate_at": clock.now()}
    write(cast, fate=Fate.NOT_ACCEPTED, reason=Reason.NOT_CLEAR, **fate)
    write(cast, fate=Fate.INCLUDED, reason=Reason.FITS_THE_PLAN, **fate)
    session.add(Step(idea_id=5, kind=StepKind.REFERRED, at=clock.now(), institution_id=cast.ministry.id))
    session.commit()
    assert listed(client, f"?theme={cast.access.id}") == ["2026-1"]
    assert listed(client, "?region=04") == ["2026-2"]
    assert listed(client, "?origin=paper&region=04") == ["2026-2"]
    assert listed(client, "?outcome=received") == ["2026-2", "2026-1"]
    assert listed(client, "?outcome=not_accepted") == ["2026-4"]
    assert listed(client, "?outcome=screened_out") == ["2026-3"]
    assert listed(client, "?outcome=included&institution=ministry") == ["2026-5"]
    assert listed(client, "?institution=finance") == []
    assert len(listed(client, "?cycle=2026")) == 5
    assert (
        len(listed(client, "?cycle=1999&region=zz&theme=x&outcome=y")) == 5
    )  # what means nothing narrows nothing
    page = client.get("/fr/ideas?origin=paper&region=04").text
    assert 'href="/fr/ideas?region=04"' in page
    assert 'href="/fr/ideas?origin=paper"' in page
    assert hrefs(client.get("/en/ideas?q=introuvable").text, ".empty a") == ["/en/ideas"]


def test_words_are_searched_within_the_filters_already_chosen(cast, client):
    page = client.get("/en/ideas?q=eau&region=04&origin=paper&lang=zz&_scheme=x").text
    assert (
        '<input type="hidden" name="region" value="04"><input type="hidden" name="origin" value="paper">'
        in page
    )
    assert 'href="/en/ideas/filters?q=eau&amp;region=04&amp;origin=paper"' in page
    filters = client.get("/en/ideas/filters?q=eau&region=04&origin=paper").text
    assert 'value="eau"' in filters
    assert '<option selected value="04">' in filters
    assert '<option selected value="paper">' in filters


def test_every_count_agrees_with_the_list_it_leads_to(cast, client):
    write(cast, 3)
    write(cast, 2, state=IdeaState.REFERRED)
    write(cast, 1, state=IdeaState.NOT_ACCEPTED)
    fate = {"state": IdeaState.PUBLISHED, "reason_text": T("سبب", "raison"), "fate_at": clock.now()}
    write(cast, 4, fate=Fate.DEFERRED, reason=Reason.LACKS_TIME, **fate)
    write(cast, 1, fate=Fate.NOT_ACCEPTED, reason=Reason.NOT_CLEAR, **fate)
    counts = public_ideas.outcomes(cast.cycle.id)
    assert counts == [
        (Fate.DEFERRED, 4),
        (Fate.NOT_ACCEPTED, 1),
        (IdeaState.NOT_ACCEPTED, 1),
        (IdeaState.REFERRED, 2),
        (IdeaState.RECEIVED, 3),
    ]
    assert public_ideas.outcomes() == counts
    assert public_ideas.outcomes(-1) == []
    session.remove()
    for outcome, count in counts:
        assert len(listed(client, f"?outcome={outcome.value}")) == count


def test_any_order_with_its_count_and_the_filters_kept(cast, client):
    write(cast, region_code="02", supporters=1)
    write(cast, region_code="02", supporters=7)
    write(cast, region_code="04", supporters=3)
    assert listed(client) == ["2026-3", "2026-2", "2026-1"]
    assert listed(client, "?order=supported") == ["2026-2", "2026-3", "2026-1"]
    assert listed(client, "?order=oldest&region=02") == ["2026-1", "2026-2"]
    assert listed(client, "?order=x") == ["2026-3", "2026-2", "2026-1"]
    page = client.get("/en/ideas?order=supported&region=02").text
    assert numbers(page, ".listing p") == [2]
    assert "/en/ideas?region=02&order=oldest" in hrefs(page, ".listing a")
    assert hrefs(page, ".chips a") == ["/en/ideas?order=supported"]
    assert client.get("/en/ideas?order=supported&cursor=rubbish").status_code == 400
    write(cast, 45, supporters=2)
    seen, query = listed(client, "?order=supported"), "?order=supported"
    while links := re.findall(r'rel="next" href="/fr/ideas(\?[^"]+)"', client.get(f"/fr/ideas{query}").text):
        query = links[0].replace("&amp;", "&")
        seen += listed(client, query)
    assert len(seen) == len(set(seen)) == 48
    assert (seen[:2], seen[-1]) == (["2026-2", "2026-3"], "2026-1")


def test_a_chip_says_how_many_it_leaves(cast, client):
    write(cast, 3)
    write(cast, 2, state=IdeaState.REFERRED, region_code="04")
    page = client.get("/en/ideas").text
    chips = dict(zip(hrefs(page, ".picks a"), texts(page, ".picks b"), strict=True))
    assert chips == {"/en/ideas": "5", "/en/ideas?outcome=referred": "2", "/en/ideas?outcome=received": "3"}
    assert hrefs(client.get("/en/ideas?outcome=referred").text, ".picks [aria-current]") == [
        "/en/ideas?outcome=referred"
    ]
    assert not texts(client.get("/en/ideas?region=04").text, ".picks a"), "all there are of one kind"


def test_pages_follow_each_other_when_all_came_at_the_same_moment(cast, client):
    write(cast, 45)
    seen, query = [], ""
    while query is not None:
        seen += listed(client, query)
        links = re.findall(r'rel="next" href="/fr/ideas(\?[^"]+)"', client.get(f"/fr/ideas{query}").text)
        if len(seen) == 20:
            write(cast, received_at=clock.now() + timedelta(hours=1))  # one arrives meanwhile
        query = links[0].replace("&amp;", "&") if links else None
    assert seen == [f"2026-{number}" for number in range(45, 0, -1)]
    assert client.get("/fr/ideas?cursor=rubbish").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/fr/ideas",
        "/fr/ideas?order=supported&region=02",
        "/fr/ideas?q=idee&region=02&outcome=received&institution=ministry",
        "/fr/ideas/2026-1",
    ],
)
def test_a_page_asks_as_little_for_thousands_as_for_ten(cast, statements, path):
    visitor = cast.visitor(cast.salma)
    write(cast, 10)
    with statements() as few:
        assert visitor.get(path).status_code == 200
    write(cast, 1990)
    with statements() as many:
        assert visitor.get(path).status_code == 200
    assert len(few) == len(many) <= 6
    assert len(visitor.get(path).data) < 60_000
