"""All addresses of this room."""

from flask import Blueprint

from cocreation.merges import manage

staff_pages = Blueprint("manage_merges", __name__, url_prefix="/manage/dispositions")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/lineage/<reference>", view_func=manage.lineage)
staff_pages.add_url_rule(
    "/lineage/<reference>/<any(merge, gather, split, restate, carry):way>",
    view_func=manage.link,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    "/lineage/<reference>/undo/<int:link_id>", view_func=manage.unlink, methods=["GET", "POST"]
)
