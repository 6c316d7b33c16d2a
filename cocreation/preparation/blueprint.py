"""All addresses of this room."""

from flask import Blueprint

from cocreation.preparation.manage import checklist, rules

staff_pages = Blueprint("manage_preparation", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>/planning", view_func=checklist.plan)
staff_pages.add_url_rule(
    f"/<reference>/{checklist.PART}/new", view_func=checklist.add_part, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"/<reference>/{checklist.PART}/<int:part_id>", view_func=checklist.edit_part, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"/<reference>/{checklist.PART}/<int:part_id>/remove", view_func=checklist.remove_part, methods=["POST"]
)
staff_pages.add_url_rule("/<reference>/checklist", view_func=checklist.checklist, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/checklist/<int:task_id>", view_func=checklist.tick, methods=["POST"])
staff_pages.add_url_rule(
    "/<reference>/checklist/<int:task_id>/remove", view_func=checklist.remove_task, methods=["POST"]
)

staff_pages.add_url_rule("/rules/<code>", view_func=rules.rules, methods=["GET", "POST"])
staff_pages.add_url_rule("/rules/<code>/usual", view_func=rules.usual_rules, methods=["POST"])
