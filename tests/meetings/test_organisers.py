"""Planning a meeting: how people take part, who organises it, its rooms."""

from __future__ import annotations

import re

import pytest

from cocreation.core.database import session
from cocreation.meetings.models.meeting import (
    AttendanceMode,
    CommitteeMember,
    Organiser,
    OrganiserKind,
    Room,
    Workshop,
)
from cocreation.meetings.refusals import NoOrganiserNamed
from cocreation.places.emails import CHANGED
from cocreation.preparation.models import Task, TaskKind
from tests.cast import THEN, T
from tests.forms import fill, press
from tests.html import numbers
from tests.mails import of, text
from tests.meeting_day import change, later
from tests.meeting_plan import HUB, LINK, NEW, meeting, rows
from tests.meetings.test_management import DRAFT
from tests.words import errors, says

# How people take part.


def test_the_link_is_for_confirmed_people_only(salma, client, register, cast, mails):
    public = {"how_to_come-fr": "Bus 14", "meals-fr": "Un déjeuner", "themes_reason-fr": "Choisis ensemble"}
    kept = {"most_per_association": "3", "offer_hours": "24", "cost_notes": "Salle gratuite"}
    answer = fill(salma, f"{HUB}/edit", attendance="hybrid", link=LINK, **public, **kept)
    assert answer.status_code == 302
    now = meeting()
    assert (now.attendance, now.most_per_association, now.offer_hours) == (AttendanceMode.HYBRID, 3, 24)
    receipts = [register(email=f"{name}@example.org").location for name in "abc"]
    page = client.get("/en/meetings/OR1")
    public = page.text
    assert says(page, AttendanceMode.HYBRID.label)
    for words in ("Bus 14", "Un déjeuner", "Choisis ensemble"):
        assert words in public, words
    programme = client.get("/en/meetings/OR1/programme").text
    event = client.get("/en/meetings/OR1/event.ics").text
    confirmed, _, waiting = (client.get(path).text for path in receipts)
    assert LINK in confirmed
    assert "Bus 14" in confirmed
    for page in (public, programme, event, waiting):
        assert LINK not in page
        assert "gratuite" not in page
    first, told = {}, {}
    for mail in mails():  # the newest first
        told.setdefault(mail["To"], mail)
        first[mail["To"]] = mail
    for kind in ("plain", "html"):
        assert LINK in told["a@example.org"].get_body((kind,)).get_content()
        assert "Bus 14" in told["a@example.org"].get_body((kind,)).get_content()
        for mail in (told["c@example.org"], *first.values()):
            assert LINK not in mail.get_body((kind,)).get_content()
    press(client, receipts[0], "/cancel")
    assert LINK not in client.get(receipts[0]).text
    assert "gratuite" in salma.get(f"{HUB}/planning").text


def test_in_person_there_is_no_link_whatever_was_written(client, register, cast):
    change(cast, link=LINK)
    assert LINK not in client.get(register().location).text


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "visio.example.org", "https:// x", "ftp://x.example"]
)
def test_a_link_is_a_whole_address(salma, link):
    answer = fill(salma, f"{HUB}/edit", attendance="remote", link=link)
    assert answer.status_code == 422
    assert errors(answer) == {"link"}
    assert meeting().link is None


def test_another_link_is_told_to_confirmed_people_another_form_to_all(salma, cast, register, mails):
    change(cast, attendance=AttendanceMode.HYBRID, link=LINK)
    for name in "abc":
        register(email=f"{name}@example.org")
    fill(salma, f"{HUB}/edit", link=f"{LINK}/2")
    told = of(CHANGED, mails())
    assert sorted(mail["To"] for mail in told) == ["a@example.org", "b@example.org"]
    assert all(f"{LINK}/2" in text(mail) for mail in told)
    with later(hours=1):
        fill(cast.visitor(cast.salma), f"{HUB}/edit", attendance="remote")
        told = of(CHANGED, mails())
    assert sorted(mail["To"][0] for mail in told) == ["a", "a", "b", "b", "c"]
    assert all(LINK not in text(mail) for mail in told if mail["To"][0] == "c")


# Organisers, committee, rooms.


