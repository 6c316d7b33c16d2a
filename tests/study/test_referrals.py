"""Sending ideas to institutions, and their answers."""

from datetime import date

import pytest

from cocreation.accounts.models import Role
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Phase
from cocreation.cycles.refusals import PhaseClosed
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import IdeaState
from cocreation.study.emails import REFERRED_TO_BODY
from cocreation.study.models import Referral
from cocreation.study.refusals import AlreadyReferred, CommitmentMissing, NobodyAnswers, NotReferable
from tests.cast import person
from tests.desk import BUNDLE, REFERRALS, close, entries, received, states, steps
from tests.forms import csrf_token, fill
from tests.html import hrefs, parse
from tests.study.institutions import late
from tests.words import refuses, says

YES = {"outcome": "included/fits_the_plan", "reason_text-ar": "ندرجه"}
LATER = {"outcome": "deferred/lacks_budget", "reason_text-fr": "Pas de budget cette fois"}


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def refer(salma, ids, bodies, url=REFERRALS, **given):
    fields = {"chosen": ids, "institutions": [body.id for body in bodies], "due_on": "2026-04-01"}
    return fill(salma, url, **fields | given)


def test_accepted_ideas_go_to_institutions_with_a_day_by_which_to_answer(cast, salma):
    ids = received(cast, 3, state=IdeaState.ACCEPTED)
    assert refer(salma, ids[:2], [cast.ministry, cast.finance]).status_code == 302
    assert states("2026-1", "2026-2", "2026-3") == ["referred", "referred", "accepted"]
    sent = [step for step in steps("2026-1") if step.kind.value == "referred"]
    assert [(s.institution_id, s.due_on.isoformat()) for s in sent] == [
        (cast.ministry.id, "2026-04-01"),
        (cast.finance.id, "2026-04-01"),
    ]
    assert len(entries()) == 4


def test_a_focal_point_gets_one_mail_for_all_of_them(cast, salma):
    person("Second", Role.FOCAL_POINT, cast.finance.id)
    session.commit()
    refer(salma, received(cast, 3, state=IdeaState.ACCEPTED), [cast.ministry])
    mails = session.query(Mail).all()
    assert [(mail.to, mail.context["count"]) for mail in mails] == [("farid@example.org", 3)]


def test_an_institution_nobody_answers_for_is_written_to_at_its_own_address(cast, salma):
    refer(salma, received(cast, 2, state=IdeaState.ACCEPTED), [cast.ministry, cast.finance])
    mails = {mail.to: mail for mail in session.query(Mail)}
    assert set(mails) == {cast.farid.email, cast.finance.email}
    assert mails[cast.finance.email].template == REFERRED_TO_BODY.name
    assert mails[cast.finance.email].context["references"] == ["2026-1", "2026-2"]


def test_ideas_are_not_sent_where_nobody_would_ever_read_of_them(cast, salma, farid):
    session.get_one(Institution, cast.finance.id).email = None
    session.commit()
    first, second = received(cast, 2, state=IdeaState.ACCEPTED)
    refused = refer(salma, [first], [cast.ministry, cast.finance])
    assert (refused.status_code, states("2026-1")) == (409, ["accepted"])
    assert says(refused, NobodyAnswers, institution="La direction du budget")
    refer(salma, [second], [cast.ministry])
    transferred = {"outcome": "transferred/other_remit", "transfer_to": str(cast.finance.id)}
    answer = fill(farid, f"{BUNDLE}/2026-2/ministry", **transferred, **{"reason_text-fr": "Au budget"})
    assert (answer.status_code, says(answer, NobodyAnswers), states("2026-2")) == (409, True, ["referred"])


def test_an_idea_can_go_to_one_more_institution_also_after_an_answer(cast, salma, farid):
    ids = received(cast, state=IdeaState.ACCEPTED)
    refer(salma, ids, [cast.ministry])
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER)
    assert states("2026-1") == ["answered"]
    assert refer(salma, ids, [cast.ministry, cast.finance], url=f"{REFERRALS}?studied=1").status_code == 302
    assert states("2026-1") == ["referred"]
    assert session.query(Referral).count() == 2
    again = refer(salma, ids, [cast.finance], url=f"{REFERRALS}?studied=1")
    assert again.status_code == 409
    assert says(again, AlreadyReferred)


