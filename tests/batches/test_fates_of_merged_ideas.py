"""What was merged into another idea gets a fate of its own, with that of the other."""

from __future__ import annotations

from sqlalchemy import select

from cocreation.batches.models import FateDraft
from cocreation.batches.services import publication
from cocreation.batches.services.drafts import MERGED
from cocreation.core.database import Translated, session
from cocreation.ideas.models.idea import IdeaState
from cocreation.reasons.models import Fate, Reason
from cocreation.screening.models import Screening
from tests.cast import THEN
from tests.desk import BATCHES, idea, read_by_a_second_person
from tests.forms import fill, press
from tests.merges.links import mails, merge, set_idea, settle
from tests.words import said


def test_an_idea_merged_into_another_still_gets_a_fate_of_its_own(three, salma, client):
    merge(salma, "2026-1", "2026-3")
    refuse("2026-3", three)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, body=body(three))
    session.remove()
    drafts = {draft.idea_id: draft for draft in session.scalars(select(FateDraft))}
    own_draft = drafts[idea("2026-1").id]
    assert (own_draft.fate, own_draft.reason) == (Fate.MERGED, Reason.SAME_AS_ANOTHER)
    assert said(own_draft.reason_text["en"], MERGED, reference="2026-3")
    assert set(own_draft.reason_text) == {"ar", "fr", "en"}
    assert own_draft.institution_id == three.ministry.id
    batch_id = own_draft.batch_id
    session.remove()
    read_by_a_second_person(three, f"{BATCHES}/{batch_id}")
    press(salma, f"{BATCHES}/{batch_id}", "/publish")
    publication.go_on(THEN)
    assert idea("2026-1").fate is Fate.MERGED
    assert "2026-3" in client.get("/en/ideas/2026-1").text
    assert {"nadia@example.org", "sara@example.org"} <= set(mails("dispositions/fates"))


def test_it_waits_for_its_fate_as_long_as_the_other_does(three, salma):
    merge(salma, "2026-1", "2026-3")
    refuse("2026-2", three)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, body=body(three))
    session.remove()
    assert [draft.idea_id for draft in session.scalars(select(FateDraft))] == [idea("2026-2").id]


def test_without_a_body_of_the_other_the_batch_says_what_lacks(three, salma):
    merge(salma, "2026-1", "2026-3")
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, references="2026-1", body="")
    session.remove()
    draft = session.scalars(select(FateDraft)).one()
    assert (draft.fate, draft.institution_id) == (Fate.MERGED, None)
    assert draft.lacks == ["body"]


def test_a_joined_idea_whose_other_was_withdrawn_is_left_to_a_person(three, salma):
    merge(salma, "2026-1", "2026-3")
    settle("2026-3", Fate.WITHDRAWN, Reason.AUTHOR_WITHDREW)
    set_idea("2026-3", state=IdeaState.WITHDRAWN)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}, references="2026-1", body=body(three))
    session.remove()
    assert session.scalars(select(FateDraft)).one().fate is None


def refuse(reference, cast):
    row = idea(reference)
    row.state = IdeaState.NOT_ACCEPTED
    session.add(
        Screening(
            idea_id=row.id,
            is_clear=False,
            is_precise=True,
            is_about_openness=True,
            accepted=False,
            reason=Reason.NOT_CLEAR,
            reason_text=Translated(ar="غير واضحة", fr="Pas claire"),
            decided_by=cast.salma.id,
            decided_at=THEN,
        )
    )
    session.commit()
    session.remove()


def body(cast):
    return str(cast.ministry.id)
