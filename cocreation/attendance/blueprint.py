"""All addresses of this room."""

from flask import Blueprint

from cocreation.attendance.manage import arrivals, printing

staff_pages = Blueprint("manage_attendance", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule("/<reference>/door", view_func=arrivals.door)
staff_pages.add_url_rule("/<reference>/door/note", view_func=arrivals.note_arrival, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/undo", view_func=arrivals.undo_arrival, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/walk-in", view_func=arrivals.walk_in, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/list", view_func=arrivals.door_list)
staff_pages.add_url_rule("/<reference>/door/entries", view_func=arrivals.door_entries, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/worker.js", view_func=arrivals.door_worker)
staff_pages.add_url_rule("/<reference>/attendance", view_func=arrivals.attendance, methods=["GET", "POST"])

staff_pages.add_url_rule("/<reference>/attendance.pdf", view_func=printing.attendance_sheet)
staff_pages.add_url_rule("/<reference>/badges.pdf", view_func=printing.badges)
