"""Following consultations by mail: proven, told at each turn, stopped by one link; the directory is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from cocreation.consultations.chores import forget_followings
from cocreation.consultations.emails import FOLLOW, NEWS
from cocreation.consultations.models import Consultation, Following, Telling, TellingKind
from cocreation.consultations.services import followings, tellings
from cocreation.consultations.services.followings import FollowingLinkExpired, NothingFollowed
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Association
from cocreation.ideas.models.idea import Idea
from cocreation.plan.models import Commitment
from tests.cast import THEN
from tests.consultations.consultations import (
    CLOSES,
    DAY,
    ONE,
    OPENS,
    PAGE,
    PUBLIC,
    WHY,
    announced,
    consultation,
    draft,
    news,
    prepare,
    work,
)
from tests.desk import received
from tests.forms import csrf_token, fill, press
from tests.html import hrefs, texts
from tests.mails import of, text
from tests.senders import link
from tests.words import errors, says

EMAIL = "youssef@example.org"
FOLLOW_PAGE = f"{PUBLIC}/follow"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def ask(client, subject="consultation-2026-PC1", email=EMAIL):
    return fill(client, FOLLOW_PAGE, subject=subject, email=email)


def follows(cast, subject, email=EMAIL):
    """A confirmed follower, through the link of the mail."""
    client = cast.visitor()
    assert ask(client, subject, email).location == f"{FOLLOW_PAGE}/sent"
    receipt = session.scalars(select(Following.receipt).where(Following.email == email)).all()[-1]
    session.remove()
    assert fill(client, f"{PUBLIC}/following/{receipt}").status_code == 302
    return receipt


def rows():
    session.remove()
    found = session.scalars(select(Following).order_by(Following.id)).all()
    session.remove()
    return found


def test_nothing_is_told_before_the_address_says_yes(cast, client, salma, mails):
    announced(cast, salma)
    assert PAGE in hrefs(client.get(PUBLIC).text)
    assert ask(client).status_code == 302
    [mail] = mails()
    assert rows()[0].confirmed_at is None
    page = link(mail, "/consultations/following/")
    assert fill(client, page).status_code == 302
    assert rows()[0].confirmed_at == THEN
    assert texts(client.get(page).text, "main form") == [], "no button has to be pressed any more"


def test_nobody_learns_whether_an_address_is_known(cast, client, salma):
    announced(cast, salma)
    follows(cast, "consultation-2026-PC1")
    again, anew = ask(client), ask(client, email="another@example.org")
    assert (again.status_code, again.location) == (anew.status_code, anew.location)
    assert session.query(Mail).filter_by(template=FOLLOW.name).count() == 2, "once a day to each address"


def test_a_form_does_not_flood_a_stranger(cast, client, salma):
    announced(cast, salma)
    for code in range(1, 9):
        assert ask(client, f"region-{code:02}").status_code == 302
    assert len(rows()) == followings.MOST_ASKED
    assert session.query(Mail).filter_by(template=FOLLOW.name).count() == followings.MOST_ASKED


@pytest.mark.parametrize("subject", ["consultation-2026-PC1", "theme-99999", "region-99", "x", ""])
def test_what_is_not_there_is_not_followed(cast, client, subject):
    answer = client.post(
        FOLLOW_PAGE, data={"csrf_token": csrf_token(client), "subject": subject, "email": EMAIL}
    )
    assert (answer.status_code, errors(answer)) == (422, {"subject"})


def test_the_link_to_confirm_ends(cast, client, salma):
    announced(cast, salma)
    ask(client)
    [row] = rows()
    with clock.frozen(THEN + followings.CONFIRM_WITHIN):
        late = fill(cast.visitor(), f"{PUBLIC}/following/{row.receipt}")
        assert says(late, FollowingLinkExpired)
        forget_followings(clock.now())
    assert rows() == []
    assert says(client.get(f"{PUBLIC}/following/{row.receipt}"), NothingFollowed)


def test_one_link_stops_all_without_a_cookie(cast, client, salma, messages):
    announced(cast, salma)
    follows(cast, "consultation-2026-PC1")
    follows(cast, "region-02")
    work(OPENS)
    with clock.frozen(OPENS):
        mail = next(mail for mail in of(NEWS, messages()) if mail["To"] == EMAIL)
    path = link(text(mail), "/stop")
    assert mail["List-Unsubscribe"].strip("<>").endswith(path)
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert rows() == []
    work(CLOSES - DAY)
    assert [to for what, to, _as in news() if what == "closing"] == []


def test_a_follower_is_told_at_each_turn_once(cast, salma):
    announced(cast, salma)
    follows(cast, "consultation-2026-PC1")
    for at in (
        THEN,
        OPENS - timedelta(minutes=1),
        OPENS,
        OPENS + DAY,
        CLOSES - 3 * DAY - timedelta(minutes=1),
        CLOSES - 3 * DAY,
        CLOSES - DAY,
        CLOSES,
    ):
        work(at)
    assert [what for what, to, _as in news() if to == EMAIL] == ["announced", "opened", "closing"]
    moments = dict(session.execute(select(Telling.kind, Telling.told_at)).all())
    assert moments == {
        TellingKind.ANNOUNCED: THEN,
        TellingKind.OPENED: OPENS,
        TellingKind.CLOSING: CLOSES - 3 * DAY,
    }
    tellings.tell_followers(consultation().id, TellingKind.ANSWERED, CLOSES + DAY)
    tellings.tell_followers(consultation().id, TellingKind.ANSWERED, CLOSES + DAY)
    session.commit()
    work(CLOSES + DAY)
    assert [what for what, to, _as in news() if to == EMAIL][3:] == ["answered"]


def test_one_that_is_open_for_longer_is_reminded_of_again(cast, salma):
    announced(cast, salma)
    follows(cast, "consultation-2026-PC1")
    work(CLOSES - 2 * DAY)
    with clock.frozen(CLOSES - DAY):
        longer = cast.visitor(cast.salma)
        assert fill(longer, f"{ONE}/extend", closes_at="2026-04-27T09:00", **WHY).status_code == 302
    work(CLOSES - DAY)
    work(CLOSES + 5 * DAY)
    told = [what for what, to, _as in news() if to == EMAIL]
    assert told == ["announced", "opened", "closing", "extended", "closing"]
    assert len([what for what, _to, kind in news() if what == "extended" and kind == "institution"]) == 2


def test_the_directory_is_told_of_the_announcement_each_address_once(cast, salma):
    session.execute(update(Association).values(email="asso@example.org"))
    session.add(
        Association(
            name="جمعية غير مصادق عليها",
            city="فاس",
            region_code="03",
            receipt="0000-0000-0000-0001",
            declared_at=THEN,
            email="waits@example.org",
        )
    )
    session.commit()
    prepare(salma, draft(cast, salma))
    follows(cast, f"institution-{cast.ministry.slug}", "budget@example.org")
    press(salma, ONE, "/announce")
    assert consultation().told_at is None
    work()
    work()
    assert sorted(news()) == [
        ("announced", "asso@example.org", "association"),
        ("announced", "budget@example.org", "follower"),
        ("announced", "farid@example.org", "institution"),
    ]
    assert consultation().told_at == THEN
    work(OPENS)
    assert [to for what, to, _as in news() if what == "opened"] == ["budget@example.org"]


def test_a_theme_and_a_region_are_those_of_the_ideas_behind_a_text(cast, salma):
    prepare(salma, draft(cast, salma))
    [idea_id] = received(cast, 1, theme_id=cast.digital.id, region_code="02")
    commitment = select(Commitment.id).where(Commitment.number == 2).scalar_subquery()
    session.execute(update(Idea).where(Idea.id == idea_id).values(commitment_id=commitment))
    session.commit()
    concerned = {
        f"theme-{cast.digital.id}": True,
        f"theme-{cast.access.id}": False,
        "region-02": True,
        "region-05": False,
        "institution-ministry": True,
        "institution-finance": False,
    }
    for number, subject in enumerate(concerned):
        follows(cast, subject, f"{number}@example.org")
    press(salma, ONE, "/announce")
    work()
    told = {to for _what, to, kind in news() if kind == "follower"}
    assert told == {f"{number}@example.org" for number, is_told in enumerate(concerned.values()) if is_told}


def test_a_worker_that_is_killed_goes_on_where_it_was(cast, salma, monkeypatch):
    monkeypatch.setattr(tellings, "AT_ONCE", 2)
    prepare(salma, draft(cast, salma))
    session.add_all(
        Following(
            email=f"{number}@example.org",
            language="fr",
            institution_id=cast.ministry.id,
            receipt=f"0000-0000-0000-{number:04}",
            asked_at=THEN,
            confirmed_at=THEN,
        )
        for number in range(7)
    )
    session.commit()
    press(salma, ONE, "/announce")
    tell_all, calls = tellings.emails.tell_all, []

    def dies(*given):
        calls.append(given)
        if len(calls) == 3:
            raise SystemExit
        return tell_all(*given)

    monkeypatch.setattr(tellings.emails, "tell_all", dies)
    with pytest.raises(SystemExit):
        work()
    session.remove()
    assert (len(news()), consultation().told_at) == (4, None)
    work()
    assert len(news()) == 9
    assert len(set(news())) == 9
    assert session.scalars(select(Telling.told)).one() == 9


def test_followings_of_what_is_over_are_forgotten(cast, salma):
    announced(cast, salma)
    follows(cast, "consultation-2026-PC1")
    follows(cast, "region-02", "region@example.org")
    session.execute(update(Consultation).values(answered_at=CLOSES))
    session.commit()
    assert forget_followings(CLOSES + followings.KEPT - DAY) == 0
    assert forget_followings(CLOSES + followings.KEPT) == 1
    assert [row.email for row in rows()] == ["region@example.org"]


def test_a_follower_is_told_in_the_language_of_the_page(cast, salma):
    announced(cast, salma)
    client = cast.visitor()
    fill(client, "/fr/consultations/follow", subject="consultation-2026-PC1", email=EMAIL)
    assert rows()[0].language == "fr"
    assert NEWS.urgency > FOLLOW.urgency, "whoever waits for a link goes first"


@pytest.mark.own_database
def test_one_address_follows_one_thing_once_whoever_asks_at_once(cast, salma):
    announced(cast, salma)

    def ask_at_once(_number):
        with cast.app.test_request_context():
            followings.follow("region-02", EMAIL, now=THEN)
            session.commit()
        session.remove()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(ask_at_once, range(8)))
    assert len(rows()) == 1
    assert session.query(Mail).filter_by(template=FOLLOW.name).count() == 1
