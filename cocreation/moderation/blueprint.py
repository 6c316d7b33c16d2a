"""All addresses of this room."""

from flask import Blueprint

from cocreation.moderation import manage, views

pages = Blueprint("moderation", __name__)
staff_pages = Blueprint("manage_moderation", __name__, url_prefix="/manage/moderation")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/moderation", view_func=views.index)
pages.add_url_rule("/ideas/<reference>/report", view_func=views.report, methods=["GET", "POST"])
pages.add_url_rule("/moderation/thanks", view_func=views.reported)
pages.add_url_rule("/receipts/<receipt>/contest", view_func=views.contest, methods=["GET", "POST"])

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/<reference>", view_func=manage.case)
staff_pages.add_url_rule("/<reference>/dismiss", view_func=manage.dismiss, methods=["POST"])
staff_pages.add_url_rule("/<reference>/hide", view_func=manage.hide, methods=["POST"])
staff_pages.add_url_rule("/<reference>/decide", view_func=manage.decide, methods=["POST"])
