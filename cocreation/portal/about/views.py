"""What this house says of itself: what it is, what it keeps, which languages it speaks."""

from __future__ import annotations

from typing import Any

from cocreation.portal.about.translations import spoken
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def about() -> Any:
    return render("portal/about.html")


@access(anyone)
def privacy() -> Any:
    return render("portal/privacy.html")


@access(anyone)
def translations() -> Any:
    return render("portal/translations.html", spoken=spoken())
