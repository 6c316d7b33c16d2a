"""All addresses of this room."""

from flask import Blueprint

from cocreation.registration.views import own_data, registrations

pages = Blueprint("registration", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule(
    "/registrations/<receipt>/change", view_func=own_data.change_registration, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>/data.json", view_func=own_data.export_registration)

pages.add_url_rule(
    "/meetings/<reference>/register", view_func=registrations.register, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>", view_func=registrations.show_registration)
pages.add_url_rule(
    "/registrations/confirm/<token>", view_func=registrations.confirm_registration, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>/link", view_func=registrations.send_link_again, methods=["POST"])
pages.add_url_rule(
    "/registrations/<receipt>/cancel", view_func=registrations.cancel_registration, methods=["POST"]
)
pages.add_url_rule("/registrations/<receipt>/accept", view_func=registrations.accept_place, methods=["POST"])
pages.add_url_rule("/registrations/<receipt>/wait", view_func=registrations.wait_again, methods=["POST"])
