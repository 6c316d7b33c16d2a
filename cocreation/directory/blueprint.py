"""All addresses of this room."""

from flask import Blueprint

from cocreation.directory import manage, views

pages = Blueprint("directory", __name__)
staff_pages = Blueprint("manage_directory", __name__, url_prefix="/manage/directory")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/institutions", view_func=views.institutions)
pages.add_url_rule("/associations", view_func=views.associations)
pages.add_url_rule("/associations/new", view_func=views.declare, methods=["GET", "POST"])
pages.add_url_rule("/associations/<receipt>", view_func=views.show_declaration)
pages.add_url_rule("/associations/<receipt>/correct", view_func=views.correct, methods=["GET", "POST"])

staff_pages.add_url_rule("/associations", view_func=manage.associations)
staff_pages.add_url_rule(
    "/associations/<int:association_id>/verify", view_func=manage.verify, methods=["POST"]
)
staff_pages.add_url_rule(
    "/associations/<int:association_id>/refuse", view_func=manage.refuse, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/institutions", view_func=manage.institutions, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/institutions/<int:institution_id>", view_func=manage.edit_institution, methods=["GET", "POST"]
)
