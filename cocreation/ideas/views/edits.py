"""The author rewords an idea."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.core.i18n import gettext as _, lazy_gettext as _l
from cocreation.cycles.models import Theme
from cocreation.directory.models import Region
from cocreation.ideas import policy, words
from cocreation.ideas.queries import idea as ideas_idea, public_ideas, themes as ideas_themes
from cocreation.ideas.services import edits
from cocreation.ideas.words import IdeaWords
from cocreation.web.access import access, by_secret
from cocreation.web.forms import Form, choose, paragraph
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render, translated_text


class EditForm(Form):
    """What an idea says and is about, under the names of `IdeaWords`."""

    proposal = paragraph(_l("Your idea"))
    problem = paragraph(_l("The problem"), required=False)
    expected_result = paragraph(_l("The result you expect"), required=False)
    theme_id = choose(_l("Theme"), [], required=False)
    region_code = choose(_l("Region"), [], required=False)

    def offer(self, themes: list[Theme], regions: list[Region]) -> None:
        self.theme_id.choices = [
            ("", _l("I do not know")),
            *((str(theme.id), translated_text(theme.name)) for theme in themes),
        ]
        self.region_code.choices = [
            ("", _l("The whole country")),
            *((region.code, translated_text(region.name)) for region in regions),
        ]

    def words(self) -> IdeaWords:
        return IdeaWords(
            proposal=self.proposal.data,
            problem=self.problem.data or None,
            expected_result=self.expected_result.data or None,
            theme_id=int(self.theme_id.data) if self.theme_id.data else None,
            region_code=self.region_code.data or None,
        )


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
