"""Reporting an idea, and the moderators' queue."""

from datetime import timedelta

import pytest

from cocreation.app import create_app
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import HIDDEN
from cocreation.moderation.models import Harm, Report
from cocreation.moderation.services.hidings import NothingReported
from tests.cast import THEN
from tests.desk import waiting
from tests.forms import fill
from tests.html import numbers, texts
from tests.moderation.conftest import DESK, HARM, NOT_AGAINST_THE_RULE, dismiss, hide, report, reports
from tests.senders import ideas, write
from tests.words import errors, said, says

THANKS = "/en/moderation/thanks"


def test_anyone_reports_from_the_page_of_an_idea(cast, harmful):
    visitor = cast.visitor()
    assert "/en/ideas/2026-1/report" in visitor.get("/en/ideas/2026-1").text
    answer = report(visitor, words="Il insulte", email="omar@example.org")
    assert answer.location == THANKS
    assert visitor.get(THANKS).status_code == 200
    [filed] = reports()
    assert (filed.reason.value, filed.words, filed.email, filed.language) == (
        "insult",
        "Il insulte",
        "omar@example.org",
        "en",
    )


def test_the_answer_is_always_the_same_and_of_silent_words_nothing_is_noted(cast, harmful):
    visitor, late = cast.visitor(), cast.visitor()
    page = visitor.get("/en/ideas/2026-1/report").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    hide(cast.visitor(cast.salma))
    sent = {"csrf_token": token, "reason": "insult", "once": "a" * 24}
    assert visitor.post("/en/ideas/2026-1/report", data=sent).location == THANKS
    assert reports() == []
    silent = late.get("/en/ideas/2026-1/report")
    assert says(silent, HIDDEN)
    assert HARM not in silent.text
    assert 'name="reason"' not in silent.text


def test_the_same_form_sent_twice_counts_once(cast, harmful):
    visitor = cast.visitor()
    once = {"once": "b" * 24}
    assert report(visitor, **once).location == report(visitor, **once).location == THANKS
    assert len(reports()) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": None}, "reason"),
        ({"reason": "opinion"}, "reason"),
        ({"reason": "other", "words": ""}, "words"),
        ({"words": "x" * 1001}, "words"),
        ({"email": "nowhere"}, "email"),
        ({"website": "http://x"}, "website"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_noted(cast, harmful, fields, field):
    answer = report(cast.visitor(), **{"words": "kept", **fields})
    assert answer.status_code == 422
    assert errors(answer) == {field}
    assert reports() == []


@pytest.mark.parametrize("reference", ["2026-99", "x"])
def test_what_is_not_public_cannot_be_reported(cast, harmful, reference):
    assert cast.visitor().get(f"/en/ideas/{reference}/report").status_code == 404


def test_many_reports_from_one_address_are_refused(database_url, cast, harmful, tmp_path):
    key = str(tmp_path / "key.pem")
    app = create_app(database_url=database_url, secret_key="x", testing=True, register_key=key)
    answers = [report(app.test_client()).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
    app.extensions["engine"].dispose()


def test_reports_of_one_idea_wait_together_the_oldest_first(cast, harmful, statements):
    write(cast, 2)
    visitor, salma = cast.visitor(), cast.visitor(cast.salma)
    report(visitor, "2026-2", reason="advertising")
    for minutes, reason in ((10, "insult"), (20, "personal_data")):
        with clock.frozen(THEN + timedelta(minutes=minutes)):
            report(visitor, reason=reason)
    with statements() as few:
        page = salma.get(DESK).text
    assert page.index("2026-2") < page.index("2026-1")
    assert numbers(page, ".state-waiting") == [1, 2]
    about = texts(page, ".row-meta")[1]
    assert said(about, Harm.INSULT.label)
    assert said(about, Harm.PERSONAL_DATA.label)
    assert waiting(salma, DESK) == [2]

    many = [
        Report(
            idea_id=idea.id, once=f"many {n} {idea.id}", reason="other", language="fr", made_at=clock.now()
        )
        for idea in ideas()
        for n in range(30)
    ]
    session.add_all(many)
    session.commit()
    session.remove()
    with statements() as asked:
        assert 31 in numbers(salma.get(DESK).text, ".state-waiting")
    assert len(asked) == len(few) <= 6
    with statements() as asked:
        assert salma.get(f"{DESK}/2026-1").status_code == 200
    assert len(asked) <= 6


def test_the_queue_is_paged(cast, harmful):
    write(cast, 35)
    rows = [
        Report(idea_id=idea.id, once=f"one {idea.id}", reason="other", language="fr", made_at=clock.now())
        for idea in ideas()
    ]
    session.add_all(rows)
    session.commit()
    session.remove()
    salma = cast.visitor(cast.salma)
    page = salma.get(DESK).text
    assert numbers(page, ".state-waiting") == [1] * 30
    cursor = page.split("cursor=")[1].split('"')[0]
    assert numbers(salma.get(f"{DESK}?cursor={cursor}").text, ".state-waiting") == [1] * 6


def test_an_idea_that_stays_keeps_its_words_and_who_reported_it_is_told_once(cast, harmful, mails):
    report(cast.visitor(), email="omar@example.org")
    report(cast.visitor())
    salma = cast.visitor(cast.salma)
    assert dismiss(salma).location == DESK
    assert [report.email for report in reports()] == [None, None]
    assert {report.note for report in reports()} == {"An opinion."}
    [(to, words)] = mails()
    assert to == "omar@example.org"
    assert said(words, NOT_AGAINST_THE_RULE)
    assert HARM in cast.visitor().get("/en/ideas/2026-1").text
    assert '<div class="empty">' in salma.get(DESK).text


def test_two_moderators_at_once_the_second_sees_what_the_first_did(cast, harmful):
    report(cast.visitor())
    salma, amal = cast.visitor(cast.salma), cast.visitor(cast.amal)
    page = amal.get(f"{DESK}/2026-1").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    dismiss(salma)
    answer = amal.post(f"{DESK}/2026-1/dismiss", data={"csrf_token": token, "note": "late"})
    assert answer.status_code == 409
    assert says(answer, NothingReported)
    assert {report.note for report in reports()} == {"An opinion."}


def test_leaving_it_as_it_is_asks_why(cast, harmful):
    report(cast.visitor())
    assert dismiss(cast.visitor(cast.salma), note=" ").status_code == 422
    assert reports()[0].decided_at is None


def test_an_address_left_with_a_report_can_be_erased(app, cast, harmful):
    report(cast.visitor(), email="omar@example.org")
    assert app.test_cli_runner().invoke(args=["data", "erase", "OMAR@example.org", "--yes"]).exit_code == 0
    [filed] = reports()
    assert filed.email is None


def test_a_report_sent_to_the_desk_of_an_unknown_idea_is_nowhere(cast, harmful):
    salma = cast.visitor(cast.salma)
    assert salma.get(f"{DESK}/2026-99").status_code == 404
    report(cast.visitor())
    page = f"{DESK}/2026-1"
    assert fill(salma, page, note="x").status_code == 302
