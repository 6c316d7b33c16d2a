"""All addresses of this room."""

from flask import Blueprint

from cocreation.upkeep import manage

staff_pages = Blueprint("manage_upkeep", __name__, url_prefix="/manage/backups")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
