"""Where a cycle stands, for everyone."""

from datetime import date

from cocreation.core.database import session
from cocreation.cycles import queries
from cocreation.cycles.models import Cycle, Phase
from tests.cast import T
from tests.forms import fill
from tests.html import texts
from tests.words import says


def test_a_cycle_shows_its_calendar_and_says_what_each_phase_means(client, cast):
    answer = client.get("/en/cycles/2026")
    page = answer.text
    assert "Plan d&#39;action 2026" in page
    assert len(texts(page, ".timeline .is-open")) == len(Phase)
    assert len(texts(page, ".timeline [aria-current=step] .here")) == 1, "said once, however many are open"
    assert says(answer, Phase.INTAKE.meaning)
    assert "L&#39;accès à l&#39;information" in page
    assert "La transparence" in page


def test_the_list_names_every_cycle(client, cast):
    assert "/en/cycles/2026" in client.get("/en/cycles").text


def test_without_a_cycle_the_list_says_what_to_do(client):
    assert "/fr/about" in client.get("/fr/cycles").text


def test_an_unknown_cycle_is_not_there(client, cast):
    assert client.get("/ar/cycles/1999").status_code == 404


def test_a_cycle_costs_the_same_with_many_themes(client, cast, statements):
    with statements() as few:
        client.get("/ar/cycles/2026")
    with cast.visitor(cast.salma) as salma:
        for n in range(12):
            fill(salma, "/ar/manage/cycles/2026/themes", **{"name-ar": f"محور {n}"})
    with statements() as many:
        client.get("/ar/cycles/2026")
    assert len(few) == len(many) <= 6


def test_the_current_cycle_is_the_latest_to_start_of_those_running(app, cast):
    with app.app_context():
        session.add_all(
            [
                Cycle(
                    code="2027",
                    title=T("ب", "b"),
                    summary=T("", ""),
                    starts_on=date(2027, 6, 1),
                    ends_on=date(2029, 5, 31),
                ),
            ]
        )
        session.commit()
        running = {day: queries.current_cycle(day) for day in DAYS}
    assert {day: cycle and cycle.code for day, cycle in running.items()} == DAYS


# First and last days are included.
DAYS = {
    date(2025, 12, 31): None,
    date(2026, 1, 1): "2026",
    date(2027, 5, 31): "2026",
    date(2027, 6, 1): "2027",
    date(2029, 5, 31): "2027",
    date(2029, 6, 1): None,
}
