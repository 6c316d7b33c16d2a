"""The templates of reasons."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for

from cocreation.accounts.policy import secretariat
from cocreation.core.i18n import gettext as _
from cocreation.ideas.acts import act
from cocreation.screening.forms import ReasonTemplateForm
from cocreation.screening.queries import queue
from cocreation.screening.services import reasons as dispositions_reasons
from cocreation.web.access import access
from cocreation.web.rendering import render


@access(secretariat)
def reasons() -> Any:
    return render("screening/reasons.html", templates=queue.reason_templates())


@access(secretariat)
def new_reason() -> Any:
    form = ReasonTemplateForm()
    if form.submitted() and form.attempt(dispositions_reasons.add_template, **form.words(), **act()):
        flash(_("The template is saved."))
        return redirect(url_for(".reasons"))
    return render("screening/reason.html", form=form, written=None)


@access(secretariat)
def edit_reason(template_id: int) -> Any:
    template = queue.get_reason_template(template_id)
    form = ReasonTemplateForm(obj=template)
    if form.submitted() and form.attempt(
        dispositions_reasons.change_template, template_id, **form.words(), **act()
    ):
        flash(_("The template is saved."))
        return redirect(url_for(".reasons"))
    return render("screening/reason.html", form=form, written=template)


@access(secretariat)
def remove_reason(template_id: int) -> Any:
    dispositions_reasons.remove_template(template_id, **act())
    flash(_("The template is removed."))
    return redirect(url_for(".reasons"))
