"""All addresses of this room."""

from flask import Blueprint

from cocreation.preparation import manage

staff_pages = Blueprint("manage_preparation", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>/checklist", view_func=manage.checklist, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/checklist/<int:task_id>", view_func=manage.tick, methods=["POST"])
staff_pages.add_url_rule(
    "/<reference>/checklist/<int:task_id>/remove", view_func=manage.remove_task, methods=["POST"]
)

staff_pages.add_url_rule("/rules/<code>", view_func=manage.rules, methods=["GET", "POST"])
staff_pages.add_url_rule("/rules/<code>/usual", view_func=manage.usual_rules, methods=["POST"])
