"""An association registers several people, sees who answered what, and looks after its list."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.database import found
from cocreation.delegations import queries
from cocreation.delegations.forms import HelpForm, ReplacementForm, delegation_form
from cocreation.delegations.pages import Helped, helped, what_withdrawing_does
from cocreation.delegations.refusals import NotOnTheList, RowsRefused
from cocreation.delegations.services import delegates, help_to_come, people as people_services
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy, queries as meetings_queries
from cocreation.places.models.registration import Delegation, Registration
from cocreation.registration.refusals import AlreadyConfirmed
from cocreation.text.markup import isolate_text
from cocreation.travel_support import queries as travel_support_queries
from cocreation.web import confirmation, proof, sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.networks import network
from cocreation.web.rendering import render


@access(anyone)
@limit("20 per minute")
@proof.rationed("20 per hour", "3 per hour", only_when=lambda: request.form.get("act") != "more")
def delegate(reference: str) -> ResponseReturnValue:
    """`act` "more" gives five more rows and keeps what was typed."""
    meeting, now = meetings_queries.get_meeting_to_register(reference), clock.now()
    form = delegation_form()
    if request.form.get("act") != "more" and form.submitted():
        sent = (meeting.id, form.party(), form.delegates())
        delegation = form.attempt(
            delegates.register_delegation, *sent, once=form.sending(), network=network(), now=now
        )
        if delegation:
            return redirect(url_for("delegations.show_delegation", receipt=delegation.receipt))
        if isinstance(form.refusal, RowsRefused):
            form.mark(form.refusal.rows)
    return render("delegations/delegate.html", meeting=meeting, form=form, stage=policy.stage(meeting, now))


@access(by_secret)
@limit_reading("60 per minute")
def show_delegation(receipt: str) -> ResponseReturnValue:
    delegation, people = queries.get_delegation(receipt)
    meeting, now = delegation.meeting, clock.now()
    ended = policy.end(meeting, now)
    return render(
        "delegations/delegation.html",
        delegation=delegation,
        meeting=meeting,
        people=people,
        ended=ended,
        helped=_helped(delegation, people),
        reminded=0 if ended else len(people_services.to_remind(people, now)),
        is_open=policy.stage(meeting, now) == "open",
    )


@access(by_secret)
@limit_reading("20 per minute")
def remind_delegates(receipt: str) -> ResponseReturnValue:
    """Asked about first; opened in another language meanwhile, or answered with no, the list is shown."""
    delegation, people = queries.get_delegation(receipt)
    if request.method == "GET" or confirmation.was_declined():
        return _back(delegation)
    many = len(people_services.to_remind(people, clock.now()))
    if confirmation.is_to_ask(many):
        question = _n(
            "Write once more to %(count)s person who has not answered?",
            "Write once more to %(count)s people who have not answered?",
            many,
        )
        return confirmation.ask(question, _("Yes, remind them"), many)
    count = people_services.remind(delegation.receipt, now=clock.now())
    flash(_n("%(count)s person is written to again.", "%(count)s people are written to again.", count))
    return _back(delegation)


@access(by_secret)
@limit_reading("60 per minute")
def withdraw_delegate(receipt: str, number: int) -> ResponseReturnValue:
    """Asked about first, as reminding is."""
    delegation, person = queries.get_delegate(receipt, number)
    if request.method == "GET" or confirmation.was_declined():
        return _back(delegation)
    if person.seems_live and confirmation.is_to_ask(1):
        question = _("Withdraw %(name)s?", name=isolate_text(person.name))
        what_follows = what_withdrawing_does(person, somebody_waits=queries.somebody_waits(delegation))
        return confirmation.ask(question, _("Yes, withdraw"), 1, kind="danger", explained=what_follows)
    name = people_services.withdraw(delegation.receipt, number, now=clock.now()).name
    flash(_("%(name)s is no longer on your list.", name=isolate_text(name)))
    return _back(delegation)


@access(by_secret)
@limit_reading("60 per minute")
def replace_delegate(receipt: str, number: int) -> ResponseReturnValue:
    delegation, person = queries.get_delegate(receipt, number)
    form, now = ReplacementForm(), clock.now()
    if form.submitted():
        sent = (delegation.receipt, number, form.delegate())
        if form.carries_out(people_services.replace, *sent, once=form.sending(), network=network(), now=now):
            flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
            return _back(delegation)
        delegation, person = queries.get_delegate(receipt, number)  # a refusal let go of what came with it
    elif not person.seems_live:
        raise NotOnTheList
    return render("delegations/replace_delegate.html", form=form, delegation=delegation, person=person)


@access(by_secret)
@limit_reading("60 per minute")
def correct_delegate(receipt: str, number: int) -> ResponseReturnValue:
    """An address nobody has answered from: another one, or the same once more."""
    delegation, person = queries.get_delegate(receipt, number)
    if not person.is_pending:
        raise AlreadyConfirmed if person.is_confirmed else NotOnTheList
    form = sendings.AddressForm(data={"email": person.email})
    if form.submitted():
        sent = (delegation.receipt, number, form.email.data)
        if form.carries_out(people_services.correct, *sent, now=clock.now()):
            flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
            return _back(delegation)
        delegation, person = queries.get_delegate(receipt, number)  # a refusal let go of what came with it
    return render("delegations/correct_delegate.html", form=form, delegation=delegation, person=person)


@access(by_secret)
@limit_reading("20 per minute")
def ask_for_help(receipt: str) -> ResponseReturnValue:
    """For all of the list, or for those who are chosen: a request of each exists then."""
    delegation, people = queries.get_delegation(receipt)
    offer = found(travel_support_queries.offer_of(delegation.meeting))
    shown = _helped(delegation, people)
    form = HelpForm(offer, travel_support_queries.weights(offer.meeting_id), shown.askable())
    if form.submitted():
        sent = (delegation.receipt, form.numbers(), form.wanted())
        if many := form.attempt(help_to_come.ask, *sent, now=clock.now()):
            flash(_n("Help is asked for %(count)s person.", "Help is asked for %(count)s people.", many))
            return _back(delegation)
        delegation, people = queries.get_delegation(receipt)  # a refusal let go of what came with it
        shown = _helped(delegation, people)
        offer = found(travel_support_queries.offer_of(delegation.meeting))
    return render(
        "delegations/ask_for_help.html", form=form, helped=shown, offer=offer, delegation=delegation
    )


@access(by_secret)
@limit_reading("20 per minute")
def take_help_back(receipt: str) -> ResponseReturnValue:
    """Of one delegate (`number`), or of all whose request waits; asked about first, as reminding is."""
    delegation, people = queries.get_delegation(receipt)
    if request.method == "GET" or confirmation.was_declined():
        return _back(delegation)
    number = request.form.get("number", type=int)
    numbers = [n for n in _helped(delegation, people).can_take_back() if number in (None, n)]
    if confirmation.is_to_ask(len(numbers)):
        question = _n(
            "Take back the request for help for %(count)s person?",
            "Take back the request for help for %(count)s people?",
            len(numbers),
        )
        names = [people[n - 1].name for n in numbers]
        return confirmation.ask(question, _("Yes, take back"), len(numbers), names, kind="danger")
    many = help_to_come.take_back(delegation.receipt, numbers, now=clock.now())
    flash(_n("%(count)s request is taken back.", "%(count)s requests are taken back.", many))
    return _back(delegation)


def _helped(delegation: Delegation, people: Sequence[Registration]) -> Helped:
    offer = travel_support_queries.offer_of(delegation.meeting)
    requests = travel_support_queries.of_people(people) if offer else {}
    ended = policy.end(delegation.meeting, clock.now())
    return helped(delegation, people, requests, offer, None if ended else clock.today())


def _back(delegation: Delegation) -> ResponseReturnValue:
    return redirect(url_for("delegations.show_delegation", receipt=delegation.receipt))
