"""All addresses of this room."""

from flask import Blueprint

from cocreation.screening import views
from cocreation.screening.manage import reasons, screening

pages = Blueprint("screening", __name__)
staff_pages = Blueprint("manage_screening", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/screening", view_func=views.screening)

staff_pages.add_url_rule("/reasons", view_func=reasons.reasons)
staff_pages.add_url_rule("/reasons/new", view_func=reasons.new_reason, methods=["GET", "POST"])
staff_pages.add_url_rule("/reasons/<int:template_id>", view_func=reasons.edit_reason, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/reasons/<int:template_id>/remove", view_func=reasons.remove_reason, methods=["POST"]
)

staff_pages.add_url_rule("/screening", view_func=screening.screening, methods=["GET", "POST"])
staff_pages.add_url_rule("/screening/<reference>", view_func=screening.screen, methods=["GET", "POST"])
staff_pages.add_url_rule("/screening/<reference>/question", view_func=screening.ask, methods=["GET", "POST"])
staff_pages.add_url_rule("/workload", view_func=screening.workload)
