"""All addresses of this room."""

from flask import Blueprint

from cocreation.invitations import manage, views

pages = Blueprint("invitations", __name__)
staff_pages = Blueprint("manage_invitations", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule(
    "/invitations/<receipt>/meeting", view_func=views.answer_invitation, methods=["GET", "POST"]
)

staff_pages.add_url_rule("/<reference>/invitations", view_func=manage.invitations)
staff_pages.add_url_rule(
    "/<reference>/invitations/councils", view_func=manage.invite_councils, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/<reference>/invitations/new", view_func=manage.invite, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>", view_func=manage.invitation, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/print", view_func=manage.print_invitation
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/hand-over",
    view_func=manage.hand_over_invitation,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/remove",
    view_func=manage.remove_invitation,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/validate",
    view_func=manage.validate_invitation,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/refuse",
    view_func=manage.refuse_invitation,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule("/<reference>/invitations/send", view_func=manage.send_invitations, methods=["POST"])
staff_pages.add_url_rule("/<reference>/invitations/remind", view_func=manage.remind_invited, methods=["POST"])
