"""All addresses of this room."""

from flask import Blueprint

from cocreation.objections import manage

staff_pages = Blueprint("manage_objections", __name__, url_prefix="/manage/objections")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/<reference>", view_func=manage.object_to, methods=["GET", "POST"])
