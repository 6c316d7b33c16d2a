"""Planning a meeting: how people take part, who organises it, its rooms and checklist, its cycle's rules."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cocreation.core.database import Translated, session
from cocreation.meetings.models import (
    Attendance,
    CommitteeMember,
    Meeting,
    Organiser,
    OrganiserKind,
    Room,
    Rule,
    RuleKind,
    Task,
    TaskKind,
    Workshop,
)
from cocreation.meetings.services import planning
from tests.cast import THEN, Cast, T
from tests.forms import fill, press
from tests.meetings.conftest import change, later, registrations, write
from tests.meetings.test_running import DRAFT

HUB = "/en/manage/meetings/OR1"
NEW, RULES = "/en/manage/meetings/new", "/en/manage/meetings/rules/2026"
LINK = "https://visio.example.org/oujda"


@pytest.fixture
def salma(cast: Cast):
    return cast.visitor(cast.salma)


def rows(model) -> list:
    session.remove()
    found = list(session.scalars(select(model).order_by(model.id)))
    session.expunge_all()
    session.remove()
    return found


def meeting(reference: str = "OR1") -> Meeting:
    return next(each for each in rows(Meeting) if each.reference == reference)


def set_rules(cast: Cast, **days: int) -> None:
    for kind, count in days.items():
        source = T("جرى به العمل سنة 2023", "comme pratiqué en 2023")
        session.add(Rule(cycle_id=cast.cycle.id, kind=RuleKind(kind), days=count, source=source))
    session.commit()
    session.remove()


# How people take part.


def test_the_link_is_for_confirmed_people_only(salma, client, register, cast, mails):
    said = {"how_to_come-fr": "Bus 14", "meals-fr": "Un déjeuner", "themes_reason-fr": "Choisis ensemble"}
    kept = {"most_per_association": "3", "offer_hours": "24", "cost_notes": "Salle gratuite"}
    answer = fill(salma, f"{HUB}/edit", attendance="hybrid", link=LINK, **said, **kept)
    assert answer.status_code == 302
    now = meeting()
    assert (now.attendance, now.most_per_association, now.offer_hours) == (Attendance.HYBRID, 3, 24)
    receipts = [register(email=f"{name}@example.org").location for name in "abc"]
    public = client.get("/en/meetings/OR1").text
    for words in ("in person and remote", "Bus 14", "Un déjeuner", "Choisis ensemble"):
        assert words in public, words
    programme = client.get("/en/meetings/OR1/programme").text
    event = client.get("/en/meetings/OR1/event.ics").text
    confirmed, _, waiting = (client.get(path).text for path in receipts)
    assert LINK in confirmed
    assert "Bus 14" in confirmed
    for page in (public, programme, event, waiting):
        assert LINK not in page
        assert "gratuite" not in page
    told = {mail["To"]: mail for mail in mails()}
    for kind in ("plain", "html"):
        assert LINK in told["a@example.org"].get_body((kind,)).get_content()
        assert "Bus 14" in told["a@example.org"].get_body((kind,)).get_content()
        assert LINK not in told["c@example.org"].get_body((kind,)).get_content()
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
    assert "beginning with https://" in answer.text
    assert meeting().link is None


def test_another_link_is_told_to_confirmed_people_another_form_to_all(salma, cast, register, mails):
    change(cast, attendance=Attendance.HYBRID, link=LINK)
    for name in "abc":
        register(email=f"{name}@example.org")
    fill(salma, f"{HUB}/edit", link=f"{LINK}/2")
    told = changes(mails())
    assert sorted(mail["To"] for mail in told) == ["a@example.org", "b@example.org"]
    assert all(f"{LINK}/2" in mail.get_body(("plain",)).get_content() for mail in told)
    with later(hours=1):
        fill(cast.visitor(cast.salma), f"{HUB}/edit", attendance="remote")
        told = changes(mails())
    assert sorted(mail["To"][0] for mail in told) == ["a", "a", "b", "b", "c"]
    assert all(LINK not in mail.get_body(("plain",)).get_content() for mail in told if mail["To"][0] == "c")


def changes(mails):
    return [mail for mail in mails if mail["Subject"].startswith("Another time or place")]


# Organisers, committee, rooms.


def test_organisers_are_public_and_the_committee_is_not(salma, client, cast):
    organisers = f"{HUB}/organisers/new"
    fill(salma, organisers, kind="secretariat", **{"name-fr": "Le secrétariat"})
    fill(salma, organisers, kind="partner", **{"name-fr": "Le conseil régional"})
    fill(salma, organisers, kind="association", association_id=str(cast.association.id))
    fill(salma, f"{HUB}/committee/new", name="Zineb", task="Accueil", contact="0612345678")
    public, plan = client.get("/en/meetings/OR1").text, salma.get(f"{HUB}/planning").text
    for said in ("Le secrétariat", "Le conseil régional"):
        assert said in public
        assert said in plan
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
    assert "Choose an association or write a name" in answer.text
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
    assert "30 seats" in salma.get(HUB).text
    fill(salma, f"{HUB}/workshops/1", seats="20")
    assert "20 seats" in salma.get(HUB).text
    assert fill(salma, f"{HUB}/workshops/1", seats="0").status_code == 422
    press(salma, f"{HUB}/planning", f"/rooms/{room.id}/remove")
    first = rows(Workshop)[0]
    assert (first.room_id, first.seats) == (None, 20)


# The checklist.


def due(reference: str) -> dict[TaskKind, date]:
    one = meeting(reference)
    return {each.kind: each.due_on for each in rows(Task) if each.meeting_id == one.id}


def test_a_draft_has_its_checklist_and_announcing_ticks_its_line(salma, cast):
    fill(salma, NEW, **DRAFT)
    when = due("RSK1")
    assert when == {
        TaskKind.ANNOUNCE: date(2026, 4, 1),
        TaskKind.INVITE: date(2026, 4, 1),
        TaskKind.OPEN: date(2026, 4, 1),
        TaskKind.SEATS: date(2026, 4, 17),
        TaskKind.CLOSE: date(2026, 4, 20),
        TaskKind.CONFIRM: date(2026, 4, 21),
        TaskKind.REMIND_WEEK: date(2026, 4, 25),
        TaskKind.PRINT: date(2026, 4, 30),
        TaskKind.REMIND_DAY: date(2026, 5, 1),
        TaskKind.THANK: date(2026, 5, 5),
    }
    press(salma, "/en/manage/meetings/RSK1", "/announce")
    [announce] = [each for each in rows(Task) if each.kind is TaskKind.ANNOUNCE]
    assert (announce.done_at, announce.done_by) == (THEN, cast.salma.id)


def test_a_meeting_is_announced_two_weeks_before_even_when_registration_opens_later(cast):
    short = Meeting(
        starts_at=THEN + timedelta(days=20),
        ends_at=THEN + timedelta(days=20, hours=5),
        registration_opens_at=THEN + timedelta(days=15),
        registration_closes_at=THEN + timedelta(days=19),
    )
    when = planning.due_dates(short)
    assert when[TaskKind.ANNOUNCE] == date(2026, 3, 16)
    assert when[TaskKind.SEATS] == date(2026, 3, 26)
    assert when[TaskKind.CONFIRM] == date(2026, 3, 29), "not after the eve"


def test_what_is_to_be_done_moves_with_the_meeting_and_what_is_done_stays(salma):
    fill(salma, NEW, **DRAFT)
    page = "/en/manage/meetings/RSK1/checklist"
    fill(salma, page, title="Réserver la sono", due_on="2026-04-28")
    before = {each.kind: each for each in rows(Task)}
    press(salma, page, f"/checklist/{before[TaskKind.INVITE].id}")
    moved = {"starts_at": "2026-05-09T09:00", "ends_at": "2026-05-09T16:00"}
    assert fill(salma, "/en/manage/meetings/RSK1/edit", **moved).status_code == 302
    when = due("RSK1")
    assert when[TaskKind.REMIND_WEEK] == date(2026, 5, 2)
    assert when[TaskKind.OWN] == date(2026, 5, 5)
    assert when[TaskKind.CLOSE] == date(2026, 4, 20), "its window has not moved"
    assert when[TaskKind.INVITE] == date(2026, 4, 1)
    fill(salma, "/en/manage/meetings/RSK1/edit", registration_closes_at="2026-04-22T00:00")
    assert due("RSK1")[TaskKind.CLOSE] == date(2026, 4, 22)
    fill(salma, "/en/manage/meetings/RSK1/edit", places="70")
    assert due("RSK1")[TaskKind.OWN] == date(2026, 5, 5)


def test_a_task_is_ticked_once_and_unticked(salma, cast):
    fill(salma, f"{HUB}/checklist", title="Réserver", due_on="2026-03-12")
    [task] = rows(Task)
    path = f"{HUB}/checklist/{task.id}"
    token = salma.get(HUB).text.split('name="csrf_token" value="')[1].split('"')[0]
    done, again = {"csrf_token": token, "done": "y"}, {"csrf_token": token, "done": ""}
    assert salma.post(path, data=done).location.endswith(f"#task-{task.id}")
    assert (rows(Task)[0].done_at, rows(Task)[0].done_by) == (THEN, cast.salma.id)
    with later(hours=1):
        cast.visitor(cast.karim).post(path, data=done)
        salma.post(path, data=done)
    assert rows(Task)[0].done_at == THEN, "ticked twice it stays as it was"
    salma.post(path, data=again)
    assert (rows(Task)[0].done_at, rows(Task)[0].done_by) == (None, None)
    assert salma.post(f"{HUB}/checklist/{task.id + 1}", data=done).status_code == 404


def test_only_tasks_of_ones_own_can_be_removed(salma, cast):
    session.add(Task(meeting_id=cast.meeting.id, kind=TaskKind.PRINT, due_on=date(2026, 3, 28)))
    session.commit()
    fill(salma, f"{HUB}/checklist", title="Réserver", due_on="2026-03-12")
    usual, own = sorted(rows(Task), key=lambda each: each.kind is TaskKind.OWN)
    press(salma, f"{HUB}/checklist", f"/checklist/{own.id}/remove")
    token = salma.get(HUB).text.split('name="csrf_token" value="')[1].split('"')[0]
    kept = salma.post(f"{HUB}/checklist/{usual.id}/remove", data={"csrf_token": token})
    assert kept.status_code == 422
    assert [each.id for each in rows(Task)] == [usual.id]
    assert fill(salma, f"{HUB}/checklist", title="", due_on="soon").status_code == 422


def test_what_is_overdue_stands_out_here_and_on_the_desk(salma, cast):
    fill(salma, NEW, **DRAFT)
    for title, day in (("En retard", "2026-03-09"), ("Bientôt", "2026-03-17"), ("Plus tard", "2026-03-18")):
        fill(salma, f"{HUB}/checklist", title=title, due_on=day)
    fill(salma, "/en/manage/meetings/RSK1/checklist", title="Ailleurs", due_on="2026-03-10")
    page = salma.get(f"{HUB}/checklist").text
    assert page.count("overdue") == 1
    assert page.index("En retard") < page.index("overdue") < page.index("Bientôt")
    karim, all_of_them = cast.visitor(cast.karim).get("/en/desk").text, salma.get("/en/desk").text
    assert [word in karim for word in ("En retard", "Bientôt", "Plus tard", "Ailleurs")] == [
        True,
        True,
        False,
        False,
    ]
    assert "overdue" in karim
    assert "2 wait" in karim
    assert "due today" in all_of_them
    assert "Ailleurs" not in cast.visitor(cast.fatima).get("/en/desk").text
    change(cast, cancelled_at=THEN)
    assert "En retard" not in cast.visitor(cast.karim).get("/en/desk").text


def test_a_meeting_recorded_afterwards_has_nothing_to_do(salma, cast):
    set_rules(cast, announce_before=14, window=15)
    past = {"starts_at": "2026-02-02T09:00", "ends_at": "2026-02-02T16:00"}
    window = {"registration_opens_at": "2026-02-01T00:00", "registration_closes_at": "2026-02-02T00:00"}
    assert fill(salma, NEW, **{**DRAFT, **past, **window}).status_code == 302
    assert rows(Task) == []
    assert press(salma, "/en/manage/meetings/RSK1", "/announce").status_code == 302


# The rules of a cycle.

BROKEN = [
    ({"announce_before": 54}, "days between the announcement and the meeting", "54", "53"),
    ({"window": 20}, "days of registration", "20", "19"),
    ({"close_before": 14}, "days between the end of registration and the meeting", "14", "13"),
]


@pytest.mark.parametrize(("rule", "name", "asked", "given"), BROKEN)
def test_a_draft_that_breaks_a_rule_is_refused_with_the_rule_and_its_source(
    salma, cast, rule, name, asked, given
):
    set_rules(cast, **rule)
    answer = fill(salma, NEW, **DRAFT)
    assert answer.status_code == 409
    for said in (name, f": {asked}.", f"there would be: {given}.", "comme pratiqué en 2023"):
        assert said in answer.text, said
    assert session.query(Meeting).count() == 1
    arabic = fill(salma, NEW.replace("/en/", "/ar/"), **DRAFT)
    assert "جرى به العمل سنة 2023" in arabic.text


@pytest.mark.parametrize("rule", [{"announce_before": 53}, {"window": 19}, {"close_before": 13}])
def test_a_draft_that_just_keeps_a_rule_is_accepted(salma, cast, rule):
    set_rules(cast, **rule)
    assert fill(salma, NEW, **DRAFT).status_code == 302


def test_announcing_is_measured_on_its_day(salma, cast):
    fill(salma, NEW, **DRAFT)
    set_rules(cast, announce_before=53)
    with later(days=1):
        late = cast.visitor(cast.salma)
        page = late.get("/en/manage/meetings/RSK1").text
        assert "A rule of this cycle stands in the way" in page
        assert 'action="/en/manage/meetings/RSK1/announce"' not in page
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        refused = late.post("/en/manage/meetings/RSK1/announce", data={"csrf_token": token})
        assert refused.status_code == 409
        assert "comme pratiqué en 2023" in refused.text
    assert meeting("RSK1").announced_at is None
    assert press(salma, "/en/manage/meetings/RSK1", "/announce").status_code == 302


def test_announced_late_the_window_is_what_is_left_of_it(salma, cast):
    fill(salma, NEW, **DRAFT)
    set_rules(cast, window=15)
    with later(days=26):  # 5 April: 5 to 19 April are fifteen days
        assert "stands in the way" not in cast.visitor(cast.salma).get("/en/manage/meetings/RSK1").text
    with later(days=27):
        assert "stands in the way" in cast.visitor(cast.salma).get("/en/manage/meetings/RSK1").text


def test_a_change_of_dates_keeps_the_rules_and_other_changes_are_free(salma, cast):
    write(cast, 1)
    set_rules(cast, window=15)  # the window of OR1 is of sixteen days
    refused = fill(salma, f"{HUB}/edit", registration_closes_at="2026-03-18T00:00")
    assert refused.status_code == 409
    assert "there would be: 13." in refused.text
    assert meeting().registration_closes_at == cast.meeting.registration_closes_at
    set_rules(cast, close_before=30)  # a rule that came later: what stands is left alone
    assert fill(salma, f"{HUB}/edit", places="9", **{"venue-fr": "Théâtre"}).status_code == 302
    assert (meeting().places, len(registrations())) == (9, 1)


def test_the_secretariat_sees_and_sets_the_rules(salma, cast):
    assert "no rule yet" in salma.get(RULES).text
    assert press(salma, RULES, "/usual").status_code == 302
    assert {each.kind: each.days for each in rows(Rule)} == {
        RuleKind.ANNOUNCE_BEFORE: 14,
        RuleKind.WINDOW: 15,
        RuleKind.CLOSE_BEFORE: 5,
    }
    page = salma.get(RULES).text
    assert "no rule yet" not in page
    assert "as practised in 2023" in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert salma.post(f"{RULES}/usual", data={"csrf_token": token}).status_code == 409
    changed = fill(salma, RULES, window_days="10", announce_before_days="", **{"window_source-fr": "Décidé"})
    assert changed.status_code == 302
    assert {each.kind: each.days for each in rows(Rule)} == {RuleKind.WINDOW: 10, RuleKind.CLOSE_BEFORE: 5}
    assert rows(Rule)[0].source["fr"] == "Décidé"


def test_a_rule_without_a_source_is_none(salma):
    sources = {f"window_source-{code}": "" for code in ("ar", "fr", "en", "zgh")}
    refused = fill(salma, RULES, window_days="15", **sources)
    assert refused.status_code == 422
    assert "Say where each rule comes from" in refused.text
    assert fill(salma, RULES, window_days="-1").status_code == 422
    assert rows(Rule) == []


def test_a_rule_holds_for_its_cycle_alone(salma, cast):
    set_rules(cast, window=300)
    session.add(cycle := _other_cycle())
    session.commit()
    assert fill(salma, NEW, **{**DRAFT, "cycle": str(cycle.id)}).status_code == 302


def _other_cycle():
    from cocreation.cycles.models import Cycle

    said = {"title": Translated(fr="Un autre"), "summary": Translated(fr="Un autre")}
    return Cycle(code="2028", starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1), **said)


def test_few_statements_however_many_there_are(salma, cast, statements):
    paths = (HUB, f"{HUB}/planning", f"{HUB}/checklist", "/en/desk", "/en/meetings/OR1")
    few = {}
    for path in paths:
        salma.get(path)
        with statements() as asked:
            assert salma.get(path).status_code == 200
        few[path] = len(asked)
    for number in range(20):
        here = {"meeting_id": cast.meeting.id}
        name = T("اسم", f"Nom {number}")
        session.add(Organiser(position=number, kind=OrganiserKind.PARTNER, name=name, **here))
        session.add(CommitteeMember(name=f"Nom {number}", **here))
        session.add(Room(name=name, **here))
        session.add(Task(kind=TaskKind.OWN, title=f"Tâche {number}", due_on=THEN.date(), **here))
    session.commit()
    session.remove()
    for path in paths:
        with statements() as asked:
            assert salma.get(path).status_code == 200
        assert len(asked) == few[path] <= (12 if path == "/en/desk" else 7), (path, asked)
    assert few["/en/meetings/OR1"] <= 6


@pytest.mark.parametrize(
    ("where", "group"),
    [
        ("", "Preparing"),
        ("/participants/import", "Who comes"),
        ("/support/offer", "Who comes"),
        ("/door", "The day and after"),
    ],
)
def test_the_group_of_a_page_is_open(cast, where, group):
    page = cast.visitor(cast.karim).get(f"/en/manage/meetings/OR1{where}").text
    assert re.search(rf'aria-current="page">\s*{group}', page)
