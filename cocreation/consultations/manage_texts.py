"""The secretariat's pages of the texts of a consultation: chosen in a version, summarised, ordered."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.consultations.forms import SummaryForm, TextsForm
from cocreation.consultations.queries import consultations
from cocreation.consultations.services import preparation
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def choose(reference: str) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    form = TextsForm(consultations.texts_to_choose(consultation))
    if form.submitted() and (
        added := form.attempt(preparation.choose_texts, consultation.id, form.documents.data, **act())
    ):
        flash(_n("%(count)s text is chosen.", "%(count)s texts are chosen.", added))
        return _back(reference)
    return render("consultations/manage_texts.html", form=form, consultation=consultation)


@access(secretariat)
def summarise(reference: str, text_id: int) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    text = consultations.get_text(consultation, text_id)
    form = SummaryForm(obj=text)
    if form.submitted() and form.carries_out(
        preparation.summarise, consultation.id, text.id, form.summary.data, **act()
    ):
        flash(_("The summary is saved."))
        return _back(reference)
    return render("consultations/manage_summary.html", form=form, consultation=consultation, text=text)


@access(secretariat)
def take_latest(reference: str, text_id: int) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    number = preparation.take_latest(consultation.id, text_id, **act())
    flash(_("The text is put to comment in version %(number)s.", number=number))
    return _back(reference)


@access(secretariat)
def take_out(reference: str, text_id: int) -> ResponseReturnValue:
    preparation.take_out(consultations.get_consultation(reference).id, text_id, **act())
    return _back(reference)


@access(secretariat)
def move(reference: str, text_id: int, way: str) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    preparation.move(consultation.id, text_id, up=way == "up", **act())
    return _back(reference)


def _back(reference: str) -> ResponseReturnValue:
    return redirect(url_for(".show", reference=reference, _anchor="texts"))
