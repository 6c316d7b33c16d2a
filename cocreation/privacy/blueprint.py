"""All addresses of this room."""

from flask import Blueprint

from cocreation.privacy import manage, receipts, views

pages = Blueprint("privacy", __name__)
staff_pages = Blueprint("manage_privacy", __name__, url_prefix="/manage/personal-data")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/receipts/<receipt>/erase", view_func=receipts.erase, methods=["POST"])
pages.add_url_rule(
    "/registrations/<receipt>/erase", view_func=receipts.erase_registration, methods=["GET", "POST"]
)
pages.add_url_rule("/receipts/<receipt>/everything", view_func=receipts.ask_for_everything, methods=["POST"])
pages.add_url_rule("/privacy/everything/<token>", view_func=receipts.everything, methods=["GET", "POST"])

pages.add_url_rule("/privacy/kept", view_func=views.kept)

staff_pages.add_url_rule("", view_func=manage.index, methods=["GET", "POST"])
staff_pages.add_url_rule("/export", view_func=manage.export, methods=["POST"])
staff_pages.add_url_rule("/erase", view_func=manage.erase, methods=["POST"])
