"""What is kept of who registers for a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import undefer

from cocreation.core.database import session
from cocreation.core.personal_data import Export, Keeper
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.personal_data import KNOWN_FOR, ORGANISERS
from cocreation.places.models.registration import Registration
from cocreation.portal.receipt import own_data
from cocreation.registration.personal_data import erase_registrations, find_registrations, names_registered
from cocreation.registration.services.answers import KEPT as NEEDS_FOR
from cocreation.travel_support.models import TravelSupportProof
from cocreation.travel_support.services.requests import KEPT as PROOFS_FOR


def export_registrations(keys: Sequence[str]) -> Export:
    """All that is kept of these receipts, with the files that came with a request for help."""
    export = Export([own_data.export(receipt) for receipt in keys])
    ids = select(Registration.id).where(Registration.receipt.in_(keys))
    proofs = select(TravelSupportProof).where(TravelSupportProof.registration_id.in_(ids))
    for proof in session.scalars(
        proofs.options(undefer(TravelSupportProof.content)).order_by(TravelSupportProof.id)
    ):
        export.files[f"{proof.id}-{proof.name}"] = proof.content
    return export


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
