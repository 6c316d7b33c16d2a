"""Supporting and following an idea with an address: proven, counted once, told in one mail, stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from cocreation.app import create_app
from cocreation.core import clock
from cocreation.core.chores import Round
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.core.outbox import Mail
from cocreation.ideas import services
from cocreation.ideas.chores import CHORES
from cocreation.ideas.models import Backing, Fate, Idea, IdeaState, Kinship, Lineage, Rhythm, StepKind
from tests.cast import THEN
from tests.forms import fill
from tests.ideas.conftest import SENTENCE, link, write
from tests.test_access import csrf_token

EMAIL = "youssef@example.org"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def messages(app, tmp_path) -> Callable[[], list[EmailMessage]]:
    """Let the worker do its chores and send; the mails that came since it was asked before."""
    seen: set[str] = set()

    def sent() -> list[EmailMessage]:
        Round(CHORES).look()
        app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
        new = [each for each in mailbox(tmp_path / "mail") if each["Message-ID"] not in seen]
        seen.update(each["Message-ID"] for each in new)
        return new

    return sent


def words(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def ask(client, reference: str = "2026-1", email: str = EMAIL, **wish) -> None:
    answer = fill(client, f"/en/ideas/{reference}", email=email, **{"follows": "", "supports": "y", **wish})
    assert answer.location == f"/en/ideas/{reference}/back/sent"
    assert client.get(answer.location).status_code == 200


def confirm(client, mails, **wish) -> str:
    """Press the button of the mail that came; the path it led to."""
    [mail] = mails()
    path = link(mail, "/backings/")
    assert fill(client, path, **(wish or {"supports": "y"})).status_code == 302
    return path.split("?")[0]


def supporters(reference: str = "2026-1") -> int:
    session.remove()
    return session.scalars(select(Idea.supporters).where(Idea.reference == reference)).one()


def backings() -> list[Backing]:
    session.remove()
    rows = list(session.scalars(select(Backing).order_by(Backing.id)))
    session.expunge_all()
    return rows


def follow(idea: Idea, rhythm: Rhythm = Rhythm.DAILY, email: str = EMAIL, **values) -> Backing:
    """A confirmed follower, straight into the database."""
    receipt = f"0000-0000-{idea.number:04}-{len(backings()):04}"
    whole = {"asked_at": clock.now(), "confirmed_at": clock.now(), "told_at": clock.now(), "supports": False}
    row = Backing(
        idea_id=idea.id, email=email, language="en", follows=rhythm, receipt=receipt, **{**whole, **values}
    )
    session.add(row)
    session.commit()
    session.remove()
    return row


def happen(idea: Idea, kind: StepKind, **values) -> None:
    services.record_step(session.get_one(Idea, idea.id), kind, at=clock.now(), **values)
    session.commit()
    session.remove()


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
    for page in ("/en/ideas/2026-1", "/en/ideas"):
        assert "1 person supports this idea" in client.get(page).text
    assert "What you want with this idea" in client.get(path).text


def test_the_mail_carries_no_words_and_leads_to_one_button(cast, client, mails):
    write(cast, proposal=SENTENCE)
    ask(client, follows="weekly")
    [mail] = mails()
    assert SENTENCE not in mail
    page = client.get(link(mail, "/backings/")).text
    assert SENTENCE in page.replace("<bdi>", "").replace("</bdi>", "")
    assert page.count("<button") - page.count('class="menu"') == 1
    assert '<option selected value="weekly">' in page


def test_a_crowd_is_counted_to_the_last_one(cast):
    [idea] = write(cast)
    rows = [follow(idea, None, f"{n}@example.org", confirmed_at=None, told_at=None) for n in range(12)]
    receipts = [row.receipt for row in rows]

    def say_yes(receipt: str) -> None:
        services.choose(receipt, services.Wish(True, None), now=THEN)
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
        assert "We know it already" in mail
        path = link(mail, "/backings/")
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
    assert len(mails()) == services.backing.MOST_ASKED


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
    assert "to follow it, or both" in refused.text
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
    assert [each.status_code for each in answers] == [302] * 10 + [429] * 2
    assert len(backings()) == 10
    session.remove()  # its connection goes with the engine, not after it
    app.extensions["engine"].dispose()


def test_an_address_that_is_none(cast, client):
    write(cast)
    refused = fill(client, "/en/ideas/2026-1/back", email="youssef", supports="y")
    assert refused.status_code == 422
    assert "does not look like an e-mail address" in refused.text


def test_the_link_ends_and_the_address_is_forgotten(cast, client, mails, messages):
    write(cast)
    ask(client)
    path = link(mails()[0], "/backings/")
    with clock.frozen(THEN + WEEK):
        refused = fill(client, path, supports="y")
        assert refused.status_code == 409
        assert "worked until 17 March 2026" in refused.text
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


def test_one_mail_tells_of_all_ideas_and_only_of_what_is_new(cast, client, messages):
    first, second, third = write(cast, 3)
    for idea in (first, second, third):
        follow(idea)
    with clock.frozen(THEN + timedelta(hours=20)):
        happen(first, StepKind.SCREENED, outcome=IdeaState.ACCEPTED)
        happen(second, StepKind.EDITED)
        assert messages() == [], "not before a day has passed"
    with clock.frozen(THEN + timedelta(hours=25)):
        [mail] = messages()
        assert mail["Subject"] == "News of 2 ideas you follow"
        assert "accepted at screening" in words(mail)
        assert "reworded by its author" in words(mail)
        assert "2026-3" not in words(mail)
        assert messages() == []
    with clock.frozen(THEN + timedelta(hours=30)):
        happen(third, StepKind.FATE, outcome=Fate.INCLUDED)
        assert messages() == [], "at most one in a day"
    with clock.frozen(THEN + timedelta(hours=50)):
        [mail] = messages()
        assert mail["Subject"] == "News of an idea you follow"
        assert "fate published – included" in words(mail)
        assert "2026-1" not in words(mail)
    with clock.frozen(THEN + timedelta(days=9)):
        assert messages() == [], "nothing new, no mail"


def test_a_week_is_a_week(cast, client, messages):
    [idea] = write(cast)
    follow(idea, Rhythm.WEEKLY)
    with clock.frozen(THEN + 2 * DAY):
        happen(idea, StepKind.EDITED)
        assert messages() == []
    with clock.frozen(THEN + WEEK + timedelta(hours=1)):
        assert len(messages()) == 1


def test_what_happened_before_one_followed_is_not_told(cast, messages):
    [idea] = write(cast)
    happen(idea, StepKind.EDITED)
    follow(idea)
    with clock.frozen(THEN + 2 * DAY):
        assert messages() == []


def test_neither_who_has_not_confirmed_nor_who_only_supports_is_told(cast, messages):
    [idea] = write(cast)
    follow(idea, email="a@example.org", confirmed_at=None, told_at=None)
    follow(idea, None, email="b@example.org", supports=True)
    with clock.frozen(THEN + 2 * DAY):
        happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + 4 * DAY):
        assert messages() == []


def test_a_step_still_being_written_is_not_passed_over(cast, messages):
    """A long transaction writes steps that say when it began: they must be told in the next mail."""
    [idea] = write(cast)
    follow(idea)
    with clock.frozen(THEN + timedelta(hours=25)):
        happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + timedelta(hours=25, minutes=9)):
        assert messages() == []
    with clock.frozen(THEN + timedelta(hours=25, minutes=11)):
        assert len(messages()) == 1


def test_a_worker_that_dies_before_it_commits_tells_once(cast, messages):
    [idea] = write(cast)
    follow(idea)
    with clock.frozen(THEN + DAY):
        happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + 2 * DAY):
        assert services.tell(EMAIL, Rhythm.DAILY, now=clock.now())
        session.rollback()
        assert len(messages()) == 1
        assert not services.tell(EMAIL, Rhythm.DAILY, now=clock.now())
        assert messages() == []


@pytest.mark.parametrize("silence", ["hidden_at", "withdrawn"])
def test_no_words_of_a_silent_idea_in_a_mail(cast, client, messages, silence):
    [idea] = write(cast, proposal="Mots à taire")
    follow(idea)
    with clock.frozen(THEN + DAY):
        if silence == "withdrawn":
            services.withdraw(idea.receipt, now=clock.now())
        else:
            session.get_one(Idea, idea.id).hidden_at = clock.now()
        session.commit()
        happen(idea, StepKind.HIDDEN)
    with clock.frozen(THEN + 3 * DAY):
        [mail] = messages()
        assert "2026-1" in words(mail)
        assert "Mots" not in mail.as_string()


def test_mail_programs_stop_it_with_one_click(cast, app, messages):
    first, second = write(cast, 2)
    follow(first, supports=True)
    follow(second, Rhythm.WEEKLY)
    follow(second, email="other@example.org")
    with clock.frozen(THEN + DAY):
        happen(first, StepKind.EDITED)
    with clock.frozen(THEN + 2 * DAY):
        [mail] = messages()
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = link(mail["List-Unsubscribe"].strip("<>") + " ", "unsubscribe")
        stranger = app.test_client(use_cookies=False)
        for _ in range(2):
            answer = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
    assert [(each.email, each.follows) for each in backings()] == [
        (EMAIL, None),
        (EMAIL, None),
        ("other@example.org", Rhythm.DAILY),
    ]
    assert backings()[0].supports, "support that was given stays"


def test_reading_the_page_stops_nothing_and_its_button_does(cast, client):
    follow(write(cast)[0])
    path = f"/en/backings/{backings()[0].receipt}/unsubscribe"
    assert client.get(path).status_code == 200
    assert backings()[0].follows is Rhythm.DAILY
    assert "Done" in fill(client, path).text
    assert backings()[0].follows is None


def test_from_the_mail_that_asks_what_it_asks_for_is_forgotten(cast, client, messages):
    _first, second = write(cast, 2)
    follow(second)
    ask(client)
    [mail] = messages()
    assert mail["List-Unsubscribe"]
    path = link(words(mail), "unsubscribe")
    assert "is forgotten, with your address" in fill(client, path).text
    assert [(each.idea_id, each.follows) for each in backings()] == [(second.id, Rhythm.DAILY)]
    gone = client.get(path)
    assert gone.status_code == 404
    assert "nothing is sent from it" in gone.text


def test_only_that_one_route_goes_without_a_token(cast, client):
    write(cast)
    assert client.post("/en/ideas/2026-1/back", data={"email": EMAIL, "supports": "y"}).status_code == 403
    assert backings() == []


def test_who_stopped_is_forgotten_two_months_later_and_who_supports_is_not(cast, messages):
    [idea] = write(cast)
    follow(idea, None)
    follow(idea, None, email="b@example.org", supports=True)
    with clock.frozen(THEN + timedelta(days=59)):
        messages()
        assert len(backings()) == 2
    with clock.frozen(THEN + timedelta(days=60)):
        messages()
        assert [each.email for each in backings()] == ["b@example.org"]


def test_data_erase_forgets_what_an_address_backs(cast, app, client, mails):
    write(cast, 2)
    for reference in ("2026-1", "2026-2"):
        ask(client, reference)
        confirm(client, mails)
    ask(client, email="other@example.org")
    confirm(client, mails)
    app.test_cli_runner().invoke(args=["data", "erase", "Youssef@example.org"], catch_exceptions=False)
    assert (supporters("2026-1"), supporters("2026-2")) == (1, 0)
    assert [each.email for each in backings()] == ["other@example.org"]


def test_the_author_cannot_be_told_apart(cast, client, mails, confirmed):
    confirmed(email="nadia@example.org")
    mails()
    ask(client, email="nadia@example.org")
    confirm(client, mails)
    assert supporters() == 1


def test_digest_costs_the_same_for_one_idea_and_for_many(cast, statements):
    many = write(cast, 30)
    follow(many[0], email="one@example.org")
    for idea in many:
        follow(idea)
    with clock.frozen(THEN + DAY):
        for idea in many:
            happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + 2 * DAY):
        with statements() as one:
            services.tell("one@example.org", Rhythm.DAILY, now=clock.now())
            session.commit()
        with statements() as thirty:
            services.tell(EMAIL, Rhythm.DAILY, now=clock.now())
            session.commit()
    assert len(one) == len(thirty)
    assert len(session.scalars(select(Mail).where(Mail.to == EMAIL)).one().context["ideas"]) == 30
