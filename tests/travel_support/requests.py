"""What the tests of help with transport and lodging do again and again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.travel_support.models import TravelSupportProof, TravelSupportRequest, TravelSupportState
from tests.cast import THEN
from tests.forms import fill
from tests.meeting_day import change, registrations, write

DESK = "/en/manage/meetings/OR1/support"
FIGUIG, TAOURIRT, RABAT = "02.251", "02.533", "04.421"
RIGHT = {"province": RABAT, "nights": "1", "tickets": "0", "sentence": "x"}
PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def ask(client, url: str, **given: object):
    defaults = {"province": FIGUIG, "nights": "1", "tickets": "1", "sentence": "C’est loin"}
    return fill(client, url, **{**defaults, **given})


def requests() -> list[TravelSupportRequest]:
    session.remove()
    rows = list(session.scalars(select(TravelSupportRequest).order_by(TravelSupportRequest.registration_id)))
    session.expunge_all()
    session.remove()
    return rows


def proofs() -> int:
    session.remove()
    return session.scalar(select(func.count()).select_from(TravelSupportProof))


def asked(cast, *codes: str, nights: int = 1, tickets: int = 0, **facts: bool) -> list[int]:
    """Requests straight into the database, one for each province; the numbers of their registrations."""
    count = len(registrations())
    change(cast, places=5000)
    write(cast, len(codes), count)
    ids = [registration.id for registration in registrations()][count:]
    for minutes, (number, code) in enumerate(zip(ids, codes, strict=True)):
        session.add(
            TravelSupportRequest(
                registration_id=number,
                meeting_id=cast.meeting.id,
                province_code=code,
                sentence="Je viens de loin",
                facts=facts,
                nights=nights,
                tickets=tickets,
                requested_at=THEN + timedelta(minutes=minutes),
                state=TravelSupportState.REQUESTED,
            )
        )
    session.commit()
    session.remove()
    return ids
