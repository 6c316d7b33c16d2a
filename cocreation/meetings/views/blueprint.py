"""The blueprint on which the public pages of this room stand."""

from flask import Blueprint

bp = Blueprint("meetings", __name__)
