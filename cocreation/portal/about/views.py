"""What this house says of itself: what it is, what it keeps, which languages it speaks."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from cocreation.portal.about.translations import spoken
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def about() -> ResponseReturnValue:
    return render("portal/about.html")


@access(anyone)
def privacy() -> ResponseReturnValue:
    return render("portal/privacy.html")


@access(anyone)
def translations() -> ResponseReturnValue:
    return render("portal/translations.html", spoken=spoken())
