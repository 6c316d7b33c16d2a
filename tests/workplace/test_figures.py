"""The figures of the menu: those of the desk, at the cost of one statement."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import selectinload

from cocreation.accounts.handover_kinds import standing
from cocreation.accounts.models import Person
from cocreation.app import WAITING
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from tests.cast import THEN
from tests.forms import fill
from tests.html import numbers
from tests.meetings.test_management import DRAFT
from tests.senders import write
from tests.workplace.test_menu import FIGURE, MENU, SOME


def test_its_figures_are_those_of_the_desk(cast):
    write(cast, 3)
    write(cast, 2, state=IdeaState.ACCEPTED)
    session.remove()
    for person in (cast.salma, cast.karim, cast.fatima, cast.farid, cast.mounia):
        visitor = cast.visitor(person)
        if (page := visitor.get(SOME)).status_code != 200:
            continue
        desk = visitor.get("/en/desk").text
        in_all = sum(numbers(desk, "[aria-labelledby=waits] .state-waiting"))
        for shown in (page.text, desk):
            own, *others = numbers(shown, f"{MENU} li {FIGURE}") or [0]
            assert own == sum(others) == in_all
    at = numbers(cast.visitor(cast.salma).get(SOME).text, f"{MENU} a[href$='/screening'] {FIGURE}")
    assert at == [3]


def test_its_figures_are_those_of_the_moment_also_where_time_alone_brought_them(cast):
    salma, shown = cast.salma, []
    fill(cast.visitor(salma), "/en/manage/meetings/new", **DRAFT)
    for after in (
        timedelta(),
        timedelta(minutes=1),
        timedelta(days=30),
        timedelta(days=61),
        timedelta(days=62),
    ):
        with clock.frozen(THEN + after):
            session.remove()
            person = session.get_one(Person, salma.id, options=[selectinload(Person.grants)])
            due = sum(figure.count for figure in standing(person, WAITING, clock.now()))
            session.remove()
            shown.append(sum(numbers(cast.visitor(salma).get("/en/desk").text, f"{MENU} li {FIGURE}")[1:]))
            assert shown[-1] == due
    assert len(set(shown)) > 2


def test_it_costs_one_statement_however_much_waits(cast, statements):
    amal = cast.visitor(cast.amal)
    amal.get(SOME)

    def asked() -> list[str]:
        with statements() as said:
            assert amal.get(SOME).status_code == 200
        return said

    few = asked()
    write(cast, 60)
    session.remove()
    many = asked()
    assert len(many) == len(few)
    assert sum("UNION" in statement.upper() for statement in many) == 1
