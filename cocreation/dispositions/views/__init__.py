"""Public pages of this room: all fates, with their reasons."""

from flask import Blueprint

bp = Blueprint("dispositions", __name__)

from cocreation.dispositions.views import fates  # noqa: E402, F401 — it adds its routes
