"""Where focal points read what is about to be published in their institution's name, and object."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.models import Role
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _
from cocreation.objections import queries, services
from cocreation.objections.forms import ObjectionForm
from cocreation.study.policy import focal_points
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(focal_points)
def index() -> ResponseReturnValue:
    """The fates in the name of one's institution that are not what it answered, before they are published."""
    own = current_person().scopes(Role.FOCAL_POINT)
    return render("objections/index.html", rows=queries.to_object(own, clock.now()))


@access(focal_points)
def object_to(reference: str) -> ResponseReturnValue:
    own = current_person().scopes(Role.FOCAL_POINT)
    draft, referral = queries.objectionable(reference, own, clock.now())
    form, body_id = ObjectionForm(), referral.institution_id
    if form.submitted() and form.carries_out(
        services.object_to, draft.idea_id, body_id, form.words.data, **act()
    ):
        flash(_("Your objection is sent. The secretariat looks at the fate again before it is published."))
        return redirect(url_for(".index"))
    return render("objections/object_to.html", form=form, draft=draft, referral=referral)
