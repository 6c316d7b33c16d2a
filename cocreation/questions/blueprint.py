"""All addresses of this room."""

from flask import Blueprint

from cocreation.questions import manage

staff_pages = Blueprint("manage_questions", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (staff_pages,)

FATE = "/batches/<int:batch_id>/<reference>"
staff_pages.add_url_rule(f"{FATE}/question", view_func=manage.ask, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{FATE}/reply", view_func=manage.reply, methods=["GET", "POST"])
