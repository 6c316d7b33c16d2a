"""The rules of a cycle, each with its source, that a meeting must keep."""

from __future__ import annotations

from datetime import date

import pytest

from cocreation.core.database import Translated, session
from cocreation.languages.i18n import LANGUAGES
from cocreation.meetings.models.meeting import Meeting
from cocreation.preparation.models import Rule, RuleKind
from cocreation.preparation.refusals import RuleBroken, SourceMissing
from cocreation.preparation.services import USUAL
from tests.forms import fill, press
from tests.meeting_day import later, registrations, worded, write
from tests.meeting_plan import HUB, NEW, RULES, meeting, rows, set_rules
from tests.meetings.test_management import DRAFT
from tests.words import says

BROKEN = [
    (RuleKind.ANNOUNCE_BEFORE, 54, 53),
    (RuleKind.WINDOW, 20, 19),
    (RuleKind.CLOSE_BEFORE, 14, 13),
]


@pytest.mark.parametrize(("rule", "asked", "given"), BROKEN)
def test_a_draft_that_breaks_a_rule_is_refused_with_the_rule_and_its_source(salma, cast, rule, asked, given):
    set_rules(cast, **{rule.value: asked})
    answer = fill(salma, NEW, **DRAFT)
    assert answer.status_code == 409
    told = {"rule": worded(rule.label), "source": "comme pratiqué en 2023"}
    assert says(answer, RuleBroken, days=asked, given=given, **told)
    assert session.query(Meeting).count() == 1
    arabic = fill(salma, NEW.replace("/en/", "/ar/"), **DRAFT)
    assert "جرى به العمل سنة 2023" in arabic.text


@pytest.mark.parametrize("rule", [{"announce_before": 53}, {"window": 19}, {"close_before": 13}])
def test_a_draft_that_just_keeps_a_rule_is_accepted(salma, cast, rule):
    set_rules(cast, **rule)
    assert fill(salma, NEW, **DRAFT).status_code == 302


def test_announcing_is_measured_on_its_day(salma, cast):
    fill(salma, NEW, **DRAFT)
    set_rules(cast, announce_before=53)
    with later(days=1):
        late = cast.visitor(cast.salma)
        answer = late.get("/en/manage/meetings/RSK1")
        page = answer.text
        assert says(answer, RuleBroken)
        assert 'action="/en/manage/meetings/RSK1/announce"' not in page
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        sent = {"csrf_token": token, "confirmed": "1"}
        refused = late.post("/en/manage/meetings/RSK1/announce", data=sent)
        assert refused.status_code == 409
        assert "comme pratiqué en 2023" in refused.text
    assert meeting("RSK1").announced_at is None
    assert press(salma, "/en/manage/meetings/RSK1", "/announce").status_code == 302


def test_announced_late_the_window_is_what_is_left_of_it(salma, cast):
    fill(salma, NEW, **DRAFT)
    set_rules(cast, window=15)
    with later(days=26):  # 5 April: 5 to 19 April are fifteen days
        assert not says(cast.visitor(cast.salma).get("/en/manage/meetings/RSK1"), RuleBroken)
    with later(days=27):
        assert says(cast.visitor(cast.salma).get("/en/manage/meetings/RSK1"), RuleBroken)


def test_a_change_of_dates_keeps_the_rules_and_other_changes_are_free(salma, cast):
    write(cast, 1)
    set_rules(cast, window=15)  # the window of OR1 is of sixteen days
    refused = fill(salma, f"{HUB}/edit", registration_closes_at="2026-03-18T00:00")
    assert refused.status_code == 409
    assert says(refused, RuleBroken, given=13)
    assert meeting().registration_closes_at == cast.meeting.registration_closes_at
    set_rules(cast, close_before=30)  # a rule that came later: what stands is left alone
    assert fill(salma, f"{HUB}/edit", places="9", **{"venue-fr": "Théâtre"}).status_code == 302
    assert (meeting().places, len(registrations())) == (9, 1)


def test_the_secretariat_sees_and_sets_the_rules(salma, cast):
    assert f'action="{RULES}/usual"' in salma.get(RULES).text
    assert press(salma, RULES, "/usual").status_code == 302
    assert {rule.kind: rule.days for rule in rows(Rule)} == {
        RuleKind.ANNOUNCE_BEFORE: 14,
        RuleKind.WINDOW: 15,
        RuleKind.CLOSE_BEFORE: 5,
    }
    page = salma.get(RULES).text
    assert f'action="{RULES}/usual"' not in page
    assert USUAL[RuleKind.WINDOW][1]["en"] in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert salma.post(f"{RULES}/usual", data={"csrf_token": token}).status_code == 409
    changed = fill(salma, RULES, window_days="10", announce_before_days="", **{"window_source-fr": "Décidé"})
    assert changed.status_code == 302
    assert {rule.kind: rule.days for rule in rows(Rule)} == {RuleKind.WINDOW: 10, RuleKind.CLOSE_BEFORE: 5}
    assert rows(Rule)[0].source["fr"] == "Décidé"


def test_a_rule_without_a_source_is_none(salma):
    sources = {f"window_source-{code}": "" for code in LANGUAGES}
    refused = fill(salma, RULES, window_days="15", **sources)
    assert refused.status_code == 422
    assert says(refused, SourceMissing)
    assert fill(salma, RULES, window_days="-1").status_code == 422
    assert rows(Rule) == []


def test_a_rule_holds_for_its_cycle_alone(salma, cast):
    set_rules(cast, window=300)
    session.add(cycle := _other_cycle())
    session.commit()
    assert fill(salma, NEW, **{**DRAFT, "cycle": str(cycle.id)}).status_code == 302


def _other_cycle():
    from cocreation.cycles.models import Cycle

    said = {"title": Translated(fr="Un autre"), "summary": Translated(fr="Un autre")}
    return Cycle(code="2028", starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1), **said)
