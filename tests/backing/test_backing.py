"""Supporting and following an idea with an address: proven, counted once, told to nobody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from cocreation.app import create_app
from cocreation.backing.models import Rhythm
from cocreation.backing.refusals import BackingLinkExpired, NothingSent, NoWish
from cocreation.backing.services import backings as backing_backings
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from cocreation.ideas.models.lineage import Kinship, Lineage
from tests.backing.backings import DAY, EMAIL, WEEK, ask, backings, confirm, follow, supporters
from tests.cast import THEN
from tests.forms import csrf_token, fill
from tests.html import numbers, texts
from tests.senders import SENTENCE, link, write
from tests.words import errors, says


def test_support_counts_when_the_address_says_yes(cast, client, mails):
    write(cast, proposal=SENTENCE)
    ask(client)
    assert supporters() == 0
    path = confirm(client, mails)
    assert supporters() == 1
    [backing] = backings()
    assert (backing.email, backing.supports, backing.follows, backing.confirmed_at) == (
        EMAIL,
        True,
        None,
        THEN,
    )
    assert numbers(client.get("/en/ideas/2026-1").text, "#support .reason") == [1]
    assert numbers(client.get("/en/ideas").text, ".row-meta b") == [1]
    assert texts(client.get(path).text, ".head .lede") == [], "no button has to be pressed any more"


def test_a_mistyped_address_is_corrected_where_it_was_sent(cast, client, messages):
    """Shown, corrected, written to again: the same for an address that is known and for one that is not."""
    write(cast, proposal=SENTENCE)
    ask(client, email="youssef@gmial.con", follows="weekly")
    sent = "/en/ideas/2026-1/back/sent"
    page = client.get(sent).text
    assert "youssef@gmial.con" in page
    assert 'value="youssef@gmail.com"' in page
    assert "youssef@" not in cast.visitor().get(sent).text
    for _time in range(backing_backings.MOST_A_DAY + 2):
        assert fill(client, sent, email="youssef@gmail.com").location == sent
    written_to = [mail["To"] for mail in messages()]
    assert sorted(written_to) == [*["youssef@gmail.com"] * backing_backings.MOST_A_DAY, "youssef@gmial.con"]
    [_astray, right] = backings()
    assert (right.email, right.supports, right.follows) == ("youssef@gmail.com", True, Rhythm.WEEKLY)
    assert fill(client, sent, email="nobody").status_code == 422
    stranger = cast.visitor()
    refused = stranger.post(sent, data={"email": "a@b.org", "csrf_token": csrf_token(stranger)})
    assert says(refused, NothingSent)


def test_the_mail_carries_no_words_and_leads_to_one_button(cast, client, mails):
    write(cast, proposal=SENTENCE)
    ask(client, follows="weekly")
    [mail] = mails()
    assert SENTENCE not in mail
    page = client.get(link(mail, "/backings/")).text
    assert texts(page, ".head .lede")
    assert SENTENCE in page.replace("<bdi>", "").replace("</bdi>", "")
    assert page.count("<button") - page.count('class="menu"') == 1
    assert '<option selected value="weekly">' in page


@pytest.mark.own_database
def test_a_crowd_is_counted_to_the_last_one(cast):
    [idea] = write(cast)
    rows = [follow(idea, None, f"{n}@example.org", confirmed_at=None, told_at=None) for n in range(12)]
    receipts = [row.receipt for row in rows]

    def say_yes(receipt: str) -> None:
        backing_backings.choose(receipt, backing_backings.BackingWish(True, None), now=THEN)
        session.commit()
        session.remove()

    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(say_yes, receipts + receipts[:6]))
    assert supporters() == 12


def test_replayed_links_change_nothing(cast, client, mails):
    write(cast)
    ask(client)
    path = confirm(client, mails)
    for _ in range(2):
        assert fill(client, path).status_code == 302
    assert supporters() == 1
    assert len(backings()) == 1


def test_one_address_counts_once_whatever_its_letters(cast, client, mails):
    write(cast)
    ask(client)
    confirm(client, mails)
    with clock.frozen(THEN + DAY):
        ask(client, email="YOUSSEF@Example.org")
        confirm(client, mails)
    assert supporters() == 1
    ask(client, email="other@example.org")
    confirm(client, mails)
    assert supporters() == 2


def test_nobody_learns_whether_an_address_is_known(cast, client, mails):
    write(cast)
    ask(client)
    confirm(client, mails)
    first = fill(client, "/en/ideas/2026-1", email=EMAIL, supports="y")
    second = fill(client, "/en/ideas/2026-1", email="new@example.org", supports="y")
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert first.data == second.data


def test_what_is_asked_in_the_name_of_a_known_address_waits_for_its_yes(cast, client, mails):
    write(cast)
    ask(client)
    confirm(client, mails)
    with clock.frozen(THEN + DAY):
        ask(client, follows="daily", supports=None)
        assert backings()[0].follows is None
        [mail] = mails()
        path = link(mail, "/backings/")
        assert "follows=daily" in path, "the mail to an address that is known"
        assert fill(client, path).status_code == 302, "the page is filled in with what was asked"
    assert (backings()[0].follows, backings()[0].supports) == (Rhythm.DAILY, True)


def test_support_is_taken_back(cast, client, mails):
    write(cast)
    ask(client)
    path = confirm(client, mails)
    fill(client, path, supports=None)
    assert supporters() == 0
    fill(client, path, supports="y")
    assert supporters() == 1


def test_support_that_came_along_by_a_link_becomes_ones_own_when_one_says_so(cast, client):
    source, target = write(cast, 2)
    link = {"reason": {"fr": "Pareil"}, "linked_by": cast.salma.id, "linked_at": THEN}
    session.add(Lineage(kind=Kinship.MERGED_INTO, source_id=source.id, target_id=target.id, **link))
    session.commit()
    follow(target, supports=True, lineage_id=session.scalars(select(Lineage.id)).one())
    fill(client, f"/en/backings/{backings()[0].receipt}", supports="y")
    assert backings()[0].lineage_id is None


def test_one_mail_a_day_for_an_idea_however_often_it_is_asked(cast, client, messages):
    write(cast)
    for _ in range(3):
        ask(client)
    assert len(messages()) == 1
    with clock.frozen(THEN + DAY):
        ask(client)
        assert len(messages()) == 1


def test_a_stranger_is_not_flooded(cast, client, mails):
    write(cast, 7)
    for number in range(1, 8):
        ask(client, f"2026-{number}")
    assert len(mails()) == backing_backings.MOST_ASKED


def test_who_says_yes_may_back_as_many_ideas_as_they_like(cast, client, mails):
    write(cast, 7)
    for number in range(1, 8):
        ask(client, f"2026-{number}")
        confirm(client, mails)
    assert [supporters(f"2026-{number}") for number in range(1, 8)] == [1] * 7


def test_nothing_chosen_is_said_and_what_was_typed_is_kept(cast, client):
    write(cast)
    refused = fill(client, "/en/ideas/2026-1", email=EMAIL, supports=None, follows="")
    assert refused.status_code == 422
    assert says(refused, NoWish)
    assert EMAIL in refused.text
    assert backings() == []


def test_one_sender_does_not_ask_for_hundreds(cast, database_url, tmp_path):
    write(cast)
    app = create_app(
        database_url=database_url,
        secret_key="for tests only",
        mail_url=f"file:{tmp_path / 'mail'}",
        rate_limits=True,
        testing=True,
    )
    client, path = app.test_client(), "/en/ideas/2026-1/back"
    token = csrf_token(client)
    answers = [
        client.post(path, data={"email": f"{n}@example.org", "supports": "y", "csrf_token": token})
        for n in range(12)
    ]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert len(backings()) == 10
    session.remove()  # its connection goes with the engine, not after it
    app.extensions["engine"].dispose()


def test_an_address_that_is_none(cast, client):
    write(cast)
    refused = fill(client, "/en/ideas/2026-1/back", email="youssef", supports="y")
    assert refused.status_code == 422
    assert errors(refused) == {"email"}


def test_the_link_ends_and_the_address_is_forgotten(cast, client, mails, messages):
    write(cast)
    ask(client)
    path = link(mails()[0], "/backings/")
    with clock.frozen(THEN + WEEK):
        refused = fill(client, path, supports="y")
        assert refused.status_code == 409
        assert says(refused, BackingLinkExpired, day=(THEN + WEEK).date())
        messages()
        assert backings() == []
        assert client.get(path).status_code == 404
    assert supporters() == 0


@pytest.mark.parametrize("silent", [{"hidden_at": THEN}, {"state": IdeaState.UNCONFIRMED}])
def test_an_idea_whose_words_are_not_shown_is_not_backed(cast, client, silent):
    numbers = {"number": None, "reference": None, "received_at": None} if "state" in silent else {}
    [idea] = write(cast, **silent, **numbers)
    data = {"email": EMAIL, "supports": "y", "csrf_token": csrf_token(client)}
    assert client.post(f"/en/ideas/{idea.reference or '2026-1'}/back", data=data).status_code == 404
    assert backings() == []
    if idea.reference:
        assert 'id="support"' not in client.get("/en/ideas/2026-1").text


@pytest.mark.parametrize("path", ["", "/unsubscribe"])
@pytest.mark.parametrize("secret", ["AAAA-AAAA-AAAA-AAAA", "x"])
def test_another_secret_opens_nothing(cast, client, path, secret):
    follow(write(cast)[0])
    assert client.get(f"/en/backings/{secret}{path}").status_code == 404
    assert client.post(f"/en/backings/{secret}/unsubscribe").status_code == 404
    assert backings()[0].follows is Rhythm.DAILY


def test_a_receipt_of_an_idea_is_no_secret_of_a_backing(cast, client):
    [idea] = write(cast)
    follow(idea)
    assert client.get(f"/en/backings/{idea.receipt}").status_code == 404
    assert client.get(f"/en/receipts/{backings()[0].receipt}").status_code == 404


def test_the_author_cannot_be_told_apart(cast, client, mails, confirmed):
    confirmed(email="nadia@example.org")
    mails()
    ask(client, email="nadia@example.org")
    confirm(client, mails)
    assert supporters() == 1
