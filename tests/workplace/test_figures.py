"""The figures of the menu: those of the desk, at the cost of one statement."""

from __future__ import annotations

from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from tests.html import numbers
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
