"""Pages that read across rooms."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from cocreation.web.access import access, anyone
from cocreation.web.rendering import render

bp = Blueprint("portal", __name__)


@bp.get("/")
@access(anyone)
def home() -> Any:
    return render("portal/home.html")
