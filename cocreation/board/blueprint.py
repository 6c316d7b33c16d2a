"""All addresses of this room."""

from flask import Blueprint

from cocreation.board import views

pages = Blueprint("board", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/institutions/board", view_func=views.index)
