"""The secretariat verifies associations and keeps the list of institutions."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.directory import queries, services
from cocreation.directory.forms import DeclarationRefusalForm, InstitutionForm
from cocreation.directory.models import AssociationState, Institution
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(secretariat)
def associations() -> ResponseReturnValue:
    asked = request.args.get("state")
    state = next((state for state in AssociationState if state.value == asked), AssociationState.WAITING)
    declarations = queries.declarations(state, request.args.get("cursor"))
    waits = state is AssociationState.WAITING
    return render(
        "directory/manage/associations.html",
        state=state,
        counts=queries.declaration_counts(),
        declarations=declarations,
        look_alikes=queries.look_alikes(declarations) if waits else {},
    )


@access(secretariat)
def verify(association_id: int) -> Response:
    verified = services.verify(association_id, by=current_person().id, now=clock.now())
    if verified.email:
        flash(_("The association is verified, and is told by mail."))
    else:
        flash(_("The association is verified. It left no address: call it."), "warning")
    return redirect(url_for("manage_directory.associations"))


@access(secretariat)
def refuse(association_id: int) -> ResponseReturnValue:
    form = DeclarationRefusalForm()
    if form.submitted() and (
        refused := form.attempt(
            services.refuse, association_id, form.reason.data, by=current_person().id, now=clock.now()
        )
    ):
        if refused.email:
            flash(_("The association is told why by mail."))
        else:
            flash(_("It is not verified. It left no address: call it and say why."), "warning")
        return redirect(url_for("manage_directory.associations"))
    association = queries.declared(association_id)
    return render("directory/manage/refuse.html", form=form, association=association)


@access(secretariat)
def institutions() -> ResponseReturnValue:
    form = InstitutionForm()
    if form.submitted() and form.carries_out(_save, None, form):
        flash(_("The institution is added."))
        return redirect(url_for("manage_directory.institutions"))
    return render("directory/manage/institutions.html", form=form, institutions=queries.institutions())


@access(secretariat)
def edit_institution(institution_id: int) -> ResponseReturnValue:
    institution = queries.institution(institution_id)
    form = InstitutionForm(obj=institution)
    if form.submitted() and form.carries_out(_save, institution_id, form):
        flash(_("Your changes are kept."))
        return redirect(url_for("manage_directory.institutions"))
    return render("directory/manage/edit_institution.html", form=form, institution=institution)


def _save(institution_id: int | None, form: InstitutionForm) -> Institution:
    return services.save_institution(
        institution_id,
        slug=form.slug.data,
        name=form.name.data,
        email=form.email.data or None,
        is_consultative=form.is_consultative.data,
        by=current_person().id,
        now=clock.now(),
    )
