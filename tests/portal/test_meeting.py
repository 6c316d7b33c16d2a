"""What everyone sees of the meetings."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import update

from cocreation.core.database import session
from cocreation.demographics.models import AgeBracket, Capacity, Gender
from cocreation.demographics.suppression import FEW, HIDDEN
from cocreation.directory.models import Region
from cocreation.languages.i18n import speaking
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem
from cocreation.meetings.policy import MeetingStage
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.portal.meeting.page import JOIN_THE_LIST
from cocreation.reasons.models import Fate
from tests.cast import THEN, T
from tests.forms import fill, press
from tests.html import hrefs, numbers, texts
from tests.meeting_day import change, later, write
from tests.portal.test_sources import idea, lines
from tests.words import said, says

AGES = [AgeBracket.FROM_18] * 6 + [AgeBracket.FROM_30] * 9
GENDERS = [Gender.FEMALE] * 7 + [Gender.MALE] * 8
EXPLAINED = "[aria-labelledby=statistics] p.soft"  # why counts are hidden
CAPACITIES = [Capacity.ASSOCIATION] * 11 + [Capacity.EXPERT] * 4


def people(cast):
    triples = zip(AGES, GENDERS, CAPACITIES, strict=True)
    for number, (age, gender, capacity) in enumerate(triples):
        write(cast, 1, first=number, age_bracket=age, gender=gender, capacity=capacity)


def figures(page: str) -> list[str]:
    """What the statistics say, row by row."""
    page = page.partition('id="statistics"')[2]
    cells = re.findall(r'class="(?:count|soft)">([^<]*)<', page)
    return [cell for cell in cells if cell]


def stands(page: str) -> MeetingStage:
    """Where the page says that its meeting stands."""
    [label] = texts(page, ".head .state")
    with speaking("en"):
        return next(stage for stage in MeetingStage if str(stage.label) == label)


def left(page: str) -> int:
    """How many places the page says are left."""
    return 0 if texts(page, ".places.is-full") else numbers(page, ".places strong")[0]


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (-5.5, MeetingStage.AHEAD),
        (0, MeetingStage.OPEN),
        (11, MeetingStage.CLOSED),
        (21, MeetingStage.OVER),
    ],
)
def test_where_its_registration_stands(client, cast, days, stage):
    with later(days=days):
        page = client.get("/en/meetings/OR1")
        assert page.status_code == 200
        assert stands(page.text) is stage
        assert texts(page.text, f".notice-{'done' if stage == MeetingStage.OPEN else stage.kind}")
        assert ("/meetings/OR1/register" in page.text) == (days == 0)


def test_everything_said_of_a_meeting(client, cast):
    session.add(
        ProgrammeItem(
            meeting_id=cast.meeting.id,
            starts_at=THEN + timedelta(days=20),
            ends_at=THEN + timedelta(days=20, minutes=30),
            title=T("استقبال", "Accueil"),
            speaker=T("رئيسة الجمعية", "La présidente"),
        )
    )
    session.commit()
    session.remove()
    page = client.get("/en/meetings/OR1").text
    for words in (
        "Rencontre d&#39;Oujda",
        "Maison des jeunes",
        "Oriental",
        "جمعية الاختبار",
        "Accueil",
        "La présidente",
        "OR1-W2",
        "Le numérique",
    ):
        assert words in page, words
    assert left(page) == 2


def test_places_left_follow_the_confirmed(client, cast):
    write(cast, 1)
    page = client.get("/en/meetings/OR1")
    assert left(page.text) == 1
    assert not says(page, JOIN_THE_LIST)
    write(cast, 1, first=1)
    page = client.get("/en/meetings/OR1")
    assert left(page.text) == 0
    assert says(page, JOIN_THE_LIST)


def test_a_draft_is_nobodys_business_and_a_meeting_called_off_says_so(client, cast):
    change(cast, announced_at=None)
    for path in ("", "/register", "/event.ics"):
        assert client.get(f"/en/meetings/OR1{path}").status_code == 404
    assert "OR1" not in client.get("/en/meetings").text
    change(cast, announced_at=THEN, cancelled_at=THEN)
    assert stands(client.get("/en/meetings/OR1").text) is MeetingStage.CALLED_OFF


def test_a_past_meeting_begins_with_what_came_of_it(client, cast):
    people(cast)
    solutions = lines(cast, 3)
    idea(cast, 1, Fate.INCLUDED, solutions[0])
    idea(cast, 2, None, solutions[1], commitment=False)
    assert "came" not in parts(client.get("/en/meetings/OR1").text)
    with later(days=21):
        page = client.get("/en/meetings/OR1").text
    assert parts(page)[0] == "came"
    assert texts(page, "[aria-labelledby=came] .figures dd") == ["15", "2", "50%"]
    assert texts(page, "[aria-labelledby=came] .legend .part-included td")[0] == "1"
    assert "/en/meetings/OR1/workshops/1" in hrefs(page, "[aria-labelledby=came] a")
    assert texts(client.get("/en/meetings/OR1/workshops/1").text, ".legend .part-waiting td")[0] == "1"


def parts(page: str) -> list[str]:
    """The parts of the page, in order."""
    return re.findall(r'<section class="[^"]*" aria-labelledby="([^"]+)"', page)


def test_a_full_meeting_says_so_with_its_list(client, cast):
    write(cast, 3)
    last = update(Registration).where(Registration.email == "p2@example.org")
    session.execute(last.values(state=RegistrationState.WAITING, address_confirmed_at=THEN))
    session.commit()
    session.remove()
    for path, chip in (("/en/meetings/OR1", ".head .state"), ("/en/meetings", ".row-status .state")):
        page = client.get(path).text
        assert numbers(page, chip) == [1]
        assert texts(page, f"{chip}-waiting")


def test_statistics_wait_until_it_is_over(client, cast):
    people(cast)
    assert 'id="statistics"' not in client.get("/en/meetings/OR1").text
    with later(days=21):
        assert 'id="statistics"' in client.get("/en/meetings/OR1").text


def test_a_count_under_five_is_hidden_with_a_neighbour(client, cast):
    people(cast)
    with later(days=21):
        page = client.get("/en/meetings/OR1").text
    shown = figures(page)
    assert shown[:6] == ["6", "9", "0", "0", "0", "0"]
    assert shown[6:8] == ["7", "8"]
    # four experts: with the eleven others shown, 15 would give them away
    assert shown[9:13] + shown[14:15] == ["0"] * 5
    assert said(shown[8], HIDDEN)
    assert said(shown[13], FEW)
    assert texts(page, EXPLAINED)


def test_figures_published_elsewhere_are_shown_in_full(client, cast):
    people(cast)
    change(cast, statistics_published=True)
    page = client.get("/en/meetings/OR1").text
    assert figures(page)[8:] == ["11", "0", "0", "0", "0", "4", "0"]
    assert not texts(page, EXPLAINED)


def test_four_people_are_not_counted_in_public(client, cast):
    write(cast, 4)
    with later(days=21):
        assert 'id="statistics"' not in client.get("/en/meetings/OR1").text


def test_nothing_personal_is_public(client, cast):
    write(cast, 6, association="Jamiya")
    with later(days=21):
        page = client.get("/en/meetings/OR1").text
    assert "p1@example.org" not in page
    assert "Jamiya" not in page


def test_the_event_for_calendars(client, cast):
    change(cast, title=T("لقاء؛ وجدة, المغرب", "Oujda\nATTENDEE:x"))
    answer = client.get("/ar/meetings/OR1/event.ics")
    assert answer.mimetype == "text/calendar"
    [event] = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    assert str(event["summary"]) == "لقاء؛ وجدة, المغرب"
    assert event.decoded("dtstart") == THEN + timedelta(days=20)
    assert str(event["url"]).endswith("/ar/meetings/OR1")
    assert "\nATTENDEE" not in client.get("/en/meetings/OR1/event.ics").text
    assert "STATUS:CONFIRMED" in answer.text
    change(cast, cancelled_at=THEN)
    assert "STATUS:CANCELLED" in client.get("/en/meetings/OR1/event.ics").text


def test_calendars_learn_what_changed_and_what_is_off(client, cast):
    salma, hub = cast.visitor(cast.salma), "/en/manage/meetings/OR1"

    def told():
        answer = client.get("/en/meetings/OR1/event.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        calendar = icalendar.Calendar.from_ical(answer.text)
        [event] = calendar.walk("VEVENT")
        assert "last-modified" in event
        assert "organizer" in event
        return calendar["method"], str(event["uid"]), event["sequence"], event["status"]

    uid = "OR1@127.0.0.1"
    assert told() == ("PUBLISH", uid, 0, "CONFIRMED")
    fill(salma, f"{hub}/edit", places="60")
    assert told()[2] == 0, "nothing a calendar keeps"
    fill(salma, f"{hub}/edit", **{"venue-fr": "Ailleurs"})
    assert told() == ("PUBLISH", uid, 1, "CONFIRMED")
    press(salma, hub, "/call-off")
    assert told() == ("CANCEL", uid, 2, "CANCELLED")


def more_meetings(cast, count: int, days: int) -> None:
    for number in range(count):
        starts = THEN + timedelta(days=days + number)
        session.add(
            Meeting(
                reference=f"RS{number}" if days > 0 else f"PA{number}",
                cycle_id=cast.cycle.id,
                title=T(f"لقاء {number}", f"Rencontre {days} {number}"),
                city=T("الرباط", "Rabat"),
                venue=T("دار", "Maison"),
                starts_at=starts,
                ends_at=starts + timedelta(hours=6),
                registration_opens_at=starts - timedelta(days=30),
                registration_closes_at=starts - timedelta(days=2),
                places=10,
                announced_at=THEN,
                regions=[session.get_one(Region, "04")],
            )
        )
    session.commit()
    session.remove()


def test_the_list_upcoming_first_then_past_page_by_page(client, cast):
    more_meetings(cast, 25, 30)
    more_meetings(cast, 22, -100)
    page = client.get("/en/meetings").text
    listed = re.findall(r'href="/en/meetings/([A-Z]+\d+)"', page)
    assert listed[:2] == ["OR1", "RS0"]
    assert listed[20:22] == ["PA21", "PA20"]
    seen, path = set(listed), "/en/meetings"
    more = re.findall(r'href="([^"]*when=[^"]*)"', page)
    assert len(more) == 2
    for path in more:
        seen |= set(
            re.findall(r'href="/en/meetings/([A-Z]+\d+)"', client.get(path.replace("&amp;", "&")).text)
        )
    assert len(seen) == 1 + 25 + 22


def test_the_list_of_one_region(client, cast):
    more_meetings(cast, 2, 30)
    page = client.get("/en/meetings?region=02").text
    assert "OR1" in page
    assert "RS0" not in page
    assert client.get("/en/meetings?region=zz").status_code == 200
    assert client.get("/en/meetings?when=past&cursor=nonsense").status_code == 400


@pytest.mark.parametrize("path", ["/en/meetings", "/en/meetings/OR1", "/en/meetings/OR1/register"])
def test_few_statements_and_the_same_for_many(cast, statements, path):
    visitor = cast.visitor(cast.salma)
    visitor.get(path)
    with statements() as few:
        visitor.get(path)
    write(cast, 200)
    more_meetings(cast, 15, 30)
    more_meetings(cast, 15, -100)
    for number in range(30):
        starts = THEN + timedelta(days=20, minutes=number)
        item = {"starts_at": starts, "ends_at": starts + timedelta(minutes=1), "title": T("ا", "a")}
        session.add(ProgrammeItem(meeting_id=cast.meeting.id, **item))
    session.commit()
    session.remove()
    with statements() as many:
        answer = visitor.get(path)
    assert answer.status_code == 200
    assert len(many) == len(few) <= 6, many
    assert len(answer.data) < 25_000
