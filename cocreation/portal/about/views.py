"""What this house says of itself: what it is, what it keeps, which languages it speaks."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from flask import Response
from flask.typing import ResponseReturnValue

from cocreation.files import pdf
from cocreation.languages import i18n
from cocreation.portal.about.translations import spoken
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render
from cocreation.web.robots import unlisted

KEPT = int(timedelta(days=7).total_seconds())


@unlisted
@access(anyone)
def picture() -> Response:
    """What previews of a shared link show beside its words, in the language of the link."""
    response = Response(_drawn(i18n.current().code), mimetype="image/png")
    response.cache_control.public, response.cache_control.max_age = True, KEPT
    return response


@cache
def _drawn(_language: str) -> bytes:
    words = {"name": i18n.gettext("Co-creation"), "about": i18n.gettext("Open government in Morocco")}
    promise = i18n.gettext("Every contribution receives a public, dated, signed and reasoned answer.")
    [image] = pdf.drawn("portal/share.typ", {**words, "promise": promise}, dots_per_inch=72)
    return image


@access(anyone)
def about() -> ResponseReturnValue:
    return render("portal/about.html")


@access(anyone)
def privacy() -> ResponseReturnValue:
    return render("portal/privacy.html")


@access(anyone)
def translations() -> ResponseReturnValue:
    return render("portal/translations.html", spoken=spoken())
