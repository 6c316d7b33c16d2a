"""All addresses of this room."""

from flask import Blueprint

from cocreation.delegations import views

pages = Blueprint("delegations", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/meetings/<reference>/delegation", view_func=views.delegate, methods=["GET", "POST"])
pages.add_url_rule("/delegations/<receipt>", view_func=views.show_delegation)
pages.add_url_rule("/delegations/<receipt>/remind", view_func=views.remind_delegates, methods=["GET", "POST"])
pages.add_url_rule("/delegations/<receipt>/help", view_func=views.ask_for_help, methods=["GET", "POST"])
pages.add_url_rule(
    "/delegations/<receipt>/help/withdraw", view_func=views.take_help_back, methods=["GET", "POST"]
)
pages.add_url_rule(
    "/delegations/<receipt>/<int:number>/withdraw", view_func=views.withdraw_delegate, methods=["GET", "POST"]
)
pages.add_url_rule(
    "/delegations/<receipt>/<int:number>/replace", view_func=views.replace_delegate, methods=["GET", "POST"]
)
pages.add_url_rule(
    "/delegations/<receipt>/<int:number>/address", view_func=views.correct_delegate, methods=["GET", "POST"]
)
