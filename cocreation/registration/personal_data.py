"""What is kept of who registers for a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import undefer

from cocreation.core import secrets
from cocreation.core.chores import each_of
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.personal_data import (
    Erasure,
    Export,
    Keeper,
    Subject,
    mark_erased,
)
from cocreation.meetings.personal_data import (
    AT_ONCE,
    KNOWN_FOR,
    ORGANISERS,
    meetings_of_long_ago,
)
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.registration.services import own_data
from cocreation.registration.services.answers import KEPT as NEEDS_FOR
from cocreation.travel_support.models import SupportProof
from cocreation.travel_support.services.requests import KEPT as PROOFS_FOR


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


def forget_participants(now: datetime) -> int:
    """The worker's chore: a year after a meeting, who came to it; what counts them stays. How many, each in a
    transaction of their own. Commits.
    """
    known = (Registration.meeting_id.in_(meetings_of_long_ago(now)), Registration.erased_at.is_(None))
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

    return each_of("person to forget", people, forget, now=now, number=_shown)


def _shown(receipt: str) -> str:
    """How the log names somebody to be forgotten."""
    return secrets.digest(receipt)[:12]


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
)
