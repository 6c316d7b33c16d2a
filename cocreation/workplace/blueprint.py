"""All addresses of this room."""

from flask import Blueprint

from cocreation.portal import blueprint as portal
from cocreation.workplace import search, views

staff_pages = Blueprint("manage_search", __name__, url_prefix="/manage/search")
BLUEPRINTS = (staff_pages,)

portal.pages.add_url_rule("/desk", view_func=views.desk)  # it keeps the name by which all know it
staff_pages.add_url_rule("", view_func=search.search, methods=["GET", "POST"])
