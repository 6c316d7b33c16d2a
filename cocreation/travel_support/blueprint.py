"""All addresses of this room."""

from flask import Blueprint

from cocreation.travel_support import manage, views

pages = Blueprint("travel_support", __name__)
staff_pages = Blueprint("manage_travel_support", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/meetings/<reference>/support", view_func=views.support)
pages.add_url_rule(
    "/registrations/<receipt>/support", view_func=views.ask_for_support, methods=["GET", "POST"]
)
pages.add_url_rule(
    "/registrations/<receipt>/support/change", view_func=views.change_support, methods=["GET", "POST"]
)
pages.add_url_rule(
    "/registrations/<receipt>/support/withdraw", view_func=views.withdraw_support, methods=["POST"]
)

staff_pages.add_url_rule("/<reference>/support", view_func=manage.support, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/support/offer", view_func=manage.support_offer, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/support/<int:number>", view_func=manage.support_request, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/support/<int:number>/proofs/<int:proof_id>", view_func=manage.support_proof
)
staff_pages.add_url_rule("/<reference>/support.xlsx", view_func=manage.support_sheet)
