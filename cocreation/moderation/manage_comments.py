"""The moderators' pages of comments: what waits, and one comment with what was reported of it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _
from cocreation.moderation.forms import DecideForm, DismissForm, HideForm
from cocreation.moderation.queries import comments as queries
from cocreation.moderation.queries.waiting_figures import waiting_counts
from cocreation.moderation.services import comments as services
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(secretariat)
def comments() -> ResponseReturnValue:
    """What waits: comments that were reported, or what their authors contest."""
    counts, cursor = waiting_counts(), request.args.get("cursor")
    if request.args.get("contested"):
        hidings = queries.contested(cursor)
        return render("moderation/contested_comments.html", counts=counts, hidings=hidings)
    return render("moderation/reported_comments.html", counts=counts, reported=queries.reported(cursor))


@access(secretariat)
def comment_case(reference: str) -> ResponseReturnValue:
    return _case(reference)


@access(secretariat)
def dismiss_comment(reference: str) -> ResponseReturnValue:
    comment, form = queries.get_confirmed(reference), DismissForm()
    if form.submitted() and form.carries_out(services.dismiss, comment.id, form.note.data, **act()):
        flash(_("The comment stays as it is."))
        return redirect(url_for(".comments"))
    return _case(reference, dismissing=form)


@access(secretariat)
def hide_comment(reference: str) -> ResponseReturnValue:
    comment, form = queries.get_confirmed(reference), HideForm()
    if form.submitted() and form.carries_out(
        services.hide, comment.id, form.reason.data, form.text.data, **act()
    ):
        if comment.commenter and comment.commenter.email:
            flash(_("The words of this comment are hidden, and its author is told by mail."))
        else:
            flash(
                _("The words of this comment are hidden. Its author left no address: its page says it."),
                "warning",
            )
        return redirect(url_for(".comments"))
    return _case(reference, hiding=form)


@access(secretariat)
def decide_comment(reference: str) -> ResponseReturnValue:
    comment, form = queries.get_confirmed(reference), DecideForm()
    if form.submitted():
        lifts, text = form.lifts.data == "yes", form.text.data
        if form.attempt(services.decide, comment.id, lifts=lifts, text=text, **act()):
            flash(_("The contest is decided. Its author is told by mail, where there is an address."))
            return redirect(url_for(".comments", contested=1))
    return _case(reference, deciding=form)


def _case(reference: str, **forms: Form) -> ResponseReturnValue:
    """The page of a comment, with the form that was refused if one was."""
    refused = next(iter(forms.values()), None)
    given = {"dismissing": DismissForm, "hiding": HideForm, "deciding": DecideForm}
    others = {name: form() for name, form in given.items() if name not in forms}
    return render(
        "moderation/comment_case.html",
        form=refused,
        case=queries.get_case(reference),
        my_id=current_person().id,
        today=clock.today(),
        **others,
        **forms,
    )
