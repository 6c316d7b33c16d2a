"""All addresses of this room."""

from flask import Blueprint

from cocreation.delegations import views

pages = Blueprint("delegations", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/meetings/<reference>/delegation", view_func=views.delegate, methods=["GET", "POST"])
pages.add_url_rule("/delegations/<receipt>", view_func=views.show_delegation)
