"""All addresses of this room."""

from flask import Blueprint

from cocreation.attendance.manage import arrivals, printing
from cocreation.delegations import views as delegations_views
from cocreation.invitations import manage as invitations_manage, views as invitations_views
from cocreation.mailings import manage as mailings_manage
from cocreation.meetings.manage import meeting, photos as manage_photos, programme as manage_programme
from cocreation.meetings.queries.photos import SIZES
from cocreation.meetings.views import meeting as meetings_meeting, photos, programme
from cocreation.participants.manage import bursts, participants, questions, workshop_seats
from cocreation.preparation.manage import checklist, rules
from cocreation.registration.views import own_data, registrations
from cocreation.statistics import manage as statistics_manage, views as statistics_views
from cocreation.travel_support import manage as travel_support_manage, views as travel_support_views

pages = Blueprint("meetings", __name__)
staff_pages = Blueprint("manage_meetings", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule(
    "/meetings/<reference>/delegation", view_func=delegations_views.delegate, methods=["GET", "POST"]
)
pages.add_url_rule("/delegations/<receipt>", view_func=delegations_views.show_delegation)

pages.add_url_rule(
    "/invitations/<receipt>/meeting", view_func=invitations_views.answer_invitation, methods=["GET", "POST"]
)

pages.add_url_rule(
    "/registrations/<receipt>/change", view_func=own_data.change_registration, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>/data.json", view_func=own_data.export_registration)

pages.add_url_rule("/meetings/<reference>/photos", view_func=photos.photos)
pages.add_url_rule(
    f"/meetings/<reference>/photos/<int:photo_id>-<mark>-<any({', '.join(SIZES)}):size>.webp",
    view_func=photos.photo,
)

pages.add_url_rule("/meetings/<reference>/programme", view_func=programme.programme)
pages.add_url_rule("/meetings/<reference>/programme.ics", view_func=programme.programme_calendar)
pages.add_url_rule("/meetings/<reference>/programme/<int:item_id>.ics", view_func=programme.item_calendar)

pages.add_url_rule("/meetings", view_func=meetings_meeting.index)
pages.add_url_rule("/meetings/<reference>", view_func=meetings_meeting.show)
pages.add_url_rule("/meetings/<reference>/event.ics", endpoint="calendar", view_func=meetings_meeting.event)

pages.add_url_rule(
    "/meetings/<reference>/register", view_func=registrations.register, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>", view_func=registrations.show_registration)
pages.add_url_rule(
    "/registrations/confirm/<token>", view_func=registrations.confirm_registration, methods=["GET", "POST"]
)
pages.add_url_rule("/registrations/<receipt>/link", view_func=registrations.send_link_again, methods=["POST"])
pages.add_url_rule(
    "/registrations/<receipt>/cancel", view_func=registrations.cancel_registration, methods=["POST"]
)
pages.add_url_rule("/registrations/<receipt>/accept", view_func=registrations.accept_place, methods=["POST"])
pages.add_url_rule("/registrations/<receipt>/wait", view_func=registrations.wait_again, methods=["POST"])

pages.add_url_rule("/meetings/<reference>/statistics", endpoint="statistics", view_func=statistics_views.show)
pages.add_url_rule("/meetings/compare", view_func=statistics_views.compare)

pages.add_url_rule("/meetings/<reference>/support", view_func=travel_support_views.support)
pages.add_url_rule(
    "/registrations/<receipt>/support",
    view_func=travel_support_views.ask_for_support,
    methods=["GET", "POST"],
)
pages.add_url_rule(
    "/registrations/<receipt>/support/change",
    view_func=travel_support_views.change_support,
    methods=["GET", "POST"],
)
pages.add_url_rule(
    "/registrations/<receipt>/support/withdraw",
    view_func=travel_support_views.withdraw_support,
    methods=["POST"],
)

staff_pages.add_url_rule(
    "/<reference>/workshops", view_func=workshop_seats.allocation, methods=["GET", "POST"]
)
staff_pages.add_url_rule("/<reference>/moving-up", view_func=workshop_seats.moving_up)

staff_pages.add_url_rule("/<reference>/door", view_func=arrivals.door)
staff_pages.add_url_rule("/<reference>/door/note", view_func=arrivals.note_arrival, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/undo", view_func=arrivals.undo_arrival, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/walk-in", view_func=arrivals.walk_in, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/list", view_func=arrivals.door_list)
staff_pages.add_url_rule("/<reference>/door/entries", view_func=arrivals.door_entries, methods=["POST"])
staff_pages.add_url_rule("/<reference>/door/worker.js", view_func=arrivals.door_worker)
staff_pages.add_url_rule("/<reference>/attendance", view_func=arrivals.attendance, methods=["GET", "POST"])

staff_pages.add_url_rule("/<reference>/participants/bursts/<int:burst_id>", view_func=bursts.burst)
staff_pages.add_url_rule(
    "/<reference>/participants/bursts/<int:burst_id>/take-back",
    view_func=bursts.take_back_burst,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/participants/bursts/<int:burst_id>/give-back",
    view_func=bursts.give_back_burst,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/called", view_func=bursts.confirm_by_call, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/not-called", view_func=bursts.undo_call, methods=["POST"]
)

staff_pages.add_url_rule("/<reference>/statistics", view_func=statistics_manage.statistics)
staff_pages.add_url_rule("/compare", view_func=statistics_manage.compare)

staff_pages.add_url_rule("/<reference>/invitations", view_func=invitations_manage.invitations)
staff_pages.add_url_rule(
    "/<reference>/invitations/councils", view_func=invitations_manage.invite_councils, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/invitations/new", view_func=invitations_manage.invite, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>",
    view_func=invitations_manage.invitation,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/print", view_func=invitations_manage.print_invitation
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/hand-over",
    view_func=invitations_manage.hand_over_invitation,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/remove",
    view_func=invitations_manage.remove_invitation,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/validate",
    view_func=invitations_manage.validate_invitation,
    methods=["POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/<int:invitation_id>/refuse",
    view_func=invitations_manage.refuse_invitation,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    "/<reference>/invitations/send", view_func=invitations_manage.send_invitations, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/invitations/remind", view_func=invitations_manage.remind_invited, methods=["POST"]
)

staff_pages.add_url_rule("/<reference>/participants", view_func=participants.participants)
staff_pages.add_url_rule("/<reference>/participants.xlsx", view_func=participants.export)
staff_pages.add_url_rule(
    "/<reference>/participants/import", view_func=participants.import_participants, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/new", view_func=participants.enter_participant, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>", view_func=participants.participant, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/participants/<int:number>/notes", view_func=participants.note_participant, methods=["POST"]
)

staff_pages.add_url_rule("/<reference>/photos", view_func=manage_photos.photos)
staff_pages.add_url_rule(
    "/<reference>/photos/new", view_func=manage_photos.add_photo, methods=["GET", "POST"]
)
staff_pages.add_url_rule(manage_photos.ONE, view_func=manage_photos.edit_photo, methods=["GET", "POST"])
staff_pages.add_url_rule(f"{manage_photos.ONE}/move", view_func=manage_photos.move_photo, methods=["POST"])
staff_pages.add_url_rule(
    f"{manage_photos.ONE}/remove", view_func=manage_photos.remove_photo, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/photos/<int:photo_id>-<mark>-small.webp", view_func=manage_photos.photo
)

staff_pages.add_url_rule("/<reference>/planning", view_func=checklist.plan)
staff_pages.add_url_rule(
    f"/<reference>/{checklist.PART}/new", view_func=checklist.add_part, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"/<reference>/{checklist.PART}/<int:part_id>", view_func=checklist.edit_part, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    f"/<reference>/{checklist.PART}/<int:part_id>/remove", view_func=checklist.remove_part, methods=["POST"]
)
staff_pages.add_url_rule("/<reference>/checklist", view_func=checklist.checklist, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/checklist/<int:task_id>", view_func=checklist.tick, methods=["POST"])
staff_pages.add_url_rule(
    "/<reference>/checklist/<int:task_id>/remove", view_func=checklist.remove_task, methods=["POST"]
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

staff_pages.add_url_rule("/<reference>/attendance.pdf", view_func=printing.attendance_sheet)
staff_pages.add_url_rule("/<reference>/badges.pdf", view_func=printing.badges)

staff_pages.add_url_rule("/<reference>/programme", view_func=manage_programme.programme)
staff_pages.add_url_rule(
    "/<reference>/programme/new", view_func=manage_programme.add_item, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/programme/<int:item_id>", view_func=manage_programme.edit_item, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/programme/<int:item_id>/remove", view_func=manage_programme.remove_item, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/programme/<int:item_id>/move", view_func=manage_programme.move_item, methods=["POST"]
)
staff_pages.add_url_rule(
    "/<reference>/workshops/new", view_func=manage_programme.add_workshop, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/workshops/<int:number>", view_func=manage_programme.edit_workshop, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/workshops/<int:number>/remove", view_func=manage_programme.remove_workshop, methods=["POST"]
)

staff_pages.add_url_rule("/rules/<code>", view_func=rules.rules, methods=["GET", "POST"])
staff_pages.add_url_rule("/rules/<code>/usual", view_func=rules.usual_rules, methods=["POST"])

staff_pages.add_url_rule("", view_func=meeting.index)
staff_pages.add_url_rule("/new", view_func=meeting.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>", view_func=meeting.show)
staff_pages.add_url_rule("/<reference>/edit", view_func=meeting.edit, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/announce", view_func=meeting.announce, methods=["POST"])
staff_pages.add_url_rule("/<reference>/call-off", view_func=meeting.call_off, methods=["POST"])

staff_pages.add_url_rule(
    "/<reference>/support", view_func=travel_support_manage.support, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/support/offer", view_func=travel_support_manage.support_offer, methods=["GET", "POST"]
)
staff_pages.add_url_rule(
    "/<reference>/support/<int:number>",
    view_func=travel_support_manage.support_request,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    "/<reference>/support/<int:number>/proofs/<int:proof_id>", view_func=travel_support_manage.support_proof
)
staff_pages.add_url_rule("/<reference>/support.xlsx", view_func=travel_support_manage.support_sheet)

staff_pages.add_url_rule("/<reference>/communication", view_func=mailings_manage.communication)
staff_pages.add_url_rule("/<reference>/thank", view_func=mailings_manage.thank, methods=["POST"])
staff_pages.add_url_rule("/<reference>/mails", view_func=mailings_manage.mails)
staff_pages.add_url_rule("/<reference>/mails/<event>", view_func=mailings_manage.mail)
staff_pages.add_url_rule("/<reference>/outreach", view_func=mailings_manage.outreach, methods=["GET", "POST"])
staff_pages.add_url_rule(
    "/<reference>/outreach/<int:outreach_id>/remove",
    view_func=mailings_manage.remove_outreach,
    methods=["POST"],
)
staff_pages.add_url_rule("/<reference>/outreach.xlsx", view_func=mailings_manage.outreach_sheet)
