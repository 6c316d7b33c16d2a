"""Those invited: known at the door without taking a place, and told when the meeting changes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.attendance import printouts, queries as attendance_queries
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.demographics.models import CAPACITY
from cocreation.invitations import emails
from cocreation.invitations.models import Invited, MeetingInvitation
from cocreation.languages import i18n
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import RegistrationState
from cocreation.places.services import places
from cocreation.portal.receipt.page import CANCELLED, TITLES
from cocreation.registration.queries import get_registration
from cocreation.registration.refusals import ComesByInvitation
from cocreation.statistics.queries import figures
from cocreation.travel_support.refusals import NotComing
from tests.forms import fill, fill_later, press
from tests.html import texts
from tests.mails import kind, language, of, text
from tests.meeting_day import change, later, registrations, states, worded, write
from tests.registration.test_registration import KEEP_THE_CODE
from tests.words import said, says

DESK = "/en/manage/meetings/OR1/invitations"
BODY = {"kind": "body", "name-fr": "Le Conseil de la jeunesse", "email": "csj@example.org", "language": "fr"}


def invitation(number: int = 0) -> str:
    """The address at which one of the invitations is answered."""
    session.remove()
    rows = session.scalars(select(MeetingInvitation.receipt).order_by(MeetingInvitation.id)).all()
    return f"/en/invitations/{rows[number]}/meeting"


@pytest.fixture
def sent(karim) -> str:
    fill(karim, f"{DESK}/new", **BODY)
    press(karim, DESK, "/send")
    return invitation()


def meeting(cast) -> Meeting:
    session.remove()
    return session.get_one(Meeting, cast.meeting.id)


def told(mails, kind: MailKind) -> dict[str, str]:
    """Who was sent a mail of this kind, and in which language."""
    return {mail["To"]: language(mail) for mail in of(kind, mails())}


# At the door


def test_who_accepts_is_known_at_the_door_and_takes_no_place(sent, client, register, cast):
    change(cast, places=1)
    assert fill(client, sent, answer="accepted").status_code == 302
    assert texts(client.get(sent).text, ".notice-done")
    register()
    assert states() == ["invited", "confirmed"]  # the one place is free to who registers
    assert places.count_in(meeting(cast), RegistrationState.CONFIRMED) == 1
    guest, body = registrations()[0], worded(Invited.BODY.label, "fr")
    assert (guest.name, guest.association, guest.email) == ("Le Conseil de la jeunesse", body, None)
    presence = attendance_queries.presence(meeting(cast))
    assert (presence.expected, presence.present, presence.invited) == (2, 0, 1)
    with later(days=20):
        page = fill_door(cast.visitor(cast.karim), "jeunesse")
        assert "Le Conseil de la jeunesse" in page
        assert body in page


def fill_door(karim, typed: str) -> str:
    return karim.get(f"/en/manage/meetings/OR1/door?q={typed}").text


def test_an_invited_person_arrives_once_and_is_in_no_statistics(sent, client, cast):
    fill(client, sent, answer="accepted")
    write(cast, 6)
    with later(days=20):
        karim = cast.visitor(cast.karim)
        door = "/en/manage/meetings/OR1/door"
        assert press(karim, f"{door}?q=jeunesse", "/note").status_code == 302
        page = karim.get(door).text
        assert "Le Conseil de la jeunesse" in page
        sheet = karim.get("/en/manage/meetings/OR1/attendance").text
        # How many have arrived, how many are expected, how many of them are invited.
        assert re.findall(r"\d+", texts(sheet, ".head .lede")[0]) == ["1", "7", "1"]
        assert registrations()[0].present_at is not None
        assert texts(karim.get(door).text, "[data-latest] .state-done")
    counted = figures.figures([cast.meeting.id])[cast.meeting.id]
    assert counted.totals == (6, 6, 0)
    tally = figures.tally(cast.meeting.id)
    assert sum(row[0] for row in tally.rows(CAPACITY).values()) == 6


def test_the_signed_sheet_notes_who_was_invited(sent, client, cast):
    fill(client, sent, answer="accepted")
    number = str(registrations()[0].id)
    with later(days=21):
        karim = cast.visitor(cast.karim)
        fill(karim, "/en/manage/meetings/OR1/attendance", came=[number])
    assert registrations()[0].present_at is not None


def test_the_sheet_and_the_badges_name_them(sent, client, cast):
    fill(client, sent, answer="delegated", delegate="Aya Idrissi", delegate_email="aya@example.org")
    write(cast, 1)
    guests_meeting = get_registration(registrations()[0].receipt).meeting
    people = attendance_queries.expected(guests_meeting)
    with client.application.app_context(), i18n.speaking("en"):
        sections = printouts.sheet(guests_meeting, people)["sections"]
        badges = printouts.badges(guests_meeting, people)["people"]
    assert sections[-1]["title"] == worded("Invited")
    assert [(person["name"], person["about"]) for person in sections[-1]["people"]] == [
        ("Aya Idrissi", "Le Conseil de la jeunesse")
    ]
    badge = next(person for person in badges if person["name"] == "Aya Idrissi")
    assert badge["workshop"] == worded(RegistrationState.INVITED.label)


def test_another_answer_changes_who_stands_at_the_door(sent, client):
    fill(client, sent, answer="accepted")
    fill(client, sent, answer="accepted")
    assert [registration.name for registration in registrations()] == ["Le Conseil de la jeunesse"]
    fill(client, sent, answer="delegated", delegate="Aya Idrissi", delegate_email="aya@example.org")
    assert [registration.name for registration in registrations()] == ["Aya Idrissi"]
    fill(client, sent, answer="declined")
    assert registrations() == []
    fill(client, sent, answer="accepted")
    assert states() == ["invited"]


def test_the_desk_gives_an_invited_person_no_place(sent, client, karim):
    fill(client, sent, answer="accepted")
    url = f"/en/manage/meetings/OR1/participants/{registrations()[0].id}"
    page = karim.get(url)
    assert page.status_code == 200
    assert says(page, RegistrationState.INVITED.label)
    assert 'name="act"' not in page.text
    assert states() == ["invited"]


def test_the_code_of_an_invitation_is_a_receipt_too(sent, client, karim):
    receipt = sent.split("/")[3]
    assert fill(client, "/en/receipts", code=receipt.lower()).location == sent
    fill(client, sent, answer="accepted")
    at_the_door = registrations()[0].receipt
    assert fill(client, "/en/receipts", code=at_the_door).status_code == 422
    fill(karim, f"{DESK}/new", **{**BODY, "kind": "speaker"})
    session.remove()
    proposed = session.scalars(select(MeetingInvitation.receipt).order_by(MeetingInvitation.id)).all()[1]
    assert fill(client, "/en/receipts", code=proposed).status_code == 422


# Told


def test_those_invited_are_told_of_another_place_and_of_the_end(sent, client, karim, cast, mails):
    fill(client, sent, answer="delegated", delegate="Aya Idrissi", delegate_email="aya@example.org")
    for name in "bc":
        fill(karim, f"{DESK}/new", **{**BODY, "email": f"{name}@example.org", "language": "ar"})
    press(karim, DESK, "/send")
    fill(client, invitation(2), answer="declined")
    fill(karim, f"{DESK}/new", **{**BODY, "email": "later@example.org"})  # not sent yet
    fill(karim, "/en/manage/meetings/OR1/edit", **{"venue-fr": "Une autre salle"})
    languages = {"aya@example.org": "fr", "csj@example.org": "fr", "b@example.org": "ar"}
    changes = of(emails.INVITED_CHANGED, mails())
    assert len(changes) == 3
    assert told(mails, emails.INVITED_CHANGED) == languages
    for mail in changes:
        assert said(mail["Subject"], "Another time or place: %(title)s", language(mail))
    [instead] = [mail for mail in changes if mail["To"] == "aya@example.org"]
    assert "Aya Idrissi" in text(instead)
    assert "/invitations/" not in text(instead)  # the link stays with whom it was sent to
    press(karim, "/en/manage/meetings/OR1", "/call-off")
    assert told(mails, emails.INVITED_CALLED_OFF) == languages


def test_another_count_of_places_tells_nobody(sent, karim, cast, mails):
    fill(karim, "/en/manage/meetings/OR1/edit", places="50")
    assert told(mails, emails.INVITED_CHANGED) == {}


def test_who_proposed_is_told_what_the_secretariat_decided(karim, cast, mails):
    salma = cast.visitor(cast.salma)
    for email in ("a@example.org", "b@example.org"):
        fill(karim, f"{DESK}/new", **{**BODY, "kind": "speaker", "email": email})
    first, second = session.scalars(select(MeetingInvitation.id).order_by(MeetingInvitation.id))
    press(salma, DESK, f"/{first}/validate")
    fill(salma, f"{DESK}/{second}/refuse", reason="Déjà trois <experts>")
    sent = [mail for mail in mails() if mail["To"] == cast.karim.email]
    assert sorted(map(kind, sent)) == [emails.PROPOSAL_REFUSED.name, emails.PROPOSAL_VALIDATED.name]
    [refusal] = of(emails.PROPOSAL_REFUSED, sent)
    assert "Déjà trois <experts>" in text(refusal)
    with later(minutes=1):
        press(salma, DESK, f"/{second}/validate")  # they changed their mind: another event
        again = [mail for mail in mails() if mail["To"] == cast.karim.email]
    assert len(again) == 3


def test_the_secretariat_is_not_told_of_its_own(cast, mails):
    salma = cast.visitor(cast.salma)
    fill(salma, f"{DESK}/new", **{**BODY, "kind": "speaker"})
    assert mails() == []


def test_moving_a_meeting_costs_the_same_for_many(sent, karim, cast, statements):
    def cost(venue: str) -> int:
        with statements() as asked:
            assert fill(karim, "/en/manage/meetings/OR1/edit", **{"venue-fr": venue}).status_code == 302
        return len(asked)

    few = cost("Salle 1")
    for name in "abcdef":
        fill(karim, f"{DESK}/new", **{**BODY, "email": f"{name}@example.org"})
    press(karim, DESK, "/send")
    with later(seconds=timedelta(minutes=1).seconds):
        assert cost("Salle 2") == few


def test_an_address_that_is_forgotten_leaves_neither_name_nor_words(sent, client, app):
    words = {"delegate": "Aya Idrissi", "delegate_email": "Aya@example.org", "note": "Appelez-moi"}
    fill(client, sent, answer="delegated", **words)
    for email in ("aya@example.org", "csj@example.org"):
        assert app.test_cli_runner().invoke(args=["data", "erase", email, "--yes"]).exit_code == 0
    session.remove()
    row = session.scalars(select(MeetingInvitation)).one()
    assert (row.email, row.note, row.delegate, row.delegate_email) == (None, None, "–", None)
    assert [(registration.name, registration.folded) for registration in registrations()] == [("–", "")]


def test_the_receipt_of_a_guest_says_that_they_come_by_invitation(sent, client, offered, register):
    fill(client, sent, answer="accepted")
    guest = f"/en/registrations/{registrations()[0].receipt}"
    page = client.get(guest)
    assert says(page, TITLES[RegistrationState.INVITED])
    assert texts(page.text, ".state-done") == [worded(RegistrationState.INVITED.label)]
    assert not says(page, CANCELLED)
    assert not says(page, KEEP_THE_CODE)
    for absent in ("/cancel", "/support"):
        assert absent not in page.text
    assert says(client.get(f"{guest}/support"), NotComing)
    token = fill_later(client, register().location)
    answer = client.post(f"{guest}/cancel", data={**token, "confirmed": "1"})
    assert answer.status_code == 409
    assert says(answer, ComesByInvitation)
    assert states() == ["invited", "confirmed"]
