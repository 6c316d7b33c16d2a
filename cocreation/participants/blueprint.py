"""All addresses of this room."""

from flask import Blueprint

from cocreation.participants.manage import addresses, calls, participants, questions, workshop_seats

staff_pages = Blueprint("manage_participants", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (staff_pages,)

staff_pages.add_url_rule(
    "/<reference>/workshops", view_func=workshop_seats.allocation, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/<reference>/moving-up", view_func=workshop_seats.moving_up)

staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/called", view_func=calls.confirm_by_call, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/not-called", view_func=calls.undo_call, methods=["POST"]
)

staff_pages.add_url_rule(
    "/<reference>/participants", view_func=participants.participants, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/<reference>/participants.xlsx", view_func=participants.export)
staff_pages.add_url_rule(
    "/<reference>/participants/import", view_func=participants.import_participants, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/<reference>/participants/empty.xlsx", view_func=participants.template)
staff_pages.add_url_rule(
    "/<reference>/participants/new", view_func=participants.enter_participant, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>", view_func=participants.participant, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/address",
    view_func=addresses.give_address,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/notes", view_func=participants.note_participant, methods=["POST"]
)

staff_pages.add_url_rule("/<reference>/questions", view_func=questions.questions)
staff_pages.add_url_rule(
    "/<reference>/questions/new", view_func=questions.add_question, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/questions/<int:question_id>", view_func=questions.edit_question, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/questions/<int:question_id>/up", view_func=questions.move_question_up, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/questions/<int:question_id>/remove", view_func=questions.remove_question, methods=["POST"]
)
staff_pages.add_url_rule("/<reference>/kept-places", view_func=questions.kept_places, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/kept-places/<int:quota_id>", view_func=questions.edit_kept, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/kept-places/<int:quota_id>/release", view_func=questions.release_kept, methods=["POST"]
)
