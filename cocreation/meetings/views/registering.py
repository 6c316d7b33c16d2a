"""Registering for a meeting, and the receipt with what its holder may do."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for

from cocreation.core import clock
from cocreation.core.i18n import gettext as _
from cocreation.meetings import policy, queries, services
from cocreation.meetings.forms import registration_form, said
from cocreation.meetings.models import TAKEN, RegistrationState
from cocreation.meetings.queries import supporting
from cocreation.meetings.services import places, replying
from cocreation.meetings.services.refusals import AlreadyRegistered
from cocreation.meetings.views.blueprint import bp
from cocreation.web import transaction
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import absolute_url, qr_code, render


@bp.route("/meetings/<reference>/register", methods=["GET", "POST"])
@access(anyone)
@limit("20 per minute")
def register(reference: str) -> Any:
    meeting, now = queries.get_meeting_to_register(reference), clock.now()
    questions = replying.questions_of(meeting.id, internal=False)
    form = registration_form(meeting, questions, queries.provinces(meeting.regions), clock.day_of(now))
    if form.submitted():
        once = form.once.data
        made = form.attempt(services.register, meeting.id, form.participant(), once=once, now=now)
        if made:
            return redirect(url_for("meetings.show_registration", receipt=made.receipt))
        if isinstance(form.refusal, AlreadyRegistered):
            transaction.keep()
    return render("meetings/register.html", meeting=meeting, form=form, stage=policy.stage(meeting, now))


@bp.get("/registrations/<receipt>")
@access(by_secret)
@limit_reading("60 per minute")
def show_registration(receipt: str) -> Any:
    registration, now = queries.get_registration(receipt), clock.now()
    meeting, state = registration.meeting, registration.state
    questions = replying.questions_of(meeting.id, internal=False) if registration.replies else []
    address = absolute_url("meetings.show_registration", receipt=registration.receipt)
    # For the door, and for those to whom no mail brings this address again.
    is_drawn = state in TAKEN or not registration.email
    return render(
        "meetings/registration.html",
        registration=registration,
        meeting=meeting,
        stage=policy.stage(meeting, now),
        turn=places.turn(registration) if state == RegistrationState.WAITING else None,
        said=said(registration, questions),
        titles={each.id: each.theme for each in meeting.workshops},
        can_change=registration.is_live and replying.can_change(meeting, now),
        support=supporting.of_registration(registration) if meeting.support else None,
        support_open=bool(meeting.support and meeting.support.is_open(clock.day_of(now))),
        qr=qr_code(address) if is_drawn else None,
    )


@bp.post("/registrations/<receipt>/cancel")
@access(by_secret)
@limit_reading("60 per minute")
def cancel_registration(receipt: str) -> Any:
    registration = queries.get_registration(receipt)
    waited = registration.state == RegistrationState.WAITING
    services.cancel(registration.receipt, now=clock.now())
    if waited:
        flash(_("You have left the waiting list."))
    else:
        flash(_("Your registration is cancelled. Thank you for telling us: somebody else can come."))
    return redirect(url_for("meetings.show_registration", receipt=registration.receipt))


@bp.post("/registrations/<receipt>/accept")
@access(by_secret)
@limit_reading("60 per minute")
def accept_place(receipt: str) -> Any:
    registration = services.accept(queries.get_registration(receipt).receipt, now=clock.now())
    flash(_("The place is yours. We look forward to meeting you."))
    return redirect(url_for("meetings.show_registration", receipt=registration.receipt))


@bp.post("/registrations/<receipt>/wait")
@access(by_secret)
@limit_reading("60 per minute")
def wait_again(receipt: str) -> Any:
    registration = services.wait_again(queries.get_registration(receipt).receipt, now=clock.now())
    flash(_("You are on the waiting list again."))
    return redirect(url_for("meetings.show_registration", receipt=registration.receipt))
