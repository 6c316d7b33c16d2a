"""The family of an idea, drawn: who went into whom, in the direction in which the page is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Lineage
from cocreation.languages import i18n

MOST_NODES = 12
# In units of the drawing, which are pixels where there is room for them.
WIDE, HIGH, BETWEEN, STUB = 100, 44, 14, 26
LETTER, LABEL = 7.5, (90, 190)

GLYPHS = {
    IdeaState.RECEIVED: "waiting",
    IdeaState.NOT_ACCEPTED: "refused",
    IdeaState.JOINED: "merged",
}


@dataclass(frozen=True)
class Node:
    idea: Idea
    x: float
    y: float
    glyph: str
    is_current: bool


@dataclass(frozen=True)
class Edge:
    """A line from one idea to another, the arrow at its end, its label and where that stands."""

    path: str
    arrow: str
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Every node is as `wide` and `high` as the others; `more` ideas did not fit."""

    width: float
    height: float
    nodes: list[Node]
    edges: list[Edge]
    more: int
    wide: int = WIDE
    high: int = HIGH


def draw(links: Sequence[Lineage], current: Idea) -> Drawing | None:
    """The links that stand, drawn; None when none does."""
    standing = [link for link in links if link.undone_at is None]
    ideas = {idea.id: idea for link in standing for idea in (link.source, link.target)}
    shown = dict(list(ideas.items())[:MOST_NODES])
    drawn = [link for link in standing if link.source_id in shown and link.target_id in shown]
    if not drawn:
        return None
    columns = _columns(shown, drawn)
    gap = _gap(drawn)
    height = max(map(len, columns)) * (HIGH + BETWEEN) - BETWEEN
    width = len(columns) * (WIDE + gap) - gap
    places = {
        key: (
            _mirrored(number * (WIDE + gap), width),
            (height - len(column) * (HIGH + BETWEEN) + BETWEEN) / 2 + row * (HIGH + BETWEEN),
        )
        for number, column in enumerate(columns)
        for row, key in enumerate(column)
    }
    nodes = [Node(shown[key], x, y, _glyph(shown[key]), key == current.id) for key, (x, y) in places.items()]
    leaving = Counter(link.source_id for link in drawn)
    edges = [_edge(link, places, gap, spreads=leaving[link.source_id] > 1) for link in drawn]
    return Drawing(width, height, nodes, edges, len(ideas) - len(shown))


def _columns(shown: dict[int, Idea], drawn: Sequence[Lineage]) -> list[list[int]]:
    """The ids of the ideas, column by column: every one after those that went into it."""
    rank = dict.fromkeys(shown, 0)
    for _round in shown:  # as many as the longest way there can be; a ring ends here too
        for link in drawn:
            rank[link.target_id] = max(rank[link.target_id], min(rank[link.source_id] + 1, len(shown) - 1))
    used = sorted(set(rank.values()))
    return [[key for key in shown if rank[key] == column] for column in used]


def _gap(drawn: Sequence[Lineage]) -> float:
    longest = max(len(str(link.kind.label)) for link in drawn)
    return min(max(longest * LETTER + STUB, LABEL[0]), LABEL[1])


def _mirrored(x: float, width: float) -> float:
    return width - x - WIDE if _is_mirrored() else x


def _is_mirrored() -> bool:
    return i18n.current().direction == "rtl"


def _edge(link: Lineage, places: dict[int, tuple[float, float]], gap: float, *, spreads: bool) -> Edge:
    """Straight beside the idea that has this one line only, where the label stands; then curved."""
    on = -1 if _is_mirrored() else 1
    (x1, y1), (x2, y2) = places[link.source_id], places[link.target_id]
    x1, x2 = (x1, x2 + WIDE) if on < 0 else (x1 + WIDE, x2)
    y1, y2 = y1 + HIGH / 2, y2 + HIGH / 2
    turn = (x1, x1 + on * STUB) if spreads else (x2 - on * STUB, x2)
    middle = (turn[0] + turn[1]) / 2
    path = f"M{x1:g} {y1:g}H{turn[0]:g}C{middle:g} {y1:g} {middle:g} {y2:g} {turn[1]:g} {y2:g}H{x2:g}"
    arrow = f"M{x2 - on * 8:g} {y2 - 5:g}L{x2:g} {y2:g}L{x2 - on * 8:g} {y2 + 5:g}Z"
    label_x = x2 - on * (gap - STUB) / 2 if spreads else x1 + on * (gap - STUB) / 2
    return Edge(path, arrow, str(link.kind.label), label_x, (y2 if spreads else y1) - 7)


def _glyph(idea: Idea) -> str:
    return str(idea.fate.value) if idea.fate else GLYPHS.get(idea.state, "partial")
