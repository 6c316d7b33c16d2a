"""Public pages of the dispositions."""

from flask import Blueprint

bp = Blueprint("dispositions", __name__)

from cocreation.dispositions.views import screening  # noqa: E402, F401 — it adds its routes
