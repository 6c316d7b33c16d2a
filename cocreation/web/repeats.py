"""The forms by which the staff adds something: the same one sent twice adds it once.

Such a form carries a number (`{{ form.numbered }}` in its template, beside the token). The same person, page,
number and words are the same sending: it leads where it led before. Other words are another one, also where
Back brought the form; a form that was refused has done nothing yet. What the public sends knows its number
itself (`web.fields.OnceField`).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets

from flask import Flask, Response, abort, flash, g, redirect, request
from markupsafe import Markup

from cocreation.core import clock, repeats
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.access import current_person

NAME = "number_of_form"
NOT_OF_THE_FORM = ("csrf_token",)
SENT_BEFORE = _l("You had already sent this. It was done once.")


def init_app(app: Flask) -> None:
    app.after_request(_note_where)


def hidden_field() -> Markup:
    """The number of an empty form, or of the one that was refused."""
    given = request.form.get(NAME, "")
    number = given if re.fullmatch("[0-9a-f]{24}", given) else secrets.token_hex(12)
    return Markup('<input type="hidden" name="{}" value="{}">').format(NAME, number)


def stop_the_second() -> None:
    """End this request where the same one was carried out before: it leads to the same page."""
    person = current_person()
    if person is None or NAME not in request.form or "sent_form" in g:
        return
    digest = _digest(person.id)
    if repeats.is_first(digest, clock.now()):
        g.sent_form = digest
        return
    flash(str(SENT_BEFORE))
    abort(redirect(repeats.where(digest) or request.full_path.rstrip("?")))


def _digest(person_id: int) -> str:
    _language, _slash, page = request.path[1:].partition("/")
    sent = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in NOT_OF_THE_FORM)
    text = json.dumps([person_id, page, sent])
    return hashlib.sha256(text.encode()).hexdigest()


def _note_where(response: Response) -> Response:
    digest = g.pop("sent_form", None)
    if digest and response.status_code == 302:
        repeats.note_done(digest, response.location)
    elif digest and response.status_code < 400:
        repeats.note_undone(digest)
    return response
