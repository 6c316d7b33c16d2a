"""Batches of fates: prepared, refused while something is missing, published in one go."""

import json
import re

import pytest

from cocreation.accounts.models import Role
from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.refusals import (
    BatchAlreadyPublished,
    IdeaNotInCycle,
    InAnotherBatch,
    NotDraftable,
    NothingReady,
    PreparedNotSent,
)
from cocreation.batches.services import publication
from cocreation.batches.services.gate import LACKS
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Phase
from cocreation.cycles.refusals import PhaseClosed
from cocreation.ideas.models.idea import Author, IdeaState
from cocreation.languages.i18n import speaking
from cocreation.ledger import journal
from cocreation.places.models.registration import RegistrationState
from cocreation.study.refusals import AnswerIsFinal
from tests.cast import THEN, person
from tests.desk import (
    BATCHES,
    BUNDLE,
    REFERRALS,
    SCREENING,
    close,
    entries,
    idea,
    insist,
    participant,
    publish,
    read_by_a_second_person,
    received,
    restated,
    states,
    steps,
)
from tests.forms import csrf_token, fill, press
from tests.html import hrefs, numbers, texts
from tests.words import says

YES = {"clarity": "2", "precision": "2", "openness": "2"}
INCLUDED = {"outcome": "included/fits_the_plan", "reason_text-ar": "ندرجه"}
LATER = {"outcome": "deferred/lacks_budget", "reason_text-fr": "Pas de budget cette fois"}


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


@pytest.fixture
def screened(cast, salma):
    """2026-1 answered, 2026-2 not accepted, both of one author; 2026-3 answered, of a workshop."""
    ids = received(cast, 2, email="Author@example.org")
    ids.append(restated(cast))
    participant(cast, "table@example.org")
    participant(cast, "author@example.org")
    participant(cast, "waiting@example.org", RegistrationState.WAITING)
    no = {**YES, "openness": "0", "openness_note": "لا", "reason_text-ar": "لا علاقة لها بالانفتاح"}
    fill(salma, f"{SCREENING}/2026-2", **no)
    fill(salma, SCREENING, chosen=[ids[0], ids[2]])
    sent = {"chosen": [ids[0], ids[2]], "institutions": [cast.ministry.id], "due_on": "2026-04-01"}
    fill(salma, REFERRALS, **sent)
    farid = cast.visitor(cast.farid)
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER)
    fill(farid, f"{BUNDLE}/2026-3/ministry", **INCLUDED, commitment=cast.commitment.id)
    return ids


def prepare(salma, **given):
    answer = fill(salma, f"{BATCHES}/new", **{"title-ar": "الدفعة الأولى"} | given)
    assert answer.status_code == 302, answer.text
    return answer.location


def lacks(answer, reference, key):
    """Whether the refusal of an incomplete batch says that this idea lacks this."""
    [missing] = re.findall(rf"\u2068{reference}\u2069: ([^.]+)\.", answer.text)
    with speaking("en"):
        return str(LACKS[key]) in missing.split(" · ")


def test_from_the_queue_to_the_public_fate(cast, tmp_path, screened, salma):
    batch = prepare(salma)
    refused = insist(salma, batch, "/send")
    assert refused.status_code == 409
    assert lacks(refused, "2026-2", "body")
    assert "\u20682026-1\u2069: " not in refused.text
    assert states("2026-1", "2026-2", "2026-3") == ["answered", "screened_out", "answered"]

    assert fill(salma, f"{batch}/2026-2", body=cast.finance.id).status_code == 302
    publish(cast, batch)

    assert states("2026-1", "2026-2", "2026-3") == ["published"] * 3
    first, second, third = idea("2026-1"), idea("2026-2"), idea("2026-3")
    assert (first.fate.value, first.reason.value, first.institution_id) == (
        "deferred",
        "lacks_budget",
        cast.ministry.id,
    )
    assert (second.fate.value, second.reason.value, second.institution_id) == (
        "not_accepted",
        "not_openness",
        cast.finance.id,
    )
    assert (third.fate.value, third.commitment_id, third.fate_at) == ("included", cast.commitment.id, THEN)
    told = [(step.kind.value, step.outcome) for step in steps("2026-1")]
    assert told[-2:] == [("answered", "deferred"), ("fate", "deferred")]
    assert "Pas de budget cette fois" in cast.visitor().get("/fr/ideas/2026-1").text

    mails = {mail["To"]: mail for mail in mailbox(tmp_path / "mail")}
    assert set(mails) == {"farid@example.org", "author@example.org", "table@example.org"}
    said = {to: mail.get_body(("plain",)).get_content() for to, mail in mails.items()}
    assert all(f"ideas/2026-{n}" in said["author@example.org"] for n in (1, 2, 3))
    assert "Pas de budget cette fois" in said["author@example.org"]
    assert "OR1-W1-S01" in said["table@example.org"]
    assert "ideas/2026-3" in said["table@example.org"]
    assert "ideas/2026-1" not in said["table@example.org"]
    assert "OR1-W1-S01" in mails["table@example.org"].get_body(("html",)).get_content()


