"""What a publication must not say or do: name a commitment nobody sees, write to whom nobody promised it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from cocreation.accounts.models import Person
from cocreation.batches.emails import FATES
from cocreation.batches.models import BatchStage
from cocreation.batches.refusals import BatchIncomplete, CommitmentUnseen, NotAPublicPage
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.objections.emails import OVERRULED
from cocreation.objections.services import InstitutionUnreachable
from cocreation.places.models.registration import EntryChannel, Registration
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from tests import mails as post
from tests.cast import THEN
from tests.desk import (
    BATCHES,
    batch,
    batch_of,
    drafted,
    idea,
    insist,
    participant,
    published,
    read_by_a_second_person,
    received,
    restated,
    states,
    steps,
    waiting,
    work,
)
from tests.forms import fill, press
from tests.html import numbers, texts
from tests.senders import messages as messages
from tests.study.institutions import answered, sent
from tests.words import says

INCLUDED = {"fate": Fate.INCLUDED, "reason": Reason.FITS_THE_PLAN}


def test_an_idea_is_included_in_a_commitment_that_everyone_can_see(cast, salma):
    session.execute(update(Commitment).values(published_at=None))
    batch_id = drafted(cast, 2, **INCLUDED, commitment_id=cast.commitment.id)
    page = f"{BATCHES}/{batch_id}"
    shown = salma.get(page).text
    assert all("2026-C01" in line for line in texts(shown, ".dense .lacks"))
    assert len(texts(shown, ".dense .lacks")) == 2
    assert any("2026-C01" in words for words in texts(salma.get(f"{page}/2026-1").text, "main"))
    refused = insist(salma, page, "/publish")
    assert (refused.status_code, says(refused, BatchIncomplete)) == (409, True)
    assert batch(batch_id).publishing_at is None
    session.execute(update(Commitment).values(published_at=THEN))
    session.commit()
    assert press(salma, page, "/publish").status_code == 302
    work(cast.app)
    assert states("2026-1", "2026-2") == ["published", "published"]


def test_an_appeal_includes_an_idea_in_no_commitment_that_nobody_sees(cast):
    published(cast)
    session.execute(update(Commitment).values(published_at=None))
    session.add(Appeal(idea_id=1, text="Pourquoi ?", language="fr", filed_at=THEN))
    session.commit()
    upheld = {"outcome": "included/fits_the_plan", "reason_text-ar": "ندرجه", "body": str(cast.ministry.id)}
    given = {"hearing": "upheld", "answer-ar": "نعم", "commitment": str(cast.commitment.id), **upheld}
    answer = fill(cast.visitor(cast.mounia), "/en/manage/dispositions/appeals/2026-1", **given)
    assert (answer.status_code, says(answer, CommitmentUnseen)) == (422, True)


def test_before_publishing_it_says_how_many_mails_and_imported_people_get_none(cast, salma, messages):
    page = _with_an_imported_participant(cast)
    shown = salma.get(page).text
    assert (numbers(shown, "#mails"), numbers(shown, "#imported")) == ([2], [1])
    press(salma, page, "/publish")
    work(cast.app)
    assert {mail["To"] for mail in post.of(FATES, messages())} == {"author@example.org", "came@example.org"}


def test_imported_people_are_told_when_somebody_says_so(cast, salma, messages):
    fill(salma, _with_an_imported_participant(cast), tells_imported="y")
    work(cast.app)
    told = {mail["To"] for mail in post.of(FATES, messages())}
    assert told == {"author@example.org", "came@example.org", "listed@example.org"}


def _with_an_imported_participant(cast) -> str:
    """The address of a batch with one idea of an author and one said where two people were, one imported."""
    participant(cast, "came@example.org")
    participant(cast, "listed@example.org")
    listed = update(Registration).where(Registration.email == "listed@example.org")
    session.execute(listed.values(entry=EntryChannel.IMPORT))
    said = restated(cast)
    session.execute(update(Idea).values(state=IdeaState.ANSWERED))
    own = received(cast, email="author@example.org", state=IdeaState.ANSWERED)
    return f"{BATCHES}/{batch_of(cast, [said, *own])}"


UNDER_WAY = {"outcome": "already_under_way/in_progress", "reason_text-ar": "موجود", "why-ar": "سبق إنجازه"}
OBJECTIONS = "/en/manage/objections"


@pytest.fixture
def overruling(cast, salma) -> str:
    """The address of a batch whose one idea the ministry answered otherwise than the secretariat decides."""
    answered(cast, sent(cast)[0])
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Un lot"})
    return f"{BATCHES}/1"


def test_a_fate_that_is_not_what_the_ministry_answered_says_who_decided_why_and_with_its_proof(
    cast, salma, overruling, messages
):
    draft = f"{overruling}/2026-1"
    bare = {name: value for name, value in UNDER_WAY.items() if name != "why-ar"}
    assert fill(salma, draft, **bare).status_code == 302
    refused = insist(salma, overruling, "/send")
    assert (refused.status_code, says(refused, BatchIncomplete)) == (409, True)
    assert len(texts(salma.get(overruling).text, ".dense .lacks")[0].split("·")) == 2, "why and proof"
    wrong = fill(salma, draft, **UNDER_WAY, proof_url="our drawer")
    assert (wrong.status_code, says(wrong, NotAPublicPage)) == (422, True)
    fill(salma, draft, **UNDER_WAY, proof_url="https://www.example.ma/here")
    read_by_a_second_person(cast, overruling)
    press(salma, overruling, "/publish")
    work(cast.app)
    assert idea("2026-1").fate is None, "the ministry has a day"
    assert [mail["To"] for mail in post.of(OVERRULED, messages())] == [cast.farid.email]
    with clock.frozen(THEN + timedelta(days=1, minutes=1)):
        work(cast.app)
        page = cast.visitor().get("/en/ideas/2026-1").text
    assert (idea("2026-1").fate, idea("2026-1").overrules) == (Fate.ALREADY_UNDER_WAY, True)
    last = steps("2026-1")[-1]
    assert (last.institution_id, last.why, last.proof_url) == (
        None,
        {"ar": "سبق إنجازه"},
        "https://www.example.ma/here",
    )
    assert any("سبق إنجازه" in words for words in texts(page, ".chain .otherwise"))
    assert texts(page, ".verdict .otherwise")
    assert not waiting(cast.visitor(cast.farid), OBJECTIONS), "its day is past"


def test_the_ministry_objects_once_and_the_secretariat_looks_again(cast, salma, overruling):
    draft, farid = f"{overruling}/2026-1", cast.visitor(cast.farid)
    fill(salma, draft, **UNDER_WAY, proof_url="https://www.example.ma/here")
    read_by_a_second_person(cast, overruling)
    press(salma, overruling, "/publish")
    assert waiting(farid, OBJECTIONS) == [1]
    assert cast.visitor(cast.driss).get(f"{OBJECTIONS}/2026-1").status_code == 403
    assert fill(farid, f"{OBJECTIONS}/2026-1", words="Rien n'est en cours").status_code == 302
    assert (waiting(farid, OBJECTIONS), waiting(salma, overruling)) == ([], [1, 1])
    assert batch(1).stage(THEN) is BatchStage.DRAFT
    assert any("Rien n'est en cours" in words for words in texts(salma.get(draft).text, ".notice-refused"))
    assert farid.get(f"{OBJECTIONS}/2026-1").status_code == 404
    read_by_a_second_person(cast, overruling)
    press(salma, overruling, "/publish")
    work(cast.app)
    assert states("2026-1") == ["published"], "what was objected to once is not put off again"


def test_nothing_is_put_off_for_an_institution_that_nobody_can_tell(cast, salma, overruling, messages):
    fill(salma, f"{overruling}/2026-1", **UNDER_WAY, proof_url="https://www.example.ma/here")
    read_by_a_second_person(cast, overruling)
    session.execute(update(Person).where(Person.id == cast.farid.id).values(disabled_at=THEN))
    session.commit()
    refused = press(salma, overruling, "/publish")
    assert (refused.status_code, says(refused, InstitutionUnreachable)) == (409, True)
    assert batch(1).publishing_at is None
    fill(salma, f"/en/manage/directory/institutions/{cast.ministry.id}", email="bureau@example.org")
    assert press(salma, overruling, "/publish").status_code == 302
    work(cast.app)
    assert [mail["To"] for mail in post.of(OVERRULED, messages())] == ["bureau@example.org"]


def test_what_follows_the_answer_waits_for_nobody(cast, salma, overruling):
    read_by_a_second_person(cast, overruling)
    press(salma, overruling, "/publish")
    work(cast.app)
    assert (states("2026-1"), idea("2026-1").overrules) == (["published"], False)
    assert steps("2026-1")[-1].institution_id == cast.ministry.id
