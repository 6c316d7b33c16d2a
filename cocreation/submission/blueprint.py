"""All addresses of this room."""

from flask import Blueprint

from cocreation.submission import manage
from cocreation.submission.views import attachments, drafts, paper, similar, vouchers, wizard

pages = Blueprint("submission", __name__)
staff_pages = Blueprint("manage_submission", __name__, url_prefix="/manage/ideas")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/ideas/<reference>/files/<int:file_id>", view_func=attachments.file)

pages.add_url_rule("/ideas/drafts/<receipt>", view_func=drafts.draft)
pages.add_url_rule("/ideas/drafts/<receipt>/link", view_func=drafts.draft_link, methods=["GET", "POST"])

pages.add_url_rule("/ideas/paper", view_func=paper.paper)

pages.add_url_rule("/ideas/new", view_func=wizard.new, methods=["GET", "POST"])
pages.add_url_rule("/ideas/sent", view_func=wizard.sent, methods=["GET", "POST"])
pages.add_url_rule("/ideas/confirm/<receipt>", view_func=wizard.confirm, methods=["GET", "POST"])

pages.add_url_rule("/ideas/similar", view_func=similar.similar)
pages.add_url_rule("/ideas/associations", view_func=similar.associations)

pages.add_url_rule("/ideas/vouch/<voucher>", view_func=vouchers.vouch, methods=["GET", "POST"])

staff_pages.add_url_rule("/restate/<meeting>/<int:number>", view_func=manage.restate, methods=["GET", "POST"])
staff_pages.add_url_rule("/enter", view_func=manage.enter, methods=["GET", "POST"])
