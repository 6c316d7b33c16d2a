"""The screening desk of the secretariat."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cocreation.accounts.policy import secretariat
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.dispositions import queries, services
from cocreation.dispositions.forms import ChosenForm, QueueForm, ScreeningForm, row_id
from cocreation.dispositions.manage import bp
from cocreation.dispositions.manage.acts import act, ticked
from cocreation.dispositions.queries import Narrowed
from cocreation.ideas.models import Origin
from cocreation.web.access import access
from cocreation.web.rendering import render


@bp.route("/screening", methods=["GET", "POST"])
@access(secretariat)
def screening() -> Any:
    """The queue; what is ticked in it is accepted."""
    form = ChosenForm()
    if form.submitted() and (done := form.attempt(services.accept_all, form.ids, **act())):
        _tell_accepted(*done)
        return redirect(url_for(".screening", **_narrowing()))
    narrowed = _narrowed()
    return render(
        "dispositions/screening.html",
        form=form,
        ideas=queries.screening_queue(narrowed, request.args.get("cursor")),
        counts=queries.screening_counts(),
        narrow=_queue_form(narrowed),
        narrowing=_narrowing(),
        ticked=ticked(form),
    )


@bp.route("/screening/<reference>", methods=["GET", "POST"])
@access(secretariat)
def screen(reference: str) -> Any:
    """One idea against the three criteria; then the next one of the queue."""
    idea, screening = queries.idea_to_screen(reference)
    form = ScreeningForm(idea.language)
    if form.submitted() and form.attempt(services.screen, idea.id, form.examination(), **act()):
        flash(_("Your decision is saved."))
        following = queries.next_to_screen(idea, _narrowed())
        if following:
            return redirect(url_for(".screen", reference=following, **_narrowing()))
        return redirect(url_for(".screening", **_narrowing()))
    if form.refusal:
        idea, screening = queries.idea_to_screen(reference)  # as whoever was first left it
    return render(
        "dispositions/screen.html", form=form, idea=idea, screening=screening, narrowing=_narrowing()
    )


def _narrowed() -> Narrowed:
    theme = row_id(request.args.get("theme"))
    return Narrowed(theme, next((o for o in Origin if o.value == request.args.get("origin")), None))


def _narrowing() -> dict[str, Any]:
    return {key: request.args[key] for key in ("theme", "origin") if request.args.get(key)}


def _queue_form(narrowed: Narrowed) -> QueueForm:
    form = QueueForm(queries.themes())
    form.theme.data = str(narrowed.theme) if narrowed.theme else None
    form.origin.data = narrowed.origin
    return form


def _tell_accepted(accepted: int, meanwhile: int) -> None:
    flash(_n("%(count)s idea was accepted.", "%(count)s ideas were accepted.", accepted))
    if meanwhile:
        late = _n(
            "%(count)s idea had been decided meanwhile and was left as it was.",
            "%(count)s ideas had been decided meanwhile and were left as they were.",
            meanwhile,
        )
        flash(late, "warning")
