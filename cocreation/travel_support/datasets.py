"""What was granted and what it costs, for the partner who pays: without facts and reasons."""

from __future__ import annotations

from decimal import Decimal

from cocreation.files.dataset import Dataset, Field
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.travel_support.models import TravelSupportOffer, TravelSupportRequest
from cocreation.web.rendering import translated_text


def cost(offered: TravelSupportOffer, nights: int, tickets: int) -> Decimal:
    """What so much costs, in dirhams; what has no cost written counts nothing."""
    return nights * (offered.night_cost or Decimal(0)) + tickets * (offered.ticket_cost or Decimal(0))


def granted_at(meeting: Meeting, offered: TravelSupportOffer) -> Dataset[TravelSupportRequest]:
    """The columns of what `meeting` grants of what it `offered`."""

    def cost_of(request: TravelSupportRequest) -> float:
        return float(cost(offered, request.granted_nights or 0, request.granted_tickets or 0))

    return Dataset(
        f"{meeting.reference}-support",
        _l("Transport and lodging"),
        (
            Field("name", _l("Name"), lambda request: request.registration.name),
            Field("phone", _l("Telephone"), lambda request: request.registration.phone),
            Field("email", _l("E-mail"), lambda request: request.registration.email),
            Field("province", _l("Province"), lambda request: translated_text(request.province.name)),
            Field("nights", _l("Nights"), lambda request: request.granted_nights),
            Field("tickets", _l("Tickets"), lambda request: request.granted_tickets),
            Field("cost", _l("Cost in dirhams"), cost_of),
        ),
    )
