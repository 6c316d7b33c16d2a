"""The public page of what is kept of people, and what a receipt says whose holder was erased."""

from __future__ import annotations

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from cocreation.core.errors import NotFound
from cocreation.core.personal_data import is_erased
from cocreation.core.secrets import read_receipt
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.privacy.inventory import UNFINDABLE
from cocreation.web import errors
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render

GONE = _l("What this receipt opened was erased, as was asked. Nothing more is kept that could be shown.")


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, gone_or_not_found)


@access(anyone)
def kept() -> ResponseReturnValue:
    """What is kept of people, why, who sees it and how long: of the same list by which it is erased."""
    return render("privacy/kept.html", kinds=(*current_app.extensions["keepers"], *UNFINDABLE))


def gone_or_not_found(refusal: NotFound) -> ResponseReturnValue:
    """Under an address that holds the receipt of somebody erased, that it was; else what is always said."""
    codes = [read_receipt(value) for value in (request.view_args or {}).values() if isinstance(value, str)]
    if any(is_erased(code) for code in codes):
        return errors.page(410, GONE)
    return errors.not_found(refusal)
