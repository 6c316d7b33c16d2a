"""The blueprint on which the desks of this room stand."""

from flask import Blueprint

bp = Blueprint("manage_dispositions", __name__, url_prefix="/manage/dispositions")
