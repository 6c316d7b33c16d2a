"""All published fates: read, narrowed, taken along as a table."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.cycles.queries import all_cycles
from cocreation.fates import queries
from cocreation.fates.datasets import FATES
from cocreation.fates.forms import FateFilterForm
from cocreation.ideas.queries.public_ideas import all_institutions, all_regions
from cocreation.web.access import access, anyone
from cocreation.web.datasets import attachment
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def fates() -> ResponseReturnValue:
    filters = _filters()
    asked = filters.asked()
    chosen = {name: request.args[name] for name in asked.chosen}
    return render(
        "fates/fates.html",
        filters=filters,
        page=queries.fates(asked, request.args.get("cursor")),
        counts=queries.fate_counts(asked),
        chips=[(filters.says(name), _list(chosen, name)) for name in chosen],
        chosen=chosen,
        others={name: value for name, value in chosen.items() if name != "fate"},
    )


def _list(chosen: dict[str, str], without: str) -> str:
    """The address of the list without one of its filters."""
    others: dict[str, Any] = {name: value for name, value in chosen.items() if name != without}
    return url_for(".fates", **others)


@access(anyone)
def narrow() -> ResponseReturnValue:
    """All that can narrow the fates, apart from the list, so that it stays light."""
    return render("fates/fates_filters.html", filters=_filters(offer=True))


@access(anyone)
@exports(PUBLIC)
def table(kind: str) -> Response:
    """The fates the same filters leave, one row an idea, read a few at a time while they are sent."""
    asked = _filters().asked()
    return attachment(FATES, queries.fate_rows(asked), kind, name=f"{FATES.name}-{clock.today()}")


def _filters(offer: bool = False) -> FateFilterForm:
    """What narrows; what there is to choose from is read to `offer` it, or to name a choice."""
    if offer or any(request.args.get(name) for name in FateFilterForm.CHOSEN_FROM_DATA):
        return FateFilterForm(all_cycles(), all_regions(), all_institutions())
    return FateFilterForm([], [], [])
