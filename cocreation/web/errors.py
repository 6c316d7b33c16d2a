"""Errors: what happened, what was kept, what to do — in the person's language."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.web.rendering import render

log = structlog.get_logger()

TITLES = {
    400: _l("This request could not be read"),
    403: _l("This is not open to you"),
    404: _l("Nothing here"),
    405: _l("This address is not used this way"),
    409: _l("This cannot be done now"),
    410: _l("This was erased"),
    413: _l("This is too large"),
    422: _l("This cannot be used as it is"),
    429: _l("Too many times in a short while"),
    500: _l("Something broke on our side"),
}
SENTENCES = {
    400: _l("What arrived was cut or mixed up on the way. Nothing was changed."),
    403: _l("You may not do this. If you think you should, write to the secretariat."),
    404: _l("There is nothing at this address. It may have been copied in part."),
    405: _l("Nothing was changed. Go back and use the page's own buttons."),
    413: _l("The limit is 5 MB for a file. Nothing was changed."),
    429: _l("Please wait a while, then try again."),
    500: _l("Nothing you had sent before is lost. We were told; please try again in a moment."),
}
WAIT_AND_COPY = _l("Please wait a while, then try again. What you typed is kept below.")
PAGE_EXPIRED = _l(
    "The page had been open too long or came from elsewhere, so nothing was saved. "
    "What you typed is below: copy it, open the form again and paste it."
)
# Never shown back: passwords and codes.
HIDDEN_FIELDS = ("csrf_token", "password", "new_password", "code", "once", "altcha", "act")


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, lambda refusal: page(refusal.status, refusal.sentence))
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _broken)


def page(status: int, sentence: object = None, **context: Any) -> tuple[str, int]:
    """The error page for `status`, with the plain sentence of what happened."""
    title = TITLES.get(status, TITLES[400])
    sentence = sentence or SENTENCES.get(status, SENTENCES[400])
    return render("error.html", status, title=title, sentence=sentence, status_code=status, **context)


def _expired(_error: CSRFError) -> tuple[str, int]:
    return page(403, PAGE_EXPIRED, typed=_typed(), again=_form())


def _typed() -> list[tuple[str, str]]:
    """What was typed, to be shown back so that it can be copied."""
    sent = request.form.items()
    return [(name, value) for name, value in sent if name not in HIDDEN_FIELDS and value.strip()]


def _form() -> str | None:
    """The address of the form that was sent, None where it has no page of its own."""
    there = request.url_rule and "GET" in (request.url_rule.methods or ())
    return request.full_path.rstrip("?") if there else None


def _of_http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    typed = _typed() if error.code == 429 else ()
    again = _form() if error.code in (413, 429) else None
    body, _ = page(error.code, WAIT_AND_COPY if typed else None, typed=typed, again=again)
    response = error.get_response()
    response.data = body
    response.content_type = "text/html; charset=utf-8"
    return response


def _broken(error: Exception) -> tuple[str, int]:
    session.rollback()
    log.exception("request failed", error=type(error).__name__)
    return page(500)
