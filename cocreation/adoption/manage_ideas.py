"""The secretariat's page of the ideas that the sections of a text carry."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.adoption import queries, services
from cocreation.adoption.forms import CarriedForm
from cocreation.documents.comparison import heading
from cocreation.documents.queries import get_document, text_at
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def carried(reference: str) -> ResponseReturnValue:
    """Which idea stands in which section; more of them are added here."""
    document = get_document(reference)
    sections = text_at(document.id, document.latest)
    form = CarriedForm(sections)
    if form.submitted():
        count = form.attempt(services.carry, document.id, form.section.data, form.references, **act())
        if count is not None:
            flash(_n("%(count)s idea was added.", "%(count)s ideas were added.", count))
            return redirect(url_for(".carried", reference=reference))
    return render(
        "adoption/manage_carried.html",
        document=document,
        sections=sections,
        ideas=queries.carried_in(document),
        form=form,
        heading=heading,
    )


@access(secretariat)
def drop_carried(reference: str, section: str, idea: str) -> ResponseReturnValue:
    services.carry_no_more(get_document(reference).id, section, idea, **act())
    flash(_("This section does not name the idea any more."))
    return redirect(url_for(".carried", reference=reference))
