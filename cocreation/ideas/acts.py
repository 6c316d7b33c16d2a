"""What the views of the desks share: who acts when, and what is ticked in a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from flask import request

from cocreation.core import clock
from cocreation.ideas.forms.choices import ChosenForm
from cocreation.web.access import current_person


class Act(TypedDict):
    """What every act of the staff is done with."""

    now: datetime
    by: int


def act() -> Act:
    """Now, by the person who is signed in."""
    return {"now": clock.now(), "by": current_person().id}


def ticked(form: ChosenForm) -> Any:
    """What is ticked in a list: as it was sent, or everything where the address asks for it."""
    return form.chosen.data or (True if request.args.get("tick") else ())