def test_organisers_are_public_and_the_committee_is_not(salma, client, cast):
    organisers = f"{HUB}/organisers/new"
    fill(salma, organisers, kind="secretariat", **{"name-fr": "Le secrétariat"})
    fill(salma, organisers, kind="partner", **{"name-fr": "Le conseil régional"})
    fill(salma, organisers, kind="association", association_id=str(cast.association.id))
    fill(salma, f"{HUB}/committee/new", name="Zineb", task="Accueil", contact="0612345678")
    public, plan = client.get("/en/meetings/OR1").text, salma.get(f"{HUB}/planning").text
    for name in ("Le secrétariat", "Le conseil régional"):
        assert name in public
        assert name in plan
    assert public.count("جمعية الاختبار") == 1, "it coordinates the meeting: named once"
    for kept in ("Zineb", "0612345678"):
        assert kept in plan
        assert kept not in public
    partner = rows(Organiser)[1]
    assert (partner.kind, partner.position) == (OrganiserKind.PARTNER, 2)
    fill(salma, f"{HUB}/organisers/{partner.id}", **{"name-fr": "Une fondation"})
    assert "Une fondation" in client.get("/en/meetings/OR1").text
    press(salma, f"{HUB}/planning", f"/organisers/{partner.id}/remove")
    assert "Une fondation" not in client.get("/en/meetings/OR1").text
    assert salma.get(f"{HUB}/organisers/{partner.id}").status_code == 404


def test_an_organiser_without_a_name_is_none(salma):
    answer = fill(salma, f"{HUB}/organisers/new", kind="partner", **{"name-fr": "  "})
    assert answer.status_code == 422
    assert says(answer, NoOrganiserNamed)
    assert rows(Organiser) == []


def test_what_belongs_to_another_meeting_is_not_here(salma, cast):
    assert fill(salma, NEW, **DRAFT).status_code == 302
    fill(salma, "/en/manage/meetings/RSK1/rooms/new", **{"name-fr": "Salle"})
    fill(salma, "/en/manage/meetings/RSK1/committee/new", name="Zineb")
    [room], [member] = rows(Room), rows(CommitteeMember)
    karim = cast.visitor(cast.karim)
    for path in (f"rooms/{room.id}", f"committee/{member.id}", f"rooms/{10**9}"):
        assert salma.get(f"{HUB}/{path}").status_code == 404, path
        assert karim.get(f"/en/manage/meetings/RSK1/{path}").status_code == 404, path
    for path in ("planning", "checklist", "programme"):
        assert karim.get(f"/en/manage/meetings/RSK1/{path}").status_code == 404, path
    page = fill(salma, f"{HUB}/workshops/1", **{"theme-fr": "Le droit"}, room_id=str(room.id))
    assert page.status_code == 422
    assert rows(Workshop)[0].room_id is None


def test_a_workshop_is_given_a_room_and_its_seats(salma):
    fill(salma, f"{HUB}/rooms/new", **{"name-fr": "Salle bleue"}, seats="30", equipment="Micros")
    [room] = rows(Room)
    fill(salma, f"{HUB}/workshops/1", room_id=str(room.id))
    assert "Salle bleue" in salma.get(HUB).text
    assert numbers(salma.get(HUB).text, "#workshops .row-text") == [30]
    fill(salma, f"{HUB}/workshops/1", seats="20")
    assert numbers(salma.get(HUB).text, "#workshops .row-text") == [20]
    assert fill(salma, f"{HUB}/workshops/1", seats="0").status_code == 422
    press(salma, f"{HUB}/planning", f"/rooms/{room.id}/remove")
    first = rows(Workshop)[0]
    assert (first.room_id, first.seats) == (None, 20)


def test_few_statements_however_many_there_are(salma, cast, statements):
    paths = (HUB, f"{HUB}/planning", f"{HUB}/checklist", "/en/desk", "/en/meetings/OR1")
    few = {}
    for path in paths:
        salma.get(path)
        with statements() as asked:
            assert salma.get(path).status_code == 200
        few[path] = len(asked)
    for number in range(20):
        of_meeting = {"meeting_id": cast.meeting.id}
        name = T("اسم", f"Nom {number}")
        session.add(Organiser(position=number, kind=OrganiserKind.PARTNER, name=name, **of_meeting))
        session.add(CommitteeMember(name=f"Nom {number}", **of_meeting))
        session.add(Room(name=name, **of_meeting))
        session.add(Task(kind=TaskKind.OWN, title=f"Tâche {number}", due_on=THEN.date(), **of_meeting))
    session.commit()
    session.remove()
    for path in paths:
        with statements() as asked:
            assert salma.get(path).status_code == 200
        assert len(asked) == few[path] <= (12 if path == "/en/desk" else 7), (path, asked)
    assert few["/en/meetings/OR1"] <= 6


@pytest.mark.parametrize(
    ("where", "first"),
    [
        ("", ""),
        ("/participants/import", "/participants"),
        ("/support/offer", "/participants"),
        ("/door", "/door"),
    ],
)
def test_the_group_of_a_page_is_open(cast, where, first):
    """A group is known by the first of its pages, to which it leads."""
    page = cast.visitor(cast.karim).get(f"{HUB}{where}").text
    groups = page.split('<nav class="tabs"')[1]
    assert re.findall(r'href="([^"]+)" aria-current="page"', groups) == [f"{HUB}{first}"]
