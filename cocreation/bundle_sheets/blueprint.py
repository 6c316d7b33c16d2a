"""All addresses of this room."""

from flask import Blueprint

from cocreation.bundle_sheets import manage

staff_pages = Blueprint("manage_bundle_sheets", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/sheets/<code>.xlsx", view_func=manage.sheet)
staff_pages.add_url_rule("/sheets/<code>", view_func=manage.import_answers, methods=["GET", "POST"])
