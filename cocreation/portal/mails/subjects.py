"""Whom and what a mail that did not arrive was about, for those who can reach the person another way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import current_app
from sqlalchemy import ColumnElement, or_, select

from cocreation.accounts.models import Grant, Person, Role
from cocreation.accounts.scopes import references
from cocreation.core import undelivered
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Association
from cocreation.ideas.models.idea import Author, Idea
from cocreation.invitations.models import MeetingInvitation
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration


@dataclass(frozen=True)
class MailSubject:
    """The name of a person or a body ("" where nobody knows it), and the staff's page about them."""

    name: str | Translated
    endpoint: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)


def of_grants(grants: Iterable[Grant]) -> ColumnElement[bool]:
    """Which mails the coordinator of these grants may see: those of their meetings."""
    held = [grant for grant in grants if grant.role is Role.COORDINATOR]
    return undelivered.of_meetings(references(held).values())


def subjects(mails: Sequence[Mail]) -> dict[int, MailSubject]:
    """What each mail was about, by its id; a few statements for all."""
    receipts = {mail.context.get("receipt") for mail in mails} - {None, ""}
    ideas = _ideas({reference for mail in mails if (reference := _reference(mail))}, receipts)
    others = {**_registrations(receipts), **_invitations(receipts), **_associations(receipts)}
    people = _people({mail.to for mail in mails})
    found = {}
    for mail in mails:
        receipt = mail.context.get("receipt")
        about = others.get(receipt) or ideas.get(_reference(mail) or "") or ideas.get(receipt)
        found[mail.id] = about or people.get(mail.to) or _delegation(mail) or MailSubject(_said_name(mail))
    return found


def _registrations(receipts: set[object]) -> dict[object, MailSubject]:
    rows = select(Registration.receipt, Registration.name, Registration.id, Meeting.reference)
    named = session.execute(rows.join(Meeting).where(Registration.receipt.in_(receipts)))
    return {
        receipt: MailSubject(
            name, "manage_participants.participant", {"reference": reference, "number": number}
        )
        for receipt, name, number, reference in named
    }


def _invitations(receipts: set[object]) -> dict[object, MailSubject]:
    rows = select(MeetingInvitation.receipt, MeetingInvitation.name, MeetingInvitation.id, Meeting.reference)
    named = session.execute(
        rows.join(Meeting, Meeting.id == MeetingInvitation.meeting_id).where(
            MeetingInvitation.receipt.in_(receipts)
        )
    )
    return {
        receipt: MailSubject(
            name, "manage_invitations.invitation", {"reference": reference, "invitation_id": number}
        )
        for receipt, name, number, reference in named
    }


def _associations(receipts: set[object]) -> dict[object, MailSubject]:
    rows = select(Association.receipt, Association.name).where(Association.receipt.in_(receipts))
    return {
        receipt: MailSubject(name, "manage_directory.associations") for receipt, name in session.execute(rows)
    }


def _ideas(idea_references: set[str], receipts: set[object]) -> dict[object, MailSubject]:
    """By reference and by receipt: an idea that is not confirmed yet has no reference, and no page."""
    rows = select(Idea.reference, Idea.receipt, Author.name).outerjoin(Author, Author.idea_id == Idea.id)
    those = or_(Idea.reference.in_(idea_references), Idea.receipt.in_(receipts))
    found: dict[object, MailSubject] = {}
    for reference, receipt, name in session.execute(rows.where(those)):
        if reference:
            page = ("manage_screening.screen", {"reference": reference})
            found[reference] = found[receipt] = MailSubject(name or "", *page)
        else:
            found[receipt] = MailSubject(name or "")
    return found


def _people(addresses: set[str]) -> dict[str, MailSubject]:
    rows = select(Person.email, Person.name).where(Person.email.in_(addresses))
    return {address: MailSubject(name, "manage_accounts.index") for address, name in session.execute(rows)}


def _is_of_meeting(mail: Mail) -> bool:
    return isinstance(current_app.extensions["mails"].get(mail.template), MeetingMail)


def _reference(mail: Mail) -> str | None:
    """The idea that a mail is about: the one it names, or the first of several."""
    context = mail.context
    rows = [*context.get("sent", ()), *context.get("said", ()), *context.get("ideas", ())]
    rows += [context["idea"]] if isinstance(context.get("idea"), dict) else []
    reference = rows[0].get("reference") if rows else context.get("reference")
    return None if _is_of_meeting(mail) else reference


def _delegation(mail: Mail) -> MailSubject | None:
    """Of a meeting's mail without a registration or an invitation: whoever stands for an association."""
    if not _is_of_meeting(mail) or not mail.context.get("reference"):
        return None
    return MailSubject(_said_name(mail), "manage_meetings.show", {"reference": mail.context["reference"]})


def _said_name(mail: Mail) -> str | Translated:
    names = (mail.context.get(key) for key in ("delegate", "contact", "name", "invited"))
    name = next(filter(None, names), "")
    return Translated(name) if isinstance(name, dict) else str(name)
