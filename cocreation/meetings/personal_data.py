"""What is kept of who comes to a meeting, who registers others, who is invited and who organises it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, delete, func, or_, select
from sqlalchemy.orm import undefer

from cocreation.core import secrets
from cocreation.core.chores import each_of
from cocreation.core.contacts import phone_number
from cocreation.core.database import lock, session
from cocreation.core.errors import NotFound
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.personal_data import (
    NOBODY,
    Erasure,
    Export,
    Keeper,
    Subject,
    mark_erased,
    row_of,
    rows_of,
)
from cocreation.invitations.models import Invited, MeetingInvitation
from cocreation.invitations.services import guests
from cocreation.meetings.models.meeting import CommitteeMember, Meeting
from cocreation.places.models.registration import Delegation, Registration, RegistrationState
from cocreation.registration.services import own_data
from cocreation.registration.services.answers import KEPT as NEEDS_FOR
from cocreation.travel_support.models import SupportProof
from cocreation.travel_support.services.requests import KEPT as PROOFS_FOR

# How long after a meeting it is known who came, was invited or organised it: the evaluation takes a year.
KNOWN_FOR = timedelta(days=365)
AT_ONCE = 200  # people of a chore's round
LINKS = ("id", "meeting_id", "once", "proposed_by", "validated_by")
A_NUMBER = re.compile(r"\+?[\d(][\d .()-]{6,}\d")


def find_registrations(subject: Subject) -> Sequence[str]:
    """The receipts of the registrations under these addresses, numbers and receipts."""
    theirs = or_(
        func.lower(Registration.email).in_(subject.emails),
        Registration.phone.in_(subject.phones),
        Registration.receipt.in_(subject.receipts),
    )
    known = (theirs, Registration.state != RegistrationState.INVITED, Registration.erased_at.is_(None))
    ordered = select(Registration.receipt).where(*known).order_by(Registration.meeting_id, Registration.id)
    return session.scalars(ordered).all()


def export_registrations(keys: Sequence[str]) -> Export:
    whole = Export([own_data.export(receipt) for receipt in keys])
    ids = select(Registration.id).where(Registration.receipt.in_(keys))
    proofs = select(SupportProof).where(SupportProof.registration_id.in_(ids))
    for proof in session.scalars(proofs.options(undefer(SupportProof.content)).order_by(SupportProof.id)):
        whole.files[f"{proof.id}-{proof.name}"] = proof.content
    return whole


def erase_registrations(keys: Sequence[str], erasure: Erasure) -> None:
    for receipt in keys:
        own_data.erase(receipt, now=erasure.now, by=erasure.by)
    erasure.receipts.update(keys)


def names_registered(keys: Sequence[str]) -> Sequence[str | None]:
    return session.scalars(select(Registration.name).where(Registration.receipt.in_(keys))).all()


def find_delegations(subject: Subject) -> Sequence[int]:
    theirs = or_(func.lower(Delegation.email).in_(subject.emails), Delegation.receipt.in_(subject.receipts))
    return session.scalars(select(Delegation.id).where(theirs).order_by(Delegation.id)).all()


def export_delegations(keys: Sequence[int]) -> Export:
    rows = select(Delegation, Meeting.reference).join(Delegation.meeting).where(Delegation.id.in_(keys))
    return Export([{**row_of(row, but=LINKS), "meeting": ref} for row, ref in session.execute(rows)])


def erase_delegations(keys: Sequence[int], erasure: Erasure) -> None:
    """Forget who registered others; those others keep their places and their own receipts."""
    for key in sorted(keys):
        delegation = lock(Delegation, key)
        erasure.receipts.add(delegation.receipt)
        erasure.contacts_gone.add((delegation.association, delegation.meeting_id))
        _forget_contact(delegation)


def _forget_contact(delegation: Delegation) -> None:
    delegation.contact, delegation.email = NOBODY, ""
    delegation.receipt, delegation.once = secrets.new_receipt(), secrets.new_token()


def names_of_contacts(keys: Sequence[int]) -> Sequence[str | None]:
    return session.scalars(select(Delegation.contact).where(Delegation.id.in_(keys))).all()


# Found as (id, whether it is the person invited; else who comes instead).
Guest = tuple[int, bool]


def find_invitations(subject: Subject) -> Sequence[Guest]:
    """Also by the receipt of the door, which is on the badge of who accepted."""
    door = select(Registration.once).where(
        Registration.receipt.in_(subject.receipts), Registration.state == RegistrationState.INVITED
    )
    numbers = [int(once.rpartition(" ")[2]) for once in session.scalars(door)] if subject.receipts else []
    invited = or_(
        func.lower(MeetingInvitation.email).in_(subject.emails),
        MeetingInvitation.receipt.in_(subject.receipts),
        and_(MeetingInvitation.id.in_(numbers), MeetingInvitation.delegate.is_(None)),
    )
    instead = or_(
        func.lower(MeetingInvitation.delegate_email).in_(subject.emails),
        and_(MeetingInvitation.id.in_(numbers), MeetingInvitation.delegate.is_not(None)),
    )
    found: list[Guest] = []
    for is_invited, condition in ((True, invited), (False, instead)):
        ids = select(MeetingInvitation.id).where(condition).order_by(MeetingInvitation.id)
        found += [(number, is_invited) for number in session.scalars(ids)]
    return found


def export_invitations(keys: Sequence[Guest]) -> Export:
    """What was written of the person; not of the other one, where two are named."""
    whole = Export()
    others = {True: ("delegate", "delegate_email"), False: ("email", "role", "receipt")}
    for number, is_invited in keys:
        rows = select(MeetingInvitation).where(MeetingInvitation.id == number)
        whole.rows += rows_of(rows, but=(*LINKS, *others[is_invited]))
    return whole


def erase_invitations(keys: Sequence[Guest], erasure: Erasure) -> None:
    for number, is_invited in keys:
        if is_invited:
            erasure.receipts.add(guests.forget_invited(number))
        else:
            guests.forget_delegate(number)


def names_invited(keys: Sequence[Guest]) -> list[str | None]:
    """Of people; a body that is invited is none."""
    whole: list[str | None] = []
    for number, is_invited in keys:
        row = session.get_one(MeetingInvitation, number)
        if not is_invited:
            whole.append(row.delegate)
        elif row.kind.is_proposed:
            whole += row.name.values()
    return whole


def find_organisers(subject: Subject) -> Sequence[int]:
    """The members of organising committees who can be reached so: what was typed is read word by word."""
    if not subject.emails and not subject.phones:
        return []
    members = select(CommitteeMember.id, CommitteeMember.contact).where(CommitteeMember.contact.is_not(None))
    return [number for number, contact in session.execute(members) if _names(contact or "", subject)]


def _names(contact: str, subject: Subject) -> bool:
    words = {word.strip(".") for word in re.split(r"[\s,;<>()/|]+", contact.lower())}
    numbers = {phone_number(number) for number in A_NUMBER.findall(contact)}
    return bool(words & subject.emails or numbers & subject.phones)


def export_organisers(keys: Sequence[int]) -> Export:
    return Export(rows_of(select(CommitteeMember).where(CommitteeMember.id.in_(keys)), but=LINKS))


def erase_organisers(keys: Sequence[int], erasure: Erasure) -> None:
    session.execute(delete(CommitteeMember).where(CommitteeMember.id.in_(keys)))


def names_of_organisers(keys: Sequence[int]) -> Iterable[str | None]:
    return session.scalars(select(CommitteeMember.name).where(CommitteeMember.id.in_(keys))).all()


def forget_participants(now: datetime) -> int:
    """The worker's chore: a year after a meeting, who came, who registered others, who was invited and who
    organised it. What counts them stays. Each person in a transaction of their own. Commits.
    """
    over = select(Meeting.id).where(Meeting.ends_at <= now - KNOWN_FOR)
    known = (Registration.meeting_id.in_(over), Registration.erased_at.is_(None))
    is_registered = Registration.state != RegistrationState.INVITED
    receipts = select(Registration.receipt).where(*known, is_registered).order_by(Registration.id)
    people = session.scalars(receipts.limit(AT_ONCE)).all()

    def forget(receipt: str) -> int:
        try:
            own_data.forget(receipt, now=now)
        except NotFound:  # another worker, or the person, was sooner
            return 0
        mark_erased([receipt], now=now)
        return 1

    gone = each_of("person to forget", people, forget, now=now, number=lambda each: secrets.digest(each)[:12])
    for delegation in session.scalars(_of(Delegation, over).where(Delegation.email != "")).all():
        _forget_contact(delegation)
        gone += 1
    for invitation in session.scalars(_of(MeetingInvitation, over).where(_is_known())).all():
        if invitation.delegate:
            guests.forget_delegate(invitation.id)
        mark_erased([guests.forget_invited(invitation.id)], now=now)
        gone += 1
    members = delete(CommitteeMember).where(CommitteeMember.meeting_id.in_(over))
    gone += len(session.scalars(members.returning(CommitteeMember.id)).all())
    session.commit()
    return gone


def _is_known() -> ColumnElement[bool]:
    """That an invitation still says how somebody is reached, or who a person is."""
    row = MeetingInvitation
    name = cast(row.name, Text)  # as JSON, in which a sign may be written by its number
    is_person = row.kind.in_([kind for kind in Invited if kind.is_proposed])
    is_named = ~name.contains(NOBODY) & ~name.contains(json.dumps(NOBODY)[1:-1], autoescape=True)
    comes = row.delegate.is_not(None) & (row.delegate != NOBODY)
    return or_(row.email.is_not(None), row.note.is_not(None), comes, is_person & is_named)


def _of(kind: Any, meetings: Select[int]) -> Select[Any]:
    return select(kind).where(kind.meeting_id.in_(meetings)).order_by(kind.id).limit(AT_ONCE)


ORGANISERS = _l("The secretariat and the association that coordinates the meeting")

KEEPERS = (
    Keeper(
        name="registrations",
        what=_l(
            "Your name, e-mail address or telephone, association, needs and answers, when you register for a"
            " meeting"
        ),
        why=_l("To keep your place and to tell you when something changes"),
        seen_by=ORGANISERS,
        term=_l(
            "%(days)s days after the meeting; what you need there %(needs)s days, proofs for travel support"
            " %(proofs)s days"
        ).filled(days=KNOWN_FOR.days, needs=NEEDS_FOR.days, proofs=PROOFS_FOR.days),
        chore="forget participants",
        columns={
            "registrations": ("name", "email", "phone", "association", "folded"),
            "registration_moves": ("reason",),
            "demographics": (),
            "needs": ("access", "note"),
            "workshop_wishes": (),
            "meeting_replies": ("value",),
            "arrivals": (),
            "support_requests": ("sentence", "facts", "reason"),
            "support_moves": ("reason",),
            "support_proofs": ("name", "content"),
        },
        spared={
            "registrations.claims": "of a list",
            "registrations.network": "a keyed digest, erased with the person and after some days",
            "arrivals.id": "made by the device of the door",
            "arrivals.device": "which door noted it",
            "support_proofs.kind": "a media type",
        },
        find=find_registrations,
        export=export_registrations,
        erase=erase_registrations,
        names=names_registered,
        stays=_l(
            "that somebody registered and came, without a name, so that the statistics of a meeting hold"
        ),
    ),
    Keeper(
        name="delegations",
        what=_l("The name and address of who registers several people for their association"),
        why=_l("To send the list of those registered, and to ask when something is unclear"),
        seen_by=ORGANISERS,
        term=_l("%(days)s days after the meeting").filled(days=KNOWN_FOR.days),
        chore="forget participants",
        columns={"delegations": ("contact", "email")},
        spared={"delegations.association": "the association’s name"},
        find=find_delegations,
        export=export_delegations,
        erase=erase_delegations,
        names=names_of_contacts,
        stays=_l("the association’s name, and the places of those it registered: they are theirs"),
    ),
    Keeper(
        name="invited",
        what=_l("The name and address of speakers, experts and who comes for a council that is invited"),
        why=_l("To invite them, and to know at the door who comes"),
        seen_by=ORGANISERS,
        term=_l("%(days)s days after the meeting").filled(days=KNOWN_FOR.days),
        chore="forget participants",
        columns={
            "meeting_invitations": (
                *("name", "role", "email", "note", "refusal"),
                *("delegate", "delegate_email"),
            )
        },
        spared={"meeting_invitations.listed_as": "a code of the directory"},
        find=find_invitations,
        export=export_invitations,
        erase=erase_invitations,
        names=names_invited,
        stays=_l("that a council or a body was invited, and what the programme says of who spoke"),
    ),
    Keeper(
        name="organisers",
        what=_l("The name, task and contact of the members of an organising committee"),
        why=_l("To prepare a meeting together"),
        seen_by=ORGANISERS,
        term=_l("%(days)s days after the meeting").filled(days=KNOWN_FOR.days),
        chore="forget participants",
        columns={"meeting_committee": ("name", "task", "contact")},
        find=find_organisers,
        export=export_organisers,
        erase=erase_organisers,
        names=names_of_organisers,
    ),
)