def test_the_register_opens_the_answers_with_their_seals_and_names_nobody(cast, screened, salma):
    batch = prepare(salma, body=cast.finance.id)
    publish(cast, batch)
    told = [json.loads(entry.content) for entry in entries()]
    of_idea = {entry["action"]: entry for entry in told if entry["subject"] == "2026-3"}
    fate, sealed = of_idea["fate"], of_idea["answered"]
    assert fate["commitment"] == "2026-C01"
    assert journal.seal(fate["answers"][0]) == sealed["seal"]
    assert told[-1]["action"] == "batch published"
    everything = " ".join(entry.content for entry in entries()).lower()
    for secret in ("secret name", "author@", "salma", "farid", "decided_by", "answered_by"):
        assert secret not in everything


def test_a_batch_is_published_once_and_its_mails_go_once(cast, screened, salma):
    batch = prepare(salma, body=cast.finance.id)
    token = salma.get(batch).text.split('name="csrf_token" value="')[1].split('"')[0]
    publish(cast, batch)
    mails, links = session.query(Mail).count(), len(entries())
    again = salma.post(f"{batch}/publish", data={"csrf_token": token})
    assert again.status_code == 409
    assert says(again, BatchAlreadyPublished)
    assert (session.query(Mail).count(), len(entries())) == (mails, links)
    late = salma.post(f"{batch}/2026-1", data={"csrf_token": token, "outcome": ""})
    assert late.status_code == 409
    assert salma.post(f"{batch}/2026-1/remove", data={"csrf_token": token}).status_code == 409
    assert salma.post(f"{batch}/ideas", data={"csrf_token": token}).status_code == 409


def test_an_author_without_an_address_or_erased_gets_no_mail(cast, salma, screened):
    for author in session.query(Author):
        author.email = None
    session.commit()
    session.remove()
    batch = prepare(salma, body=cast.finance.id)
    read_by_a_second_person(cast, batch)
    press(salma, batch, "/publish")
    assert publication.go_on(THEN) == 5
    assert {mail.to for mail in session.query(Mail)} == {
        "farid@example.org",
        "author@example.org",  # who also sat at the table
        "table@example.org",
    }


def test_answers_that_differ_leave_the_fate_to_be_decided(cast, salma, farid):
    ids = received(cast, state=IdeaState.ACCEPTED)
    bodies = [cast.ministry.id, cast.finance.id]
    fill(salma, REFERRALS, chosen=ids, institutions=bodies, due_on="2026-04-01")
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER)
    second = person("Nadia", Role.FOCAL_POINT, cast.finance.id)
    session.commit()
    fill(cast.visitor(second), f"{BUNDLE}/2026-1/finance", **INCLUDED, commitment=cast.commitment.id)
    batch = prepare(salma)
    assert lacks(insist(salma, batch, "/send"), "2026-1", "fate")
    page = salma.get(f"{batch}/2026-1").text
    assert "ندرجه" in page
    assert "Pas de budget" in page
    fill(salma, f"{batch}/2026-1", **INCLUDED, body=cast.ministry.id, commitment=cast.commitment.id)
    assert lacks(insist(salma, batch, "/send"), "2026-1", "why")
    fill(salma, f"{batch}/2026-1", body=cast.finance.id, commitment="")
    assert lacks(insist(salma, batch, "/send"), "2026-1", "commitment")
    fill(salma, f"{batch}/2026-1", commitment=cast.commitment.id)
    publish(cast, batch)
    assert states("2026-1") == ["published"]


