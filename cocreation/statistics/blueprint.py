"""All addresses of this room."""

from flask import Blueprint

from cocreation.statistics import manage, views

pages = Blueprint("statistics", __name__)
staff_pages = Blueprint("manage_statistics", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/meetings/<reference>/statistics", endpoint="statistics", view_func=views.show)
pages.add_url_rule("/meetings/compare", view_func=views.compare)

staff_pages.add_url_rule("/<reference>/statistics", view_func=manage.statistics)
staff_pages.add_url_rule("/compare", view_func=manage.compare)
