"""The secretariat's first desk: screening ideas and sending them to institutions."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.dispositions import queries, services
from cocreation.dispositions.forms import ChosenForm, QueueForm, ReferralForm, ScreeningForm, row_id
from cocreation.dispositions.manage import bp
from cocreation.dispositions.queries import Narrowed
from cocreation.ideas.models import IdeaState, Origin
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render

STUDIED = (IdeaState.REFERRED, IdeaState.ANSWERED)


@bp.route("/screening", methods=["GET", "POST"])
@access(secretariat)
def screening() -> Any:
    """The queue; what is ticked in it is accepted."""
    form = ChosenForm()
    if form.submitted() and (done := form.attempt(services.accept_all, form.ids, **_act())):
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
        ticked=_ticked(form),
    )


@bp.route("/screening/<reference>", methods=["GET", "POST"])
@access(secretariat)
def screen(reference: str) -> Any:
    """One idea against the three criteria; then the next one of the queue."""
    idea, screening = queries.idea_to_screen(reference)
    form = ScreeningForm(idea.language)
    if form.submitted() and form.attempt(services.screen, idea.id, form.examination(), **_act()):
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


@bp.route("/referrals", methods=["GET", "POST"])
@access(secretariat)
def referrals() -> Any:
    """Accepted ideas to send; with ?studied=1 those already sent, to send to a further institution."""
    studied = bool(request.args.get("studied"))
    institutions = queries.institutions()
    form = ReferralForm(institutions)
    if form.submitted():
        to = [int(each) for each in form.institutions.data]
        sent = form.attempt(services.refer, form.ids, to, due_on=form.due_on.data, **_act())
        if sent:
            flash(_n("%(count)s referral was sent.", "%(count)s referrals were sent.", len(sent)))
            return redirect(url_for(".referrals", studied=1 if studied else None))
    ideas = queries.to_refer(STUDIED if studied else (IdeaState.ACCEPTED,), request.args.get("cursor"))
    return render(
        "dispositions/referrals.html",
        form=form,
        ideas=ideas,
        sent=queries.referrals_of(ideas),
        studied=studied,
        ticked=_ticked(form),
    )


def _act() -> dict[str, Any]:
    return {"now": clock.now(), "by": current_person().id}


def _ticked(form: ChosenForm) -> Any:
    """What is ticked in a list: as it was sent, or everything where the address asks for it."""
    return form.chosen.data or (True if request.args.get("tick") else ())


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
