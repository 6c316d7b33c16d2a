"""The blueprint on which the pages of this room stand."""

from flask import Blueprint

from cocreation.ideas.graph import draw

bp = Blueprint("ideas", __name__)
bp.add_app_template_global(draw, "draw_family")
