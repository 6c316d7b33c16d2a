"""All addresses of this room."""

from flask import Blueprint

from cocreation.plan_progress import views

pages = Blueprint("plan_progress", __name__, url_prefix="/plan")
BLUEPRINTS = (pages,)

pages.add_url_rule("/<cycle>/progress", view_func=views.plan)
pages.add_url_rule("/<cycle>/progress/late", view_func=views.late)
pages.add_url_rule("/<cycle>/progress/activities.<any(csv, xlsx, json):kind>", view_func=views.table)
pages.add_url_rule("/commitments/<reference>/progress", view_func=views.commitment)