def test_the_question_counts_what_will_be_sent_and_nothing_sent_before(cast, salma):
    ids = received(cast, 2, state=IdeaState.ACCEPTED)
    refer(salma, ids[:1], [cast.ministry])
    both = {"chosen": ids, "institutions": [cast.ministry.id, cast.finance.id], "due_on": "2026-04-01"}
    asked = salma.post(REFERRALS, data={"csrf_token": csrf_token(salma), **both})
    yes = next(button for button in parse(asked.text).iter("button") if button.get("name") == "confirmed")
    assert yes.get("value") == "3"
    assert refer(salma, ids, [cast.ministry, cast.finance]).status_code == 302
    assert session.query(Referral).count() == 4


@pytest.mark.parametrize("state", [IdeaState.RECEIVED, IdeaState.NOT_ACCEPTED])
def test_only_accepted_ideas_are_sent(cast, salma, state):
    received(cast, state=IdeaState.ACCEPTED)
    other = received(cast, state=state)
    answer = refer(salma, other, [cast.ministry])
    assert answer.status_code == 409
    assert says(answer, NotReferable, state=state.label)
    assert session.query(Referral).count() == 0


@pytest.mark.parametrize("wrong", [{"due_on": "2026-03-09"}, {"due_on": "soon"}, {"institutions": []}])
def test_an_unusable_referral_is_refused_and_what_was_ticked_stays(cast, salma, wrong):
    ids = received(cast, 2, state=IdeaState.ACCEPTED)
    answer = refer(salma, ids[:1], [cast.ministry], **wrong)
    assert answer.status_code == 422
    assert f'value="{ids[0]}" checked' in answer.text
    assert f'value="{ids[1]}" checked' not in answer.text
    assert states("2026-1") == ["accepted"]


def test_the_bundle_shows_late_ideas_first_and_only_those_of_the_institution(cast, salma, farid):
    ids = received(cast, 3, state=IdeaState.ACCEPTED)
    refer(salma, ids[:1], [cast.ministry])
    refer(salma, ids[1:2], [cast.ministry], due_on="2026-03-20")
    refer(salma, ids[2:], [cast.finance])
    session.query(Referral).filter_by(idea_id=ids[1]).one().due_on = date(2026, 3, 1)
    session.commit()
    page = farid.get(BUNDLE).text
    assert page.index("2026-2<") < page.index("2026-1<")
    assert "2026-3<" not in page
    assert late(page) == [1]


def test_an_answer_needs_all_institutions_before_the_idea_is_answered(cast, salma, farid):
    refer(salma, received(cast, state=IdeaState.ACCEPTED), [cast.ministry, cast.finance])
    second = cast.visitor(_focal_point_of_finance(cast))
    assert fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER).status_code == 302
    assert states("2026-1") == ["referred"]
    fill(second, f"{BUNDLE}/2026-1/finance", **LATER)
    assert states("2026-1") == ["answered"]


def test_what_an_institution_answered_is_sealed_until_the_fates_are_published(cast, salma, farid):
    refer(salma, received(cast, state=IdeaState.ACCEPTED), [cast.ministry])
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER)
    step = steps("2026-1")[-1]
    assert (step.kind.value, step.outcome, step.reason, step.text) == ("answered", None, None, None)
    assert "deferred" not in entries()[-1].content
    assert "budget" not in entries()[-1].content


