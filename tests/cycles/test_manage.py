"""The secretariat keeps the calendar, the themes and the axes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.accounts.models import Role
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.cycles.models import Axis, Cycle, Phase, Theme
from cocreation.cycles.refusals import CodeTaken, EndsBeforeItStarts
from cocreation.cycles.services import DAYS_REVERSED, ONE_DAY_ONLY, OUTSIDE_CYCLE
from cocreation.ideas.models.idea import Idea
from cocreation.plan.models import Commitment
from tests.desk import received
from tests.forms import fill, press
from tests.html import hrefs, numbers, texts
from tests.meeting_day import worded
from tests.words import errors, refuses, said

CYCLE = "/en/manage/cycles/2026"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def names(kind):
    found = [part.name["fr"] for part in session.scalars(select(kind).order_by(kind.position))]
    session.remove()
    return found


def days(phase):
    cycle = session.scalars(select(Cycle).options(selectinload(Cycle.phases))).one()
    session.remove()
    period = cycle.period(phase)
    return period and (str(period.opens_on), str(period.closes_on))


def acts():
    found = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    session.remove()
    return found


def test_only_the_secretariat_and_administrators_come_in(cast):
    for role, person in cast.staff.items():
        allowed = role in (Role.SECRETARIAT, Role.ADMINISTRATOR)
        visitor = cast.visitor(person)
        for url in ("/en/manage/cycles", "/en/manage/cycles/new", CYCLE, f"{CYCLE}/themes"):
            assert visitor.get(url).status_code == (200 if allowed else 403), (role, url)
    assert cast.visitor().get(CYCLE).status_code == 302


def test_a_cycle_is_opened_with_its_calendar(salma):
    answer = fill(
        salma,
        "/en/manage/cycles/new",
        **{"title-fr": "Plan 2028", "title-ar": "خطة 2028"},
        code="2028",
        starts_on="2028-01-01",
        ends_on="2029-12-31",
        intake_opens_on="2028-02-01",
        intake_closes_on="2028-03-31",
    )
    assert answer.headers["Location"] == "/en/manage/cycles/2028"
    page = salma.get("/en/cycles/2028").text
    assert "Plan 2028" in page
    assert "31 March 2028" in page
    assert acts() == ["cycle created"]


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"code": "20"}, {"code"}),
        ({"code": "2026"}, CodeTaken.sentence.filled(code="2026")),
        ({"title-fr": ""}, {"title"}),
        ({"ends_on": "2027-01-01"}, EndsBeforeItStarts),
        ({"starts_on": "yesterday"}, {"starts_on"}),
        ({"study_opens_on": "2028-05-01"}, ONE_DAY_ONLY),
        ({"study_opens_on": "2028-05-02", "study_closes_on": "2028-05-01"}, DAYS_REVERSED),
        (
            {"study_opens_on": "2027-12-31", "study_closes_on": "2028-05-01"},
            OUTSIDE_CYCLE.filled(start="1 January 2028", end="31 December 2029"),
        ),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_and_kept_on_the_page(salma, fields, because):
    given = {
        "code": "2028",
        "title-fr": "Plan à garder",
        "summary-ar": "يحفظ",
        "starts_on": "2028-01-01",
        "ends_on": "2029-12-31",
    }
    answer = fill(salma, "/en/manage/cycles/new", **given | fields)
    assert answer.status_code in (409, 422)
    assert refuses(answer, because)
    assert "يحفظ" in answer.text
    assert session.scalars(select(Cycle.code)).all() == ["2026"]


def test_the_error_of_a_phase_is_named_after_it(salma):
    answer = fill(salma, CYCLE, adoption_opens_on="2026-05-02", adoption_closes_on="2026-05-01")
    assert answer.status_code == 422
    assert errors(answer) == {"adoption_closes_on"}
    [line] = texts(answer.text, "#errors li")
    [link] = texts(answer.text, "#errors a[href='#adoption_closes_on']")
    assert said(link, "%(phase)s: last day", phase=worded(Phase.ADOPTION.label))
    assert line.startswith(link)
    assert said(line, DAYS_REVERSED)
    assert days(Phase.ADOPTION) == ("2026-01-01", "2026-12-31")


def test_a_phase_is_moved_and_another_taken_out(salma):
    answer = fill(
        salma,
        CYCLE,
        intake_opens_on="2026-04-01",
        intake_closes_on="2026-05-01",
        adoption_opens_on="",
        adoption_closes_on="",
    )
    assert answer.status_code == 302
    assert days(Phase.INTAKE) == ("2026-04-01", "2026-05-01")
    assert days(Phase.ADOPTION) is None
    assert days(Phase.STUDY) == ("2026-01-01", "2026-12-31")
    assert acts() == ["cycle changed"]


def test_a_taken_out_phase_can_come_back(salma):
    fill(salma, CYCLE, adoption_opens_on="", adoption_closes_on="")
    fill(salma, CYCLE, adoption_opens_on="2026-05-01", adoption_closes_on="2026-05-01")
    assert days(Phase.ADOPTION) == ("2026-05-01", "2026-05-01")


def test_the_calendar_decides_at_once_what_is_open(salma, client):
    fill(salma, CYCLE, intake_opens_on="2026-04-01", intake_closes_on="2026-05-01")
    assert len(texts(client.get("/en/cycles/2026").text, ".phases .state-open")) == len(Phase) - 1


@pytest.mark.parametrize(("kind", "model"), [("themes", Theme), ("axes", Axis)])
def test_a_part_is_added_renamed_and_moved(salma, kind, model):
    before = names(model)
    assert fill(salma, f"{CYCLE}/{kind}", **{"name-fr": "Neuf"}).status_code == 302
    part = session.scalars(select(model.id).order_by(model.id.desc())).first()
    session.remove()
    assert fill(salma, f"{CYCLE}/{kind}/{part}", **{"name-fr": "Renommé"}).status_code == 302
    assert names(model) == [*before, "Renommé"]
    assert press(salma, f"{CYCLE}/{kind}", f"/{part}/up").status_code == 302
    assert names(model) == [*before[:-1], "Renommé", before[-1]]
    assert acts() == [f"{kind}: added", f"{kind}: renamed", f"{kind}: moved"]


def test_a_part_without_a_name_is_refused(salma):
    assert fill(salma, f"{CYCLE}/themes", **{"name-ar": "  "}).status_code == 422
    assert len(names(Theme)) == 2


@pytest.mark.parametrize(("kind", "model"), [("themes", Theme), ("axes", Axis)])
def test_a_part_in_use_stays_until_what_stands_on_it_is_moved(cast, salma, kind, model):
    received(cast, theme_id=cast.access.id)
    part = session.scalars(select(model.id).order_by(model.position)).first()
    session.remove()
    removal = f"{CYCLE}/{kind}/{part}/remove"
    fill(salma, f"{CYCLE}/{kind}", **{"name-fr": "Autre"})
    before, done = names(model), acts()
    page = salma.get(removal).text
    assert numbers(page, "#uses") != []  # what stands on it
    assert hrefs(page, "#uses a")
    assert fill(salma, removal, to="").status_code == 422
    assert names(model) == before
    assert acts() == done
    other = session.scalars(select(model.id).order_by(model.id.desc())).first()
    session.remove()
    assert fill(salma, removal, to=str(other)).status_code == 302
    assert names(model) == before[1:]
    if model is Theme:
        assert session.scalars(select(Idea.theme_id)).all() == [other]
    else:
        assert set(session.scalars(select(Commitment.axis_id))) == {other}


def test_a_part_nobody_uses_goes(salma):
    fill(salma, f"{CYCLE}/themes", **{"name-fr": "De trop"})
    part = session.scalars(select(Theme.id).order_by(Theme.id.desc())).first()
    session.remove()
    removal = f"{CYCLE}/themes/{part}/remove"
    assert texts(salma.get(removal).text, "#uses") == []
    assert press(salma, removal, removal).status_code == 302
    assert "De trop" not in names(Theme)


def test_a_part_of_another_cycle_is_not_there(salma):
    fill(
        salma,
        "/en/manage/cycles/new",
        **{"title-fr": "Autre"},
        code="2030",
        starts_on="2030-01-01",
        ends_on="2030-12-31",
    )
    part = session.scalars(select(Theme.id)).first()
    session.remove()
    assert salma.get(f"/en/manage/cycles/2030/themes/{part}").status_code == 404
