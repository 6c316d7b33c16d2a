"""All addresses of this room."""

from flask import Blueprint

from cocreation.plan import manage

staff_pages = Blueprint("manage_plan", __name__, url_prefix="/manage/plan")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/new", view_func=manage.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>", view_func=manage.edit, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/publish", view_func=manage.publish, methods=["POST"])
