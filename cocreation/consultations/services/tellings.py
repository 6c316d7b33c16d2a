"""Telling many of a consultation: institutions, associations of the directory, those who follow.

A row says what is to be told; the worker writes the mails, each under a key of its own, some at a time. It
may be killed anywhere: what is there already is left out when it looks again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, exists, func, or_, select, true
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Grant, Person, Role
from cocreation.consultations import emails, policy
from cocreation.consultations.emails import Recipient
from cocreation.consultations.models import Consultation, ConsultedText, Following, Telling, TellingKind
from cocreation.core.database import insert_new, lock, session
from cocreation.directory.models import Association, Institution
from cocreation.ideas.models.idea import Idea
from cocreation.languages import i18n
from cocreation.plan.models import Commitment

AT_ONCE = 500  # mails in one transaction
# Told to the directory too; all else is for those who follow.
FOR_THE_DIRECTORY = (TellingKind.ANNOUNCED, TellingKind.CALLED_OFF, TellingKind.EXTENDED)


def tell_followers(consultation_id: int, kind: TellingKind, now: datetime) -> None:
    """Have those who follow told of this, from now on, once."""
    ask_to_tell(consultation_id, kind, now)


def ask_to_tell(consultation_id: int, kind: TellingKind, now: datetime) -> None:
    """Once for each kind, but each time that the window becomes longer: its end is then reminded of anew."""
    if kind is TellingKind.EXTENDED:
        again = (TellingKind.EXTENDED, TellingKind.CLOSING)
        of_it = Telling.consultation_id == consultation_id, Telling.kind.in_(again)
        session.execute(delete(Telling).where(*of_it))
    row = insert_new(Telling).values(consultation_id=consultation_id, kind=kind, asked_at=now)
    session.execute(row)


def ask_what_is_due(now: datetime) -> int:
    """Ask for what the clock brings: consultations that are open, and those that close in a few days."""
    running = (
        Consultation.announced_at.is_not(None),
        Consultation.called_off_at.is_(None),
        Consultation.opens_at <= now,
        Consultation.closes_at > now,
    )
    due = {
        TellingKind.OPENED: running,
        TellingKind.CLOSING: (*running, Consultation.closes_at <= now + policy.REMINDED_BEFORE),
    }
    asked = 0
    for kind, conditions in due.items():
        told = exists().where(Telling.consultation_id == Consultation.id, Telling.kind == kind)
        for consultation_id in session.scalars(select(Consultation.id).where(*conditions, ~told)).all():
            ask_to_tell(consultation_id, kind, now)
            asked += 1
    return asked


def untold() -> list[int]:
    """The ids of what is still to be told, the oldest first."""
    return list(session.scalars(select(Telling.id).where(Telling.told_at.is_(None)).order_by(Telling.id)))


def tell(telling_id: int, now: datetime) -> int:
    """Write the mails of one row, some in each transaction; how many. Commits in between."""
    written, rest = 0, None
    while rest is None or rest:
        telling = lock(Telling, telling_id, joinedload(Telling.consultation))
        if telling.told_at:
            return written
        consultation = telling.consultation
        rest = recipients(consultation, telling.kind) if rest is None else rest
        some, rest = rest[:AT_ONCE], rest[AT_ONCE:]
        posted = emails.tell_all(consultation, telling, some)
        telling.told += posted
        written += posted
        if not rest:
            telling.told_at = now
            if telling.kind is TellingKind.ANNOUNCED:
                consultation.told_at = now
        session.commit()
    return written


def audience(consultation: Consultation) -> Counter[str]:
    """How many mails its announcement is, by kind: institution, association, follower."""
    return Counter(recipient.kind for recipient in recipients(consultation, TellingKind.ANNOUNCED))


def recipients(consultation: Consultation, kind: TellingKind) -> list[Recipient]:
    """Each address once: as a follower where it is one, since that mail can be stopped."""
    by_address: dict[str, Recipient] = {}
    for recipient in (*_followers(consultation), *_of_directory(kind)):
        by_address.setdefault(recipient.email.lower(), recipient)
    return list(by_address.values())


def _of_directory(kind: TellingKind) -> Iterator[Recipient]:
    if kind in FOR_THE_DIRECTORY:
        yield from _institutions()
        yield from _associations()


def _followers(consultation: Consultation) -> Iterator[Recipient]:
    """Those of the consultation itself, and of an institution that leads one of its texts, of a theme or a
    region whose ideas went into one. A text that is no commitment concerns all who follow anything.
    """
    documents = select(ConsultedText.document_id).where(ConsultedText.consultation_id == consultation.id)
    commitments = select(Commitment.id).where(Commitment.document_id.in_(documents))
    leads = select(Commitment.institution_id).where(Commitment.id.in_(commitments))
    ideas = Idea.commitment_id.in_(commitments)
    sheets = select(func.count(Commitment.id)).where(Commitment.document_id.in_(documents))
    texts = select(func.count(ConsultedText.id)).where(ConsultedText.consultation_id == consultation.id)
    is_general = session.scalar(texts) != session.scalar(sheets)
    concerned = or_(
        Following.institution_id.in_(leads),
        Following.theme_id.in_(select(Idea.theme_id).where(ideas, Idea.theme_id.is_not(None))),
        Following.region_code.in_(select(Idea.region_code).where(ideas, Idea.region_code.is_not(None))),
        (Following.consultation_id.is_(None) & true()) if is_general else Following.id.is_(None),
    )
    rows = (
        select(Following.email, Following.language, Following.receipt)
        .where(
            Following.confirmed_at.is_not(None),
            or_(Following.consultation_id == consultation.id, concerned),
        )
        .order_by(Following.id)
    )
    for email, language, receipt in session.execute(rows):
        yield Recipient(email, language, "follower", receipt)


def _institutions() -> Iterator[Recipient]:
    """The focal points of an institution, or its own address where nobody answers for it here."""
    points = (
        select(Grant.scope_id, Person.email, Person.language)
        .join(Grant.person)
        .where(Grant.role == Role.FOCAL_POINT, Person.disabled_at.is_(None))
        .order_by(Person.id)
    )
    rows = session.execute(points).all()
    spoken_for = {scope_id for scope_id, _email, _language in rows}
    for _scope_id, email, language in rows:
        yield Recipient(email, language, "institution")
    bodies = select(Institution.id, Institution.email).where(Institution.email.is_not(None))
    for institution_id, address in session.execute(bodies.order_by(Institution.id)):
        if institution_id not in spoken_for and address:
            yield Recipient(address, i18n.DEFAULT.code, "institution")


def _associations() -> Iterator[Recipient]:
    verified = Association.verified_at.is_not(None), Association.email.is_not(None)
    rows = select(Association.email, Association.language).where(*verified).order_by(Association.id)
    for email, language in session.execute(rows):
        if email:
            yield Recipient(email, language, "association")
