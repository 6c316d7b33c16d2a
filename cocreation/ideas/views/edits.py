"""The author rewords an idea."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.ideas import policy, words
from cocreation.ideas.forms.edit import EditForm
from cocreation.ideas.queries import idea as ideas_idea, public_ideas, themes as ideas_themes
from cocreation.ideas.services import edits
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(by_secret)
@limit("20 per minute")
@limit_reading("60 per minute")
def edit(receipt: str) -> ResponseReturnValue:
    idea = ideas_idea.by_receipt(secrets.read_receipt(receipt))
    form = EditForm(data=asdict(words.words_of(idea)))
    form.offer(ideas_themes.themes_of(idea.cycle_id), public_ideas.all_regions())
    if form.submitted() and form.carries_out(edits.edit, idea.receipt, form.words(), now=clock.now()):
        flash(_("Your new text is saved and replaces the old one."))
        return redirect(url_for("ideas.receipt", receipt=idea.receipt))
    return render("ideas/edit.html", form=form, idea=idea, can_edit=policy.can_edit(idea))
