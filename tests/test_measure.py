"""How the house is cut stays within bounds; and what measures it finds what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.measure import HERE, House, figures

# At most. Whoever cuts the house better lowers these; nothing raises them.
BOUNDS = {
    "reached by a route, median": 7,
    "reached by a route, at most": 25,
    "circles": 0,
    "circles, with those for types": 0,
    "class names in several rooms": 0,
    "modules a module imports, median": 5,
    "complexity, at most": 22,
    "functions more complex than 10": 45,
    "Any": 342,
}
LINES_OF_A_ROOM = 3000


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return figures(HERE, starts=False)


@pytest.mark.parametrize("what", BOUNDS)
def test_the_house_stays_within_its_bounds(measured, what):
    assert measured[what] <= BOUNDS[what]


def test_no_room_is_too_large(measured):
    lines = {what: number for what, number in measured.items() if what.startswith("lines of ")}
    assert max(lines.values()) <= LINES_OF_A_ROOM, max(lines, key=lambda what: lines[what])


def built(root: Path, **files: str) -> House:
    """A house of these files, named by their room and module: `shop__views`."""
    for name, text in files.items():
        path = root / "cocreation" / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
    return House.read(root)


def test_a_route_reaches_what_its_functions_name(tmp_path):
    house = built(
        tmp_path,
        shop__services="from cocreation.shop.selling import sell\n",
        shop__selling="from cocreation.shop import stock\ndef sell():\n    return stock.take()\n",
        shop__stock="from cocreation.core.clock import now\ndef take():\n    return now()\n",
        shop__unused="def idle(): ...\n",
        core__clock="def now(): ...\n",
        shop__views="from cocreation.shop import services\n@bp.get('/')\ndef page(): services.sell()\n",
    )
    assert house.reached() == {"shop.views.page": {"cocreation.shop.selling", "cocreation.shop.stock"}}


def test_a_circle_is_found_inside_functions_and_apart_when_it_is_for_types(tmp_path):
    house = built(
        tmp_path,
        shop__buying="def buy():\n    from cocreation.shop import selling\n",
        shop__selling="from cocreation.shop.buying import buy\n",
        shop__stock="from cocreation.shop import shelf\n",
        shop__shelf="if TYPE_CHECKING:\n    from cocreation.shop.stock import Stock\n",
    )
    trade = ["cocreation.shop.buying", "cocreation.shop.selling"]
    assert house.circles(types=False) == [trade]
    assert house.circles(types=True) == [trade, ["cocreation.shop.shelf", "cocreation.shop.stock"]]


def test_a_class_name_in_two_rooms_is_found(tmp_path):
    house = built(
        tmp_path,
        shop__selling="class Price: ...\nclass Sale: ...\n",
        shop__buying="class Sale: ...\n",
        bank__selling="class Price: ...\n",
    )
    assert house.classes_in_several_rooms() == {"Price": ["bank", "shop"]}
