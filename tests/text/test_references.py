"""A reference is found however it is written."""

from __future__ import annotations

import pytest

from cocreation.text.references import read_reference, spelled

WRITTEN = {
    "OR1-W2-S07": (
        "or1 w2 s07",
        "OR1-W2-S7",
        "or1w2s07",
        "OR1–W2–S٠٧",
        "\u200eOR1-W2-S07\u200f",
        " OR1/W2/S07. ",
    ),
    "OR1-W2": ("or1 w2", "OR 1 W 2", "or1-w02"),
    "OR1": ("or1", "OR-1", "«OR1»"),
    "2024-C02": ("2024 c2", "2024C02", "٢٠٢٤-C٠٢"),
    "2026-M1": ("2026 m1",),
    "2026-PC1": ("2026 pc1", "٢٠٢٦ PC ١"),
    "2026-PC1-0017": ("2026 pc1 17", "2026-PC1-17", "2026PC1-0017"),
    "2026-33": ("2026 33", "2026_033", "٢٠٢٦-٣٣", "۲۰۲۶ ۳۳", "2026\u00a0–\u00a033", "#2026-33"),
}


@pytest.mark.parametrize("reference", WRITTEN)
def test_one_reference_has_one_spelling(reference):
    assert {spelled(typed) for typed in WRITTEN[reference]} == {reference} == {spelled(reference)}


@pytest.mark.parametrize(
    "typed", ["", "eau", "2026", "33", "2026-33 eau", "OR1-X2", "OR1-W2-X07", "1 2 3", "9" * 400]
)
def test_other_words_are_none(typed):
    assert read_reference(typed) is None
