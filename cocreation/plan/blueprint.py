"""All addresses of this room."""

from flask import Blueprint

from cocreation.plan import manage, manage_sheets

staff_pages = Blueprint("manage_plan", __name__, url_prefix="/manage/plan")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/new", view_func=manage.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>", view_func=manage.edit, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/publish", view_func=manage.publish, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/further", view_func=manage_sheets.further, methods=["GET", "POST"])

staff_pages.add_url_rule(
    "/<reference>/activities/weights", view_func=manage_sheets.weights, methods=["GET", "POST"]
)

PARTS = "/<reference>/<any(activities, indicators):kind>"
staff_pages.add_url_rule(PARTS, view_func=manage_sheets.parts)
staff_pages.add_url_rule(f"{PARTS}/new", view_func=manage_sheets.new_part, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{PARTS}/<uid>", view_func=manage_sheets.part, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{PARTS}/<uid>/remove", view_func=manage_sheets.remove_part, methods=["POST"])
