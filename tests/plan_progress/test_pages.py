"""The public space of a plan that is carried out: what everyone reads, and computes again."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from fractions import Fraction

import pytest

from cocreation.core.clock import day_of
from cocreation.core.database import session
from cocreation.cycles.queries import get_cycle
from cocreation.tracking import figures
from cocreation.tracking.models import ObstacleKind
from cocreation.tracking.services import deadlines
from tests.cast import THEN
from tests.html import hrefs, texts
from tests.scene_tracking import tracked

ON = day_of(THEN)
PLAN = "/en/plan/2026/progress"
ONE = "/en/plan/commitments/2026-C01/progress"


@pytest.fixture
def scene(cast):
    scene = tracked(cast)
    scene.report(cast, 80)
    scene.prove(cast)
    scene.report(cast, 50, activity=1, obstacles=[(ObstacleKind.MONEY, "Pas de budget")])
    return scene


def test_declared_and_evidenced_stand_side_by_side_at_every_level(scene, client):
    pairs = client.get(PLAN).text.count('class="pair"')
    assert pairs == 1 + 2 + 3, "the plan, its axes, its commitments"
    shown = [" ".join(text.split()) for text in texts(client.get(ONE).text, "#total .pair dd")]
    assert shown == ["55 %", "40 %"]


def test_plan_and_commitment_lead_to_their_progress_once_it_is_tracked(cast, client):
    pages = {"/en/plan?cycle=2026": PLAN, "/en/plan/commitments/2026-C01": ONE}
    for page, progress in pages.items():
        assert progress not in hrefs(client.get(page).text)
    tracked(cast)
    for page, progress in pages.items():
        assert progress in hrefs(client.get(page).text)


def test_the_sum_on_the_page_is_the_figure(scene, client):
    rows = [texts(client.get(ONE).text, f"#sum tbody tr:nth-child({place}) td") for place in (1, 2, 3)]
    products = [int(row[2].replace(",", "")) for row in rows]
    assert sum(products) == 500 * 80 + 300 * 50
    assert texts(client.get(ONE).text, "#sum tfoot td")[2] == "55,000"


def test_the_plan_is_computed_again_from_the_download(scene, client):
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PLAN}/activities.csv").text.lstrip("\ufeff"))))
    assert len(rows) == 7
    of_commitment: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row in json.loads(client.get(f"{PLAN}/activities.json").text):
        key = row["axis"], row["commitment"]
        of_commitment.setdefault(key, []).append((row["weight"], row["declared"] or 0))
    axes: dict[str, list[Fraction]] = {}
    for (axis, _commitment), parts in of_commitment.items():
        figure = Fraction(sum(w * p for w, p in parts), sum(w for w, _p in parts))
        axes.setdefault(axis, []).append(figure)
    means = [sum(values) / len(values) for values in axes.values()]
    plan = sum(means) / len(means)
    shown = figures.plan_at(get_cycle("2026"), ON).figure.declared
    assert shown is not None
    assert abs(Fraction(shown, 100) - plan) <= Fraction(1, 200)


def test_a_day_before_the_reports_has_its_own_figures(scene, client):
    before = (ON - timedelta(days=1)).isoformat()
    assert "nothing reported" in texts(client.get(f"{ONE}?on={before}").text, "#total .pair dd")[0]


@pytest.mark.parametrize("day", ["nothing", "2026-02-30", "9999-01-01", "1999-01-01", "0", "２０２６"])
def test_no_figures_of_a_day_that_is_none(scene, client, day):
    assert client.get(f"{PLAN}?on={day}").status_code == 404


def test_what_is_asked_for_narrows_the_list_and_no_figure(scene, client):
    of_all = texts(client.get(PLAN).text, "#total .pair dd")
    page = client.get(f"{PLAN}?axis=2&institution=finance&band=not_started").text
    assert page.count("data-commitment=") == 1
    assert texts(page, "#total .pair dd") == of_all
    assert client.get(f"{PLAN}?band=huge&axis=x&institution=%00").status_code == 200


def test_what_is_late_says_why_and_keeps_the_old_end(scene, cast, client):
    deadlines.move_deadline(
        scene.activities[0][1], ON - timedelta(days=3), "Crédits", "fr", by=cast.hicham.id, now=THEN
    )
    session.commit()
    page = client.get(f"{PLAN}/late").text
    assert texts(page, "[data-overdue='2026-C01-2'] s"), "the end first planned"
    assert "Pas de budget" in page
    assert ONE.partition("/progress")[0] in "".join(hrefs(page))


def test_what_is_late_and_was_never_reported(cast, client):
    scene = tracked(cast)
    for activity_id in scene.activities[0]:
        day = ON - timedelta(days=1)
        deadlines.move_deadline(activity_id, day, "Retard", "fr", by=cast.hicham.id, now=THEN)
    session.commit()
    page = client.get(f"{PLAN}/late").text
    assert page.count("data-overdue=") == 3


def test_a_plan_that_nobody_adopted_has_no_progress(cast, client):
    assert client.get(PLAN).status_code == 404
    assert client.get(ONE).status_code == 404
    assert client.get("/en/plan/1999/progress").status_code == 404


@pytest.mark.parametrize(("page", "most"), [(PLAN, 9), (ONE, 19), (f"{PLAN}/late", 9)])
def test_pages_are_a_few_statements(scene, client, statements, page, most):
    client.get(page)
    with statements() as asked:
        assert client.get(page).status_code == 200
    assert len(asked) <= most
