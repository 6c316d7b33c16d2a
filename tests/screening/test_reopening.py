"""What was decided at screening: its list, and the way back from it."""

import json

import pytest
from sqlalchemy import select

from cocreation.batches.refusals import PreparedNotReopened
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Phase
from cocreation.cycles.refusals import PhaseClosed
from cocreation.ledger.journal import Action
from cocreation.screening.models import Screening
from cocreation.screening.refusals import NotToReopen, WhyReopenedMissing
from tests.cast import THEN
from tests.desk import REFERRALS, SCREENING, batch_of, close, entries, idea, received, states, steps
from tests.forms import csrf_token, fill
from tests.html import hrefs, numbers, texts
from tests.screening.desk import YES, read, readings
from tests.words import says

WHY = {"why-ar": "قرئت خطأ"}


def reopen(client, reference="2026-1", **given):
    """As who kept the page open sends it."""
    return client.post(
        f"{SCREENING}/{reference}/reopen", data={"csrf_token": csrf_token(client), **WHY, **given}
    )


def test_what_was_decided_is_listed_and_narrowed(cast, salma):
    received(cast, 3)
    read(salma)
    read(salma, "2026-2", **YES)
    page = salma.get(f"{SCREENING}/decided").text
    assert texts(page, "tbody .reference") == ["2026-2", "2026-1"]  # the latest first
    assert f"{SCREENING}/2026-1/reopen" in hrefs(page, "main a")
    for outcome, reference in (("accepted", "2026-2"), ("not_accepted", "2026-1")):
        narrowed = salma.get(f"{SCREENING}/decided?outcome={outcome}").text
        assert texts(narrowed, "tbody .reference") == [reference]
        assert numbers(narrowed, ".listing p") == [1]
        assert numbers(narrowed, ".picks b") == [2, 1, 1]  # all decisions, accepted, not accepted


def test_a_decision_is_taken_back_in_public_and_read_anew(cast, salma):
    received(cast, email="author@example.org")
    read(salma)
    answer = fill(salma, f"{SCREENING}/2026-1/reopen", **WHY)
    assert answer.location.endswith("/screening/2026-1")
    assert states("2026-1") == ["received"]
    assert idea("2026-1").accepted is None
    assert (steps("2026-1")[-1].kind.value, steps("2026-1")[-1].text) == ("reopened", {"ar": "قرئت خطأ"})
    content = json.loads(entries()[-1].content)
    assert (content["action"], content["accepted"]) == (Action.REOPENED.value, False)
    assert session.scalars(select(Screening)).all() == []
    mail = session.scalars(select(Mail).where(Mail.template == "screening/reopened")).one()
    assert (mail.to, mail.context["accepted"]) == ("author@example.org", False)
    session.remove()
    public = cast.visitor().get("/ar/ideas/2026-1")
    assert "قرئت خطأ" in public.text
    read(salma, **YES)  # the same reader may: nothing of the first reading counts
    assert states("2026-1") == ["accepted"]
    assert len(readings()) == 1


@pytest.mark.usefixtures("two_readers")
def test_readings_from_before_count_no_more(cast, salma):
    received(cast)
    amal = cast.visitor(cast.amal)
    read(salma)
    read(amal)
    fill(salma, f"{SCREENING}/2026-1/reopen", **WHY)
    read(amal)
    assert states("2026-1") == ["received"]
    read(salma)
    assert states("2026-1") == ["screened_out"]


def test_what_something_was_built_on_is_not_taken_back(cast, salma):
    ids = received(cast, 3)
    assert says(reopen(salma), NotToReopen, state=idea("2026-1").state.label)  # nothing was decided
    fill(salma, SCREENING, chosen=ids)
    assert says(reopen(salma, **{"why-ar": "", "why-fr": "Erreur"}), WhyReopenedMissing)
    batch = batch_of(cast, ids[:1])
    page = salma.get(f"{SCREENING}/2026-1/reopen")
    assert says(page, PreparedNotReopened)  # before anybody writes why
    assert 'name="why-ar"' not in page.text
    refused = reopen(salma)
    assert refused.status_code == 409
    assert says(refused, PreparedNotReopened, reference="\u20682026-1\u2069")
    assert "قرئت خطأ" in refused.text  # what was typed stays
    assert batch
    fill(salma, REFERRALS, chosen=ids[1:2], institutions=[cast.ministry.id], due_on="2026-04-01")
    assert reopen(salma, "2026-2").status_code == 409
    assert 'name="why-ar"' not in salma.get(f"{SCREENING}/2026-2/reopen").text
    assert states("2026-1", "2026-2", "2026-3") == ["accepted", "referred", "accepted"]


@pytest.mark.parametrize("many", [False, True])
def test_a_correction_is_made_when_the_phase_is_over_and_nothing_else(cast, salma, many):
    ids = received(cast, 2)
    read(salma)
    close(Phase.SCREENING)
    assert fill(salma, f"{SCREENING}/2026-1/reopen", **WHY).status_code == 302
    assert 'name="screened_on"' not in salma.get(f"{SCREENING}/2026-1").text  # it is read today
    assert 'name="screened_on"' in salma.get(f"{SCREENING}/2026-2").text
    if many:
        assert says(fill(salma, SCREENING, chosen=ids), PhaseClosed)  # the other one was never read
        answer = fill(salma, SCREENING, chosen=ids[:1])
    else:
        assert says(read(salma, "2026-2"), PhaseClosed)
        answer = read(salma, **YES)
    assert answer.status_code == 302
    assert states("2026-1", "2026-2") == ["accepted", "received"]
    assert clock.day_of(steps("2026-1")[-1].at) == clock.day_of(THEN)


def test_the_author_of_a_reopened_idea_can_be_asked_when_the_phase_is_over(cast, salma):
    received(cast, 2, email="author@example.org")
    read(salma)
    close(Phase.SCREENING)
    fill(salma, f"{SCREENING}/2026-1/reopen", **WHY)
    question = {"text-ar": "أين؟", "answer_by": "2026-03-20"}
    assert fill(salma, f"{SCREENING}/2026-1/question", **question).status_code == 302
    assert salma.get(f"{SCREENING}/2026-2/question").status_code == 200
    data = {"csrf_token": csrf_token(salma), **question}
    assert says(salma.post(f"{SCREENING}/2026-2/question", data=data), PhaseClosed)
    assert states("2026-1", "2026-2") == ["asked", "received"]
