"""All addresses of this room."""

from flask import Blueprint

from cocreation.screening import manage, views

pages = Blueprint("screening", __name__)
staff_pages = Blueprint("manage_screening", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/screening", view_func=views.screening)

staff_pages.add_url_rule("/reasons", view_func=manage.reasons)
staff_pages.add_url_rule("/reasons/new", view_func=manage.new_reason, methods=["GET", "POST"])
staff_pages.add_url_rule("/reasons/<int:template_id>", view_func=manage.edit_reason, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/reasons/<int:template_id>/remove", view_func=manage.remove_reason, methods=["POST"]
)

staff_pages.add_url_rule("/screening", view_func=manage.screening, methods=["GET", "POST"])
staff_pages.add_url_rule("/screening/decided", view_func=manage.decided)
staff_pages.add_url_rule("/screening/<reference>/reopen", view_func=manage.reopen, methods=["GET", "POST"])
staff_pages.add_url_rule("/screening/<reference>", view_func=manage.screen, methods=["GET", "POST"])
staff_pages.add_url_rule("/screening/<reference>/question", view_func=manage.ask, methods=["GET", "POST"])
staff_pages.add_url_rule("/workload", view_func=manage.workload)
