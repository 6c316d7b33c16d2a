"""All addresses of this room."""

from flask import Blueprint

from cocreation.workshops import manage

staff_pages = Blueprint("manage_workshops", __name__, url_prefix="/manage/workshops")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule(manage.ROOM, view_func=manage.edit, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{manage.ROOM}/lines/<int:line_id>/move", view_func=manage.move, methods=["POST"])
staff_pages.add_url_rule(f"{manage.ROOM}/lines/<int:line_id>", view_func=manage.line, methods=["GET", "POST"])
staff_pages.add_url_rule(
    f"{manage.ROOM}/lines/<int:line_id>/remove", view_func=manage.remove, methods=["POST"]
)
staff_pages.add_url_rule(f"{manage.ROOM}/publish", view_func=manage.publish, methods=["POST"])
staff_pages.add_url_rule("/<reference>/import", view_func=manage.import_outputs, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/empty.xlsx", view_func=manage.template)
