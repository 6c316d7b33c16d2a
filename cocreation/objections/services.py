"""A fate in the name of an institution that is not what it answered: it is told, and has a day to object.

The day is a rule of the cycle (`Cycle.objection_days`); the fate waits as long. An objection takes the batch
back: the secretariat changes the fate, or stands by it and publishes it with its reason, and that is not put
off twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person
from cocreation.batches.events import FatesToPublish
from cocreation.batches.models import Batch, FateDraft, FateObjection
from cocreation.core import audit, clock, outbox
from cocreation.core.database import found, lock, session
from cocreation.core.errors import Refusal
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.objections.emails import OVERRULED
from cocreation.objections.queries import IS_OBJECTED
from cocreation.study.services.referrals import NAMED, focal_points, name_of


class NothingToObjectTo(Refusal):
    sentence = _l(
        "This fate can no longer be objected to: its day is past, or it was changed. Nothing was sent."
    )


class AlreadyObjected(Refusal):
    sentence = _l("Your institution has already objected to this fate. Nothing was sent twice.")


class InstitutionUnreachable(Refusal):
    sentence = _l(
        "A fate of this batch is not what %(institution)s answered, and nobody there can be told:"
        " invite its focal point, or write its address under “Institutions”. Nothing was published."
    )


def put_off(fact: FatesToPublish) -> None:
    """Fates that overrule an institution wait for it: it is told, and has the days of the cycle to object.

    Raises InstitutionUnreachable.
    """
    batch = fact.batch
    if overruling := _to_tell_of(batch):
        fact.not_before = max(fact.not_before, fact.now + timedelta(days=batch.cycle.objection_days))
        _tell_overruled(batch, overruling, fact.not_before)


def _to_tell_of(batch: Batch) -> Sequence[FateDraft]:
    """The drafts of a batch that overrule an institution which did not object yet."""
    overruling = select(FateDraft).where(FateDraft.batch_id == batch.id, FateDraft.overrules, ~IS_OBJECTED)
    shown = joinedload(FateDraft.institution), joinedload(FateDraft.idea).load_only(Idea.reference)
    return session.scalars(overruling.options(*shown).order_by(FateDraft.idea_id)).all()


def _tell_overruled(batch: Batch, drafts: Sequence[FateDraft], until: datetime) -> None:
    """Write to who answers for each institution, or to its own address: one mail for all of its ideas.

    Raises InstitutionUnreachable: a day on which nobody can object would be no day.
    """
    bodies = {draft.institution.id: draft.institution for draft in drafts if draft.institution}
    people = focal_points(bodies)
    for body in bodies.values():
        references = [draft.idea.reference for draft in drafts if draft.institution_id == body.id]
        for address, language in _readers(body, people.get(body.id, ())).items():
            outbox.post(
                OVERRULED,
                to=address,
                language=language,
                key=f"{OVERRULED.name} {batch.id} {batch.version} {body.id} {address}",
                references=references[:NAMED],
                more=max(len(references) - NAMED, 0),
                until=clock.day_of(until).isoformat(),
            )


def _readers(body: Institution, people: Sequence[Person]) -> dict[str, str]:
    """The language of each address that is told. Raises InstitutionUnreachable."""
    if people:
        return {person.email: person.language for person in people}
    if not body.email:
        raise InstitutionUnreachable(institution=name_of(body))
    return {body.email: i18n.DEFAULT.code}


def object_to(idea_id: int, institution_id: int, words: str, *, by: int, now: datetime) -> FateObjection:
    """Object to a fate that waits to be published: its batch is not published before somebody looked again.

    Raises NotFound, NothingToObjectTo, AlreadyObjected.
    """
    lock(Idea, idea_id)  # in the order in which everybody locks them
    draft = found(session.get(FateDraft, idea_id, populate_existing=True))
    batch = lock(Batch, draft.batch_id)
    said = select(FateObjection.id).where(
        FateObjection.idea_id == idea_id, FateObjection.institution_id == institution_id
    )
    if session.scalar(said):
        raise AlreadyObjected
    waits = batch.publishing_at is not None and now < batch.publishing_at
    if not waits or not draft.overrules or draft.institution_id != institution_id:
        raise NothingToObjectTo
    objection = FateObjection(
        idea_id=idea_id, institution_id=institution_id, words=words, objected_by=by, objected_at=now
    )
    session.add(objection)
    batch.reopen()
    audit.record("fate objected to", f"batch {batch.id}", by=by, now=now, idea=idea_id)
    return objection
