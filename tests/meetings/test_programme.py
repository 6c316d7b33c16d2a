"""The programme: its items, parallel workshops side by side, their order; read and for calendars."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings, strategies
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.languages.i18n import ZONE
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem, Room, Workshop
from cocreation.meetings.queries import slots
from cocreation.meetings.refusals import NoTitle, Overlapping, SameRoom
from cocreation.meetings.services import programme as services
from tests.cast import THEN, Cast, T
from tests.forms import fill
from tests.html import texts
from tests.meeting_day import change
from tests.words import said, says

HUB = "/en/manage/meetings/OR1"
BUILDER, NEW = f"{HUB}/programme", f"{HUB}/programme/new"
PUBLIC = "/en/meetings/OR1/programme"
CHAIR = "Chair: %(name)s"
BREAK_OUT = (
    "Accueil\r\nBEGIN:VEVENT\r\nSUMMARY:Faux\r\nEND:VEVENT\rBEGIN:VEVENT\nX\u2028BEGIN:VEVENT\x85BEGIN:VEVENT"
)


@pytest.fixture
def salma(cast: Cast):
    return cast.visitor(cast.salma)


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-30T{hour}").replace(tzinfo=ZONE)


def add(cast: Cast, title: str, start: str, end: str, workshop: int | None = None, **values) -> int:
    """An item straight into the database; its id."""
    workshops = cast.meeting.workshops
    item = ProgrammeItem(
        meeting_id=cast.meeting.id,
        starts_at=at(start),
        ends_at=at(end),
        title=T(title, title),
        workshop_id=workshops[workshop - 1].id if workshop else None,
        **values,
    )
    session.add(item)
    session.commit()
    number = item.id
    session.remove()
    return number


def rooms(cast: Cast, *names: str) -> list[int]:
    found = [Room(meeting_id=cast.meeting.id, name=T(name, name)) for name in names]
    session.add_all(found)
    session.commit()
    numbers = [room.id for room in found]
    session.remove()
    return numbers


def programme() -> list[str]:
    """The programme as it is now: "title 09:00-09:30", in the order of the hours."""
    session.remove()
    items = session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.starts_at, ProgrammeItem.id))
    return [
        f"{entry.title['fr']} {entry.starts_at.astimezone(ZONE):%H:%M}-{entry.ends_at.astimezone(ZONE):%H:%M}"
        for entry in items
    ]


def item(title: str, start: str, end: str, **values: str) -> dict[str, str]:
    hours = {"starts_at": f"2026-03-30T{start}", "ends_at": f"2026-03-30T{end}"}
    return {**hours, "title-fr": title, **values}


def test_an_item_says_who_speaks_as_what_who_chairs_and_where(salma, client, cast):
    [hall] = rooms(cast, "Grande salle")
    words = {"speaker-fr": "Leila", "role-fr": "Experte", "chair-fr": "Karim"}
    assert fill(salma, NEW, **item("Ouverture", "09:00", "09:30"), **words, room_id=str(hall)).location == (
        BUILDER
    )
    for page in (salma.get(BUILDER), client.get(PUBLIC)):
        for told in ("Ouverture", "Leila", "Experte", "Grande salle", "09:00", "09:30"):
            assert told in page.text, told
        assert says(page, CHAIR, name="Karim")
    assert PUBLIC in client.get("/en/meetings/OR1").text


def test_a_workshop_is_called_by_its_theme_unless_it_has_a_title(salma, cast):
    first = str(cast.meeting.workshops[0].id)
    untitled = item("", "10:00", "11:00", workshop_id=first)
    assert fill(salma, NEW, **untitled).status_code == 302
    assert programme() == ["L'accès à l'information 10:00-11:00"]
    refused = fill(salma, NEW, **item("", "11:00", "12:00"))
    assert refused.status_code == 422
    assert says(refused, NoTitle)


OVERLAPS = [("09:15", "09:45"), ("08:00", "09:01"), ("09:00", "09:30"), ("09:10", "09:20")]


@pytest.mark.parametrize(("start", "end"), OVERLAPS)
def test_what_overlaps_is_refused_with_both_names(salma, cast, start, end):
    add(cast, "Accueil", "09:00", "09:30")
    refused = fill(salma, NEW, **item("Ouverture", start, end))
    assert refused.status_code == 409
    other = {"other": "Accueil", "other_hours": "09:00–09:30"}
    assert says(refused, Overlapping, one="Ouverture", hours=f"{start}–{end}", **other)
    assert programme() == ["Accueil 09:00-09:30"]


def test_what_touches_does_not_overlap_and_an_item_not_itself(salma, cast):
    number = add(cast, "Accueil", "09:00", "09:30")
    assert fill(salma, NEW, **item("Avant", "08:30", "09:00")).status_code == 302
    assert fill(salma, NEW, **item("Après", "09:30", "10:00")).status_code == 302
    assert fill(salma, f"{BUILDER}/{number}", ends_at="2026-03-30T09:20").status_code == 302
    refused = fill(salma, f"{BUILDER}/{number}", ends_at="2026-03-30T09:31")
    assert refused.status_code == 409
    assert programme() == ["Avant 08:30-09:00", "Accueil 09:00-09:20", "Après 09:30-10:00"]


def test_parallel_workshops_run_at_the_same_time_in_rooms_of_their_own(salma, client, cast):
    blue, green = rooms(cast, "Bleue", "Verte")
    first, second = (str(workshop.id) for workshop in cast.meeting.workshops)
    hours = ("10:00", "12:00")
    assert fill(salma, NEW, **item("A", *hours, workshop_id=first, room_id=str(blue))).status_code == 302
    for room in ("", str(blue)):
        refused = fill(salma, NEW, **item("B", *hours, workshop_id=second, room_id=room))
        assert refused.status_code == 409
        assert says(refused, SameRoom, one="B", other="A")
    fill(salma, f"{HUB}/workshops/2", room_id=str(green))
    assert fill(salma, NEW, **item("B", *hours, workshop_id=second)).status_code == 302, (
        "in its workshop's room"
    )
    same_room = fill(salma, f"{HUB}/workshops/2", room_id=str(blue))
    assert same_room.status_code == 409
    assert says(same_room, SameRoom)
    twice = fill(salma, NEW, **item("C", *hours, workshop_id=second, room_id=str(green)))
    assert says(twice, Overlapping), "one workshop is not parallel to itself"
    plenary = fill(salma, NEW, **item("D", *hours, room_id=str(green)))
    assert plenary.status_code == 409
    page = client.get(PUBLIC).text
    slot = page.split('class="slot"')[1]
    assert slot.count('class="slot-item"') == 2, "side by side"
    for told in ("OR1-W1", "Bleue", "OR1-W2", "Verte"):
        assert told in slot
    [row] = texts(client.get("/en/meetings/OR1").text, "[aria-labelledby=programme] .row h3")
    assert row not in ("A", "B"), "one row for all that run in parallel"


def test_rooms_and_workshops_of_elsewhere_are_refused(cast, salma):
    other = Meeting(
        reference="FM1",
        cycle_id=cast.cycle.id,
        title=T("فاس", "Fès"),
        city=T("فاس", "Fès"),
        venue=T("فاس", "Fès"),
        starts_at=THEN + timedelta(days=30),
        ends_at=THEN + timedelta(days=31),
        registration_opens_at=THEN,
        registration_closes_at=THEN + timedelta(days=20),
        places=10,
        rooms=[Room(name=T("قاعة", "Salle"))],
        workshops=[Workshop(number=1, theme=T("محور", "Thème"))],
    )
    session.add(other)
    session.commit()
    room, workshop = str(other.rooms[0].id), str(other.workshops[0].id)
    session.remove()
    for values in ({"room_id": room}, {"workshop_id": workshop}):
        assert fill(salma, NEW, **item("A", "10:00", "11:00"), **values).status_code == 422
    assert programme() == []
    number = add(cast, "Ici", "09:00", "09:30")
    for path in (f"{number}", f"{number}/move", f"{number}/remove"):
        elsewhere = f"/en/manage/meetings/FM1/programme/{path}"
        assert cast.visitor(cast.karim).get(elsewhere).status_code in (404, 405)
        token = salma.get(HUB).text.split('name="csrf_token" value="')[1].split('"')[0]
        assert salma.post(elsewhere, data={"csrf_token": token, "places": "1"}).status_code == 404
    assert programme() == ["Ici 09:00-09:30"]


# Its order.


def morning(cast: Cast) -> list[int]:
    """A and B, a pause, two workshops of different lengths in parallel, and C."""
    blue, green = rooms(cast, "Bleue", "Verte")
    return [
        add(cast, "A", "09:00", "09:30"),
        add(cast, "B", "09:30", "10:30"),
        add(cast, "W1", "11:00", "12:00", workshop=1, room_id=blue),
        add(cast, "W2", "11:00", "12:30", workshop=2, room_id=green),
        add(cast, "C", "12:30", "13:00"),
    ]


def move(client, number: int, places: str):
    token = client.get(BUILDER).text.split('name="csrf_token" value="')[1].split('"')[0]
    return client.post(f"{BUILDER}/{number}/move", data={"csrf_token": token, "places": places})


def test_the_buttons_move_an_item_and_keep_its_length(salma, cast):
    first, second, *_, last = morning(cast)
    answer = fill(salma, BUILDER, places="1")  # of the first
    assert answer.location == f"{BUILDER}#item-{first}"
    after = ["B 09:00-10:00", "A 10:00-10:30", "W1 11:00-12:00", "W2 11:00-12:30", "C 12:30-13:00"]
    assert programme() == after
    move(salma, second, "1")
    assert programme()[:2] == ["A 09:00-09:30", "B 09:30-10:30"]
    page = salma.get(BUILDER).text
    assert page.count('value="-1"') == page.count('value="1"') == 3
    for number, places in ((first, "-1"), (last, "1"), (last, "200")):
        assert move(salma, number, places).status_code == 302
    assert programme()[0] == "A 09:00-09:30"


def test_parallel_workshops_move_together_and_the_pause_stays_where_it_was(salma, cast):
    *_, second_workshop, _last = morning(cast)
    move(salma, second_workshop, "-1")
    assert programme() == [
        "A 09:00-09:30",
        "W1 09:30-10:30",
        "W2 09:30-11:00",
        "B 11:30-12:30",
        "C 12:30-13:00",
    ]


def test_dragging_moves_by_several_places(salma, cast):
    first, *_ = morning(cast)
    move(salma, first, "3")
    assert programme() == [
        "B 09:00-10:00",
        "W1 10:00-11:00",
        "W2 10:00-11:30",
        "C 12:00-12:30",
        "A 12:30-13:00",
    ]


@pytest.mark.parametrize("places", ["", "x", "1e9", "99999999999999999999"])
def test_a_move_that_is_none_changes_nothing(salma, cast, places):
    first, *_ = morning(cast)
    before = programme()
    assert move(salma, first, places).status_code == 302
    assert programme() == before
    assert move(salma, 999, "1").status_code == 404


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    lengths=strategies.lists(strategies.integers(1, 120), min_size=2, max_size=8),
    pauses=strategies.lists(strategies.integers(0, 40), min_size=8, max_size=8),
    data=strategies.data(),
)
def test_moving_keeps_every_length_the_hours_and_makes_no_overlap(lengths, pauses, data):
    items, begins = [], THEN
    for number, (length, pause) in enumerate(zip(lengths, pauses, strict=False)):
        ends = begins + timedelta(minutes=length)
        items.append(ProgrammeItem(id=number, starts_at=begins, ends_at=ends))
        begins = ends + timedelta(minutes=pause)
    last = items[-1].ends_at
    order = data.draw(strategies.permutations(slots(items)))
    before = slots(items)
    services._arrange(before, list(order))
    arranged = sorted(items, key=lambda entry: entry.starts_at)
    assert [entry.id for entry in arranged] == [slot.items[0].id for slot in order]
    assert [(entry.ends_at - entry.starts_at).seconds // 60 for entry in items] == lengths
    assert (arranged[0].starts_at, arranged[-1].ends_at) == (THEN, last)
    assert all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(arranged))


# Read, printed, and for calendars.


def test_the_page_of_a_draft_or_of_elsewhere_is_nobodys_business(client, cast):
    number = add(cast, "A", "09:00", "09:30")
    paths = (PUBLIC, f"{PUBLIC}.ics", f"{PUBLIC}/{number}.ics")
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    assert client.get(f"{PUBLIC}/{number + 1}.ics").status_code == 404
    change(cast, announced_at=None)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_an_empty_programme_says_so(client, cast):
    assert texts(client.get(PUBLIC).text, ".empty")
    add(cast, "A", "09:00", "09:30")
    assert not texts(client.get(PUBLIC).text, ".empty")


def test_the_whole_programme_and_one_item_for_calendars(client, cast):
    [blue] = rooms(cast, "Bleue")
    words = {"speaker": T("ليلى", "Leila"), "role": T("خبيرة", "Experte"), "chair": T("كريم", "Karim")}
    first = add(cast, "A", "09:00", "09:30", room_id=blue, **words)
    add(cast, "B", "09:30", "10:30")
    answer = client.get(f"{PUBLIC.replace('/en/', '/ar/')}.ics")
    assert answer.mimetype == "text/calendar"
    events = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["A", "B"]
    assert len({str(event["uid"]) for event in events}) == 2
    assert events[0].decoded("dtstart") == at("09:00")
    assert str(events[0]["location"]) == "Bleue – دار الشباب – وجدة"
    speaks, as_what, chairs = str(events[0]["description"]).split(" · ")
    assert (speaks, as_what) == ("ليلى", "خبيرة")
    assert said(chairs, CHAIR, "ar", name="كريم")
    assert str(events[0]["url"]).endswith("/ar/meetings/OR1/programme")
    [own_event] = icalendar.Calendar.from_ical(client.get(f"{PUBLIC}/{first}.ics").text).walk("VEVENT")
    assert own_event["uid"] == events[0]["uid"], "known again by a calendar that has the whole"
    change(cast, cancelled_at=THEN)
    assert client.get(f"{PUBLIC}.ics").text.count("STATUS:CANCELLED") == 2


def test_a_newline_injects_nothing_into_a_calendar(client, cast):
    """Lines end in many ways; none of them begins a line of ours."""
    odd = T(BREAK_OUT, BREAK_OUT)
    first = add(cast, BREAK_OUT, "09:00", "09:30", speaker=odd, role=odd, chair=odd)
    room = rooms(cast, BREAK_OUT)[0]
    add(cast, "B", "09:30", "10:30", room_id=room)
    change(cast, title=odd, venue=odd, city=odd)
    for path, count in (
        (f"{PUBLIC}.ics", 2),
        (f"{PUBLIC}/{first}.ics", 1),
        ("/en/meetings/OR1/event.ics", 1),
    ):
        text = client.get(path).text
        unfolded = text.replace("\r\n ", "")
        lines = unfolded.splitlines()  # the most generous reader of all
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == count, path
        assert sum(line.startswith("SUMMARY") for line in lines) == count, path
        assert len(icalendar.Calendar.from_ical(text).walk("VEVENT")) == count
        assert "Accueil BEGIN:VEVENT SUMMARY:Faux" in unfolded


def test_what_is_typed_in_a_form_is_one_line_too(salma, client):
    fill(salma, NEW, **item(BREAK_OUT, "09:00", "09:30"))
    assert "\n" not in session.scalars(select(ProgrammeItem)).one().title["fr"]
    assert client.get(f"{PUBLIC}.ics").text.splitlines().count("BEGIN:VEVENT") == 1


def test_words_of_the_programme_are_shown_as_words(client, cast):
    add(cast, "<b>A</b>", "09:00", "09:30", speaker=T("<i>x</i>", "<i>x</i>"))
    page = client.get(PUBLIC).text
    assert "<b>A" not in page
    assert "<i>x" not in page


def test_over_two_days_each_says_its_day(client, cast):
    change(cast, ends_at=THEN + timedelta(days=21))
    add(cast, "A", "09:00", "09:30")
    late = ProgrammeItem(
        meeting_id=cast.meeting.id,
        title=T("ب", "B"),
        starts_at=at("09:00") + timedelta(days=1),
        ends_at=at("10:00") + timedelta(days=1),
    )
    session.add(late)
    session.commit()
    page = client.get(PUBLIC).text.split('class="programme"')[1]
    assert page.count("30 March 2026") == page.count("31 March 2026") == 1


def test_few_statements_and_a_light_page(cast, client, statements, salma):
    morning(cast)
    few = {}
    for path in (PUBLIC, f"{PUBLIC}.ics", BUILDER):
        salma.get(path)
        with statements() as asked:
            salma.get(path)
        few[path] = len(asked)
    for number in range(15):
        add(cast, f"Séquence {number}", f"{14 + number // 4}:{number % 4 * 15:02d}", f"{14 + number // 4}:59")
    for path, count in few.items():
        with statements() as asked:
            assert salma.get(path).status_code == 200
        assert len(asked) == count <= 7, (path, asked)
    with statements() as asked:
        page = client.get(PUBLIC)
    assert len(asked) <= 6
    assert len(page.data) < 15 * 1024