def test_an_answer_corrected_meanwhile_is_followed_or_asked_about_again(cast, screened, salma, farid):
    batch = prepare(salma, body=cast.finance.id)
    fill(farid, f"{BUNDLE}/2026-1/ministry", outcome="not_included/lacks_time")
    draft = session.get(FateDraft, screened[0])
    assert (draft.fate.value, draft.reason.value) == ("not_included", "lacks_time")
    session.remove()
    fill(salma, f"{batch}/2026-3", **{"reason_text-ar": "صياغة أخرى"})
    fill(farid, f"{BUNDLE}/2026-3/ministry", outcome="deferred/lacks_time")
    assert lacks(insist(salma, batch, "/send"), "2026-3", "fate")


def test_after_publication_an_answer_stands(cast, screened, salma, farid):
    batch = prepare(salma, body=cast.finance.id)
    assert 'name="outcome"' in farid.get(f"{BUNDLE}/2026-1/ministry").text
    publish(cast, batch)
    assert 'name="outcome"' not in farid.get(f"{BUNDLE}/2026-1/ministry").text
    token = farid.get(f"{BUNDLE}?answered=1").text.split('name="csrf_token" value="')[1].split('"')[0]
    late = farid.post(f"{BUNDLE}/2026-1/ministry", data={**LATER, "csrf_token": token})
    assert late.status_code == 409
    assert says(late, AnswerIsFinal, reference="2026-1")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [("2026-5", NotDraftable), ("2026-1", InAnotherBatch), ("2026-77", IdeaNotInCycle)],
)
def test_what_cannot_be_added_by_its_reference_is_named(cast, screened, salma, typed, refusal):
    received(cast, state=IdeaState.ACCEPTED)
    received(cast)
    batch = prepare(salma, body=cast.finance.id)
    answer = fill(salma, f"{batch}/ideas", references=typed)
    assert answer.status_code == refusal.status
    assert says(answer, refusal, state=IdeaState.RECEIVED.label)
    assert typed in answer.text


def test_ideas_are_added_by_reference(cast, screened, salma):
    received(cast, state=IdeaState.ACCEPTED)
    batch = prepare(salma, body=cast.finance.id)
    assert fill(salma, f"{batch}/ideas", references="2026-4").status_code == 302
    assert '/2026-4"' in salma.get(batch).text


def test_the_secretariat_can_decide_without_waiting_for_an_answer(cast, salma):
    received(cast, state=IdeaState.ACCEPTED)
    batch = prepare(salma, references="2026-1")
    fill(salma, f"{batch}/2026-1", **LATER, body=cast.finance.id)
    publish(cast, batch)
    assert states("2026-1") == ["published"]


def test_an_idea_taken_out_of_a_batch_waits_for_the_next(cast, screened, salma):
    batch = prepare(salma)
    assert press(salma, f"{batch}/2026-2", "/remove").status_code == 302
    publish(cast, batch)
    assert states("2026-1", "2026-2", "2026-3") == ["published", "screened_out", "published"]
    other = prepare(salma, body=cast.ministry.id)
    assert '/2026-2"' in salma.get(other).text
    assert '/2026-1"' not in salma.get(other).text


def test_a_batch_is_deleted_once_it_is_empty(cast, screened, salma):
    batch = prepare(salma)
    token = {"csrf_token": csrf_token(salma)}
    assert salma.post(f"{batch}/delete", data=token).status_code == 409
    for reference in ("2026-1", "2026-2", "2026-3"):
        press(salma, f"{batch}/{reference}", "/remove")
    assert press(salma, batch, "/delete").location == BATCHES
    assert salma.get(batch).status_code == 404


def test_a_batch_is_narrowed_to_one_fate_by_its_counts(cast, screened, salma):
    batch = prepare(salma)
    page = salma.get(batch).text
    narrowing = [address for address in hrefs(page, ".picks a") if "fate=" in address]
    rows = {address: len(texts(salma.get(address).text, "tbody tr")) for address in narrowing}
    assert sum(rows.values()) == len(texts(page, "tbody tr")) == 3
    assert list(rows.values()) == numbers(page, ".picks a[href*='fate=']")


def test_a_batch_is_printed_whole_for_who_signs_it(cast, screened, salma):
    batch = prepare(salma)
    assert f"{batch}/sheet" in hrefs(salma.get(batch).text, ".head a")
    page = cast.visitor(cast.mounia).get(f"{batch}/sheet").text
    assert len(texts(page, "tbody tr")) == 3


