"""The checklist of a meeting, whose dates follow those of the meeting."""

from __future__ import annotations

from datetime import date, timedelta

from cocreation.core.database import session
from cocreation.meetings.models.meeting import Meeting
from cocreation.preparation.models import Task, TaskKind
from cocreation.preparation.services import due_dates
from tests.cast import THEN
from tests.forms import fill, press
from tests.html import numbers, texts
from tests.meeting_day import change, later
from tests.meeting_plan import HUB, NEW, due, rows, set_rules
from tests.meetings.test_management import DRAFT

OVERDUE = 'class="state state-refused"'


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
    [announce] = [task for task in rows(Task) if task.kind is TaskKind.ANNOUNCE]
    assert (announce.done_at, announce.done_by) == (THEN, cast.salma.id)


def test_a_meeting_is_announced_two_weeks_before_even_when_registration_opens_later(cast):
    short = Meeting(
        starts_at=THEN + timedelta(days=20),
        ends_at=THEN + timedelta(days=20, hours=5),
        registration_opens_at=THEN + timedelta(days=15),
        registration_closes_at=THEN + timedelta(days=19),
    )
    when = due_dates(short)
    assert when[TaskKind.ANNOUNCE] == date(2026, 3, 16)
    assert when[TaskKind.SEATS] == date(2026, 3, 26)
    assert when[TaskKind.CONFIRM] == date(2026, 3, 29), "not after the eve"


def test_what_is_to_be_done_moves_with_the_meeting_and_what_is_done_stays(salma):
    fill(salma, NEW, **DRAFT)
    page = "/en/manage/meetings/RSK1/checklist"
    fill(salma, page, title="Réserver la sono", due_on="2026-04-28")
    before = {task.kind: task for task in rows(Task)}
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
    usual, own = sorted(rows(Task), key=lambda task: task.kind is TaskKind.OWN)
    press(salma, f"{HUB}/checklist", f"/checklist/{own.id}/remove")
    token = salma.get(HUB).text.split('name="csrf_token" value="')[1].split('"')[0]
    kept = salma.post(f"{HUB}/checklist/{usual.id}/remove", data={"csrf_token": token})
    assert kept.status_code == 422
    assert [task.id for task in rows(Task)] == [usual.id]
    assert fill(salma, f"{HUB}/checklist", title="", due_on="soon").status_code == 422


def test_what_is_overdue_stands_out_here_and_on_the_desk(salma, cast):
    fill(salma, NEW, **DRAFT)
    for title, day in (("En retard", "2026-03-09"), ("Bientôt", "2026-03-17"), ("Plus tard", "2026-03-18")):
        fill(salma, f"{HUB}/checklist", title=title, due_on=day)
    fill(salma, "/en/manage/meetings/RSK1/checklist", title="Ailleurs", due_on="2026-03-10")
    page = salma.get(f"{HUB}/checklist").text
    assert page.count(OVERDUE) == 1
    assert page.index("En retard") < page.index(OVERDUE) < page.index("Bientôt")
    karim, all_of_them = cast.visitor(cast.karim).get("/en/desk").text, salma.get("/en/desk").text
    assert [word in karim for word in ("En retard", "Bientôt", "Plus tard", "Ailleurs")] == [
        True,
        True,
        False,
        False,
    ]
    assert texts(karim, "[aria-labelledby=due] .state-refused")
    assert numbers(karim, "[aria-labelledby=waits] .state-waiting") == [2]
    assert texts(all_of_them, "[aria-labelledby=due] .state-waiting")  # what is due today
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
