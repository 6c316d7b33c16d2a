"""Where a second reader asks about one fate, and whoever prepared it answers."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.batches.manage import draft_page, readers
from cocreation.languages.i18n import gettext as _
from cocreation.questions import services
from cocreation.questions.forms import FateQuestionForm, FateReplyForm
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(readers)
def ask(batch_id: int, reference: str) -> ResponseReturnValue:
    page, form = draft_page(batch_id, reference), FateQuestionForm()
    given = batch_id, page.draft.idea_id, form.words.data
    if form.submitted() and form.carries_out(services.ask, *given, **act()):
        flash(_("Your question is with the team. The rest of the batch can be read meanwhile."))
        return redirect(url_for("manage_batches.batch", batch_id=batch_id))
    return render("questions/ask.html", page=draft_page(batch_id, reference), form=form)


@access(secretariat)
def reply(batch_id: int, reference: str) -> ResponseReturnValue:
    page, form = draft_page(batch_id, reference), FateReplyForm()
    given = batch_id, page.draft.idea_id, form.answer.data
    if form.submitted() and form.carries_out(services.answer, *given, **act()):
        flash(_("Your answer is with the second reader."))
        return redirect(url_for("manage_batches.batch", batch_id=batch_id))
    return render("questions/reply.html", page=draft_page(batch_id, reference), form=form)
