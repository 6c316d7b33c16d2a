"""How the house is cut stays within bounds; and what measures it finds what it says."""

from __future__ import annotations

import re
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
    "Any": 86,
}
LINES_OF_A_ROOM = 3000
# Nouns of the field, or of the craft, that end as verbs do.
NOUNS_IN_ING = {"backing", "meeting", "paging", "ranking", "rendering", "screening", "spelling", "tracking"}
LOOP_OF_EACH = re.compile(r"\{%-?\s*(?:for|call\()\s*each\b|\bconst each of\b|\beach\)? *=>")


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return figures(HERE, starts=False)


@pytest.mark.parametrize("what", BOUNDS)
def test_the_house_stays_within_its_bounds(measured, what):
    assert measured[what] <= BOUNDS[what]


def test_no_room_is_too_large(measured):
    lines = {what: number for what, number in measured.items() if what.startswith("lines of ")}
    assert max(lines.values()) <= LINES_OF_A_ROOM, max(lines, key=lambda what: lines[what])


@pytest.fixture(scope="module")
def house() -> House:
    return House.read(HERE)


def test_no_two_classes_have_one_name(house):
    assert house.classes_twice() == {}


def test_modules_are_nouns(house):
    parts = {part for module in house.modules for part in module.split(".")}
    assert {part for part in parts if part.endswith("ing")} - NOUNS_IN_ING == set()


@pytest.mark.parametrize("folder", ["cocreation", "tests"])
def test_every_name_says_what_it_holds(folder):
    assert House.read(HERE, folder).names_of_nothing() == {}


def test_loops_of_templates_and_scripts_name_the_thing_too():
    kinds = {".html", ".txt", ".typ", ".js", ".py"}  # tests hold scripts in their strings
    files = [path for path in source_files("templates", "static/js", "tests") if path.suffix in kinds]
    assert [str(path) for path in files if LOOP_OF_EACH.search(path.read_text())] == []


def source_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (HERE / folder).rglob("*") if path.is_file())


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


def test_a_class_name_that_stands_twice_is_found_within_a_room_and_within_a_class(tmp_path):
    house = built(
        tmp_path,
        shop__selling="class Price: ...\nclass Sale:\n    class Busy: ...\n",
        shop__buying="class Busy: ...\n",
    )
    assert house.classes_twice() == {"Busy": ["cocreation.shop.buying", "cocreation.shop.selling"]}


def test_a_name_of_nothing_is_found_wherever_it_is_given(tmp_path):
    house = built(
        tmp_path,
        shop__loops="for each in (1, 2): ...\nsums = [each for each in (1, 2)]\n",
        shop__arguments="def sell(how): ...\nmost = max((), key=lambda one: one.price)\n",
        shop__functions="def mine(): ...\n",
        shop__fields="class Sale:\n    known: int\n    def __init__(self): self.whole = 1\n",
        shop__imports="from cocreation.shop.functions import mine\n",
        shop__uses="each.price\nsession.one()\nsold(how=1)\n",
    )
    assert house.names_of_nothing() == {
        "cocreation.shop.arguments": ["how", "one"],
        "cocreation.shop.fields": ["known", "whole"],
        "cocreation.shop.functions": ["mine"],
        "cocreation.shop.imports": ["mine"],
        "cocreation.shop.loops": ["each"],
    }
