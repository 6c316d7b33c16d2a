"""What those who run meetings do, and who they are."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
import python_calamine
from sqlalchemy import select

from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.core.errors import AlreadyDone
from cocreation.cycles.models import Phase, PhasePeriod
from cocreation.demographics.models import Gender
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.refusals import (
    CalledOff,
    ClosesTooLate,
    HoursReversed,
    ReferenceTaken,
    WindowReversed,
)
from cocreation.places import emails
from cocreation.places.models.registration import Registration
from cocreation.places.refusals import PlacesTaken
from cocreation.portal.receipt.page import CALLED_OFF
from tests.cast import Cast
from tests.forms import csrf_token, fill, press
from tests.html import numbers, texts
from tests.mails import of, text
from tests.meeting_day import CONFIRMED, WAITING, later, states, worded, write
from tests.words import refuses, says

HUB = "/en/manage/meetings/OR1"
DRAFT = {
    "reference": "RSK1",
    "title-fr": "Rencontre de Rabat",
    "city-fr": "Rabat",
    "venue-fr": "Bibliothèque",
    "region_codes": ["04", "06"],
    "starts_at": "2026-05-02T09:00",
    "ends_at": "2026-05-02T16:00",
    "registration_opens_at": "2026-04-01T00:00",
    "registration_closes_at": "2026-04-20T00:00",
    "places": "60",
}


def meeting(reference: str = "OR1") -> Meeting | None:
    session.remove()
    return session.scalar(select(Meeting).where(Meeting.reference == reference))


@pytest.fixture
def salma(cast: Cast):
    return cast.visitor(cast.salma)


def other_meeting(cast: Cast, salma) -> None:
    assert fill(salma, "/en/manage/meetings/new", **DRAFT).status_code == 302


def test_a_meeting_from_its_draft_to_its_announcement(salma, cast, client):
    page = salma.get("/en/manage/meetings/new").text
    themes = [str(cast.digital.id), str(cast.access.id)]
    assert "جمعية الاختبار" in page
    answer = fill(
        salma,
        "/en/manage/meetings/new",
        **DRAFT,
        themes=themes,
        coordinating_association_id=str(cast.association.id),
    )
    assert answer.location == "/en/manage/meetings/RSK1"
    assert client.get("/en/meetings/RSK1").status_code == 404
    assert press(salma, answer.location, "/announce").status_code == 302
    page = client.get("/en/meetings/RSK1")
    for told in ("Rencontre de Rabat", "Le numérique", "RSK1-W2", "جمعية الاختبار"):
        assert told in page.text, told
    assert says(page, "%(day)s, from %(start)s to %(end)s", day="2 May 2026", start="09:00", end="16:00")
    acts = [
        (entry.action, entry.actor) for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    ]
    assert acts == [("meeting drafted", cast.salma.id), ("meeting announced", cast.salma.id)]


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"reference": "r1"}, {"reference"}),
        ({"reference": "ORIENTAL1"}, {"reference"}),
        ({"reference": "OR1"}, ReferenceTaken),
        ({"ends_at": "2026-05-02T08:00"}, HoursReversed),
        ({"registration_closes_at": "2026-03-01T00:00"}, WindowReversed),
        ({"registration_closes_at": "2026-05-03T00:00"}, ClosesTooLate),
        ({"starts_at": "soon"}, {"starts_at"}),
        ({"places": "0"}, {"places"}),
        ({"places": "9" * 30}, {"places"}),
        ({"region_codes": None}, {"region_codes"}),
        ({"region_codes": ["99"]}, {"region_codes"}),
        ({"title-fr": ""}, {"title"}),
        ({"title-fr": "x" * 100_000}, {"title"}),
    ],
)
def test_a_draft_that_cannot_be_is_kept_and_refused(salma, cast, fields, because):
    answer = fill(salma, "/en/manage/meetings/new", **{**DRAFT, **fields})
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert "Bibliothèque" in answer.text
    assert session.query(Meeting).count() == 1


def test_a_reference_typed_in_small_letters_is_the_same(salma, cast):
    fill(salma, "/en/manage/meetings/new", cycle=str(cast.cycle.id), **{**DRAFT, "reference": "rsk1"})
    assert meeting("RSK1") is not None


def test_announcing_twice_and_outside_the_calendar(salma, cast):
    other_meeting(cast, salma)
    page = salma.get("/en/manage/meetings/RSK1").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    period = session.query(PhasePeriod).filter_by(phase=Phase.MEETINGS).one()
    period.closes_on = date(2026, 3, 9)
    session.commit()
    session.remove()
    sent = {"csrf_token": token, "confirmed": "1"}
    refused = salma.post("/en/manage/meetings/RSK1/announce", data=sent)
    assert (refused.status_code, meeting("RSK1").announced_at) == (409, None)
    again = salma.post(f"{HUB}/announce", data=sent)
    assert again.status_code == 409
    assert says(again, AlreadyDone)


def test_a_meeting_recorded_afterwards_needs_the_calendar_of_its_day(salma, cast):
    other_meeting(cast, salma)
    with later(days=400):
        with_token = cast.visitor(cast.salma)
        assert press(with_token, "/en/manage/meetings/RSK1", "/announce").status_code == 302


def test_a_coordinator_runs_its_meeting_and_knows_of_no_other(salma, cast):
    other_meeting(cast, salma)
    karim = cast.visitor(cast.karim)
    assert karim.get(HUB).status_code == 200
    listed = karim.get("/en/manage/meetings").text
    assert "OR1" in listed
    assert "RSK1" not in listed
    assert karim.get("/en/manage/meetings/new").status_code == 403
    for path in (
        "",
        "/edit",
        "/participants",
        "/participants.xlsx",
        "/participants/import",
        "/programme/new",
        "/workshops/new",
    ):
        assert karim.get(f"/en/manage/meetings/RSK1{path}").status_code == 404, path
    token = karim.get(HUB).text.split('name="csrf_token" value="')[1].split('"')[0]
    for path in ("announce", "call-off", "workshops/1/remove", "programme/1/remove"):
        answer = karim.post(f"/en/manage/meetings/RSK1/{path}", data={"csrf_token": token})
        assert answer.status_code == 404, path


@pytest.mark.parametrize("who", ["fatima", "farid", "mounia", "hicham", None])
def test_others_do_not_come_in(cast, who):
    visitor = cast.visitor(getattr(cast, who) if who else None)
    for path in (HUB, f"{HUB}/participants", f"{HUB}/participants.xlsx", "/en/manage/meetings"):
        assert visitor.get(path).status_code == (403 if who else 302)


def test_more_places_are_given_to_the_waiting_list_at_once(salma, register, mails):
    for name in "abcde":
        register(email=f"{name}@example.org")
    assert states() == [CONFIRMED] * 2 + [WAITING] * 3
    assert fill(salma, f"{HUB}/edit", places="4").status_code == 302
    assert states() == [CONFIRMED] * 4 + [WAITING]
    moved = {mail["To"] for mail in of(emails.MOVED_UP, mails())}
    assert moved == {"c@example.org", "d@example.org"}


def test_fewer_places_than_confirmed_people_are_refused(salma, cast):
    write(cast, 2)
    answer = fill(salma, f"{HUB}/edit", places="1")
    assert answer.status_code == 409
    assert says(answer, PlacesTaken, count=2)
    assert meeting().places == 2


def test_another_venue_is_told_to_everyone_registered(salma, cast, mails):
    write(cast, 2)
    fill(salma, f"{HUB}/edit", partners="Une fondation")
    assert mails() == []
    fill(salma, f"{HUB}/edit", **{"venue-fr": "Théâtre"})
    told = mails()
    assert len(told) == len(of(emails.CHANGED, told)) == 2
    assert "Théâtre" in text(told[0])


def test_who_left_no_address_is_to_be_called_about_another_venue(salma, cast, register, mails):
    register(email="", phone="0612345678")
    answer = fill(salma, f"{HUB}/edit", **{"meals-fr": "Déjeuner"})
    assert numbers(salma.get(answer.location).text, ".flash") == []  # nobody has to know
    answer = fill(salma, f"{HUB}/edit", **{"venue-fr": "Théâtre"})
    assert numbers(salma.get(answer.location).text, ".flash") == [1]
    assert of(emails.CHANGED, mails()) == []


def test_calling_off_tells_everyone_who_is_still_registered(salma, register, client, mails):
    for name in "abcd":
        where = register(email=f"{name}@example.org").location
    press(client, where, "/cancel")
    register(email="", phone="0612345678")
    answer = press(salma, HUB, "/call-off")
    # Who is told, and who has only a telephone.
    assert numbers(salma.get(answer.location).text, ".flash") == [3, 1]
    told = {mail["To"] for mail in of(emails.CALLED_OFF, mails())}
    assert told == {"a@example.org", "b@example.org", "c@example.org"}
    receipt = session.query(Registration).filter_by(email="a@example.org").one().receipt
    assert says(client.get(f"/en/registrations/{receipt}"), CALLED_OFF)
    sent = len(mails())
    answer = fill(salma, f"{HUB}/edit", starts_at="2026-03-30T10:00")
    assert answer.status_code == 409
    assert says(answer, CalledOff)
    assert len(mails()) == sent  # nobody hears of a new hour


def test_the_programme_is_written_changed_and_cut(salma, client):
    where = f"{HUB}/programme/new"
    item = {"starts_at": "2026-03-30T09:00", "ends_at": "2026-03-30T09:30", "title-fr": "Accueil"}
    assert fill(salma, where, **item).status_code == 302
    assert (
        fill(salma, where, **{**item, "title-fr": "Ouverture", "starts_at": "2026-03-30T10:00"}).status_code
        == 422
    )
    page = client.get("/en/meetings/OR1").text
    assert "Accueil" in page
    assert "09:00" in page
    builder = f"{HUB}/programme"
    path = salma.get(builder).text.split('id="item-')[1].split('"')[0]
    fill(salma, f"{HUB}/programme/{path}", **{"title-fr": "Bienvenue"})
    assert "Bienvenue" in client.get("/en/meetings/OR1").text
    press(salma, builder, f"/programme/{path}/remove")
    assert "Bienvenue" not in client.get("/en/meetings/OR1").text
    assert salma.get(f"{HUB}/programme/{path}").status_code == 404


def test_workshops_are_added_renamed_and_removed_until_it_begins(salma, client, register, cast):
    fill(salma, f"{HUB}/workshops/new", **{"title-fr": "Les jeunes"})
    assert fill(salma, f"{HUB}/workshops/new", theme="").status_code == 422
    assert "OR1-W3" in client.get("/en/meetings/OR1").text
    fill(salma, f"{HUB}/workshops/3", **{"theme-fr": "La jeunesse"})
    assert "La jeunesse" in client.get("/en/meetings/OR1").text
    press(salma, f"{HUB}/workshops/3/remove", "/remove")
    assert "La jeunesse" not in client.get("/en/meetings/OR1").text
    register(workshop=str(cast.meeting.workshops[0].id))
    used = salma.get(f"{HUB}/workshops/1/remove").text
    assert numbers(used, "#uses li:first-child") == [1]
    assert 'id="asked"' not in used  # nothing to press where it could only refuse
    token = {"csrf_token": csrf_token(salma)}
    assert salma.post(f"{HUB}/workshops/1/remove", data=token).status_code == 409
    with later(days=21):
        removal = f"{HUB}/workshops/2/remove"
        assert press(cast.visitor(cast.salma), removal, removal).status_code == 409


def test_participants_are_found_by_folded_words_and_paged(salma, cast):
    write(cast, 60, association="جمعية التنمية")
    write(cast, 1, first=99, name="فاطمة الزَّهراء", gender=Gender.FEMALE)
    page = salma.get(f"{HUB}/participants")
    assert page.text.count("<tr>") == 51
    assert 'rel="next"' in page.text
    found = salma.get(f"{HUB}/participants?q=فاطمه+الزهراء")
    assert found.text.count("<tr>") == 2
    assert salma.get(f"{HUB}/participants?q=التنميه&state=confirmed").text.count("<tr>") == 51
    nobody = salma.get(f"{HUB}/participants?q=%25").text
    assert texts(nobody, ".empty")
    assert "<tr>" not in nobody
    assert salma.get(f"{HUB}/participants?state=odd&cursor=odd").status_code == 400
    assert not any(says(answer, Gender.FEMALE.label) or "female" in answer.text for answer in (page, found))


def test_the_export_starts_no_cell_like_a_formula_and_keeps_demographics_out(salma, cast):
    write(cast, 1, name="=HYPERLINK(1)", association="+cmd", gender=Gender.FEMALE)
    answer = salma.get(f"{HUB}/participants.xlsx")
    [headers, row] = python_calamine.load_workbook(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert row[:2] == ["=HYPERLINK(1)", "p0@example.org"]  # as text
    assert row[3] == "+cmd"
    with zipfile.ZipFile(BytesIO(answer.data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    # With the three of the needs, what confirmed it, and what a list may have said of who came by one.
    assert len(headers) == 14
    assert not {"female", worded(Gender.FEMALE.label)} & set(row)


def test_few_statements_on_the_staff_pages_too(salma, cast, statements):
    for path in ("/en/manage/meetings", HUB, f"{HUB}/participants"):
        salma.get(path)
        with statements() as few:
            salma.get(path)
        write(cast, 40, first=len(states()))
        with statements() as many:
            assert salma.get(path).status_code == 200
        assert len(many) == len(few) <= 8, many  # one of them is the menu’s


def test_calling_off_is_asked_about_with_whom_it_concerns_and_nothing_is_done_before(salma, register, mails):
    for name in "ab":
        register(email=f"{name}@example.org")
    register(email="", phone="0612345678")
    token = {"csrf_token": csrf_token(salma)}
    sent = len(mails())
    asked = salma.post(f"{HUB}/call-off", data=token)
    assert asked.status_code == 200
    assert numbers(asked.text, "h1") == [3]
    assert texts(asked.text, "main .reference") == ["OR1"]
    assert salma.post(f"{HUB}/call-off", data={**token, "confirmed": "no"}).location.endswith(HUB)
    assert salma.post(f"{HUB}/call-off", data={**token, "confirmed": "1"}).status_code == 200  # asked anew
    assert meeting().cancelled_at is None
    assert len(mails()) == sent
