"""The photos of a meeting, for those who run it."""

from __future__ import annotations

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, to
from cocreation.meetings.forms.meeting import MoveForm
from cocreation.meetings.forms.photos import PhotoDetailsForm, PhotoForm
from cocreation.meetings.models.photos import Photo
from cocreation.meetings.queries import photos_of
from cocreation.meetings.services import photos as services
from cocreation.meetings.views import sent
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render
from cocreation.web.uploads import Files, one_by_one, takes_files

PHOTO = Files("file", one_by_one(services.draw))

ONE = "/<reference>/photos/<int:photo_id>"


@access(policy.runners)
def photos(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    return render(
        "meetings/manage_photos.html",
        meeting=meeting,
        photos=photos_of(meeting.id),
        most=services.MOST_PHOTOS,
        has_begun=meeting.starts_at <= clock.now() and not meeting.is_cancelled,
    )


@access(policy.runners)
@takes_files(PHOTO, megabytes=12)
def add_photo(reference: str) -> ResponseReturnValue:
    """One photo a form, since each has words of its own; more than 5 MB come in to be refused in words."""
    meeting, form = load(reference), PhotoForm()
    if form.submitted() and (photo := form.attempt(_add, meeting.id, form.said())):
        flash(_("The photo is added."))
        if form.act.data == "more":
            return to(meeting, page="manage_meetings.add_photo")
        return to(meeting, f"photo-{photo.id}", page="manage_meetings.photos")
    return render("meetings/manage_photo.html", form=form, meeting=load(reference), photo=None)


def _add(meeting_id: int, said: services.PhotoDetails) -> Photo:
    return services.add_photo(meeting_id, PHOTO.the_one(), said, **act())


@access(policy.runners)
def edit_photo(reference: str, photo_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    photo = services.get_photo(meeting.id, photo_id)
    form = PhotoDetailsForm(photo)
    if form.submitted() and form.carries_out(
        services.change_photo, meeting.id, photo_id, form.said(), **act()
    ):
        flash(_("It is saved."))
        return to(meeting, f"photo-{photo_id}", page="manage_meetings.photos")
    return render("meetings/manage_photo.html", form=form, meeting=meeting, photo=photo)


@access(policy.runners)
def move_photo(reference: str, photo_id: int) -> ResponseReturnValue:
    meeting, form = load(reference), MoveForm()
    if form.submitted():
        services.move_photo(meeting.id, photo_id, form.places.data, **act())
    return to(meeting, f"photo-{photo_id}", page="manage_meetings.photos")


@access(policy.runners)
def remove_photo(reference: str, photo_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    question, page = (
        _("Erase this photo? It cannot be brought back."),
        url_for(".photos", reference=reference),
    )
    if asked := confirmation.certain(question, _("Yes, erase it"), page):
        return asked
    services.remove_photo(meeting.id, photo_id, **act())
    flash(_("It is removed."))
    return to(meeting, page="manage_meetings.photos")


@access(policy.runners)
def photo(reference: str, photo_id: int, mark: str) -> ResponseReturnValue:
    """The same as the public one, of a meeting that may not be announced yet."""
    return sent(load(reference).reference, photo_id, mark, "small", public=False)
