"""All addresses of this room."""

from flask import Blueprint

from cocreation.adoption import manage

staff_pages = Blueprint("manage_adoption", __name__, url_prefix="/manage/adoption")
BLUEPRINTS: tuple[Blueprint, ...] = (staff_pages,)

staff_pages.add_url_rule("/<reference>/causes", view_func=manage.causes, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/versions/<int:number>/causes", view_func=manage.causes, methods=["GET", "POST"]
)
