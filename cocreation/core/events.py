"""What happens in one room, told to the rooms above it.

A room tells what happened, as a fact with its objects, and knows nobody who listens: `tell(CalledOff(…))`.
The rooms above say in `app.HANDLERS` which function hears which fact. Handlers are plain functions, called at
once, in the order of that list and in the same transaction: what one of them raises undoes the whole act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from cocreation.core.database import session

Hearer = Callable[[Any], None]  # takes facts of the type it is listed with
Handler = tuple[type, Hearer]


def wire(handlers: Iterable[Handler]) -> None:
    """Let these handlers hear, each the facts of its type. Instead of those that heard before."""
    heard_by: defaultdict[type, list[Hearer]] = defaultdict(list)
    for fact, handler in handlers:
        heard_by[fact].append(handler)
    session.remove()
    session.configure(info={"heard by": dict(heard_by)})


def tell(fact: object) -> None:
    """Tell everyone who hears facts of this type. Raises what they raise."""
    for handler in session.info["heard by"].get(type(fact), ()):
        handler(fact)
