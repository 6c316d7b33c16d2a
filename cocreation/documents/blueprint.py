"""All addresses of this room."""

from flask import Blueprint

from cocreation.documents import manage, manage_imports, views

pages = Blueprint("documents", __name__, url_prefix="/documents")
staff_pages = Blueprint("manage_documents", __name__, url_prefix="/manage/documents")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("", view_func=views.index)
pages.add_url_rule("/<reference>", view_func=views.history)
pages.add_url_rule("/<reference>/versions/<int:number>", view_func=views.version)
pages.add_url_rule("/<reference>/compare", view_func=views.compare)

BOTH = ["GET", "POST"]
staff_pages.add_url_rule("", view_func=manage.index)
staff_pages.add_url_rule("/new", view_func=manage.new, methods=BOTH)
staff_pages.add_url_rule("/import", view_func=manage_imports.bring_new, methods=BOTH)
staff_pages.add_url_rule("/import/write", view_func=manage_imports.write_new, methods=["POST"])
staff_pages.add_url_rule("/<reference>", view_func=manage.show)
staff_pages.add_url_rule("/<reference>/title", view_func=manage.retitle, methods=BOTH)
staff_pages.add_url_rule("/<reference>/order", view_func=manage.arrange, methods=["POST"])
staff_pages.add_url_rule("/<reference>/publish", view_func=manage.publish, methods=BOTH)
staff_pages.add_url_rule("/<reference>/import", view_func=manage_imports.bring, methods=BOTH)
staff_pages.add_url_rule("/<reference>/import/write", view_func=manage_imports.write, methods=["POST"])
staff_pages.add_url_rule("/<reference>/sections/new", view_func=manage.new_section, methods=BOTH)
staff_pages.add_url_rule("/<reference>/sections/<uid>", view_func=manage.section, methods=BOTH)
staff_pages.add_url_rule(
    "/<reference>/sections/<uid>/remove", view_func=manage.drop_section, methods=["POST"]
)
