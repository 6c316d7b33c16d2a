"""Scenes of a meeting, drawn: a demonstration shows no real people.

Lengths are hundredths of the width: (0, 0) is the upper corner at the left, (100, 66) the opposite one.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINER = 1200, 800, 2  # drawn twice as large, so that edges come out smooth
LIME, SAND, WALL, INK = "#f5f4ee", "#e3d9c3", "#d9cfb8", "#15231d"
GREEN, DEEP, TILE, OCHRE, CLAY, NIGHT = "#0a5c46", "#06392d", "#7fd6b4", "#d9b65c", "#b5583a", "#2f4a63"
SKINS = ("#8d5a3b", "#c68e65", "#a8714b", "#d9a77f")
CLOTHES = (GREEN, CLAY, NIGHT, OCHRE, "#6b4f74", "#4f7d6d", "#8a3d2b", "#3f5f4d")
HAIRS = ("#231a15", "#3a2a20", "#56544f")


class Canvas:
    """A sheet of paper to draw on."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), ground)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, wide: float, high: float, colour: str, corner: float = 0) -> None:
        self.pen.rounded_rectangle(self._at(x, y, x + wide, y + high), self._at(corner)[0], colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self.oval(x - radius, y - radius, 2 * radius, 2 * radius, colour)

    def oval(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        self.pen.ellipse(self._at(x, y, x + wide, y + high), colour)

    def shape(self, colour: str, *points: tuple[float, float]) -> None:
        self.pen.polygon(self._at(*(coordinate for point in points for coordinate in point)), colour)

    def stroke(self, colour: str, thick: float, *points: tuple[float, float]) -> None:
        path, wide = (
            self._at(*(coordinate for point in points for coordinate in point)),
            int(self._at(thick)[0]),
        )
        self.pen.line(path, colour, wide, joint="curve")

    def jpeg(self) -> bytes:
        self.image.reduce(FINER).save(kept := io.BytesIO(), "JPEG", quality=90)
        return kept.getvalue()

    @staticmethod
    def _at(*lengths: float) -> list[float]:
        return [length * WIDTH * FINER / 100 for length in lengths]


def draw(scene: str) -> bytes:
    """The scene of this name, as a JPEG."""
    return SCENES[scene]().jpeg()


def _from_behind(sheet: Canvas, x: float, y: float, size: float, number: int) -> None:
    """Head and shoulders of somebody who sits with their back to us; every third wears a scarf."""
    colour, hair = CLOTHES[number * 3 % len(CLOTHES)], HAIRS[number % len(HAIRS)]
    sheet.box(x - 1.35 * size, y + 1.1 * size, 2.7 * size, 3 * size, colour, 1.1 * size)
    if number % 3 == 1:
        scarf = CLOTHES[(number * 5 + 2) % len(CLOTHES)]
        sheet.disc(x, y, 0.92 * size, scarf)
        sheet.shape(
            scarf,
            (x - 0.9 * size, y),
            (x + 0.9 * size, y),
            (x + 1.1 * size, y + 1.7 * size),
            (x - 1.1 * size, y + 1.7 * size),
        )
    else:
        sheet.box(x - 0.3 * size, y + 0.5 * size, 0.6 * size, size, SKINS[number % len(SKINS)], 0.2 * size)
        sheet.disc(x, y, 0.85 * size, hair)


def _standing(sheet: Canvas, x: float, y: float, size: float, number: int, faces: int = 1) -> None:
    """Somebody who stands at (x, y), nine times `size` tall, turned to one side (1: to the right)."""
    colour, skin = CLOTHES[number % len(CLOTHES)], SKINS[number % len(SKINS)]
    top, scarf = y - 9 * size, CLOTHES[(number + 3) % len(CLOTHES)]
    if number % 2:  # a long garment
        sheet.shape(
            colour,
            (x - 0.9 * size, top + 2.2 * size),
            (x + 0.9 * size, top + 2.2 * size),
            (x + 1.6 * size, y),
            (x - 1.6 * size, y),
        )
    else:
        sheet.box(x - 0.95 * size, y - 4.2 * size, 0.85 * size, 4.2 * size, INK, 0.2 * size)
        sheet.box(x + 0.1 * size, y - 4.2 * size, 0.85 * size, 4.2 * size, INK, 0.2 * size)
    sheet.box(x - 1.25 * size, top + 1.9 * size, 2.5 * size, 3.6 * size, colour, 0.9 * size)
    sheet.box(x - 0.3 * size, top + 1.2 * size, 0.6 * size, 1.2 * size, skin, 0.2 * size)
    if number % 2:
        sheet.disc(x, top + 0.8 * size, size, scarf)
        sheet.box(x - size, top + 0.9 * size, 2 * size, 1.5 * size, scarf, 0.6 * size)
        sheet.oval(x + (0.3 * faces - 0.55) * size, top + 0.25 * size, 1.1 * size, 1.35 * size, skin)
    else:
        sheet.disc(x, top + 0.8 * size, 0.9 * size, skin)
        sheet.pen.chord(
            sheet._at(x - 0.95 * size, top - 0.2 * size, x + 0.95 * size, top + 1.6 * size),
            170 if faces > 0 else 190,
            350 if faces > 0 else 370,
            HAIRS[number % len(HAIRS)],
        )


def _arm(sheet: Canvas, number: int, size: float, *points: tuple[float, float]) -> None:
    sheet.stroke(CLOTHES[number % len(CLOTHES)], 0.8 * size, *points)
    sheet.disc(*points[-1], 0.45 * size, SKINS[number % len(SKINS)])


def _hall() -> Canvas:
    sheet = Canvas(SAND)
    sheet.box(0, 0, 100, 40, LIME)
    sheet.box(0, 36, 100, 4, GREEN)
    for x in (6, 84):  # windows
        sheet.box(x, 6, 10, 20, "#bcd9e0", 5)
        sheet.box(x + 4.7, 6, 0.6, 20, LIME)
    sheet.box(27, 4, 46, 27, DEEP, 0.6)
    sheet.box(28, 5, 44, 25, "#fffefb", 0.4)
    for n, (wide, colour) in enumerate(((30, GREEN), (21, TILE), (26, OCHRE), (14, CLAY))):
        sheet.box(33, 9 + n * 4.6, wide, 2.4, colour, 0.4)
    _standing(sheet, 80, 43, 2, 1, faces=-1)
    _arm(sheet, 1, 2, (78.6, 30.5), (76, 30), (73.4, 25.5))
    for row, (y, size, count) in enumerate(((42, 1.7, 12), (48, 2.2, 10), (56, 3, 8))):
        step = 100 / count
        for n in range(count):
            _from_behind(sheet, step * (n + 0.5) + (row % 2 - 0.5) * step * 0.3, y, size, row * 5 + n)
    return sheet


def _table() -> Canvas:
    sheet = Canvas("#c9b48f")
    for n in range(11):  # boards of the floor
        sheet.box(0, n * 6.4, 100, 0.18, "#b9a27b")
    turns = [2 * pi * (n + 0.5) / 8 for n in range(8)]
    for turn in turns:  # chairs
        sheet.disc(50 + 36.4 * cos(turn), 33.3 + 26.9 * sin(turn), 5.6, "#8b7448")
    sheet.oval(22, 13.5, 56, 40.6, "#7a5c36")
    sheet.oval(22, 12.6, 56, 40.6, "#9a774a")
    for n, turn in enumerate(turns):
        _paper(sheet, 50 + 19 * cos(turn), 32.9 + 12.4 * sin(turn), turn, "#fffefb" if n % 2 else LIME)
        for side in (-0.13, 0.13):
            hand = (50 + 24.5 * cos(turn + side), 32.9 + 16.6 * sin(turn + side))
            shoulder = (50 + 34 * cos(turn + side * 0.9), 33.3 + 24.5 * sin(turn + side * 0.9))
            sheet.stroke(CLOTHES[n], 1.9, shoulder, hand)
            sheet.disc(*hand, 1.05, SKINS[n % 4])
        x, y = 50 + 34 * cos(turn), 33.3 + 24.5 * sin(turn)
        sheet.disc(x, y, 5.2, CLOTHES[n])
        head = CLOTHES[(n + 4) % 8] if n % 3 == 1 else HAIRS[n % 3]
        sheet.disc(x - 0.8 * cos(turn), y - 0.8 * sin(turn), 2.8, head)
    for n, (x, y) in enumerate(((43, 28), (49, 33), (56, 29), (45, 37), (54, 38), (50, 26))):
        _paper(sheet, x, y, 0.5 * n, (TILE, OCHRE, "#f0a58a")[n % 3], 0.62)
    return sheet


def _paper(sheet: Canvas, x: float, y: float, turn: float, colour: str, size: float = 1) -> None:
    corners = [
        (x + size * (a * cos(turn) - b * sin(turn)), y + size * (a * sin(turn) + b * cos(turn)))
        for a, b in ((-2, -2.8), (2, -2.8), (2, 2.8), (-2, 2.8))
    ]
    sheet.shape(colour, *corners)
    for line in (-0.9, 0, 0.9):
        ends = [
            (x + size * (line * cos(turn) - b * sin(turn)), y + size * (line * sin(turn) + b * cos(turn)))
            for b in (-2, 1.6)
        ]
        sheet.stroke("#8f8b7c", 0.22, *ends)


def _wall() -> Canvas:
    sheet = Canvas(LIME)
    sheet.box(0, 56, 100, 12, "#b79f78")
    sheet.box(0, 55, 100, 1.2, GREEN)
    sheet.box(20, 5, 60, 40, "#fffefb", 0.8)
    for column, colour in enumerate((CLAY, GREEN, NIGHT)):
        x = 23 + column * 19
        sheet.box(x, 8, 16, 3.4, colour, 0.5)
        for row in range((4, 3, 4)[column]):
            tone = (("#f0a58a", TILE, "#a9c3dc"), (OCHRE, "#b0cfb6", "#cfdce8"))[row % 2][column]
            sheet.box(x + (row * 1.7 + column) % 2.4, 14 + row * 7.4, 13.4, 5.6, tone, 0.4)
            for line in (1.5, 3.1):
                sheet.box(
                    x + (row * 1.7 + column) % 2.4 + 1.4,
                    14 + row * 7.4 + line,
                    10 - line,
                    0.6,
                    "#4b5a52",
                    0.3,
                )
    _standing(sheet, 15, 62, 4, 3)
    _arm(sheet, 3, 4, (18, 37.5), (22, 36), (26.5, 30))
    _standing(sheet, 86, 62, 4.2, 4, faces=-1)
    _arm(sheet, 4, 4.2, (82.5, 35.5), (78, 34), (74, 39.5))
    sheet.box(69, 37.5, 8, 4.4, OCHRE, 0.3)
    return sheet


def _court() -> Canvas:
    sheet = Canvas("#efe4cd")
    sheet.box(0, 0, 100, 5, "#a9d0dc")
    sheet.box(0, 5, 100, 2, GREEN)
    for n in range(3):
        x = 6 + n * 31
        sheet.box(x - 1.5, 14, 29, 34, WALL, 1)
        sheet.disc(x + 13, 25, 11, "#2c3f38")
        sheet.box(x + 2.9, 27, 20.2, 21, "#2c3f38")
        sheet.box(x + 3.5, 36, 19, 12, "#456a5b")
    for n in range(34):  # tiles along the foot of the wall
        sheet.box(n * 3, 48, 3, 3, (GREEN, "#fffefb", OCHRE, "#fffefb")[n % 4])
        sheet.shape(
            (TILE, GREEN, CLAY, NIGHT)[n % 4],
            (n * 3 + 1.5, 48.3),
            (n * 3 + 2.7, 49.5),
            (n * 3 + 1.5, 50.7),
            (n * 3 + 0.3, 49.5),
        )
    sheet.box(0, 51, 100, 16, "#d8c49c")
    for x in (1, 92):  # plants in pots
        for lean in (-5, -2.4, 0, 2.4, 5):
            sheet.stroke(
                "#2c8466", 0.9, (x + 3.5, 50), (x + 3.5 + lean / 2, 43), (x + 3.5 + lean, 38 + abs(lean) / 2)
            )
        sheet.shape(CLAY, (x, 49), (x + 7, 49), (x + 6, 57), (x + 1, 57))
    for number, (x, y, faces) in enumerate(
        ((22, 60, 1), (30, 61, -1), (46, 58, 1), (53, 60, 1), (60, 59, -1), (76, 61, 1), (83, 60, -1))
    ):
        sheet.oval(x - 4, y - 0.9, 8, 1.8, "#c3ad83")
        _standing(sheet, x, y, 2.9, number, faces)
    return sheet


SCENES: dict[str, Callable[[], Canvas]] = {"hall": _hall, "table": _table, "wall": _wall, "court": _court}
