"""Reads of the notes on an idea: the idea, who reads them, whom one can write to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.accounts.models import Grant, Person, Role
from cocreation.accounts.policy import SECRETARIAT
from cocreation.core.database import Translated, found, session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.rows import SOURCE
from cocreation.notes.models import Note
from cocreation.notes.policy import NoteReader
from cocreation.study.models import Referral
from cocreation.study.policy import bundle_of
from cocreation.study.queries.bundle import is_whose


@dataclass(frozen=True)
class Addressee:
    """Whom a note can be for, by a `key` of the form. `name` is the person's, `body` the institution's."""

    key: str
    name: str | None = None
    body: Translated | None = None
    from_id: int | None = None
    for_id: int | None = None
    to_id: int | None = None
    waits: bool = True


def idea_called(reference: str) -> Idea:
    """An idea that was received, with what the page shows of it. Raises NotFound."""
    statement = select(Idea).where(Idea.reference == reference, Idea.state != IdeaState.UNCONFIRMED)
    shown = SOURCE, joinedload(Idea.theme), joinedload(Idea.region)
    return found(session.scalar(statement.options(*shown)))


def reader(person: Person, idea_id: int) -> NoteReader:
    """A person at an idea. Raises NotFound for who is neither of the secretariat nor studies it."""
    own = select(Referral.institution_id).where(Referral.idea_id == idea_id, is_whose(bundle_of(person)))
    institutions = frozenset(session.scalars(own))
    if not (institutions or person.runs_everything):
        raise NotFound
    return NoteReader(person.id, person.runs_everything, institutions)


def notes(idea_id: int, who: NoteReader) -> list[Note]:
    """The notes on an idea that somebody reads, the oldest first."""
    statement = (
        select(Note)
        .where(Note.idea_id == idea_id, who.may_read())
        .options(
            joinedload(Note.author),
            joinedload(Note.to),
            joinedload(Note.resolver),
            joinedload(Note.of),
            joinedload(Note.to_body),
        )
        .order_by(Note.id)
    )
    return list(session.scalars(statement))


def addressees(idea_id: int, who: NoteReader) -> list[Addressee]:
    """Whom somebody can write to: nobody in particular first; then colleagues, the other side, its people.

    Those who answer for an institution here are those who find the idea in its bundle.
    """
    asked = select(Referral).where(Referral.idea_id == idea_id).order_by(Referral.id)
    bodies = joinedload(Referral.institution), joinedload(Referral.delegate)
    referrals = list(session.scalars(asked.options(*bodies)))
    speakers = _speakers({referral.institution_id for referral in referrals})
    offered = _of_secretariat() if who.reads_all else []
    for referral in referrals:
        people = _people(referral, speakers)
        if who.reads_all:
            offered += _of_institution(referral, people)
        elif referral.institution_id in who.institutions:
            offered += _of_colleagues(referral, people)
    return [whom for whom in offered if whom.to_id != who.person_id]


def _of_secretariat() -> list[Addressee]:
    colleagues = [Addressee(f"p{person.id}", person.name, to_id=person.id) for person in _secretariat()]
    return [Addressee("nobody", waits=False), *colleagues]


def _of_institution(referral: Referral, people: list[Person]) -> list[Addressee]:
    """The institution as a whole, and each of its people, as the secretariat addresses them."""
    body, number = referral.institution.name, referral.institution_id
    people_of_it = [
        Addressee(f"i{number}p{person.id}", person.name, body, for_id=number, to_id=person.id)
        for person in people
    ]
    return [Addressee(f"i{number}", None, body, for_id=number), *people_of_it]


def _of_colleagues(referral: Referral, people: list[Person]) -> list[Addressee]:
    """Whom those write to who study an idea for an institution."""
    body, number = referral.institution.name, referral.institution_id
    people_of_it = [
        Addressee(f"i{number}p{person.id}", person.name, body, from_id=number, to_id=person.id)
        for person in people
    ]
    nobody = Addressee(f"nobody{number}", None, body, from_id=number, waits=False)
    return [nobody, Addressee(f"secretariat{number}", None, body, from_id=number), *people_of_it]


def _secretariat() -> list[Person]:
    of_team = select(Grant.person_id).where(Grant.role.in_(SECRETARIAT))
    people = select(Person).where(Person.id.in_(of_team), Person.disabled_at.is_(None))
    return list(session.scalars(people.order_by(Person.name, Person.id)))


def _speakers(institution_ids: Iterable[int]) -> dict[int, list[Person]]:
    """The focal points of each of these institutions, by name."""
    held = (
        select(Grant)
        .join(Grant.person)
        .where(Grant.role == Role.FOCAL_POINT, Grant.scope_id.in_(institution_ids))
        .where(Person.disabled_at.is_(None))
        .options(contains_eager(Grant.person))
        .order_by(Person.name, Person.id)
    )
    by_body: dict[int, list[Person]] = {}
    for grant in session.scalars(held):
        by_body.setdefault(grant.scope_id or 0, []).append(grant.person)
    return by_body


def _people(referral: Referral, speakers: dict[int, list[Person]]) -> list[Person]:
    """Who studies an idea for an institution: its focal points, and the colleague it was given to."""
    delegate = [referral.delegate] if referral.delegate else []
    return list(dict.fromkeys([*speakers.get(referral.institution_id, ()), *delegate]))
