"""What people type and what it should find (search_pairs.toml): the same on both databases, in figures.

The figures stand at the end of a test run (tests/conftest.py).
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from cocreation.core import clock
from cocreation.text.stems import search_tokens
from tests.application import running
from tests.cast import THEN, make
from tests.databases import clone
from tests.senders import write

SAID = tomllib.loads(Path(__file__).with_name("search_pairs.toml").read_text())
PAIRS = SAID["pairs"]
MISSES_NOTHING = ("spelling", "law", "phrase", "beginning", "filter", "zgh")
Found = dict[str, list[list[int]]]


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Found]:
    """What each pair finds through the list of ideas, in order, on each database."""
    folder = tmp_path_factory.mktemp("pairs")
    sqlite = shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "pairs.sqlite3")
    server, template = (request.getfixturevalue(name) for name in ("postgresql", "postgresql_template"))
    with clock.frozen(THEN), clone(server, template) as url:
        yield {"sqlite": _ask(f"sqlite:///{sqlite}", folder), "postgresql": _ask(url, folder)}


def _ask(url: str, folder: Path) -> list[list[int]]:
    with running(url, folder) as app:
        cast = make(app)
        for language, proposal, *more in SAID["ideas"].values():
            given = dict(more[0]) if more else {}
            region = given.pop("region", None)
            tokens = search_tokens(given.get("problem"), proposal)
            write(cast, language=language, proposal=proposal, region_code=region, tokens=tokens, **given)
        client = app.test_client()
        return [_listed(client, pair) for pair in PAIRS]


def _listed(client, pair) -> list[int]:
    narrow = f"&{pair['narrow']}" if "narrow" in pair else ""
    answer = client.get(f"/{pair['in']}/ideas?q={quote(pair['q'])}{narrow}")
    assert answer.status_code == 200
    return [
        int(number) for number in re.findall(r'class="row"><a href="[^"]*/ideas/2026-(\d+)"', answer.text)
    ]


def test_both_databases_find_the_same_in_the_same_order(found):
    assert len(PAIRS) >= 60
    assert {pair["in"] for pair in PAIRS} == {"ar", "fr", "en", "zgh"}
    assert found["sqlite"] == found["postgresql"]
    assert any(len(numbers) > 1 for numbers in found["sqlite"])


def test_how_much_is_found_and_how_much_of_that_was_meant(found, record_property):
    """Recall and precision by language and by what is tried; folding, laws and phrases miss nothing."""
    figures = _figures(found["sqlite"], "in") + _figures(found["sqlite"], "of")
    for figure in figures:
        record_property("search", str(figure))
    missed = [
        pair["q"]
        for pair, numbers in zip(PAIRS, found["sqlite"], strict=True)
        if set(pair["is"]) - set(numbers)
    ]
    for figure in figures:
        least = 1 if figure.name in MISSES_NOTHING else 0.9 if figure.name == "stem" else 0.95
        assert figure.recall >= least, (figure, missed)
        assert figure.precision >= 0.95, figure


@dataclass(frozen=True)
class Figures:
    """Of the ideas that `pairs` queries should find, the share that came; of those, the share meant."""

    name: str
    pairs: int
    recall: float
    precision: float

    def __str__(self) -> str:
        return (
            f"{self.name:10} {self.pairs:3} pairs   recall {self.recall:.3f}   precision {self.precision:.3f}"
        )


def _figures(found: list[list[int]], field: str) -> list[Figures]:
    meant, came, right, pairs = Counter(), Counter(), Counter(), Counter()
    for pair, numbers in zip(PAIRS, found, strict=True):
        for name in (pair[field], "all") if field == "in" else (pair[field],):
            pairs[name] += 1
            meant[name] += len(pair["is"])
            came[name] += len(numbers)
            right[name] += len(set(numbers) & set(pair["is"]))
    return [
        Figures(name, pairs[name], _share(right[name], meant[name]), _share(right[name], came[name]))
        for name in pairs
    ]


def _share(part: int, total: int) -> float:
    return part / total if total else 1.0
