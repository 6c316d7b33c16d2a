"""Pages that read across rooms: the front door, a region, and what this house says of itself."""

from __future__ import annotations

from typing import Any

from cocreation.portal.translations import spoken
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
