"""The menu beside each page of the staff: the places somebody may open, and how many things wait at each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask import Flask, current_app, g, request
from sqlalchemy import inspect
from sqlalchemy.orm import selectinload

from cocreation.accounts.handover_kinds import (
    CountedRows,
    WaitingFigure,
    WaitingKind,
    asked,
    figures,
    kinds_of,
    ticking,
)
from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.web.access import current_person, rule_of
from cocreation.workplace.places import WORKS, Place, Work, place_of


@dataclass(frozen=True)
class MenuEntry:
    """A place in the menu: how many things wait there and how many of them are late; whether the page that is
    shown is it ("page") or lies beneath it ("true").
    """

    place: Place
    count: int
    late: int
    current: str | None


@dataclass(frozen=True)
class Menu:
    """The kinds of work somebody has, each with its entries; how many things wait in all, and late ones."""

    works: Sequence[tuple[Work, Sequence[MenuEntry]]]
    count: int
    late: int

    @property
    def current(self) -> MenuEntry | None:
        """The entry of the page that is shown."""
        entries = [entry for _work, found in self.works for entry in found]
        return next((entry for entry in entries if entry.current), None)

    @property
    def quiet(self) -> list[Place]:
        """The places at which nothing waits."""
        return [entry.place for _work, found in self.works for entry in found if not entry.count]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["staff_menu"] = staff_menu


def waiting_kinds() -> Sequence[WaitingKind]:
    """All kinds there are, as `app.WAITING` lists them."""
    kinds: Sequence[WaitingKind] = current_app.extensions["waiting"]
    return kinds


def waiting(person: Person) -> list[WaitingFigure]:
    """What waits for them, as their desk and the menu say it: asked once in a request."""
    if "waiting" not in g:
        g.waiting = _waiting(person, clock.now())
    found: list[WaitingFigure] = g.waiting
    return found


def _waiting(person: Person, now: datetime) -> list[WaitingFigure]:
    own = kinds_of(person, waiting_kinds())
    held = frozenset((grant.role, grant.scope_id) for grant in person.grants)
    return figures(own, _statement(person.id, held), now) if own else []


@lru_cache(maxsize=16)  # about a megabyte each
def _statement(person_id: int, held: frozenset[tuple[Role, int | None]]) -> CountedRows:
    """The statement of what waits for somebody with these roles, at any moment: each page asks it."""
    person = Person(id=person_id, grants=[Grant(role=role, scope_id=scope) for role, scope in held])
    made_at = clock.now()
    return ticking(asked(person, kinds_of(person, waiting_kinds()), made_at), made_at)


def staff_menu(status: int = 200) -> Menu | None:
    """The menu of this page, None where it is none of the staff's. One that tells of an error (`status`) asks
    the database nothing, and one of ours may be what broke it.
    """
    signed_in = current_person()
    rule = rule_of(current_app, request.endpoint) if request.endpoint else None
    if signed_in is None or not hasattr(rule, "roles") or status >= 500:
        return None
    person = _with_roles(signed_in.person)
    return menu_of(person, [] if status >= 400 else waiting(person), request.endpoint or "")


def menu_of(person: Person, waits_for: Sequence[WaitingFigure], endpoint: str) -> Menu:
    """The places whose routes let `person` in, with the figures of all that waits at or beneath each."""
    open_to = [(work, _open_places(person, work)) for work in WORKS]
    places = [place for _work, found in open_to for place in found]
    at = _by_place(waits_for, places)
    shown = place_of(endpoint, places)
    marks = {shown.endpoint: "page" if shown.endpoint == endpoint else "true"} if shown else {}

    def entry(place: Place) -> MenuEntry:
        return MenuEntry(place, *_sums(at[place.endpoint]), marks.get(place.endpoint))

    works = [(work, [entry(place) for place in found]) for work, found in open_to if found]
    return Menu(works, *_sums(waits_for))


def _by_place(
    waits_for: Sequence[WaitingFigure], places: Sequence[Place]
) -> defaultdict[str, list[WaitingFigure]]:
    """The figures by the endpoint of the place at or beneath which they wait."""
    at: defaultdict[str, list[WaitingFigure]] = defaultdict(list)
    for figure in waits_for:
        if place := place_of(figure.kind.endpoint, places):
            at[place.endpoint].append(figure)
    return at


def _sums(waits_for: Sequence[WaitingFigure]) -> tuple[int, int]:
    """How many things wait, and how many of them are late."""
    return sum(figure.count for figure in waits_for), sum(figure.late for figure in waits_for)


def _open_places(person: Person, work: Work) -> list[Place]:
    """Those of its pages whose own routes let `person` in."""
    rules = [(place, rule_of(current_app, place.endpoint)) for place in work.places]
    return [place for place, rule in rules if rule is not None and rule(person)]


def _with_roles(person: Person) -> Person:
    """`person`, whose roles a service that locked them may have taken out of memory."""
    if "grants" not in inspect(person).unloaded:
        return person
    options = [selectinload(Person.grants)]
    return session.get_one(Person, person.id, options=options, populate_existing=True)
