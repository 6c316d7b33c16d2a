"""All addresses of this room."""

from flask import Blueprint

from cocreation.moderation import comment_views, manage, manage_comments, views

pages = Blueprint("moderation", __name__)
staff_pages = Blueprint("manage_moderation", __name__, url_prefix="/manage/moderation")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/moderation", view_func=views.index)
pages.add_url_rule("/ideas/<reference>/report", view_func=views.report, methods=["GET", "POST"])
pages.add_url_rule("/moderation/thanks", view_func=views.reported)
pages.add_url_rule("/receipts/<receipt>/contest", view_func=views.contest, methods=["GET", "POST"])

pages.add_url_rule(
    "/consultations/<reference>/comments/<int:number>/report",
    view_func=comment_views.report_comment,
    methods=["GET", "POST"],
)
pages.add_url_rule(
    "/comments/<receipt>/contest", view_func=comment_views.contest_comment, methods=["GET", "POST"]
)

COMMENT = "/comments/<reference>"
staff_pages.add_url_rule("/comments", view_func=manage_comments.comments)
staff_pages.add_url_rule(COMMENT, view_func=manage_comments.comment_case)
staff_pages.add_url_rule(f"{COMMENT}/dismiss", view_func=manage_comments.dismiss_comment, methods=["POST"])
staff_pages.add_url_rule(f"{COMMENT}/hide", view_func=manage_comments.hide_comment, methods=["POST"])
staff_pages.add_url_rule(f"{COMMENT}/decide", view_func=manage_comments.decide_comment, methods=["POST"])

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/<reference>", view_func=manage.case)
staff_pages.add_url_rule("/<reference>/dismiss", view_func=manage.dismiss, methods=["POST"])
staff_pages.add_url_rule("/<reference>/hide", view_func=manage.hide, methods=["POST"])
staff_pages.add_url_rule("/<reference>/decide", view_func=manage.decide, methods=["POST"])
