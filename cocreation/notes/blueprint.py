"""All addresses of this room."""

from flask import Blueprint

from cocreation.notes import manage

staff_pages = Blueprint("manage_notes", __name__, url_prefix="/manage/notes")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>", view_func=manage.show, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/<int:note_id>/back", view_func=manage.take_back, methods=["POST"])
staff_pages.add_url_rule("/<reference>/<int:note_id>/settle", view_func=manage.settle, methods=["POST"])
