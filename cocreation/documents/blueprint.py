"""All addresses of this room."""

from flask import Blueprint

from cocreation.documents import views

pages = Blueprint("documents", __name__, url_prefix="/documents")
BLUEPRINTS = (pages,)

pages.add_url_rule("/<reference>", view_func=views.history)
pages.add_url_rule("/<reference>/versions/<int:number>", view_func=views.version)
pages.add_url_rule("/<reference>/compare", view_func=views.compare)
