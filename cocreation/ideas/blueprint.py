"""All addresses of this room."""

from flask import Blueprint

from cocreation.backing import views as backing_views
from cocreation.ideas.graph import draw
from cocreation.ideas.views import ideas, receipts, rewording
from cocreation.submission import manage
from cocreation.submission.views import attachments, drafts, paper, similar, vouching, wizard

pages = Blueprint("ideas", __name__)
staff_pages = Blueprint("manage_ideas", __name__, url_prefix="/manage/ideas")
pages.add_app_template_global(draw, "draw_family")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/ideas/<reference>/files/<int:file_id>", view_func=attachments.file)

pages.add_url_rule("/ideas/<reference>/back", view_func=backing_views.back, methods=["GET", "POST"])
pages.add_url_rule("/ideas/<reference>/back/sent", view_func=backing_views.back_sent)
pages.add_url_rule("/backings/<receipt>", view_func=backing_views.backing, methods=["GET", "POST"])
pages.add_url_rule(
    "/backings/<receipt>/unsubscribe", view_func=backing_views.unsubscribe, methods=["GET", "POST"]
)

pages.add_url_rule("/ideas/drafts/<receipt>", view_func=drafts.draft)
pages.add_url_rule("/ideas/drafts/<receipt>/link", view_func=drafts.draft_link, methods=["GET", "POST"])

pages.add_url_rule("/receipts/<receipt>/edit", view_func=rewording.edit, methods=["GET", "POST"])

pages.add_url_rule("/ideas/paper", view_func=paper.paper)

pages.add_url_rule("/ideas", view_func=ideas.index)
pages.add_url_rule("/ideas/filters", view_func=ideas.narrow)
pages.add_url_rule("/ideas/<reference>", view_func=ideas.show)

pages.add_url_rule("/receipts/<receipt>", view_func=receipts.receipt)
pages.add_url_rule("/receipts/<receipt>/reply", view_func=receipts.reply, methods=["POST"])
pages.add_url_rule("/receipts/<receipt>/appeal", view_func=receipts.appeal, methods=["POST"])
pages.add_url_rule("/receipts/<receipt>/data", view_func=receipts.export)
pages.add_url_rule("/receipts/<receipt>/withdraw", view_func=receipts.withdraw, methods=["POST"])
pages.add_url_rule("/receipts", view_func=receipts.find_receipt, methods=["GET", "POST"])

pages.add_url_rule("/ideas/new", view_func=wizard.new, methods=["GET", "POST"])
pages.add_url_rule("/ideas/sent", view_func=wizard.sent)
pages.add_url_rule("/ideas/confirm/<receipt>", view_func=wizard.confirm, methods=["GET", "POST"])

pages.add_url_rule("/ideas/similar", view_func=similar.similar)
pages.add_url_rule("/ideas/associations", view_func=similar.associations)

pages.add_url_rule("/ideas/vouch/<voucher>", view_func=vouching.vouch, methods=["GET", "POST"])

staff_pages.add_url_rule("/restate/<meeting>/<int:number>", view_func=manage.restate, methods=["GET", "POST"])
staff_pages.add_url_rule("/enter", view_func=manage.enter, methods=["GET", "POST"])
