"""Councils, bodies, speakers and experts: invited, validated, told once, answering until the day before."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.invitations import emails
from cocreation.invitations.forms import BOTH
from cocreation.invitations.models import MeetingInvitation
from cocreation.invitations.refusals import (
    DelegateMissing,
    InvitedRemindedToday,
    NobodyInvitedToRemind,
    NobodyToInvite,
    NoneChosen,
    ReasonForProposer,
    TooLateToAnswer,
)
from cocreation.meetings.refusals import NotAnnounced
from tests.cast import THEN
from tests.forms import fill, fill_later, press
from tests.html import texts
from tests.mails import of, text
from tests.meeting_day import CALLED_OFF_ON, change, later, worded
from tests.words import says

DESK = "/en/manage/meetings/OR1/invitations"
GUEST = {"kind": "body", "name-fr": "Le Conseil de la jeunesse", "email": "csj@example.org", "language": "fr"}


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def sent(karim, mails):
    """The address of an invitation that was sent by mail."""
    fill(karim, f"{DESK}/new", **GUEST)
    press(karim, DESK, "/send")
    return f"/en/invitations/{rows()[0].receipt}/meeting"


def rows() -> list[MeetingInvitation]:
    session.remove()
    found = list(session.scalars(select(MeetingInvitation).order_by(MeetingInvitation.id)))
    session.expunge_all()
    session.remove()
    return found


def states() -> list[str]:
    return [invitation.state.value for invitation in rows()]


def told(mails, kind: MailKind) -> list[str]:
    """Who was sent a mail of this kind, the newest first."""
    return [mail["To"] for mail in of(kind, mails())]


def test_councils_are_picked_from_the_directory(karim, cast):
    page = karim.get(f"{DESK}/councils").text
    assert 'value="region 02"' in page
    assert 'value="province 02.411"' in page
    assert 'value="province 01.511"' not in page  # another region
    assert "commune 02.411" not in page
    page = karim.get(f"{DESK}/councils?province=02.411").text
    assert page.count('value="commune 02.411') == 11
    assert 'value="commune' not in karim.get(f"{DESK}/councils?province=01.511").text
    commune = page.split('value="commune 02.411')[1].split('"')[0]
    chosen = ["region 02", "province 02.411", f"commune 02.411{commune}"]
    answer = fill(karim, f"{DESK}/councils?province=02.411", chosen=chosen)
    assert answer.status_code == 302
    assert [(invitation.kind.value, invitation.state.value) for invitation in rows()] == [
        ("region", "ready"),
        ("province", "ready"),
        ("commune", "ready"),
    ]
    assert rows()[1].name["ar"] == "وجدة-أنجاد"
    page = karim.get(f"{DESK}/councils").text
    assert 'value="province 02.411" disabled checked' in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = karim.post(f"{DESK}/councils", data={"csrf_token": token, "chosen": ["province 02.411", "x y"]})
    assert answer.status_code == 422
    assert says(answer, NoneChosen)
    assert len(rows()) == 3


def test_a_consultative_body_is_picked_from_the_directory(karim, cast, mails):
    body = {"name-fr": "Conseil de la jeunesse", "slug": "youth", "email": "youth@example.org"}
    where = "/en/manage/directory/institutions"
    assert fill(cast.visitor(cast.salma), where, **body, is_consultative="y").status_code == 302
    page = karim.get(f"{DESK}/councils").text
    assert 'value="body youth"' in page
    assert 'value="body ministry"' not in page  # an institution of another kind
    assert fill(karim, f"{DESK}/councils", chosen=["body youth"]).status_code == 302
    assert 'value="body youth" disabled checked' in karim.get(f"{DESK}/councils").text
    press(karim, DESK, "/send")
    assert [mail["To"] for mail in mails()] == ["youth@example.org"]  # as the directory knows it
    assert [(invitation.kind.value, invitation.state.value) for invitation in rows()] == [("body", "sent")]


def test_a_body_is_invited_once_by_mail(karim, client, sent, mails):
    assert states() == ["sent"]
    assert told(mails, emails.INVITED) == ["csj@example.org"]
    assert f"{DESK}/send" not in karim.get(DESK).text
    answer = karim.post(f"{DESK}/send", data=fill_later(karim, f"{DESK}/new"))
    assert answer.status_code == 409
    assert says(answer, NobodyToInvite)
    assert told(mails, emails.INVITED) == ["csj@example.org"]
    [mail] = of(emails.INVITED, mails())
    assert "/fr/invitations/" in text(mail)


def test_speakers_are_proposed_and_validated_by_the_secretariat(karim, salma, mails):
    fill(karim, f"{DESK}/new", **{**GUEST, "kind": "speaker", "role": "Modératrice"})
    fill(karim, f"{DESK}/new", **{**GUEST, "kind": "expert", "email": "e@example.org"})
    assert states() == ["proposed", "proposed"]
    assert karim.post(f"{DESK}/send", data=fill_later(karim, f"{DESK}/new")).status_code == 409
    page = karim.get(DESK).text
    assert f"{DESK}/send" not in page  # no button that could only be refused
    assert "/validate" not in page
    first, second = rows()
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert karim.post(f"{DESK}/{first.id}/validate", data={"csrf_token": token}).status_code == 403
    assert press(salma, DESK, f"/{first.id}/validate").status_code == 302
    answer = fill(salma, f"{DESK}/{second.id}/refuse", reason="")
    assert answer.status_code == 422
    assert says(answer, ReasonForProposer)
    assert fill(salma, f"{DESK}/{second.id}/refuse", reason="Déjà trois experts").status_code == 302
    assert states() == ["ready", "refused"]
    assert "Déjà trois experts" in karim.get(DESK).text
    assert rows()[0].validated_by is not None
    press(karim, DESK, "/send")
    assert states() == ["sent", "refused"]
    assert told(mails, emails.INVITED) == ["csj@example.org"]
    answer = fill(salma, f"{DESK}/{second.id}/refuse", reason="Encore")
    assert answer.status_code == 409


def test_the_secretariats_own_speaker_is_ready_at_once(salma):
    fill(salma, f"{DESK}/new", **{**GUEST, "kind": "speaker"})
    assert states() == ["ready"]


def test_an_invitation_not_validated_has_no_page(karim, client):
    fill(karim, f"{DESK}/new", **{**GUEST, "kind": "expert"})
    assert client.get(f"/en/invitations/{rows()[0].receipt}/meeting").status_code == 404
    assert client.get("/en/invitations/0000-0000-0000-0000/meeting").status_code == 404
    page = karim.get(f"{DESK}/{rows()[0].id}/print").text
    assert rows()[0].receipt not in page


def test_an_answer_is_given_and_changed_until_the_day_before(client, sent, mails, cast):
    assert fill(client, sent, answer="accepted", note="Avec plaisir").status_code == 302
    assert states() == ["accepted"]
    answer = fill(client, sent, answer="delegated", delegate="Hanane", delegate_email="")
    assert answer.status_code == 422
    assert says(answer, DelegateMissing)
    assert states() == ["accepted"]
    with later(days=19, hours=13):  # 29 March, the day before
        assert (
            fill(
                client, sent, answer="delegated", delegate="Hanane", delegate_email="H@example.org"
            ).status_code
            == 302
        )
        fill(client, sent, answer="delegated", delegate="Hanane", delegate_email="h@example.org")
        assert told(mails, emails.DELEGATED) == ["h@example.org"]
    page = cast.visitor(cast.karim).get(DESK).text
    assert "Hanane" in page
    with later(days=19, hours=16):  # past midnight in Morocco
        page = client.get(sent)
        assert says(page, TooLateToAnswer)
        assert 'name="answer"' not in page.text
        token = client.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = client.post(sent, data={"csrf_token": token, "answer": "declined"})
        assert answer.status_code == 409
    assert (states(), rows()[0].delegate) == (["delegated"], "Hanane")
    fill(client, sent, answer="declined")
    assert (states(), rows()[0].delegate) == (["declined"], None)


def test_who_no_longer_comes_instead_is_told(client, sent, mails):
    def name(who: str) -> None:
        words = {"delegate": who, "delegate_email": f"{who.lower()}@example.org"}
        assert fill(client, sent, answer="delegated", **words).status_code == 302

    with later(days=1):
        name("Hanane")
    with later(days=1, hours=1):
        name("Hanane")
        assert told(mails, emails.UNDELEGATED) == []
    with later(days=2):
        name("Badr")
        assert told(mails, emails.UNDELEGATED) == ["hanane@example.org"]
        [mail] = of(emails.UNDELEGATED, mails())
    assert "Hanane" not in text(mail)  # the name of a stranger, as long as the address is one
    assert rows()[0].receipt not in text(mail)
    with later(days=3):
        name("Hanane")
        assert sorted(told(mails, emails.UNDELEGATED)) == ["badr@example.org", "hanane@example.org"]
    with later(days=4):
        fill(client, sent, answer="declined")
        fill(client, sent, answer="accepted")
        assert sorted(told(mails, emails.UNDELEGATED)) == ["badr@example.org", *["hanane@example.org"] * 2]
        instead = told(mails, emails.DELEGATED)
    assert instead.count("hanane@example.org") == 2  # named again after somebody else was


def test_the_page_of_an_answer_says_what_it_is(client, sent):
    page = client.get(sent).text
    assert texts(page, "h1") == [worded("You are invited")]
    assert texts(page, "#delegate-help") == texts(page, "#delegate_email-help") == [worded(BOTH)]
    fill(client, sent, answer="declined")
    page = client.get(sent)
    assert texts(page.text, "h1") == [worded("Your answer")]
    assert not says(page, "You are invited")


def test_no_answer_to_a_meeting_that_is_called_off(client, sent, cast):
    change(cast, cancelled_at=THEN)
    page = client.get(sent)
    assert says(page, CALLED_OFF_ON)
    assert 'name="answer"' not in page.text


def test_reminders_go_out_once_a_day(karim, client, sent, mails):
    fill(karim, f"{DESK}/new", **{**GUEST, "email": "b@example.org"})
    press(karim, DESK, "/send")
    fill(client, sent, answer="accepted")
    assert press(karim, DESK, "/remind").status_code == 302
    answer = press(karim, DESK, "/remind")
    assert answer.status_code == 409
    assert says(answer, InvitedRemindedToday)
    assert told(mails, emails.INVITED_AGAIN) == ["b@example.org"]
    fill(client, f"/en/invitations/{rows()[1].receipt}/meeting", answer="declined")
    assert f"{DESK}/remind" not in karim.get(DESK).text
    answer = karim.post(f"{DESK}/remind", data=fill_later(karim, f"{DESK}/new"))
    assert says(answer, NobodyInvitedToRemind)


def test_one_without_an_address_is_printed(karim, client):
    fill(karim, f"{DESK}/councils", chosen=["region 02"])
    assert f"{DESK}/send" not in karim.get(DESK).text
    (row,) = rows()
    page = karim.get(f"{DESK}/{row.id}/print").text
    assert f"/invitations/{row.receipt}/meeting" in page
    assert "<svg" in page
    assert fill(client, f"/en/invitations/{row.receipt}/meeting", answer="accepted").status_code == 302
    fill(karim, f"{DESK}/councils", chosen=["province 02.381"])
    url = f"{DESK}/{rows()[1].id}"
    assert press(karim, f"{url}/print", "/hand-over").status_code == 302
    assert states() == ["accepted", "sent"]
    assert "/hand-over" not in karim.get(f"{url}/print").text
    names = [row.name["fr"] for row in rows()]
    hub = "/fr/manage/meetings/OR1"
    for act in (
        lambda: fill(karim, f"{hub}/edit", **{"venue-fr": "Une autre salle"}),
        lambda: press(karim, hub, "/call-off"),
    ):  # who was invited on paper is named: no mail tells them
        told = " ".join(texts(karim.get(act().location).text, ".flash"))
        assert all(name in told for name in names)


def test_what_is_sent_is_neither_changed_nor_removed(karim, sent):
    (row,) = rows()
    assert fill(karim, f"{DESK}/{row.id}", email="x@example.org").status_code == 409
    page = karim.get(DESK).text
    assert "/remove" not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "confirmed": "1"}
    assert karim.post(f"{DESK}/{row.id}/remove", data=sent).status_code == 409
    assert rows()[0].email == "csj@example.org"


def test_an_address_is_added_to_a_council(karim, mails):
    fill(karim, f"{DESK}/councils", chosen=["region 02", "province 02.381"])
    first, second = rows()
    page = karim.get(f"{DESK}/{first.id}").text
    assert 'name="name-ar"' not in page
    assert fill(karim, f"{DESK}/{first.id}", email="region@example.org").status_code == 302
    assert press(karim, DESK, f"/{second.id}/remove").status_code == 302
    press(karim, DESK, "/send")
    assert states() == ["sent"]
    assert rows()[0].name["fr"] == "Oriental"


def test_before_the_meeting_is_announced_nothing_is_sent(karim, cast):
    change(cast, announced_at=None)
    fill(karim, f"{DESK}/new", **GUEST)
    page = karim.get(DESK)
    assert says(page, "They can be sent once the meeting is announced.")
    assert f"{DESK}/send" not in page.text
    answer = karim.post(f"{DESK}/send", data=fill_later(karim, f"{DESK}/new"))  # as an old page would
    assert answer.status_code == 409
    assert says(answer, NotAnnounced)


def test_the_state_at_a_glance_costs_the_same_for_many(karim, sent, statements):
    def cost() -> int:
        with statements() as asked:
            assert karim.get(DESK).status_code == 200
        return len(asked)

    few = cost()
    provinces = ("02.411", "02.381", "02.167", "02.275", "02.113", "02.533", "02.265", "02.251")
    fill(karim, f"{DESK}/councils", chosen=[f"province {province}" for province in provinces])
    assert cost() == few
    page = karim.get(f"{DESK}?state=ready").text
    assert page.count("/print") == 8


def test_wrong_people_find_nothing(sent, cast):
    for person in (cast.fatima, cast.farid, cast.mounia, cast.hicham):
        assert cast.visitor(person).get(DESK).status_code in (403, 404)
    assert cast.visitor().get(DESK).status_code == 302
