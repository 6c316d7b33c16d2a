"""`flask import progress`: the published progress of a plan of the past, whole or not at all."""

import json

import pytest
from sqlalchemy import func, select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Axis, Cycle
from cocreation.documents.models import SectionKind
from cocreation.plan.models import Commitment
from cocreation.plan.services import commitments as written
from cocreation.plan.services.commitments import CommitmentWords, draft
from cocreation.plan.sheet import Activity, Indicator, texts
from cocreation.tracking import figures
from cocreation.tracking.arithmetic import ProgressBand
from cocreation.tracking.models import IndicatorValue, ProgressReport, TrackedPlan
from tests.cast import THEN, T

# As the self-assessment of July 2023 prints them, axis by axis in our order: they come out as 81.90.
PUBLISHED = [[88, 100], [70, 83], [60]]
AS_OF = "2026-02"


@pytest.fixture
def past(cast):
    """A public plan of three axes and five commitments of two activities, adopted nowhere here."""
    axes = [cast.axis.id]
    for position in (2, 3):
        axis = Axis(cycle_id=cast.cycle.id, position=position, name=T("محور", f"Axe {position}"))
        session.add(axis)
        session.flush()
        axes.append(axis.id)
    ids, number = [cast.commitment.id], 1
    for place, percents in enumerate(PUBLISHED):
        for _percent in percents[1:] if place == 0 else percents:
            number += 1
            words = dict.fromkeys(("title", "problem", "solution", "expected_result"), T("كلمات", "Mots"))
            frame = {"number": number, "axis_id": axes[place], "institution_id": cast.ministry.id}
            ids.append(draft(cast.cycle.id, CommitmentWords(**frame, **words), by=None, now=THEN).id)
    for key in ids:
        commitment = written.locked(key)
        parts = [Activity(place, T("نشاط", f"Activité {place}")).words(f"a{place}") for place in (1, 2)]
        counted = Indicator(1, T("عدد", "Rapports publiés")).words("i1")
        said = texts(**{kind.value: T("كلمات", "Mots") for kind in (SectionKind.TITLE, SectionKind.PROBLEM)})
        written.write(commitment, [*said, *parts, counted], by=None, now=THEN)
        written.publish(key, by=cast.salma.id, now=THEN)
    session.commit()


def content():
    percents = [percent for row in PUBLISHED for percent in row]
    activities = [
        {"number": 1, "band": "complete", "actions": ["Publié"]},
        {"number": 2, "band": "limited", "actions": []},
    ]
    rows = [
        {
            "number": number,
            "title": "T",
            "published_progress": percent,
            "activities": [dict(activity) for activity in activities],
            "indicators": ["Rapports publiés: 7"],
        }
        for number, percent in enumerate(percents, 1)
    ]
    rows[1]["activities"][1]["band"] = None
    return {"as_of": AS_OF, "commitments": rows}


def run(cast, tmp_path, said, *options):
    file = tmp_path / "progress.json"
    file.write_text(json.dumps(said))
    command = ["import", "progress", str(file), "--plan", "2026", *options]
    return cast.app.test_cli_runner().invoke(args=command)


@pytest.mark.usefixtures("past")
def test_what_was_published_comes_out_and_twice_is_as_once(cast, tmp_path):
    done = run(cast, tmp_path, content())
    assert done.exit_code == 0, done.output
    assert "94.00 / 76.50 / 60.00" in done.output
    assert "76.83" in done.output
    assert "commitment 2, activity 2: no band is ticked in the source" in done.output
    again = run(cast, tmp_path, content())
    assert "0 new, 0 changed, 15 unchanged" in again.output
    with clock.frozen(THEN):
        shown = figures.plan_at(session.scalars(select(Cycle)).one(), THEN.date())
    assert (shown.figure.declared, shown.figure.evidenced) == (7683, None)
    assert all(row.figure.is_published and row.figure.evidenced is None for row in shown.commitments)
    assert shown.activities_by_band == {ProgressBand.COMPLETE: 5, ProgressBand.LIMITED: 4, None: 1}
    assert {row.value for row in session.scalars(select(IndicatorValue))} == {"7"}
    changed = content()
    changed["commitments"][0]["activities"][0]["band"] = "substantial"
    assert "0 new, 1 changed, 14 unchanged" in run(cast, tmp_path, changed).output


@pytest.mark.usefixtures("past")
def test_every_fault_is_told_by_its_place_and_nothing_is_written(cast, tmp_path):
    wrong = content()
    wrong["as_of"] = "2026-13"
    wrong["commitments"][0]["published_progress"] = 120
    wrong["commitments"][2]["activities"][0]["band"] = "nearly"
    wrong["commitments"][3]["activities"][1]["number"] = 1
    refused = run(cast, tmp_path, wrong)
    assert refused.exit_code == 1
    for place in ("as_of", "commitment 1:", "commitment 3, activity 1:", "commitment 4, activity 1:"):
        assert place in refused.output
    unfit = content()
    unfit["commitments"][0]["activities"][0]["number"] = 9
    unfit["commitments"].append({**unfit["commitments"][1], "number": 40})
    told = run(cast, tmp_path, unfit).output
    assert "commitment 1, activity 9" in told
    assert "commitment 40" in told
    assert run(cast, tmp_path, {**content(), "as_of": "2031-01"}).exit_code == 1
    assert session.get(TrackedPlan, cast.cycle.id) is None
    assert session.scalar(select(func.count()).select_from(ProgressReport)) == 0
    assert session.scalar(select(func.count()).select_from(Commitment)) == 5
