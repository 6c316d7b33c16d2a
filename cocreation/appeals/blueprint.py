"""All addresses of this room."""

from flask import Blueprint

from cocreation.appeals import manage

staff_pages = Blueprint("manage_appeals", __name__, url_prefix="/manage/dispositions/appeals")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/<reference>", view_func=manage.hear, methods=["GET", "POST"])
