"""The administrator's page: who is of the staff, and what they may do."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from cocreation.accounts import queries, scopes, services
from cocreation.accounts.forms import InviteForm
from cocreation.accounts.models import Role
from cocreation.accounts.policy import administrator
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(administrator)
def index() -> ResponseReturnValue:
    people = queries.people(request.args.get("cursor"))
    references = scopes.references(grant for person in people for grant in person.grants)
    return render("accounts/manage/index.html", people=people, references=references)


@access(administrator)
def invite() -> ResponseReturnValue:
    form = InviteForm(scopes.offered())
    if form.submitted() and form.carries_out(_invite, form):
        flash(_("The invitation is on its way."))
        return redirect(url_for("manage_accounts.index"))
    return render("accounts/manage/invite.html", form=form)


def _invite(form: InviteForm) -> bool:
    role = Role(form.role.data)
    scope_id = scopes.scope_of(role, form.reference.data)
    services.invite(
        form.email.data,
        role,
        scope_id=scope_id,
        name=form.name.data,
        language=form.language.data,
        by=current_person().id,
        now=clock.now(),
    )
    return True


@access(administrator)
def take_back(grant_id: int) -> ResponseReturnValue:
    if asked := _asked(_("Take this role back?"), _("Yes, take back")):
        return asked
    services.take_back(grant_id, by=current_person().id, now=clock.now())
    return _done(_("The role is taken back."))


@access(administrator)
def withdraw_invitation(person_id: int) -> ResponseReturnValue:
    if asked := _asked(_("Take this invitation back? Nothing is kept of this person."), _("Yes, take back")):
        return asked
    services.withdraw_invitation(person_id, by=current_person().id, now=clock.now())
    return _done(_("The invitation is taken back: its link opens nothing any more."))


@access(administrator)
def disable(person_id: int) -> ResponseReturnValue:
    if asked := _asked(_("Close this account? The person is signed out everywhere."), _("Yes, close it")):
        return asked
    services.disable(person_id, by=current_person().id, now=clock.now())
    return _done(_("This person can no longer sign in, and is signed out everywhere."))


@access(administrator)
def enable(person_id: int) -> Response:
    services.enable(person_id, by=current_person().id, now=clock.now())
    return _done(_("This person can sign in again."))


@access(administrator)
def forget_device(person_id: int) -> ResponseReturnValue:
    if asked := _asked(
        _("Unlink this person’s telephone? They set up another at their next sign-in."), _("Yes, unlink it")
    ):
        return asked
    services.forget_device(person_id, by=current_person().id, now=clock.now())
    return _done(_("At the next sign-in, this person sets up a new device."))


def _asked(question: str, yes: str) -> ResponseReturnValue | None:
    return confirmation.certain(question, yes, url_for("manage_accounts.index"))


def _done(sentence: str) -> Response:
    flash(sentence)
    return redirect(url_for("manage_accounts.index"))
