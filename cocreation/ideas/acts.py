"""What the handlers of the desks share."""

from __future__ import annotations

from typing import Any

from flask import request

from cocreation.core import clock
from cocreation.ideas.forms.choices import ChosenForm
from cocreation.web.access import current_person


def act() -> dict[str, Any]:
    return {"now": clock.now(), "by": current_person().id}


def ticked(form: ChosenForm) -> Any:
    """What is ticked in a list: as it was sent, or everything where the address asks for it."""
    return form.chosen.data or (True if request.args.get("tick") else ())
