"""A focal point gives ideas to colleagues to study, and takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import contains_eager

from cocreation.accounts import services as accounts
from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import audit, outbox
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.study.emails import DELEGATED
from cocreation.study.models import Referral
from cocreation.study.policy import Bundle
from cocreation.study.refusals import NoColleague, NoLongerAsked, NothingToGive
from cocreation.text.markup import isolate_text


def invite_colleague(
    own_bundle: Bundle, institution_id: int, *, email: str, name: str, language: str, by: int, now: datetime
) -> Person:
    """Let somebody study the ideas that the focal point gives them; they are told by mail.

    Raises NotFound for an institution the focal point does not speak for.
    """
    if institution_id not in own_bundle.speaks_for:
        raise NotFound
    person, _link = accounts.invite(
        email, Role.COLLEAGUE, scope_id=institution_id, name=name, language=language, by=by, now=now
    )
    return person


def dismiss_colleague(
    own_bundle: Bundle, institution_id: int, person_id: int, *, by: int, now: datetime
) -> int:
    """End a colleague's help; what they had is the focal point's again. How many ideas that were.

    Raises NotFound.
    """
    if institution_id not in own_bundle.speaks_for:
        raise NotFound
    held = (Grant.person_id == person_id, Grant.role == Role.COLLEAGUE, Grant.scope_id == institution_id)
    if session.scalar(select(Grant.id).where(*held).with_for_update()) is None:
        raise NotFound
    given = (Referral.delegate_id == person_id, Referral.institution_id == institution_id)
    back = session.scalar(select(func.count()).where(*given)) or 0
    session.execute(update(Referral).where(*given).values(delegate_id=None))
    session.execute(delete(Grant).where(*held))
    what = {"role": Role.COLLEAGUE.value, "scope": institution_id, "ideas": back}
    audit.record("colleague dismissed", f"person {person_id}", by=by, now=now, **what)
    return int(back)


def delegate(
    own_bundle: Bundle, referral_ids: Sequence[int], person_id: int | None, *, by: int, now: datetime
) -> list[Referral]:
    """Give referrals of the focal point's institutions to a colleague, or take them back with None.

    The colleague gets one mail for all that is new to them. Those of other institutions are left alone.
    Raises NothingToGive, NoColleague, NoLongerAsked.
    """
    referrals = _locked(own_bundle, referral_ids)
    if not referrals:
        raise NothingToGive
    if person_id is None:
        for referral in referrals:
            referral.delegate_id = None
    else:
        _give(referrals, person_id, now)
    references = [referral.idea.reference for referral in referrals]
    subject = f"person {person_id}" if person_id else "focal point"
    audit.record("ideas delegated", subject, by=by, now=now, ideas=references)
    return referrals


def _give(referrals: Sequence[Referral], person_id: int, now: datetime) -> None:
    person = _colleague(person_id, {referral.institution_id for referral in referrals})
    for referral in referrals:
        if referral.answer or referral.idea.state is not IdeaState.REFERRED or referral.idea.is_silent:
            raise NoLongerAsked(reference=isolate_text(referral.idea.reference))
    new = [referral for referral in referrals if referral.delegate_id != person.id]
    for referral in new:
        referral.delegate_id = person.id
    if new:
        outbox.post(
            DELEGATED,
            to=person.email,
            language=person.language,
            key=f"delegated:{person.id}:{new[0].id}:{now.isoformat()}",
            count=len(new),
            due_on=min(referral.due_on for referral in new).isoformat(),
        )


def _colleague(person_id: int, institution_ids: set[int]) -> Person:
    """A colleague of all these institutions, who can sign in."""
    held = (
        select(Grant.scope_id, Person)
        .join(Grant.person)
        .where(
            Grant.person_id == person_id, Grant.role == Role.COLLEAGUE, Grant.scope_id.in_(institution_ids)
        )
    )
    rows = session.execute(held.where(Person.disabled_at.is_(None))).all()
    if {scope for scope, _ in rows} != institution_ids:
        raise NoColleague
    person: Person = rows[0][1]
    return person


def _locked(own_bundle: Bundle, referral_ids: Sequence[int]) -> list[Referral]:
    statement = (
        select(Referral)
        .join(Referral.idea)
        .where(Referral.id.in_(referral_ids), Referral.institution_id.in_(own_bundle.speaks_for))
        .options(contains_eager(Referral.idea))
        .order_by(Idea.id, Referral.id)
        .with_for_update(of=[Idea, Referral])
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))
