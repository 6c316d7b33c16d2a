"""My data: everything that is kept of a participant, to take along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cocreation.attendance.models import Arrival
from cocreation.core.database import session
from cocreation.registration.services import own_data
from cocreation.registration.services.own_data import row_of
from cocreation.travel_support.models import TravelSupportEvent, TravelSupportProof, TravelSupportRequest

ROWS = {
    "arrivals": Arrival,
    "support": TravelSupportRequest,
    "support_history": TravelSupportEvent,
    "proofs": TravelSupportProof,
}


def export(receipt: str) -> dict[str, Any]:
    """All that is kept of the holder of this receipt, as JSON can carry it. Raises NotFound.

    Proofs go by name, kind and size.
    """
    registration = own_data.with_data(receipt)
    rows = {name: _rows(kind, registration.id) for name, kind in ROWS.items()}
    return {**own_data.export(registration), **rows}


def _rows(kind: Any, registration_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(select(kind).where(kind.registration_id == registration_id))
    return [row_of(row) for row in rows.all()]
