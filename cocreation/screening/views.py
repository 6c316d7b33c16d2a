"""How ideas are screened and what came of it, for everyone; nobody is named."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.screening.queries import figures
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def screening() -> ResponseReturnValue:
    return render("screening/screened.html", screened=figures.screened(clock.today()))
