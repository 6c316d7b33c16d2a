"""All addresses of this room."""

from flask import Blueprint

from cocreation.bursts import manage

staff_pages = Blueprint("manage_bursts", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>/participants/bursts/<int:burst_id>", view_func=manage.burst)
staff_pages.add_url_rule(
    "/<reference>/participants/bursts/<int:burst_id>/take-back",
    view_func=manage.take_back_burst,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/participants/bursts/<int:burst_id>/give-back",
    view_func=manage.give_back_burst,
    methods=["POST"],
)
