"""All addresses of this room."""

from flask import Blueprint

from cocreation.outreach import manage

staff_pages = Blueprint("manage_outreach", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>/communication", view_func=manage.communication)
staff_pages.add_url_rule("/<reference>/thank", view_func=manage.thank, methods=["POST"])
staff_pages.add_url_rule("/<reference>/mails", view_func=manage.mails)
staff_pages.add_url_rule("/<reference>/mails/<event>", view_func=manage.mail)
staff_pages.add_url_rule("/<reference>/outreach", view_func=manage.outreach, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/outreach/<int:outreach_id>/remove", view_func=manage.remove_outreach, methods=["POST"]
)
staff_pages.add_url_rule("/<reference>/outreach.xlsx", view_func=manage.outreach_sheet)
