"""All addresses of this room."""

from flask import Blueprint

from cocreation.ideas.graph import draw
from cocreation.ideas.views import edits, ideas, receipts

pages = Blueprint("ideas", __name__)
pages.add_app_template_global(draw, "draw_family")
BLUEPRINTS = (pages,)

pages.add_url_rule("/receipts/<receipt>/edit", view_func=edits.edit, methods=["GET", "POST"])

pages.add_url_rule("/ideas", view_func=ideas.index)
pages.add_url_rule("/ideas/filters", view_func=ideas.narrow)

pages.add_url_rule("/receipts/<receipt>", view_func=receipts.receipt)
pages.add_url_rule("/receipts/<receipt>/reply", view_func=receipts.reply, methods=["POST"])
pages.add_url_rule("/receipts/<receipt>/appeal", view_func=receipts.appeal, methods=["POST"])
pages.add_url_rule("/receipts/<receipt>/data", view_func=receipts.export)
pages.add_url_rule("/receipts/<receipt>/withdraw", view_func=receipts.withdraw, methods=["POST"])
pages.add_url_rule("/receipts", view_func=receipts.find_receipt, methods=["GET", "POST"])
