"""The secretariat's pages: why each word was changed."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.adoption import pages, queries, services
from cocreation.adoption.forms import CauseForm
from cocreation.core import clock
from cocreation.documents import comparison
from cocreation.documents.queries import changes_since_consulted, texts_at
from cocreation.languages.i18n import ngettext as _n
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def causes(reference: str, number: int | None = None) -> ResponseReturnValue:
    """What was changed since the consultation, or in one save (`number`), and why: named for the ticked."""
    document = queries.get_consulted(reference)
    changes = [c for c in changes_since_consulted(document) if number in (None, c.version.number)]
    before = texts_at({document.id: {change.version.number - 1 for change in changes}})
    shown = pages.shown_changes(
        changes,
        {version: sections for (_document, version), sections in before.items()},
        queries.answers_to([change.id for change in changes]),
    )
    answers = pages.nearest_first(queries.answers_of(document), changes)
    form = CauseForm(shown, answers, queries.sittings(document.cycle_id, clock.now()))
    if form.submitted() and (
        count := form.attempt(services.name_causes, document.id, form.ids(), form.named(), **act())
    ):
        flash(_n("%(count)s change has its cause now.", "%(count)s changes have their cause now.", count))
        return redirect(url_for(".causes", reference=reference, number=number))
    return render(
        "adoption/manage_causes.html",
        document=document,
        number=number,
        shown=shown,
        form=form,
        heading=comparison.heading,
    )
