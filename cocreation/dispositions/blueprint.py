"""All addresses of this room."""

from flask import Blueprint

from cocreation.dispositions import views

pages = Blueprint("dispositions", __name__, url_prefix="/consultations/<reference>")
BLUEPRINTS = (pages,)

pages.add_url_rule("/dispositions", view_func=views.index)
pages.add_url_rule("/dispositions/filters", view_func=views.narrow)
pages.add_url_rule("/dispositions/printed", view_func=views.printed)
pages.add_url_rule("/dispositions.<any(csv, xlsx, json):kind>", view_func=views.table)
pages.add_url_rule("/figures", view_func=views.figures)
