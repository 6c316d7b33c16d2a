"""Where a second reader asks about one fate, and whoever prepared it answers."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.fates.forms import QuestionForm, ReplyForm
from cocreation.fates.manage import draft_page, readers, show_draft
from cocreation.fates.services import questions
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access
from cocreation.web.acts import act


@access(readers)
def ask(batch_id: int, reference: str) -> ResponseReturnValue:
    page, form = draft_page(batch_id, reference), QuestionForm()
    given = batch_id, page.draft.idea_id, form.words.data
    if form.submitted() and form.carries_out(questions.ask, *given, **act()):
        flash(_("Your question is with the team. The rest of the batch can be read meanwhile."))
        return redirect(url_for(".batch", batch_id=batch_id))
    return show_draft(draft_page(batch_id, reference), form)


@access(secretariat)
def reply(batch_id: int, reference: str) -> ResponseReturnValue:
    page, form = draft_page(batch_id, reference), ReplyForm()
    given = batch_id, page.draft.idea_id, form.answer.data
    if form.submitted() and form.carries_out(questions.answer, *given, **act()):
        flash(_("Your answer is with the second reader."))
        return redirect(url_for(".batch", batch_id=batch_id))
    return show_draft(draft_page(batch_id, reference), form)
