"""The photos of a meeting: added, described, put in order, removed.

Each is kept twice, drawn anew both times: as large as a screen needs it, and small for lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.files import content as files_content
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.models.photos import SMALL_SIDE, Photo
from cocreation.meetings.queries import photos_of
from cocreation.meetings.refusals import (
    AlreadyThere,
    CalledOff,
    NoConsent,
    NotDescribed,
    NotOfTheDay,
    TooManyPhotos,
)

MOST_PHOTOS = 60
LARGE = (1600, 400_000)  # pixels of the longer side, bytes
SMALL = (SMALL_SIDE, 50_000)


class NotAPhoto(files_content.FileRefused):
    sentence = _l("“%(name)s” is not a photo. Choose a JPEG, PNG or WebP image.")


@dataclass(frozen=True)
class PhotoDetails:
    """What is said of a photo: `alt` what can be seen, `consent` how the people in it agreed."""

    alt: Translated
    consent: str

    def check(self) -> None:
        if not self.alt.get(i18n.DEFAULT.code):
            raise NotDescribed
        if not self.consent:
            raise NoConsent


@dataclass(frozen=True)
class Shown:
    """A photo as it will be shown, in both sizes."""

    name: str
    large: files_content.Picture
    small: files_content.Picture


def draw(name: str, content: bytes) -> Shown:
    """The photo in a file that came. Raises a FileRefused. Takes a second: before anything is locked."""
    file = _inspected(name, content)
    large = files_content.shrink(file.content, *LARGE)
    return Shown(file.name, large, files_content.shrink(large.content, *SMALL))


def add_photo(meeting_id: int, shown: Shown, said: PhotoDetails, *, by: int | None, now: datetime) -> Photo:
    """Add a photo after the others.

    Raises NotDescribed, NoConsent; NotOfTheDay, CalledOff, TooManyPhotos, AlreadyThere.
    """
    said.check()
    large, small = shown.large, shown.small
    meeting = lock(Meeting, meeting_id)
    if meeting.is_cancelled:
        raise CalledOff
    if now < meeting.starts_at:
        raise NotOfTheDay(moment=i18n.format_datetime(meeting.starts_at))
    photos = photos_of(meeting_id)
    if len(photos) >= MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    if _has(meeting_id, large.content):
        raise AlreadyThere(name=shown.name)
    photo = Photo(
        meeting_id=meeting_id,
        position=len(photos) + 1,
        name=shown.name,
        kind="image/webp",
        size=len(large.content),
        width=large.width,
        height=large.height,
        content=large.content,
        small=small.content,
        alt=said.alt,
        consent=said.consent,
        added_at=now,
        added_by=by,
    )
    session.add(photo)
    session.flush()
    audit.record("photo added", meeting.reference, by=by, now=now, id=photo.id)
    return photo


def change_photo(
    meeting_id: int, photo_id: int, said: PhotoDetails, *, by: int | None, now: datetime
) -> Photo:
    """Say something else of a photo. Raises NotFound, NotDescribed, NoConsent."""
    said.check()
    meeting = lock(Meeting, meeting_id)
    photo = get_photo(meeting_id, photo_id)
    photo.alt, photo.consent = said.alt, said.consent
    audit.record("photo changed", meeting.reference, by=by, now=now, id=photo_id)
    return photo


def move_photo(
    meeting_id: int, photo_id: int, places: int, *, by: int | None, now: datetime
) -> Sequence[Photo]:
    """Move a photo by `places` (-1: one earlier), at either end no further; all of them. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    photo, order = get_photo(meeting_id, photo_id), photos_of(meeting_id)
    at = order.index(photo)
    to = max(0, min(len(order) - 1, at + places))
    order.insert(to, order.pop(at))
    _number(order)
    audit.record("photo moved", meeting.reference, by=by, now=now, id=photo_id, places=to - at)
    return order


def remove_photo(meeting_id: int, photo_id: int, *, by: int | None, now: datetime) -> None:
    """Erase a photo, both sizes and what was said of it. Raises NotFound."""
    meeting = lock(Meeting, meeting_id)
    photo, order = get_photo(meeting_id, photo_id), photos_of(meeting_id)
    order.remove(photo)
    session.delete(photo)
    _number(order)
    audit.record("photo removed", meeting.reference, by=by, now=now, id=photo_id)


def get_photo(meeting_id: int, photo_id: int) -> Photo:
    """A photo of this meeting. Raises NotFound."""
    return found(session.scalar(select(Photo).where(Photo.meeting_id == meeting_id, Photo.id == photo_id)))


def _number(order: Sequence[Photo]) -> None:
    for position, photo in enumerate(order, 1):
        photo.position = position


def _inspected(name: str, content: bytes) -> files_content.File:
    try:
        file = files_content.inspect(name, content)
    except (files_content.WrongKind, files_content.TextDocument) as error:  # they would invite to try a PDF
        raise NotAPhoto(name=name) from error
    if file.kind == files_content.PDF:
        raise NotAPhoto(name=file.name)
    return file


def _has(meeting_id: int, content: bytes) -> bool:
    """Whether a photo of the meeting has this content: the same file is drawn alike each time."""
    alike = select(Photo.id).where(Photo.meeting_id == meeting_id, Photo.size == len(content))
    return session.scalar(alike.where(Photo.content == content).limit(1)) is not None
