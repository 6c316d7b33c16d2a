"""All addresses of this room."""

from flask import Blueprint

from cocreation.adoption import manage, views

pages = Blueprint("adoption", __name__)
staff_pages = Blueprint("manage_adoption", __name__, url_prefix="/manage/adoption")
BLUEPRINTS: tuple[Blueprint, ...] = (pages, staff_pages)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/<cycle>/adopt", view_func=manage.adopt, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/causes", view_func=manage.causes, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/versions/<int:number>/causes", view_func=manage.causes, methods=["GET", "POST"]
)

pages.add_url_rule("/documents/<reference>/why", view_func=views.why)
pages.add_url_rule("/plan/<cycle>/adopted", view_func=views.adopted)
pages.add_url_rule("/plan/<cycle>/adopted/<int:number>", view_func=views.adopted)
pages.add_url_rule("/plan/<cycle>/adopted/<int:number>/<code>.pdf", view_func=views.adopted_paper)