def test_all_that_are_ready_are_counted_before_they_are_taken(cast, screened, salma):
    form = {"title-fr": "Lot", "cycle": cast.cycle.id, "csrf_token": csrf_token(salma)}
    asked = salma.post(f"{BATCHES}/new", data=form)
    assert numbers(asked.text, "h1") == [3]
    assert salma.post(f"{BATCHES}/new", data={**form, "confirmed": "no"}).status_code == 200
    assert session.query(Batch).count() == 0


def test_nothing_ready_makes_no_batch_and_keeps_the_title(cast, salma):
    answer = fill(salma, f"{BATCHES}/new", **{"title-fr": "Premier lot"})
    assert answer.status_code == 409
    assert says(answer, NothingReady)
    assert "Premier lot" in answer.text


def test_a_withdrawn_idea_is_named_until_it_is_taken_out(cast, screened, salma):
    batch = prepare(salma, body=cast.finance.id)
    from cocreation.ideas.services.withdrawal import withdraw

    withdraw(idea("2026-1").receipt, now=THEN)
    session.commit()
    session.remove()
    refused = insist(salma, batch, "/send")
    assert refused.status_code == 409
    assert lacks(refused, "2026-1", "withdrawn")
    press(salma, f"{batch}/2026-1", "/remove")
    publish(cast, batch)
    assert states("2026-1") == ["withdrawn"]


def test_a_drafted_idea_is_not_referred_again(cast, screened, salma):
    prepare(salma)
    sent = {"chosen": screened[:1], "institutions": [cast.finance.id], "due_on": "2026-04-01"}
    answer = fill(salma, f"{REFERRALS}?studied=1", **sent)
    assert answer.status_code == 409
    assert says(answer, PreparedNotSent, reference="2026-1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "included/lacks_time"},
        {"outcome": "deferred/lacks_time"},
        {"body": "77"},
        {"outcome": "x"},
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(cast, screened, salma, wrong):
    batch = prepare(salma)
    answer = fill(salma, f"{batch}/2026-3", **wrong)  # whose commitment stays chosen
    assert answer.status_code == 422
    assert session.get(FateDraft, screened[2]).fate.value == "included"


def test_when_the_calendar_has_the_fates_closed_nothing_is_published(cast, screened, salma):
    batch = prepare(salma, body=cast.finance.id)
    read_by_a_second_person(cast, batch)
    token = csrf_token(salma)
    close(Phase.FATES)
    page = salma.get(batch).text
    assert 'name="published_on"' in page  # only what was published before can still be noted
    assert "/en/manage/cycles/2026" in hrefs(page, ".notice a")
    answer = salma.post(f"{batch}/publish", data={"csrf_token": token})
    assert answer.status_code == 409
    assert says(answer, PhaseClosed)
    assert states("2026-1") == ["answered"]


def test_committee_members_read_a_batch_before_everyone_and_change_nothing(cast, screened, salma):
    batch = prepare(salma)
    mounia = cast.visitor(cast.mounia)
    assert "2026-1" in mounia.get(batch).text
    page = mounia.get(f"{batch}/2026-1")
    assert "Pas de budget cette fois" in page.text
    assert 'name="outcome"' not in page.text
    token = salma.get(batch).text.split('name="csrf_token" value="')[1].split('"')[0]
    for path in ("/publish", "/send", "/embargo", "/ideas", "/2026-1", "/2026-1/remove"):
        assert mounia.post(batch + path, data={"csrf_token": token}).status_code == 403
    for stranger in (cast.visitor(cast.farid), cast.visitor(cast.karim)):
        assert stranger.get(batch).status_code == 403
    assert salma.get(f"{BATCHES}/77").status_code == 404
    assert salma.get(f"{BATCHES}/{'9' * 30}").status_code == 404


def test_a_batch_asks_as_much_of_the_database_for_many_ideas_as_for_one(cast, salma, statements):
    received(cast, state=IdeaState.ACCEPTED)
    batch = prepare(salma, references="2026-1")
    with statements() as few:
        assert salma.get(batch).status_code == 200
    received(cast, 80, state=IdeaState.ACCEPTED)
    fill(salma, f"{batch}/ideas", references=" ".join(f"2026-{n}" for n in range(2, 82)))
    salma.get(batch)  # what was said of the last act has been shown
    with statements() as many:
        page = salma.get(batch)
    assert len(many) == len(few) <= 9  # one of them is the menu’s
    assert "cursor=" in page.text
