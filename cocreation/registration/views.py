"""Registering for a meeting, confirming, giving a place up; what a holder changes and says."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import Refusal
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.places.models.registration import RegistrationState
from cocreation.registration import queries
from cocreation.registration.forms.registration import change_form, registration_form
from cocreation.registration.refusals import AlreadyConfirmed, SentElsewhere
from cocreation.registration.services import addresses, answers, confirmation, registrations
from cocreation.text.markup import isolate_text
from cocreation.web import proof, sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.confirmation import certain
from cocreation.web.forms import Form
from cocreation.web.limits import limit, limit_reading
from cocreation.web.networks import network
from cocreation.web.rendering import render

# As for ideas: a browser that worked for it, and one without JavaScript, from one network.
PROVEN, UNPROVEN = "60 per hour", "5 per hour"


@access(anyone)
@limit("20 per minute")
@proof.rationed(PROVEN, UNPROVEN)
def register(reference: str) -> ResponseReturnValue:
    meeting, now = meetings_queries.get_meeting_to_register(reference), clock.now()
    questions = answers.questions_of(meeting.id, internal=False)
    form = registration_form(
        meeting, questions, meetings_queries.provinces(meeting.regions), clock.day_of(now)
    )
    if form.submitted():
        sent, before = (meeting.id, form.participant()), sendings.numbers("registration")
        if registration := form.attempt(
            registrations.register,
            *sent,
            once=form.sending(),
            network=network(),
            sent_before=before,
            now=now,
        ):
            sendings.remember("registration", registration.id)
            return redirect(url_for("registration.show_registration", receipt=registration.receipt))
    return render("registration/register.html", meeting=meeting, form=form, stage=policy.stage(meeting, now))


@access(by_secret)
@limit_reading("60 per minute")
def confirm_registration(token: str) -> ResponseReturnValue:
    """The page of the link in the mail; its button confirms the address, opening it changes nothing."""
    registration, form = queries.to_confirm(token), Form()
    if form.submitted() and form.carries_out(confirmation.confirm, token, now=clock.now()):
        flash(_("Your address is confirmed."))
        return redirect(url_for("registration.show_registration", receipt=registration.receipt))
    registration = queries.to_confirm(token)
    meeting = registration.meeting
    return render(
        "registration/confirm_registration.html",
        form=form,
        registration=registration,
        meeting=meeting,
        ended=policy.end(meeting, clock.now()),
    )


@access(by_secret)
@limit_reading("20 per minute")
def send_link_again(receipt: str) -> ResponseReturnValue:
    registration = queries.get_registration(receipt)
    confirmation.send_again(registration.receipt, now=clock.now())
    flash(_("The mail is sent again. Look among the unwanted mails too."))
    return redirect(url_for("registration.show_registration", receipt=registration.receipt))


@access(by_secret)
@limit_reading("20 per minute")
def correct_address(receipt: str) -> ResponseReturnValue:
    """For the browser that sent the form: the receipt alone may have been seen by others."""
    registration = queries.get_registration(receipt)
    is_ours = sendings.was_sent("registration", registration.id)
    if request.method == "POST" and not (is_ours and registration.waits_for_link):
        raise AlreadyConfirmed if registration.is_confirmed else SentElsewhere
    if not (is_ours and registration.waits_for_link):
        return redirect(url_for("registration.show_registration", receipt=registration.receipt))
    form, own = sendings.AddressForm(data={"email": registration.email}), registration.receipt
    if form.submitted() and form.carries_out(
        addresses.correct, registration.id, form.email.data, now=clock.now()
    ):
        flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(url_for("registration.show_registration", receipt=own))
    # Read anew: a refusal has let go of what came with it.
    registration = queries.get_registration(own)
    return render("registration/correct_address.html", form=form, registration=registration)


# What somebody is asked who lets go of what they have.
LEAVING = {
    RegistrationState.WAITING: _l("Leave the waiting list? You lose your turn."),
    RegistrationState.OFFERED: _l("Leave the place to the next person?"),
    RegistrationState.CONFIRMED: _l("Give up your place?"),
}


@access(by_secret)
@limit_reading("60 per minute")
def cancel_registration(receipt: str) -> ResponseReturnValue:
    registration = queries.get_registration(receipt)
    waited = registration.standing == RegistrationState.WAITING
    question = LEAVING.get(registration.standing, _l("Cancel your registration?"))
    back = url_for("registration.show_registration", receipt=registration.receipt)
    if asked := certain(str(question), _("Yes, cancel it"), back, registration.meeting.reference):
        return asked
    registrations.cancel(registration.receipt, now=clock.now())
    if waited:
        flash(_("You have left the waiting list."))
    else:
        flash(_("Your registration is cancelled. Thank you for telling us: somebody else can come."))
    return redirect(url_for("registration.show_registration", receipt=registration.receipt))


@access(by_secret)
@limit_reading("60 per minute")
def accept_place(receipt: str) -> ResponseReturnValue:
    registration = registrations.accept(queries.get_registration(receipt).receipt, now=clock.now())
    if registration.state == RegistrationState.CONFIRMED:
        flash(_("The place is yours. We look forward to meeting you."))
    elif registration.state == RegistrationState.WAITING:
        flash(_("You have a turn on the waiting list."))
    return redirect(url_for("registration.show_registration", receipt=registration.receipt))


@access(by_secret)
@limit_reading("60 per minute")
def wait_again(receipt: str) -> ResponseReturnValue:
    registration = registrations.wait_again(queries.get_registration(receipt).receipt, now=clock.now())
    if registration.state == RegistrationState.WAITING:
        flash(_("You are on the waiting list again."))
    return redirect(url_for("registration.show_registration", receipt=registration.receipt))


@access(by_secret)
@limit_reading("60 per minute")
def change_registration(receipt: str) -> ResponseReturnValue:
    registration, now = queries.get_registration(receipt), clock.now()
    meeting, own = registration.meeting, registration.receipt
    try:
        answers.check_change(meeting, registration, now)
    except Refusal as refusal:
        words = {"meeting": meeting, "receipt": own, "refusal": refusal}
        return render("registration/change_registration.html", refusal.status, form=None, **words)
    form = change_form(registration, answers.questions_of(meeting.id, internal=False))
    if form.submitted() and form.carries_out(answers.change, own, form.answers(), now=now):
        flash(_("Your changes are saved."))
        return redirect(url_for("registration.show_registration", receipt=own))
    return render("registration/change_registration.html", form=form, meeting=meeting, receipt=own)
