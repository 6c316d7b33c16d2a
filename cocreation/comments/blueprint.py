"""All addresses of this room."""

from flask import Blueprint

from cocreation.comments.views import entries, supports, threads

pages = Blueprint("comments", __name__)
BLUEPRINTS: tuple[Blueprint, ...] = (pages,)

TEXT = "/consultations/<reference>/texts/<document>"
COMMENT = "/consultations/<reference>/comments/<int:number>"

pages.add_url_rule(TEXT, view_func=threads.text)
pages.add_url_rule(f"{TEXT}/comment", view_func=entries.new, methods=["GET", "POST"])
pages.add_url_rule(COMMENT, view_func=threads.comment)
pages.add_url_rule(f"{COMMENT}/signatures", view_func=threads.signatures)
pages.add_url_rule(f"{COMMENT}/memorandum", view_func=threads.memorandum)
pages.add_url_rule(f"{COMMENT}/reply", view_func=entries.reply, methods=["GET", "POST"])
pages.add_url_rule(f"{COMMENT}/support", view_func=supports.support, methods=["GET", "POST"])
pages.add_url_rule(f"{COMMENT}/support/sent", view_func=supports.support_sent, methods=["GET", "POST"])

pages.add_url_rule("/comments/sent", view_func=entries.sent, methods=["GET", "POST"])
pages.add_url_rule("/comments/<receipt>", view_func=entries.receipt, methods=["GET", "POST"])
pages.add_url_rule("/comments/<receipt>/withdraw", view_func=entries.withdraw, methods=["GET", "POST"])
pages.add_url_rule("/comments/supports/<receipt>", view_func=supports.supporting, methods=["GET", "POST"])
pages.add_url_rule("/comments/vouch/<voucher>", view_func=supports.vouch, methods=["GET", "POST"])
