"""Errors: what happened, what was kept, what to do — in the person's language."""

from __future__ import annotations

import time

import structlog
from flask import Flask, Response, current_app, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from cocreation.core.database import is_away, session
from cocreation.core.errors import Refusal
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.text import references
from cocreation.web.limits import limiter
from cocreation.web.rendering import render
from cocreation.web.transaction import SAFE
from cocreation.web.typed import form_address, page_above, typed

log = structlog.get_logger()

AWAY_FOR = 5  # seconds after which a database that did not answer may be asked again

TITLES = {
    400: _l("We could not read this request"),
    403: _l("You cannot open this page"),
    404: _l("Page not found"),
    405: _l("This address cannot be opened like this"),
    409: _l("This cannot be done now"),
    410: _l("This was erased"),
    413: _l("This is too large"),
    422: _l("This cannot be used as it is"),
    429: _l("Too many attempts in a short time"),
    500: _l("Something went wrong on our side"),
    503: _l("This cannot be done at the moment"),
}
SENTENCES = {
    400: _l("What you sent arrived incomplete. Nothing was changed."),
    403: _l("You are not allowed to do this."),
    404: _l("There is no page at this address. It may have been copied in part."),
    405: _l("Nothing was changed. Go back and use the page's own buttons."),
    413: _l("The limit is 5 MB for a file. Nothing was changed."),
    429: _l("Please wait a while, then try again."),
    500: _l("Nothing you had sent before is lost. We were told; please try again in a moment."),
    503: _l("Our database does not answer at the moment. Nothing was changed. Please try again in a minute."),
}
TOO_OFTEN = _l(
    "From your connection to the internet, which others may share, this was asked for too often in a short "
    "while. Nothing was changed. You can try again in %(wait)s."
)
REFERENCES = ("reference", "line_reference")  # the parts of addresses that hold one
COPY = _l("What you typed is below: copy it before you open the form again.")
PAGE_EXPIRED = _l(
    "The page had been open too long or came from elsewhere, so nothing was saved. "
    "What you typed is below: copy it, open the form again and paste it."
)


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _broken)


def page(status: int, sentence: object = None, *, wait: int | None = None, **context: object) -> Response:
    """The error page for `status`, with the plain sentence of what happened; `wait` are the seconds after
    which it may be tried again.
    """
    context |= {"title": TITLES.get(status, TITLES[400]), "status_code": status}
    context["sentence"] = sentence or SENTENCES.get(status, SENTENCES[400])
    try:
        body = render("error.html", status, **context)
    except Exception as error:
        if not is_away(error):
            raise
        session.remove()
        g.without_database = True  # the page then asks nobody who is signed in
        body = render("error.html", status, **context)
    response = make_response(*body)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response


def not_found(refusal: Refusal) -> ResponseReturnValue:
    """What is answered where nothing is: another spelling of a reference leads to it as it is kept."""
    return redirect(address) if (address := _as_spelled()) else page(refusal.status, refusal.sentence)


def _refused(refusal: Refusal) -> Response:
    back = page_above() if refusal.status == 409 else None
    return page(refusal.status, refusal.sentence, wait=refusal.wait, back=back)


def _as_spelled() -> str | None:
    """This address with its reference as it is kept, where somebody wrote it otherwise: as they said it, or
    with other digits.
    """
    if request.method not in SAFE or request.endpoint is None:
        return None
    given = {name: value for name, value in (request.view_args or {}).items() if name in REFERENCES}
    spelled = {name: references.spelled(value) for name, value in given.items()}
    if spelled == given:
        return None
    address = url_for(request.endpoint, **{**(request.view_args or {}), **spelled})
    return f"{address}?{request.query_string.decode()}" if request.args else address


def _expired(_error: CSRFError) -> Response:
    return page(403, PAGE_EXPIRED, typed=typed(), again=form_address())


def _too_often(_error: RateLimitExceeded) -> Response:
    wait = max(1, int(limiter.current_limit.reset_at - time.time())) if limiter.current_limit else 60
    sentence = TOO_OFTEN.filled(wait=i18n.format_wait(wait))
    return page(429, sentence, wait=wait, kept=COPY, typed=typed(), again=form_address())


def _of_http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    again = form_address() if error.code == 413 else None
    response = error.get_response()
    response.data = page(error.code, again=again).data
    response.content_type = "text/html; charset=utf-8"
    return response


def _broken(error: Exception) -> ResponseReturnValue:
    session.rollback()
    if is_away(error):
        return _away(error)
    log.exception("request failed", error=type(error).__name__)
    return page(500)


def _away(error: Exception) -> ResponseReturnValue:
    """The database went while it was asked: what only reads is done once more, on another connection; what
    writes is not, since nobody knows how far it came, and is shown back.
    """
    log.warning("database away", error=type(error).__name__, exc_info=error)
    session.remove()
    if request.method in SAFE and not g.get("tried_again"):
        g.tried_again = True
        try:
            return current_app.preprocess_request() or current_app.dispatch_request()
        except Exception as again:  # whatever it is now is told as it would have been at first
            return current_app.handle_user_exception(again)
    g.without_database = True
    sent = request.method not in SAFE
    return page(503, wait=AWAY_FOR, kept=COPY, typed=typed() if sent else (), again=form_address())
