"""Facts are heard at once, in order, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cocreation.core import events


@dataclass(frozen=True)
class DoorOpened:
    name: str


@dataclass(frozen=True)
class DoorClosed:
    name: str


@pytest.fixture
def wired(app):
    """Handlers are put back as the application has them."""
    from cocreation.app import HANDLERS

    yield
    events.wire(HANDLERS)


def test_each_handler_hears_the_facts_of_its_type_in_the_order_of_the_list(wired):
    heard = []
    events.wire(
        [
            (DoorOpened, lambda fact: heard.append(("first", fact.name))),
            (DoorClosed, lambda fact: heard.append(("closed", fact.name))),
            (DoorOpened, lambda fact: heard.append(("second", fact.name))),
        ]
    )
    events.tell(DoorOpened("north"))
    assert heard == [("first", "north"), ("second", "north")]


def test_what_a_handler_raises_reaches_whoever_told(wired):
    def refuse(_fact):
        raise ValueError("no")

    events.wire([(DoorOpened, refuse)])
    with pytest.raises(ValueError, match="no"):
        events.tell(DoorOpened("north"))


def test_a_fact_that_nobody_hears_is_told_all_the_same(wired):
    events.wire([])
    events.tell(DoorOpened("north"))
