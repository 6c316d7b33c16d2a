"""All addresses of this room."""

from flask import Blueprint

from cocreation.answers import manage

staff_pages = Blueprint("manage_answers", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (staff_pages,)

PAGE = "/bundle/<reference>/<slug>"
staff_pages.add_url_rule(PAGE, view_func=manage.answer, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{PAGE}/discard", view_func=manage.discard, methods=["POST"])
staff_pages.add_url_rule("/drafts", view_func=manage.drafts)
staff_pages.add_url_rule("/papers", view_func=manage.paper)
staff_pages.add_url_rule("/papers/<code>", view_func=manage.paper)
