"""All addresses of this room."""

from flask import Blueprint

from cocreation.coordination import manage, manage_commitments, views

pages = Blueprint("coordination", __name__)
staff_pages = Blueprint("manage_coordination", __name__, url_prefix="/manage/coordination")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/coordination", view_func=views.index)
pages.add_url_rule("/coordination/<reference>", view_func=views.show)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/new", view_func=manage.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>", view_func=manage.show)
staff_pages.add_url_rule("/<reference>/edit", view_func=manage.edit, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/invite", view_func=manage.invite, methods=["POST"])
staff_pages.add_url_rule("/<reference>/agenda/fill", view_func=manage.fill, methods=["POST"])
staff_pages.add_url_rule("/<reference>/agenda/add", view_func=manage.add, methods=["POST"])
staff_pages.add_url_rule(
    "/<reference>/agenda/<int:item_id>/move/<any(up, down):way>", view_func=manage.move, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/agenda/<int:item_id>/remove", view_func=manage.remove, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/agenda/<int:item_id>", view_func=manage.decide, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/<reference>/attendance", view_func=manage.attend, methods=["POST"])
staff_pages.add_url_rule(
    "/<reference>/attendance/<int:attendance_id>/strike", view_func=manage.strike, methods=["POST"]
)
staff_pages.add_url_rule("/<reference>/minutes", view_func=manage.minutes, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/publish", view_func=manage.publish, methods=["POST"])

COMMITMENTS = "/<reference>/commitments"
staff_pages.add_url_rule(COMMITMENTS, view_func=manage_commitments.put_on, methods=["POST"])
staff_pages.add_url_rule(
    f"{COMMITMENTS}/<int:item_id>", view_func=manage_commitments.decide_draft, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"{COMMITMENTS}/<int:item_id>/remove", view_func=manage_commitments.take_off, methods=["POST"]
)
