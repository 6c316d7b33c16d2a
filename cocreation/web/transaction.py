"""One transaction a request: an unsafe request that succeeds commits, everything else rolls back.

One that brings files reads who sends them in a transaction of its own, ended before the files are looked at:
what writes begins afterwards, and nobody waits for the decoding of an image.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request, session as cookie

from cocreation.core import database

SAFE = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask) -> None:
    app.after_request(_end)
    app.teardown_appcontext(_leave)


def begin() -> None:
    """Let whoever asks the database in this request ask it in the right kind of transaction."""
    g.in_transaction = True
    database.reading() if request.method in SAFE or g.get("reads_first") else database.writing()


def end_reading() -> None:
    """Let go of the database. What was loaded stays as it was read; nothing was written yet."""
    database.session.commit()


def begin_writing() -> None:
    """From here on this request writes."""
    database.writing()


def keep() -> None:
    """Commit this request though its answer is a refusal: a failed sign-in must be counted."""
    g.keep = True


def _end(response: Response) -> Response:
    refused = response.status_code >= 400 and not g.get("keep")
    if request.method in SAFE or refused:
        database.session.rollback()
        return response
    try:
        database.session.commit()
    except Exception as error:  # what was done is not kept: the answer is that of a view that broke
        database.session.rollback()
        cookie.pop("_flashes", None)
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _leave(_error: BaseException | None) -> None:
    # Only where a request began: composing a mail makes a context of its own inside the worker's transaction.
    if g.pop("in_transaction", False):
        database.session.remove()
