"""All addresses of this room."""

from flask import Blueprint

from cocreation.attendance import manage

staff_pages = Blueprint("manage_attendance", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>/door", view_func=manage.door)
staff_pages.add_url_rule("/<reference>/door/note", view_func=manage.note_arrival, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/undo", view_func=manage.undo_arrival, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/walk-in", view_func=manage.walk_in, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/list", view_func=manage.door_list)
staff_pages.add_url_rule("/<reference>/door/entries", view_func=manage.door_entries, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/worker.js", view_func=manage.door_worker)
staff_pages.add_url_rule("/<reference>/attendance", view_func=manage.attendance, methods=["GET", "POST"])

staff_pages.add_url_rule("/<reference>/attendance.pdf", view_func=manage.attendance_sheet)
staff_pages.add_url_rule("/<reference>/badges.pdf", view_func=manage.badges)
