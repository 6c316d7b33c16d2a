"""The way back from a referral: what was not answered is taken back from an institution."""

import json

from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ideas.models.idea import IdeaState
from cocreation.ledger.journal import Action
from cocreation.study.emails import RECALLED
from cocreation.study.models import Referral
from cocreation.study.refusals import NothingToRecall
from tests.desk import BUNDLE, REFERRALS, entries, received, states, steps
from tests.forms import fill
from tests.html import numbers, texts
from tests.mails import of, text
from tests.study.test_referrals import LATER, refer
from tests.words import errors, says

STUDIED = f"{REFERRALS}?studied=1"
WHY = {"act": "recall", "why-ar": "أحيلت خطأ"}


def take_back(client, ids, bodies, **given):
    return fill(client, STUDIED, chosen=ids, institutions=[body.id for body in bodies], **{**WHY, **given})


def test_what_was_sent_by_mistake_is_taken_back_and_can_be_sent_elsewhere(cast, salma):
    ids = received(cast, 2, state=IdeaState.ACCEPTED)
    refer(salma, ids, [cast.ministry])
    assert take_back(salma, ids, [cast.ministry, cast.finance]).status_code == 302
    assert states("2026-1", "2026-2") == ["accepted", "accepted"]
    assert session.query(Referral).count() == 0
    step = steps("2026-1")[-1]
    assert (step.kind.value, step.institution_id, step.text) == (
        "recalled",
        cast.ministry.id,
        {"ar": "أحيلت خطأ"},
    )
    assert json.loads(entries()[-1].content)["action"] == Action.RECALLED.value
    told = session.query(Mail).filter(Mail.template == "study/recalled").one()
    assert (told.to, told.context["count"]) == ("farid@example.org", 2)
    session.remove()
    farid = cast.visitor(cast.farid)
    assert farid.get(f"{BUNDLE}/2026-1/ministry").status_code == 404
    public = cast.visitor().get("/ar/ideas/2026-1")
    assert "أحيلت خطأ" in public.text
    assert refer(salma, ids, [cast.ministry, cast.finance]).status_code == 302
    assert states("2026-1") == ["referred"]


def test_an_institution_nobody_answers_for_is_told_at_its_own_address(cast, salma, mails):
    ids = received(cast, 2, state=IdeaState.ACCEPTED)
    refer(salma, ids, [cast.finance])
    assert take_back(salma, ids, [cast.finance]).status_code == 302
    [told] = of(RECALLED, mails())
    assert told["To"] == cast.finance.email
    assert "/ar/ideas/2026-2" in text(told)
    assert "/bundle" not in text(told)  # it has none


def test_what_was_answered_stays_and_the_others_are_taken_back(cast, salma):
    ids = received(cast, state=IdeaState.ACCEPTED)
    refer(salma, ids, [cast.ministry, cast.finance])
    fill(cast.visitor(cast.farid), f"{BUNDLE}/2026-1/ministry", **LATER)
    take_back(salma, ids, [cast.ministry, cast.finance])
    assert states("2026-1") == ["answered"]
    assert [referral.institution_id for referral in session.query(Referral)] == [cast.ministry.id]
    again = take_back(salma, ids, [cast.ministry, cast.finance])
    assert (again.status_code, says(again, NothingToRecall)) == (422, True)


def test_nothing_is_taken_back_without_a_reason_or_unasked(cast, salma):
    ids = received(cast, 2, state=IdeaState.ACCEPTED)
    refer(salma, ids, [cast.ministry])
    assert errors(take_back(salma, ids, [cast.ministry], **{"why-ar": ""})) == {"why"}
    token = salma.get(STUDIED).text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"chosen": ids, "institutions": [cast.ministry.id], **WHY, "csrf_token": token}
    asked = salma.post(STUDIED, data=data)
    assert numbers(asked.text, "h1") == [2]
    assert texts(asked.text, "main .reference") == ["2026-1", "2026-2"]
    no = salma.post(STUDIED, data={**data, "confirmed": "no"})
    assert "أحيلت خطأ" in no.text
    assert states("2026-1", "2026-2") == ["referred", "referred"]


def test_ideas_to_send_are_counted_and_chosen_by_theme(cast, salma):
    ids = received(cast, 2, state=IdeaState.ACCEPTED, theme_id=cast.access.id)
    received(cast, state=IdeaState.ACCEPTED, theme_id=cast.digital.id)
    for theme, number in ((cast.access, 2), (cast.digital, 1)):
        narrowed = salma.get(f"{REFERRALS}?theme={theme.id}").text
        assert len(texts(narrowed, "main .lead .reference")) == number
    refer(salma, ids[:1], [cast.finance])
    page = salma.get(STUDIED).text
    assert numbers(page, ".tabs .count")[:2] == [2, 1]
    for body, found in ((cast.finance, ["2026-1"]), (cast.ministry, [])):
        narrowed = salma.get(f"{STUDIED}&institution={body.id}").text
        assert texts(narrowed, "main .lead .reference") == found
