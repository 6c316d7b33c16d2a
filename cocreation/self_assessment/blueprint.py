"""All addresses of this room."""

from flask import Blueprint

from cocreation.self_assessment import manage, views

pages = Blueprint("self_assessment", __name__, url_prefix="/self-assessments")
staff_pages = Blueprint("manage_self_assessment", __name__, url_prefix="/manage/self-assessments")
BLUEPRINTS: tuple[Blueprint, ...] = (pages, staff_pages)

pages.add_url_rule("", view_func=views.index)
pages.add_url_rule("/<reference>", view_func=views.show)
pages.add_url_rule("/<reference>/<code>.pdf", view_func=views.paper)
pages.add_url_rule("/figures/<cycle>/<int:number>.json", view_func=views.snapshot)

BOTH = ["GET", "POST"]
staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/plans/<cycle>/snapshot", view_func=manage.take_snapshot, methods=BOTH)
staff_pages.add_url_rule("/plans/<cycle>/new", view_func=manage.new, methods=BOTH)
staff_pages.add_url_rule("/plans/<cycle>/due", view_func=manage.add_due, methods=BOTH)
staff_pages.add_url_rule(
    "/plans/<cycle>/due/<int:due_id>/remove", view_func=manage.remove_due, methods=["POST"]
)
staff_pages.add_url_rule("/<reference>", view_func=manage.show)
staff_pages.add_url_rule("/<reference>/text/<block>", view_func=manage.write, methods=BOTH)
staff_pages.add_url_rule("/<reference>/flags", view_func=manage.flags, methods=BOTH)
staff_pages.add_url_rule("/<reference>/snapshot", view_func=manage.renew, methods=BOTH)
staff_pages.add_url_rule("/<reference>/publish", view_func=manage.publish, methods=BOTH)
