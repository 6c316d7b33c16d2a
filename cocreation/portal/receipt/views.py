"""The page of a receipt, and what is kept of its holder."""

from __future__ import annotations

import json

from flask import Response
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.meetings import policy
from cocreation.places.models.registration import LIVE, TAKEN, Registration, RegistrationState
from cocreation.places.services import places
from cocreation.portal.receipt import own_data
from cocreation.portal.receipt.page import AHEAD, HelpPart, ReceiptPage
from cocreation.registration.forms.answers import said
from cocreation.registration.services import answers
from cocreation.text import mistyped
from cocreation.travel_support import queries
from cocreation.web import sendings
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render


@access(by_secret)
@limit_reading("60 per minute")
def show_registration(receipt: str) -> ResponseReturnValue:
    registration, now = queries.registration_with_offer(receipt), clock.now()
    meeting = registration.meeting
    questions = answers.questions_of(meeting.id, internal=False) if registration.replies else []
    stage = policy.stage(meeting, now)
    page = ReceiptPage(
        registration=registration,
        stage=stage,
        turn=places.turn(registration) if _has_turn(registration) else None,
        said=said(registration, questions),
        can_change=_can_change(registration) and answers.can_change(meeting, now),
        help=_help(registration, stage),
        qr=_code(registration),
        was_sent_here=sendings.was_sent("registration", registration.id),
        meant=mistyped.meant(registration.email or ""),
    )
    return render("portal/receipt/show.html", page=page, registration=registration, meeting=meeting)


@access(by_secret)
@limit_reading("60 per minute")
def export_registration(receipt: str) -> Response:
    held = own_data.export(secrets.read_receipt(receipt))
    response = Response(json.dumps(held, ensure_ascii=False, indent=2), mimetype="application/json")
    name = held["registration"]["meeting"]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


def _has_turn(registration: Registration) -> bool:
    return registration.standing == RegistrationState.WAITING and registration.is_confirmed


def _can_change(registration: Registration) -> bool:
    """Only what somebody was reached for can be changed; the rest is shown and cancelled."""
    return registration.standing in LIVE and not registration.waits_for_link


def _help(registration: Registration, stage: policy.MeetingStage) -> HelpPart:
    offer = queries.offer_of(registration.meeting)
    return HelpPart(
        request=queries.of_registration(registration) if offer else None,
        offer=offer,
        is_live=registration.standing in LIVE,
        is_ahead=stage in AHEAD,
        today=clock.today(),
    )


def _code(registration: Registration) -> str | None:
    """For the door, and for those to whom no mail brings this address again."""
    if registration.email and (registration.waits_for_link or registration.standing not in TAKEN):
        return None
    return qr_code(absolute_url("registration.show_registration", receipt=registration.receipt))
