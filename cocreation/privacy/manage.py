"""The staff's page: find a person by address, telephone or receipt, take a copy, erase. What was typed is in
no address and no journal.
"""

from __future__ import annotations

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.personal_data import Subject
from cocreation.privacy import services
from cocreation.privacy.forms import EraseForm, LookForm
from cocreation.privacy.services import Found, Why
from cocreation.web.access import access, current_person
from cocreation.web.limits import limit
from cocreation.web.rendering import render


@access(secretariat)
@limit("60 per minute")
def index() -> ResponseReturnValue:
    form = LookForm()
    if form.submitted() and (found := form.attempt(_look_up, form.who.data)) is not None:
        return _found(form.who.data, found, EraseForm())
    return render("privacy/look_up.html", form=form)


def _look_up(who: str) -> list[Found]:
    found = _look(who)
    services.note_looked_up(found, "person looked up", by=current_person().id, now=clock.now())
    return found


@access(secretariat)
@limit("20 per minute")
def export() -> ResponseReturnValue:
    form = LookForm()
    if form.submitted() and (packed := form.attempt(_pack, form.who.data)):
        response = Response(packed, mimetype="application/zip")
        response.headers["Content-Disposition"] = 'attachment; filename="personal-data.zip"'
        return response
    return render("privacy/look_up.html", form=form)


def _pack(who: str) -> bytes:
    found = _look(who)
    services.note_looked_up(found, "personal data exported", by=current_person().id, now=clock.now())
    return services.export(found)


@access(secretariat)
@limit("20 per minute")
def erase() -> ResponseReturnValue:
    form = EraseForm()
    if form.submitted() and (gone := form.attempt(_erase, form)) is not None:
        return render("privacy/erased.html", gone=gone, by_staff=True)
    found = form.attempt(_look, form.who.data or "") if not form.refusal else None
    return _found(form.who.data, found or [], form)


def _erase(form: EraseForm) -> list[Found]:
    return services.erase(
        _subject(form.who.data),
        _keepers(),
        why=Why(form.why.data),
        note=form.note.data or "",
        leaves_ideas=form.leaves_ideas.data,
        by=current_person().id,
        now=clock.now(),
    )


def _subject(who: str) -> Subject:
    return services.by_name(services.read(who), _keepers())


def _look(who: str) -> list[Found]:
    return services.find(_subject(who), _keepers())


def _found(who: str | None, found: list[Found], form: EraseForm) -> ResponseReturnValue:
    form.who.data = who
    return render("privacy/found.html", form=form, who=who, found=found)


def _keepers() -> services.Keepers:
    keepers: services.Keepers = current_app.extensions["keepers"]
    return keepers
