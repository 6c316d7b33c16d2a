"""Finding ideas and reading one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.cycles.models import Phase
from cocreation.cycles.queries import current_cycle
from cocreation.ideas.forms.filter import FilterForm, key
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries import public_ideas
from cocreation.ideas.queries.public_ideas import Order, Outcome
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text.query import read_query
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    filters = _filters()
    asked = filters.asked()
    order = filters.sorted_by
    # What was typed stands in every link of the page, and hits are marked: fewer rows then keep it light.
    size = 15 if asked.q else 20
    page = public_ideas.list_ideas(asked, request.args.get("cursor"), size=size, order=order)
    narrowed = {name: filters[name].data for name in asked.chosen}
    chosen = narrowed if order is Order.LATEST else narrowed | {"order": order.value}
    counts = public_ideas.counted(asked)
    return render(
        "ideas/index.html",
        filters=filters,
        page=page,
        chips=[(filters.says(name), _list(chosen, without=name)) for name in narrowed],
        picks=_picks(asked.outcome, counts or [], chosen),
        count=None
        if counts is None
        else sum(number for came, number in counts if asked.outcome in (None, came)),
        orders=[(way.label, _list(chosen, order=_named(way)), way is order) for way in Order],
        chosen=chosen,
        words=read_query(asked.q),
        can_send=_can_send(page.items, narrowed),
    )


def _can_send(ideas: Sequence[Idea], narrowed: dict[str, str]) -> bool:
    """On a list without any idea nobody is asked for the first one before ideas are collected."""
    if ideas or narrowed:
        return True
    cycle = current_cycle(clock.today())
    return cycle is not None and cycle.is_open(Phase.INTAKE, clock.today())


def _picks(
    outcome: Outcome | None, counts: list[tuple[Outcome, int]], chosen: dict[str, str]
) -> list[tuple[Lazy, str, int, bool]]:
    """What each outcome narrows the list to, all first: its words, address and count, whether it does now."""
    total = (
        _l("All"),
        _list(chosen, without="outcome"),
        sum(count for _key, count in counts),
        outcome is None,
    )
    parts = [(came.label, _list(chosen, outcome=key(came)), count, came == outcome) for came, count in counts]
    return [total, *parts] if len(parts) > 1 else []


def _named(order: Order) -> str | None:
    """The word for an order in addresses; the usual one has none."""
    return None if order is Order.LATEST else order.value


def _list(chosen: dict[str, str], without: str | None = None, **instead: str | None) -> str:
    """The address of the list without one of its filters, or with others instead."""
    asked = {name: value for name, value in {**chosen, **instead}.items() if name != without}
    return url_for("ideas.index", **asked)  # type: ignore[arg-type]


@access(anyone)
def narrow() -> ResponseReturnValue:
    """All that can narrow the list, apart from it, so that the list stays light."""
    return render("ideas/filters.html", filters=_filters(offer=True))


def _filters(offer: bool = False) -> FilterForm:
    """What narrows the list; what there is to choose from is read to `offer` it, or to name a choice."""
    if offer or any(request.args.get(name) for name in FilterForm.CHOSEN_FROM_DATA):
        return FilterForm(
            public_ideas.cycles_with_themes(), public_ideas.all_regions(), public_ideas.all_institutions()
        )
    return FilterForm([], [], [])
