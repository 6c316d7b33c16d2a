"""All addresses of this room."""

from flask import Blueprint

from cocreation.fates import views

pages = Blueprint("fates", __name__)
BLUEPRINTS = (pages,)

pages.add_url_rule("/fates", view_func=views.fates)
pages.add_url_rule("/fates/filters", view_func=views.narrow)
pages.add_url_rule("/fates.<any(csv, xlsx, json):kind>", view_func=views.table)
