"""Outputs of workshops as people have them, and what is read of each or said against it."""

from __future__ import annotations

from cocreation.files.sheets.layout import (
    TITLES,
    TOTALS,
)
from cocreation.files.sheets.table import MISSING
from cocreation.workshops.models import LineKind
from tests.imports.kinds import Kind, people

P, S, R = LineKind.PROBLEM, LineKind.SOLUTION, LineKind.RESULT

# Of a line: its workshop, kind, heading and words.
OUTPUTS: dict[str, Kind] = {
    "problems, solutions and results side by side, the workshop merged": people(
        ["الورشة", "الإشكاليات", "الحلول المقترحة", "النتائج المنتظرة"],
        ["الرقمنة", "قلة البوابات", "بوابة واحدة", "خدمة أسرع"],
        ["", "", "تكوين الموظفين", ""],
        ["المجموع", 1, 2, 1],
        merged=("A2:A3",),
        expected=[
            ("الرقمنة", P, None, "قلة البوابات"),
            ("الرقمنة", S, None, "بوابة واحدة"),
            ("الرقمنة", R, None, "خدمة أسرع"),
            ("الرقمنة", S, None, "تكوين الموظفين"),
        ],
        remarks={TOTALS: [4]},
    ),
    "a problem merged over its solutions is said once": people(
        ["Atelier", "Problématiques", "Solutions proposées"],
        ["Numérique", "Peu de portails", "Un portail"],
        ["Numérique", "", "Une formation"],
        merged=("B2:B3",),
        expected=[
            ("Numérique", P, None, "Peu de portails"),
            ("Numérique", S, None, "Un portail"),
            ("Numérique", S, None, "Une formation"),
        ],
    ),
    "several lines in a cell, each with a dash or a number": people(
        ["Atelier", "Problèmes", "Résultats attendus"],
        ["Numérique", "- Un\n- Deux", "1. Trois\n2. Quatre"],
        expected=[
            ("Numérique", P, None, "Un"),
            ("Numérique", P, None, "Deux"),
            ("Numérique", R, None, "Trois"),
            ("Numérique", R, None, "Quatre"),
        ],
    ),
    "a sheet for each workshop": Kind(
        {
            "Numérique": [["Type", "N°", "Texte"], ["Problèmes", "1.", "Peu de portails"]],
            "Jeunesse": [["Type", "N°", "Texte"], ["Solutions", "2)", "Une maison"]],
        },
        expected=[
            ("Numérique", P, None, "Peu de portails"),
            ("Jeunesse", S, None, "Une maison"),
        ],
    ),
    "the workshop as a title above its rows": people(
        ["النوع", "الرقم", "النص"],
        ["ورشة الشباب"],
        ["إشكاليات", "1.", "قلة الفضاءات"],
        ["حلول", "٢", "دار للشباب"],
        merged=("A2:C2",),
        expected=[
            ("ورشة الشباب", P, None, "قلة الفضاءات"),
            ("ورشة الشباب", S, None, "دار للشباب"),
        ],
        remarks={TITLES: [2]},
    ),
    "workshop, kind and heading written once": people(
        ["Atelier", "Type", "Rubrique", "Texte"],
        ["Numérique", "Problème", "La loi", "Un"],
        ["", "", "", "Deux"],
        ["", "Solution", "", "Trois"],
        ["Jeunesse", "Problème", "", "Quatre"],
        expected=[
            ("Numérique", P, "La loi", "Un"),
            ("Numérique", P, "La loi", "Deux"),
            ("Numérique", S, None, "Trois"),
            ("Jeunesse", P, None, "Quatre"),
        ],
    ),
    "refused: no workshop anywhere": people(["Type", "Texte"], ["Problème", "Un"], errors=[(MISSING, [1])]),
}
