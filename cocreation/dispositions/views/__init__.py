"""Public pages of this room: how ideas are screened, all fates with their reasons."""

from flask import Blueprint

bp = Blueprint("dispositions", __name__)

from cocreation.dispositions.views import fates, screening  # noqa: E402, F401 — they add their routes
