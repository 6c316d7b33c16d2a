"""A report on figures that were published elsewhere: bands alone, one of them missing; order and portions."""

import json
from datetime import date

from cocreation.core.database import Translated
from cocreation.languages import i18n
from cocreation.ledger import journal
from cocreation.self_assessment import figures as values
from cocreation.self_assessment.blocks import MOST_OF_SECTION, Composition, prefilled
from cocreation.self_assessment.figures import (
    FrozenFigures,
    SnapshotActivity,
    SnapshotAxis,
    SnapshotCommitment,
    SnapshotFigure,
)
from tests.cast import T

# Of each commitment: its axis, its progress as published, the bands of its activities.
PUBLISHED = (
    (1, 100, ("complete", "complete")),
    (1, 90, ("complete", "limited")),
    (2, 56, ("limited", None, "not_started")),
)


def a_figure(percent):
    level = "complete" if percent == 100 else "advanced" if percent >= 90 else "limited"
    return SnapshotFigure(declared=round(percent * 100), band=level, is_published=True)


def frozen(**given):
    commitments = [
        SnapshotCommitment(
            reference=f"2026-C{number:02d}",
            number=number,
            axis=axis,
            title=T(f"التزام {number}", f"Engagement {number}"),
            institution=T("وزارة", "Ministère"),
            figure=a_figure(percent),
            activities=[
                SnapshotActivity(place, T("نشاط", "Activité"), band, actions="منجز" * 3, language="ar")
                for place, band in enumerate(bands, 1)
            ],
        )
        for number, (axis, percent, bands) in enumerate(PUBLISHED, 1)
    ]
    return FrozenFigures(
        **{
            "cycle": "2026",
            "title": T("خطة", "Plan"),
            "as_of": date(2026, 3, 1).isoformat(),
            "rule": "axes",
            "source": Translated(),
            "plan": a_figure(75.5),
            "axes": [
                SnapshotAxis(1, T("الأول", "Premier"), a_figure(95)),
                SnapshotAxis(2, T("الثاني", "Second"), a_figure(56)),
            ],
            "commitments": commitments,
            "participation": {},
            **given,
        }
    )


def test_what_the_source_prints_under_one_name_is_counted_together_and_the_one_without_a_level_is_named():
    figures = frozen()
    commitments = values.counted([row.figure.level for row in figures.standing])
    assert {key: count for key, (_name, count) in commitments.items() if count} == {
        "complete": 1,
        "substantial": 1,
        "limited": 1,
    }
    activities = values.counted([row.level for row in figures.activities])
    assert {key: count for key, (_name, count) in activities.items()} == {
        "complete": 3,
        "substantial": 0,
        "limited": 2,
        "not_started": 1,
        "unreported": 1,
    }
    assert [(row.name, activity.number) for row, activity in figures.unreported] == [("C03", 2)]


def test_figures_are_read_back_as_they_were_frozen():
    kept = frozen().as_json()
    read_back = values.read(json.loads(journal.canonical(kept))).as_json()
    assert journal.seal(read_back) == journal.seal(kept)


def test_the_report_has_the_order_of_its_source_and_nothing_of_it_is_flagged():
    figures = frozen()
    composition = Composition(figures, prefilled(figures))
    uids = [section.uid for section in composition.sections()]
    first = [uid for uid in uids if "-" not in uid]
    assert first == [
        *("title", "context", "method", "system", "overall"),
        *("C01", "C02", "C03", "participation", "lessons"),
    ]
    assert uids.index("overall") < uids.index("axis-1") < uids.index("axis-2") < uids.index("C01")
    assert uids[uids.index("C03") + 1] == "C03-activities"
    flagged = {flag.words for block in composition.blocks for _code, flag in composition.flags(block)}
    assert {name for name in flagged if not name.startswith("{{participation.")} == set()


def test_a_sheet_too_long_for_a_section_goes_on_in_another_and_loses_nothing():
    figures = frozen()
    long = SnapshotActivity(1, T("نشاط", "Activité"), "complete", actions="أ" * 7_000, language="ar")
    [first, *_others] = figures.commitments
    sheet = SnapshotCommitment(**{**vars(first), "activities": [long] * 5})
    figures = frozen(commitments=[sheet])
    sections = [s for s in Composition(figures, {}).sections() if "activities" in s.uid]
    assert [section.uid for section in sections] == [
        "C01-activities",
        "C01-activities-2",
        "C01-activities-3",
    ]
    assert all(len(text) <= MOST_OF_SECTION for section in sections for text in section.text.values())
    assert sum(section.text["ar"].count("أ") for section in sections) == 5 * 7_000


def test_a_percentage_is_said_in_the_numbers_of_its_language_rounded_half_up():
    with i18n.speaking("fr"):
        assert values.percent(8190, places=2) == "81,90\u00a0%"
        assert values.percent(7650) == "77\u00a0%"
    with i18n.speaking("ar"):
        assert values.percent(8191, places=2) == "81,91%"
        assert values.percent(None)
