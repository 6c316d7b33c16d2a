"""Who is invited to a meeting, for those who run it; the secretariat validates speakers and experts."""

from __future__ import annotations

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.invitations import queries
from cocreation.invitations.forms import GuestForm, GuestRefusalForm, ListedForm
from cocreation.invitations.models import InvitationState
from cocreation.invitations.services import invitations as invitations_invitations
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, to
from cocreation.meetings.models.meeting import Meeting
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import absolute_url, qr_code, render


@access(policy.runners)
def invitations(reference: str) -> ResponseReturnValue:
    meeting, state = load(reference), _state(request.args.get("state", ""))
    reachable = queries.count_reachable(meeting.id)
    return render(
        "invitations/manage_invitations.html",
        meeting=meeting,
        counts=queries.counts(meeting.id),
        state=state,
        states=list(InvitationState),
        invitations=queries.invitations(meeting, state, request.args.get("cursor")),
        validates=current_person().runs_everything,
        to_send=reachable.get(InvitationState.READY, 0),
        to_remind=reachable.get(InvitationState.SENT, 0),
    )


@access(policy.runners)
def invite_councils(reference: str) -> ResponseReturnValue:
    meeting, province = load(reference), request.args.get("province")
    form = ListedForm()
    if form.submitted() and (
        count := form.attempt(
            invitations_invitations.invite_listed, meeting.id, form.chosen.data or (), **act()
        )
    ):
        flash(
            _n(
                "%(count)s invitation is added.",
                "%(count)s invitations are added.",
                count,
            )
        )
        return to(meeting, page="manage_invitations.invitations")
    meeting = load(reference)
    choices = queries.picker(meeting, province)
    return render(
        "invitations/manage_councils.html", meeting=meeting, form=form, picker=choices, province=province
    )


@access(policy.runners)
def invite(reference: str) -> ResponseReturnValue:
    meeting, form = load(reference), GuestForm()
    validated = current_person().runs_everything
    if form.submitted() and form.carries_out(
        invitations_invitations.invite, meeting.id, form.guest(), validated=validated, **act()
    ):
        flash(_("It is added to the invitations."))
        return to(meeting, page="manage_invitations.invitations")
    return render("invitations/manage_guest.html", meeting=load(reference), form=form, invitation=None)


@access(policy.runners)
def invitation(reference: str, invitation_id: int) -> ResponseReturnValue:
    """One invitation, to correct it before it is sent."""
    meeting = load(reference)
    row = queries.get(meeting, invitation_id)
    form = GuestForm(row)
    if form.submitted() and form.carries_out(
        invitations_invitations.change, meeting.id, invitation_id, form.guest(row), **act()
    ):
        flash(_("The invitation is saved."))
        return to(meeting, page="manage_invitations.invitations")
    return render("invitations/manage_guest.html", meeting=load(reference), form=form, invitation=row)


@access(policy.runners)
def print_invitation(reference: str, invitation_id: int) -> ResponseReturnValue:
    """The invitation as a page to print, with its link and the link's QR code."""
    meeting = load(reference)
    row = queries.get(meeting, invitation_id)
    address = absolute_url("invitations.answer_invitation", receipt=row.receipt)
    ready = row.state not in (InvitationState.PROPOSED, InvitationState.REFUSED)
    return render(
        "invitations/manage_invitation_print.html",
        meeting=meeting,
        invitation=row,
        address=address,
        qr=qr_code(address),
        ready=ready,
    )


@access(policy.runners)
def hand_over_invitation(reference: str, invitation_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    invitations_invitations.hand_over(meeting.id, invitation_id, **act())
    flash(_("The invitation counts as sent."))
    return to(meeting, page="manage_invitations.invitations")


@access(policy.runners)
def remove_invitation(reference: str, invitation_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    page = url_for("manage_invitations.invitations", reference=reference)
    if asked := confirmation.certain(_("Remove this invitation?"), _("Yes, remove it"), page):
        return asked
    invitations_invitations.remove(meeting.id, invitation_id, **act())
    flash(_("The invitation is removed."))
    return to(meeting, page="manage_invitations.invitations")


@access(secretariat)
def validate_invitation(reference: str, invitation_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    invitations_invitations.validate(meeting.id, invitation_id, **act())
    flash(_("It is validated and can be sent."))
    return to(meeting, page="manage_invitations.invitations")


@access(secretariat)
def refuse_invitation(reference: str, invitation_id: int) -> ResponseReturnValue:
    meeting, form = load(reference), GuestRefusalForm()
    row = queries.get(meeting, invitation_id)
    if form.submitted():
        told = form.attempt(
            invitations_invitations.refuse, meeting.id, invitation_id, form.reason.data or "", **act()
        )
        if not form.refusal:
            flash(
                _("Not validated; who proposed it is told why by mail.")
                if told
                else _("Not validated. Who proposed it has no open account here: tell them why.")
            )
            return to(meeting, page="manage_invitations.invitations")
    return render("invitations/manage_refuse_guest.html", meeting=load(reference), form=form, invitation=row)


@access(policy.runners)
def send_invitations(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    many = queries.count_reachable(meeting.id).get(InvitationState.READY, 0) if meeting.is_announced else 0
    question = _n("Send %(count)s invitation?", "Send %(count)s invitations?", many)
    if asked := confirmation.first(many, question, _("Yes, send"), _list_of(meeting)):
        return asked
    sent = invitations_invitations.send(meeting.id, **act())
    flash(_n("%(count)s invitation is sent.", "%(count)s invitations are sent.", sent))
    return to(meeting, page="manage_invitations.invitations")


@access(policy.runners)
def remind_invited(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    many = queries.count_reachable(meeting.id).get(InvitationState.SENT, 0)
    question = _n("Remind %(count)s person by mail?", "Remind %(count)s people by mail?", many)
    if asked := confirmation.first(many, question, _("Yes, remind"), _list_of(meeting)):
        return asked
    told = invitations_invitations.remind(meeting.id, **act())
    flash(_n("%(count)s reminder is sent.", "%(count)s reminders are sent.", told))
    return to(meeting, page="manage_invitations.invitations")


def _list_of(meeting: Meeting) -> str:
    return url_for("manage_invitations.invitations", reference=meeting.reference)


def _state(typed: str) -> InvitationState | None:
    return InvitationState(typed) if typed in list(InvitationState) else None
