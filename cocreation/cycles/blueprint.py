"""All addresses of this room."""

from flask import Blueprint

from cocreation.cycles import manage, views

pages = Blueprint("cycles", __name__)
staff_pages = Blueprint("manage_cycles", __name__, url_prefix="/manage/cycles")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/cycles", view_func=views.index)
pages.add_url_rule("/cycles/<code>", view_func=views.show)

staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/new", view_func=manage.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<code>", view_func=manage.edit, methods=["GET", "POST"])
staff_pages.add_url_rule(f"/<code>/{manage.PART}", view_func=manage.parts, methods=["GET", "POST"])
staff_pages.add_url_rule(
    f"/<code>/{manage.PART}/<int:part_id>", view_func=manage.part, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"/<code>/{manage.PART}/<int:part_id>/<any(up, down):way>", view_func=manage.move, methods=["POST"]
)
