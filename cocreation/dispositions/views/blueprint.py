"""The blueprint on which the pages of this room stand."""

from flask import Blueprint

bp = Blueprint("dispositions", __name__)
