"""All addresses of this room."""

from flask import Blueprint

from cocreation.backing import views

pages = Blueprint("backing", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/ideas/<reference>/back", view_func=views.back, methods=["GET", "POST"])
pages.add_url_rule("/ideas/<reference>/back/sent", view_func=views.back_sent, methods=["GET", "POST"])
pages.add_url_rule("/backings/<receipt>", view_func=views.backing, methods=["GET", "POST"])
pages.add_url_rule("/backings/<receipt>/unsubscribe", view_func=views.unsubscribe, methods=["GET", "POST"])
