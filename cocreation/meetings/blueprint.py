"""All addresses of this room; the lists of meetings and the page of each are added by `portal.blueprint`."""

from flask import Blueprint

from cocreation.meetings import views
from cocreation.meetings.manage import (
    meeting as manage_meeting,
    organisers as manage_organisers,
    photos as manage_photos,
    programme as manage_programme,
)
from cocreation.meetings.queries import SIZES

pages = Blueprint("meetings", __name__)
staff_pages = Blueprint("manage_meetings", __name__, url_prefix="/manage/meetings")
BLUEPRINTS = (pages, staff_pages)

pages.add_url_rule("/meetings/<reference>/photos", view_func=views.photos)
pages.add_url_rule(
    f"/meetings/<reference>/photos/<int:photo_id>-<mark>-<any({', '.join(SIZES)}):size>.webp",
    view_func=views.photo,
)

pages.add_url_rule("/meetings/<reference>/programme", view_func=views.programme)
pages.add_url_rule("/meetings/<reference>/programme.ics", view_func=views.programme_calendar)
pages.add_url_rule("/meetings/<reference>/programme/<int:item_id>.ics", view_func=views.item_calendar)

pages.add_url_rule("/meetings/<reference>/event.ics", endpoint="calendar", view_func=views.event)

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

staff_pages.add_url_rule("/<reference>/planning", view_func=manage_organisers.plan)
staff_pages.add_url_rule(
    f"/<reference>/{manage_organisers.PART}/new",
    view_func=manage_organisers.add_part,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    f"/<reference>/{manage_organisers.PART}/<int:part_id>",
    view_func=manage_organisers.edit_part,
    methods=["GET", "POST"],
)
staff_pages.add_url_rule(
    f"/<reference>/{manage_organisers.PART}/<int:part_id>/remove",
    view_func=manage_organisers.remove_part,
    methods=["POST"],
)

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

staff_pages.add_url_rule("/new", view_func=manage_meeting.new, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/edit", view_func=manage_meeting.edit, methods=["GET", "POST"])
staff_pages.add_url_rule("/<reference>/announce", view_func=manage_meeting.announce, methods=["POST"])
