"""All addresses of this room; the page of a receipt is added by `portal.blueprint`."""

from flask import Blueprint

from cocreation.registration import views

pages = Blueprint("registration", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/meetings/<reference>/register", view_func=views.register, methods=["GET", "POST"])
pages.add_url_rule(
    "/registrations/confirm/<token>", view_func=views.confirm_registration, methods=["GET", "POST"]
)
pages.add_url_rule(
    "/registrations/<receipt>/change", view_func=views.change_registration, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>/link", view_func=views.send_link_again, methods=["POST"])
pages.add_url_rule(
    "/registrations/<receipt>/address", view_func=views.correct_address, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>/cancel", view_func=views.cancel_registration, methods=["POST"])
pages.add_url_rule("/registrations/<receipt>/accept", view_func=views.accept_place, methods=["POST"])
pages.add_url_rule("/registrations/<receipt>/wait", view_func=views.wait_again, methods=["POST"])
