"""Public pages of this room: how ideas are screened, the board of institutions, all fates with reasons."""

from flask import Blueprint

bp = Blueprint("dispositions", __name__)

from cocreation.dispositions.views import board, fates, screening  # noqa: E402, F401 — they add their routes
