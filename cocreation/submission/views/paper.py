"""The form on paper: printed with a code, entered by the secretariat under that code."""

from __future__ import annotations

from flask import make_response
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.cycles.models import Phase
from cocreation.cycles.queries import current_cycle
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render


@access(anyone)
@limit_reading("60 per minute")
def paper() -> ResponseReturnValue:
    """One form to print. Its code is made here and written nowhere: it is known once the form is entered."""
    cycle, code = current_cycle(clock.today()), secrets.new_slip()
    address = absolute_url("ideas.receipt", receipt=code)
    period = cycle.period(Phase.INTAKE) if cycle else None
    page = render(
        "submission/paper.html", cycle=cycle, period=period, code=code, address=address, qr=qr_code(address)
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"  # or two people would print one code
    return response
