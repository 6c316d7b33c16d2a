"""The published log of moderation: the rule, and what was done by it, in numbers."""

import re
from datetime import timedelta

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.moderation.models import Harm, Hiding, Report
from cocreation.moderation.queries import log as queries
from cocreation.moderation.services.hidings import CONTEST_WITHIN
from tests.cast import THEN, T
from tests.html import numbers, texts
from tests.moderation.conftest import contest, decide, dismiss, hide, report
from tests.senders import write
from tests.words import said

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_without_anything_it_says_the_rule(cast):
    page = cast.visitor().get("/ar/moderation")
    assert page.status_code == 200
    [nothing] = texts(page.text, ".empty")
    assert not re.search("[A-Za-z]", nothing), "said in Arabic"
    english = cast.visitor().get("/en/moderation").text
    assert numbers(english, "[aria-labelledby=rule] li") == [CONTEST_WITHIN.days]
    assert texts(english, ".empty")
    assert 'href="/en/moderation"' in cast.visitor().get("/en/about").text


def test_everything_is_counted_in_its_month(cast, harmful):
    write(cast, 2)
    visitor, salma, amal = cast.visitor(), cast.visitor(cast.salma), cast.visitor(cast.amal)
    report(visitor)
    report(visitor, "2026-2", reason="advertising")
    with clock.frozen(THEN + 3 * HOUR):
        hide(salma)
    with clock.frozen(THEN + 11 * HOUR):
        dismiss(salma, "2026-2")
    with clock.frozen(THEN + 5 * DAY):
        contest(cast.visitor(), harmful.receipt)
    with clock.frozen(THEN + 30 * DAY):
        # The moderators' sign-ins of the tests have ended by then: these are new ones.
        amal = cast.visitor(cast.amal)
        decide(amal)
        report(visitor, "2026-3")
        log = queries.log(clock.now())
        page = cast.visitor().get("/en/moderation").text
    april, march = (figures for _month, figures in log.months)
    assert [str(month) for month, _ in log.months] == ["2026-04-01", "2026-03-01"]
    assert (march.reports, march.hidden, march.contested, march.shown, march.median_hours) == (
        2,
        1,
        1,
        0,
        7.0,
    )
    assert (april.reports, april.hidden, april.contested, april.shown, april.median_hours) == (
        1,
        0,
        0,
        1,
        None,
    )
    assert (log.year.reports, log.year.hidden, log.year.shown) == (3, 1, 1)
    assert log.reasons == [(Harm.INSULT, 1)]
    assert "March 2026" in page
    [reason] = texts(page, "[aria-labelledby=reasons] tbody th")
    assert said(reason, Harm.INSULT.label)


def test_what_is_older_than_a_year_is_no_longer_counted(cast, harmful):
    report(cast.visitor())
    assert queries.log(THEN + 364 * DAY).year.reports == 1
    assert queries.log(THEN + 366 * DAY).year.reports == 0


def test_the_log_costs_the_same_for_many(cast, harmful, statements):
    visitor = cast.visitor()
    report(visitor)
    session.remove()
    with statements() as few:
        visitor.get("/ar/moderation")
    rows = [
        Report(idea_id=harmful.id, once=f"n{n}", reason=Harm.OTHER, language="fr", made_at=THEN)
        for n in range(200)
    ]
    rows += [
        Hiding(
            idea_id=harmful.id,
            reason=Harm.OTHER,
            text=T("", "x"),
            hidden_by=cast.salma.id,
            hidden_at=THEN,
            contest_until=THEN.date(),
        )
        for _ in range(50)
    ]
    session.add_all(rows)
    session.commit()
    session.remove()
    with statements() as many:
        assert "201" in visitor.get("/en/moderation").text
    assert len(many) == len(few) <= 3
