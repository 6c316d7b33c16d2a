"""The moderators' pages: what waits, and one idea with what was reported of it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _
from cocreation.moderation.forms import DecideForm, DismissForm, HideForm
from cocreation.moderation.queries import ideas as queries
from cocreation.moderation.queries.waiting_figures import waiting_counts
from cocreation.moderation.services import ideas as services
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(secretariat)
def index() -> ResponseReturnValue:
    """What waits: ideas that were reported, or what authors contest."""
    counts, cursor = waiting_counts(), request.args.get("cursor")
    if request.args.get("contested"):
        return render("moderation/contested.html", counts=counts, hidings=queries.contested(cursor))
    page, cases = queries.reported(cursor)
    return render("moderation/reports.html", counts=counts, page=page, cases=cases)


@access(secretariat)
def case(reference: str) -> ResponseReturnValue:
    return _case(reference)


@access(secretariat)
def dismiss(reference: str) -> ResponseReturnValue:
    idea, form = queries.get_public_idea(reference), DismissForm()
    if form.submitted() and form.carries_out(services.dismiss, idea.id, form.note.data, **act()):
        flash(_("The idea stays as it is."))
        return redirect(url_for(".index"))
    return _case(reference, dismissing=form)


@access(secretariat)
def hide(reference: str) -> ResponseReturnValue:
    idea, form = queries.get_public_idea(reference), HideForm()
    if form.submitted() and form.carries_out(
        services.hide, idea.id, form.reason.data, form.text.data, **act()
    ):
        if idea.author and idea.author.email:
            flash(_("The words of this idea are hidden, and its author is told by mail."))
        else:
            flash(
                _("The words of this idea are hidden. Its author left no address: its page says it."),
                "warning",
            )
        return redirect(url_for(".index"))
    return _case(reference, hiding=form)


@access(secretariat)
def decide(reference: str) -> ResponseReturnValue:
    idea, form = queries.get_public_idea(reference), DecideForm()
    if form.submitted():
        lifts, text = form.lifts.data == "yes", form.text.data
        if form.attempt(services.decide, idea.id, lifts=lifts, text=text, **act()):
            if idea.author and idea.author.email:
                flash(_("The contest is decided, and the author is told by mail."))
            else:
                flash(
                    _("The contest is decided. The author left no address: their receipt says it."), "warning"
                )
            return redirect(url_for(".index", contested=1))
    return _case(reference, deciding=form)


def _case(reference: str, **forms: Form) -> ResponseReturnValue:
    """The page of an idea, with the form that was refused if one was."""
    refused = next(iter(forms.values()), None)
    given = {"dismissing": DismissForm, "hiding": HideForm, "deciding": DecideForm}
    others = {name: form() for name, form in given.items() if name not in forms}
    case, my_id = queries.get_case(reference), current_person().id
    return render(
        "moderation/case.html", form=refused, case=case, my_id=my_id, today=clock.today(), **others, **forms
    )
