"""The right of reply: answered once, by somebody else, in public."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from cocreation.appeals.refusals import AlreadyHeard, FateChanges, FateStands, FirstDecider
from cocreation.batches.refusals import NothingChanged, RevisionIncomplete
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.reasons.models import Fate, Reason
from cocreation.screening.models import Reading, Screening
from cocreation.study.models import Referral
from tests.cast import THEN, T
from tests.desk import batch_of, entries, idea, published, received, steps, waiting
from tests.forms import fill
from tests.html import texts
from tests.words import refuses, says

LIST = "/en/manage/dispositions/appeals"
PAGE = f"{LIST}/2026-1"
ANSWER = {"answer-fr": "Le budget a été voté"}


@pytest.fixture
def mounia(cast):
    return cast.visitor(cast.mounia)


def contest(*references, at=THEN):
    for reference in references:
        said = {"text": f"Le budget existe ({reference})", "language": "fr", "filed_at": at}
        session.add(Appeal(idea_id=idea(reference).id, **said))
        session.commit()
    session.remove()


def appeal():
    session.remove()
    return session.query(Appeal).one()


def test_upheld_it_changes_the_fate_in_public(cast, mounia):
    published(cast, email="author@example.org")
    contest("2026-1")
    new = {"outcome": "included/fits_the_plan", "reason_text-fr": "Nous l'intégrons", "body": cast.finance.id}
    answer = fill(mounia, PAGE, hearing="upheld", **ANSWER, **new, commitment=cast.commitment.id)
    assert answer.status_code == 302
    now = idea("2026-1")
    assert (now.fate.value, now.reason.value, now.commitment_id) == (
        "included",
        "fits_the_plan",
        cast.commitment.id,
    )
    row = appeal()
    assert (row.outcome.value, row.heard_by, row.heard_at) == ("upheld", cast.mounia.id, THEN)
    assert [(s.kind.value, s.outcome) for s in steps("2026-1")][-2:] == [
        ("heard", "upheld"),
        ("revised", "included"),
    ]
    told = [json.loads(entry.content) for entry in entries()][-2:]
    assert [(entry["action"], entry["subject"]) for entry in told] == [
        ("appeal heard", "2026-1"),
        ("fate revised", "2026-1"),
    ]
    assert told[1]["commitment"] == "2026-C01"
    assert "Mounia" not in entries()[-2].content
    mails = [mail for mail in session.query(Mail) if mail.template != "dispositions/fates"]
    assert [(mail.to, mail.template) for mail in mails] == [("author@example.org", "dispositions/heard")]
    page = cast.visitor().get("/fr/ideas/2026-1").text
    assert "Le budget a été voté" in page
    assert "<del>" in page


def test_partly_upheld_it_changes_the_reasons(cast, mounia):
    published(cast)
    contest("2026-1")
    answer = fill(mounia, PAGE, hearing="partly_upheld", **ANSWER, **{"reason_text-fr": "Dans deux ans"})
    assert answer.status_code == 302
    now = idea("2026-1")
    assert (now.fate, now.reason_text["fr"]) == (Fate.DEFERRED, "Dans deux ans")


def test_dismissed_it_leaves_the_fate_whatever_stands_in_the_form(cast, mounia):
    published(cast)
    contest("2026-1")
    answer = fill(mounia, PAGE, hearing="dismissed", **ANSWER, outcome="not_included/lacks_time")
    assert answer.status_code == 302
    assert idea("2026-1").fate is Fate.DEFERRED
    assert [step.kind.value for step in steps("2026-1")][-1] == "heard"


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({"hearing": "upheld"}, FateStands),
        ({"hearing": "partly_upheld", "outcome": "not_included/lacks_time"}, FateChanges),
        ({"hearing": "partly_upheld"}, NothingChanged),
        ({"hearing": "upheld", "outcome": "included/fits_the_plan"}, RevisionIncomplete),
        ({"hearing": "upheld", "outcome": ""}, RevisionIncomplete),
        ({"hearing": "upheld", "outcome": "deferred/lacks_time", "body": ""}, FateStands),
        ({"hearing": "upheld", "outcome": "not_included/lacks_time", "body": ""}, RevisionIncomplete),
        ({"hearing": None}, {"hearing"}),
        ({"hearing": "dismissed", "answer-fr": ""}, {"answer"}),
        ({"hearing": "nonsense"}, {"hearing"}),
    ],
)
def test_an_answer_that_does_not_hold_together_changes_nothing(cast, mounia, given, because):
    published(cast)
    contest("2026-1")
    links = len(entries())
    answer = fill(mounia, PAGE, **{**ANSWER, **given})
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert appeal().outcome is None
    assert (idea("2026-1").fate, len(entries())) == (Fate.DEFERRED, links)


def test_who_published_the_fate_does_not_answer(cast):
    published(cast)
    contest("2026-1")
    refused(cast, cast.salma)


def test_who_answered_for_the_institution_does_not_answer(cast):
    published(cast)
    contest("2026-1")
    answered = {"answer": Fate.DEFERRED, "reason": Reason.LACKS_TIME, "reason_text": T("لاحقا", "Plus tard")}
    session.add(
        Referral(
            idea_id=idea("2026-1").id,
            institution_id=cast.ministry.id,
            due_on=THEN.date(),
            referred_by=cast.salma.id,
            referred_at=THEN,
            answered_by=cast.amal.id,
            answered_at=THEN,
            **answered,
        )
    )
    session.commit()
    refused(cast, cast.amal)


@pytest.mark.parametrize("act", ["decided", "read"])
def test_who_screened_an_idea_that_was_not_accepted_does_not_answer(cast, act):
    fate = {"fate": Fate.NOT_ACCEPTED, "reason": Reason.NOT_CLEAR}
    published(cast, **fate)
    contest("2026-1")
    key, reason = idea("2026-1").id, {"reason": Reason.NOT_CLEAR, "reason_text": T("غامضة", "Vague")}
    if act == "decided":
        criteria = {"is_clear": False, "is_precise": True, "is_about_openness": True}
        by = {"decided_by": cast.amal.id, "decided_at": THEN}
        session.add(Screening(idea_id=key, accepted=False, **criteria, **by, **reason))
    else:
        scores = {"clarity": 0, "precision": 2, "openness": 2}
        session.add(
            Reading(idea_id=key, reader_id=cast.amal.id, accepts=False, read_at=THEN, **scores, **reason)
        )
    session.commit()
    refused(cast, cast.amal)


def test_who_screened_an_idea_that_was_accepted_may_answer(cast):
    published(cast)
    contest("2026-1")
    criteria = {"is_clear": True, "is_precise": True, "is_about_openness": True, "accepted": True}
    by = {"decided_by": cast.amal.id, "decided_at": THEN}
    session.add(Screening(idea_id=idea("2026-1").id, **criteria, **by))
    session.commit()
    assert fill(cast.visitor(cast.amal), PAGE, hearing="dismissed", **ANSWER).status_code == 302


def refused(cast, somebody):
    """The page says so, and the act is refused."""
    visitor = cast.visitor(somebody)
    page = visitor.get(PAGE)
    assert says(page, FirstDecider)
    assert 'name="hearing"' not in page.text
    token = visitor.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "hearing": "dismissed", **ANSWER}
    answer = visitor.post(PAGE, data=sent)
    assert answer.status_code == 403
    assert says(answer, FirstDecider)
    assert appeal().outcome is None


def test_it_is_answered_once_and_the_second_sees_what_the_first_said(cast, mounia):
    published(cast)
    contest("2026-1")
    amal = cast.visitor(cast.amal)
    token = amal.get(PAGE).text.split('name="csrf_token" value="')[1].split('"')[0]
    fill(mounia, PAGE, hearing="dismissed", **ANSWER)
    sent = {"csrf_token": token, "hearing": "upheld", "answer-fr": "Oui"}
    late = amal.post(PAGE, data=sent)
    assert late.status_code == 409
    assert says(late, AlreadyHeard, outcome=Hearing.DISMISSED.label)
    assert "Le budget a été voté" in late.text
    assert appeal().outcome.value == "dismissed"
    assert session.query(Mail).filter(Mail.template == "dispositions/heard").count() == 0  # no address


def test_there_is_nothing_to_hear_where_nobody_contests(cast, mounia):
    published(cast)
    assert mounia.get(PAGE).status_code == 404
    assert mounia.get(f"{LIST}/2026-99").status_code == 404


def test_the_oldest_waits_first_with_its_age_and_those_answered_stand_apart(cast, mounia):
    published(cast, 3)
    contest("2026-2", at=THEN - timedelta(days=8))
    contest("2026-1", at=THEN - timedelta(days=1))
    page = mounia.get(LIST).text
    assert page.index("2026-2<") < page.index("2026-1<")
    ages = [text.rsplit("·", 1)[1] for text in texts(page, ".row-meta")]
    assert [re.findall(r"\d+", age) for age in ages] == [["8"], ["1"]]
    fill(mounia, PAGE, hearing="dismissed", **ANSWER)
    assert "2026-1<" not in mounia.get(LIST).text
    assert "2026-1<" in mounia.get(f"{LIST}?answered=1").text
    assert waiting(mounia, LIST) == [1]


def test_the_list_asks_as_much_for_many_as_for_one(cast, mounia, statements):
    def asked():
        with statements() as statement:
            assert mounia.get(LIST).status_code == 200
        return len(statement)

    published(cast)
    contest("2026-1")
    few = asked()
    ids = received(cast, 40, state="answered")
    from cocreation.batches.services import publication

    publication.publish(batch_of(cast, ids), by=cast.salma.id, now=THEN)
    session.commit()
    contest(*(f"2026-{n}" for n in range(2, 42)))
    assert asked() == few <= 5
