"""Public pages of the cycles."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.cycles import queries
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    return render("cycles/index.html", cycles=queries.all_cycles(), today=clock.today())


@access(anyone)
def show(code: str) -> ResponseReturnValue:
    return render("cycles/show.html", cycle=queries.get_cycle(code), today=clock.today())
