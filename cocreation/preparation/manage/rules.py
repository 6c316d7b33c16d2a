"""What a cycle asks of its meetings, seen and set by the secretariat."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for

from cocreation.accounts.policy import secretariat
from cocreation.core.i18n import gettext as _
from cocreation.cycles.queries import get_cycle
from cocreation.meetings.backstage import act
from cocreation.preparation.forms import RulesForm
from cocreation.preparation.services import rules as services
from cocreation.web.access import access
from cocreation.web.rendering import render


@access(secretariat)
def rules(code: str) -> Any:
    cycle = get_cycle(code)
    known = services.rules_of(cycle.id)
    form = RulesForm(known)
    if form.submitted() and form.attempt(services.set_rules, cycle.id, form.rules(), **act()) is not None:
        flash(_("The rules are saved. They hold for what is announced or changed from now on."))
        return _to_rules(code)
    return render("preparation/manage_rules.html", form=form, cycle=cycle, rules=known, kind="rules")


@access(secretariat)
def usual_rules(code: str) -> Any:
    """The usual ones, for a cycle that has none."""
    services.set_usual_rules(get_cycle(code).id, **act())
    flash(_("The usual rules are set. You can change them."))
    return _to_rules(code)


def _to_rules(code: str) -> Any:
    return redirect(url_for("manage_preparation.rules", code=code))
