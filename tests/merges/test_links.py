"""The pages of linking: what the desk offers, the family drawn and said."""

from __future__ import annotations

from cocreation.core.database import session
from cocreation.text.stems import search_tokens
from tests.cast import THEN
from tests.desk import idea, received, states
from tests.forms import fill
from tests.html import hrefs, numbers
from tests.merges.links import LINEAGE, WHY, merge, set_idea, settle


def test_the_desk_offers_what_can_be_done_and_ideas_that_look_alike(three, salma):
    ways = hrefs(salma.get(f"{LINEAGE}/2026-1").text, "[aria-labelledby=ways] a")
    assert f"{LINEAGE}/2026-1/merge" in ways
    assert f"{LINEAGE}/2026-1/carry" not in ways
    settle("2026-1")
    ways = hrefs(salma.get(f"{LINEAGE}/2026-1").text, "[aria-labelledby=ways] a")
    assert f"{LINEAGE}/2026-1/carry" in ways
    assert f"{LINEAGE}/2026-1/merge" not in ways
    assert f'href="{LINEAGE}/2026-1"' in salma.get("/en/manage/dispositions/screening/2026-1").text


def test_an_idea_that_looks_alike_is_one_step_away(cast, salma):
    for words in ("نشر ميزانية الجماعة على موقعها", "نشر ميزانية الجماعة على موقعها كل سنة"):
        received(cast, proposal=words, tokens=search_tokens(words))
    page = salma.get(f"{LINEAGE}/2026-1").text
    assert f'href="{LINEAGE}/2026-1/merge?other=2026-2"' in page
    assert fill(salma, f"{LINEAGE}/2026-1/merge?other=2026-2", **WHY).status_code == 302
    assert states("2026-1", "2026-2") == ["joined", "received"]


def test_the_family_is_drawn_and_said_in_one_statement_without_anybodys_words(
    three, salma, client, statements
):
    received(three, 20)
    sentence = idea("2026-1").proposal
    session.remove()
    merge(salma, "2026-1", "2026-3")
    set_idea("2026-1", hidden_at=THEN)
    with statements() as few:
        page = client.get("/en/ideas/2026-3").text
    assert 'role="img"' in page
    assert sentence not in page.split('id="family"')[1]
    names = " ".join(f"2026-{number}" for number in range(4, 24))
    fill(salma, f"{LINEAGE}/2026-3/gather", others=names, **WHY)
    with statements() as many:
        page = client.get("/en/ideas/2026-3").text
    assert len(many) == len(few) <= 6
    assert page.count("<foreignObject") == 9
    assert numbers(page, "#family > .soft")[-1] == 13
    assert numbers(page, ".chain .reason") == [20]
    assert len(page.encode()) <= 15 * 1024
    with statements() as alone:
        client.get("/en/ideas/2026-2")
    assert len(alone) == len(few) - 1


def test_a_drawing_is_mirrored_where_people_read_from_the_right(three, salma, client):
    merge(salma, "2026-1", "2026-3")

    def x_of_target(language):
        drawing = client.get(f"/{language}/ideas/2026-3").text.split("<svg")[1].split("</svg>")[0]
        return float(drawing.split('class="is-here"')[0].rsplit(' x="', 1)[1].split('"')[0])

    assert x_of_target("ar") == 0
    assert x_of_target("fr") > 100
