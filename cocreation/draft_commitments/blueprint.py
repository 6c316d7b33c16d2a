"""All addresses of this room."""

from flask import Blueprint

from cocreation.draft_commitments import manage, manage_proposals

staff_pages = Blueprint("manage_drafts", __name__, url_prefix="/manage/drafts")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/share", view_func=manage.share, methods=["POST"])

PROPOSAL = "/proposals/<int:proposal_id>"
staff_pages.add_url_rule("/proposals", "proposals", view_func=manage_proposals.proposed)
staff_pages.add_url_rule("/proposals/new", view_func=manage_proposals.new, methods=["GET", "POST"])
staff_pages.add_url_rule(PROPOSAL, "proposal", view_func=manage_proposals.show)
staff_pages.add_url_rule(f"{PROPOSAL}/edit", view_func=manage_proposals.edit, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{PROPOSAL}/withdraw", view_func=manage_proposals.withdraw, methods=["POST"])
staff_pages.add_url_rule(f"{PROPOSAL}/return", view_func=manage_proposals.give_back, methods=["POST"])
staff_pages.add_url_rule(f"{PROPOSAL}/accept", view_func=manage_proposals.accept, methods=["POST"])

staff_pages.add_url_rule("/<reference>", view_func=manage.show)
staff_pages.add_url_rule("/<reference>/remarks", view_func=manage.remark_on, methods=["POST"])
staff_pages.add_url_rule("/<reference>/read", view_func=manage.mark_read, methods=["POST"])
staff_pages.add_url_rule(
    "/<reference>/remarks/<int:remark_id>", view_func=manage.reply_to, methods=["GET", "POST"]
)
