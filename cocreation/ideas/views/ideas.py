"""Finding ideas and reading one."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from cocreation.ideas.forms.filter import FilterForm
from cocreation.ideas.queries import public_ideas
from cocreation.text.query import read_query
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    filters = _filters()
    asked = filters.asked()
    # What was typed stands in every link of the page, and hits are marked: fewer rows then keep it light.
    page = public_ideas.list_ideas(asked, request.args.get("cursor"), size=15 if asked.q else 20)
    chosen = {name: filters[name].data for name in asked.chosen}
    chips = [(filters.says(name), _list(chosen, without=name)) for name in chosen]
    words = read_query(asked.q)
    return render("ideas/index.html", filters=filters, page=page, chips=chips, chosen=chosen, words=words)


def _list(chosen: dict[str, str], without: str) -> str:
    """The address of the list without one of its filters."""
    return url_for("ideas.index", **{name: value for name, value in chosen.items() if name != without})  # type: ignore[arg-type]


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
