"""Public pages of the directory: institutions, associations, and how an association declares itself."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.directory import queries, services
from cocreation.directory.forms import DeclarationForm, SearchForm
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(anyone)
def institutions() -> ResponseReturnValue:
    return render("directory/institutions.html", institutions=queries.institutions())


@access(anyone)
def associations() -> ResponseReturnValue:
    asked = request.args
    form = SearchForm(queries.regions(), data={"q": asked.get("q"), "region": asked.get("region")})
    found = queries.associations(asked.get("q"), asked.get("region"), asked.get("cursor"))
    return render("directory/associations.html", search=form, associations=found)


@access(anyone)
@limit("20 per minute")
def declare() -> ResponseReturnValue:
    form = DeclarationForm(queries.regions())
    if form.submitted() and (
        association := form.attempt(
            services.declare, form.declaration(), once=form.sending(), now=clock.now()
        )
    ):
        return redirect(url_for("directory.show_declaration", receipt=association.receipt))
    return render("directory/declare.html", form=form)


@access(by_secret)
@limit_reading("60 per minute")
def show_declaration(receipt: str) -> ResponseReturnValue:
    return render("directory/show_declaration.html", association=queries.association(receipt))


@access(by_secret)
@limit_reading("60 per minute")
def correct(receipt: str) -> ResponseReturnValue:
    association = queries.association(receipt)
    form = DeclarationForm(queries.regions(), obj=association)
    if form.submitted() and form.carries_out(
        services.correct, association.receipt, form.declaration(), now=clock.now()
    ):
        flash(_("What you corrected is kept."))
        return redirect(url_for("directory.show_declaration", receipt=association.receipt))
    return render("directory/correct.html", form=form, association=association)
