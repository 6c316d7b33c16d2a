"""Templates of answers: words that answers begin with."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.comment_answers.forms import AnswerTemplateForm
from cocreation.comment_answers.queries import answers as queries
from cocreation.comment_answers.services import templates as services
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def templates() -> ResponseReturnValue:
    return render("comment_answers/templates.html", rows=queries.templates())


@access(secretariat)
def new_template() -> ResponseReturnValue:
    form = AnswerTemplateForm()
    if form.submitted() and form.carries_out(services.add_answer_template, *form.words(), **act()):
        flash(_("The template is saved."))
        return redirect(url_for(".templates"))
    return render("comment_answers/template.html", form=form, written=None)


@access(secretariat)
def edit_template(template_id: int) -> ResponseReturnValue:
    written = queries.template(template_id)
    pair = written.outcome, written.reason
    form = AnswerTemplateForm(name=written.name, outcome=pair, text=written.text)
    if form.submitted() and form.carries_out(
        services.change_answer_template, template_id, *form.words(), **act()
    ):
        flash(_("The template is saved."))
        return redirect(url_for(".templates"))
    return render("comment_answers/template.html", form=form, written=written)


@access(secretariat)
def remove_template(template_id: int) -> ResponseReturnValue:
    services.remove_answer_template(template_id, **act())
    flash(_("The template is removed."))
    return redirect(url_for(".templates"))