def test_an_answer_can_be_corrected_and_the_register_keeps_both(cast, salma, farid):
    refer(salma, received(cast, state=IdeaState.ACCEPTED), [cast.ministry])
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER)
    before = farid.get(f"{BUNDLE}/2026-1/ministry").text
    assert "Pas de budget cette fois" in before
    fill(farid, f"{BUNDLE}/2026-1/ministry", **YES, commitment=cast.commitment.id)
    referral = session.query(Referral).one()
    assert (referral.answer.value, referral.commitment_id) == ("included", cast.commitment.id)
    assert len(entries()) == 3
    assert entries()[1].content != entries()[2].content
    assert [step.kind.value for step in steps("2026-1")].count("answered") == 1


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"outcome": "included/lacks_budget"}, {"outcome"}),
        ({"outcome": "not_accepted/not_clear"}, {"outcome"}),
        ({"outcome": "nonsense"}, {"outcome"}),
        ({"reason_text-fr": ""}, {"reason_text"}),
        ({"outcome": "included/fits_the_plan"}, CommitmentMissing),
        ({"commitment": "99"}, {"commitment"}),
    ],
)
def test_an_unusable_answer_is_refused_and_changes_nothing(cast, salma, farid, wrong, because):
    refer(salma, received(cast, state=IdeaState.ACCEPTED), [cast.ministry])
    answer = fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER | wrong)
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert states("2026-1") == ["referred"]


def test_the_focal_point_of_another_institution_finds_nothing(cast, salma, farid):
    ids = received(cast, state=IdeaState.ACCEPTED)
    refer(salma, ids, [cast.finance])
    assert farid.get(f"{BUNDLE}/2026-1/finance").status_code == 404
    assert farid.get(f"{BUNDLE}/2026-1/ministry").status_code == 404
    assert salma.get(f"{BUNDLE}/2026-1/finance").status_code == 403


def test_referrals_of_others_slipped_into_the_ticks_stay_unanswered(cast, salma, farid):
    ids = received(cast, 2, state=IdeaState.ACCEPTED)
    refer(salma, ids[:1], [cast.ministry])
    refer(salma, ids[1:], [cast.finance])
    every = [referral.id for referral in session.query(Referral).order_by(Referral.id)]
    session.remove()
    fill(farid, BUNDLE, chosen=every, **LATER)
    assert states("2026-1", "2026-2") == ["answered", "referred"]


def test_the_ticked_ideas_get_the_same_answer(cast, salma, farid):
    refer(salma, received(cast, 20, state=IdeaState.ACCEPTED), [cast.ministry])
    chosen = [referral.id for referral in session.query(Referral)]
    session.remove()
    assert fill(farid, BUNDLE, chosen=chosen, **YES, commitment=cast.commitment.id).status_code == 302
    assert set(states(*(f"2026-{n}" for n in range(1, 21)))) == {"answered"}
    assert 'name="chosen"' not in farid.get(BUNDLE).text
    assert fill(farid, f"{BUNDLE}?answered=1", chosen=[], **LATER).status_code == 422


def test_when_the_calendar_has_the_study_closed_nothing_is_answered(cast, salma, farid):
    refer(salma, received(cast, state=IdeaState.ACCEPTED), [cast.ministry])
    own = f"{BUNDLE}/2026-1/ministry"
    token = csrf_token(farid)
    close(Phase.STUDY)
    for url in (own, BUNDLE):
        page = farid.get(url).text
        assert 'name="outcome"' not in page  # said before the work, with the calendar
        assert "/en/cycles/2026" in hrefs(page, ".notice a")
    answer = farid.post(own, data={**LATER, "csrf_token": token})
    assert answer.status_code == 409
    assert says(answer, PhaseClosed)
    assert "Pas de budget cette fois" in answer.text
    assert states("2026-1") == ["referred"]


def test_the_desks_ask_as_much_of_the_database_for_many_as_for_one(cast, salma, farid, statements):
    refer(salma, received(cast, 2, state=IdeaState.ACCEPTED)[:1], [cast.ministry])

    def asked():
        counts = []
        for visitor, url in ((salma, REFERRALS), (salma, f"{REFERRALS}?studied=1"), (farid, BUNDLE)):
            with statements() as statement:
                assert visitor.get(url).status_code == 200
            counts.append(len(statement))
        return counts

    few = asked()
    refer(salma, received(cast, 60, state=IdeaState.ACCEPTED), [cast.ministry])
    received(cast, 100, state=IdeaState.ACCEPTED)
    assert asked() == few
    assert max(few) <= 9  # one of them is the menu’s
    assert "cursor=" in farid.get(BUNDLE).text


def _focal_point_of_finance(cast):
    row = person("Nadia", Role.FOCAL_POINT, cast.finance.id)
    session.commit()
    return row
