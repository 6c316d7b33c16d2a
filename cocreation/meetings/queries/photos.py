"""Reads of the photos of a meeting."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import undefer

from cocreation.core.database import found, session
from cocreation.core.errors import NotFound
from cocreation.core.paging import Page, page
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.models.photos import Photo

SIZES = {"small": Photo.small, "large": Photo.content}


def photos_of(meeting_id: int) -> list[Photo]:
    """The photos of a meeting in their order, without their bytes. One statement."""
    photos = select(Photo).where(Photo.meeting_id == meeting_id)
    return list(session.scalars(photos.order_by(Photo.position, Photo.id)))


def gallery(meeting: Meeting, cursor: str | None = None, size: int = 10) -> Page[Photo]:
    """The same, a page of them. Raises Invalid."""
    photos = select(Photo).where(Photo.meeting_id == meeting.id)
    return page(photos, Photo.position, Photo.id, cursor=cursor, size=size, descending=False)


def photo_bytes(reference: str, photo_id: int, mark: str, size: str, *, public: bool) -> tuple[Photo, bytes]:
    """A photo and its bytes in one of SIZES; a `public` one is of an announced meeting.

    One statement. Raises NotFound, as where `mark` is another photo's.
    """
    photos = select(Photo).join(Meeting, Meeting.id == Photo.meeting_id).options(undefer(SIZES[size]))
    photos = photos.where(Meeting.reference == reference, Photo.id == photo_id)
    photo = found(session.scalar(photos.where(Meeting.announced_at.is_not(None)) if public else photos))
    if photo.mark != mark:
        raise NotFound
    return photo, photo.small if size == "small" else photo.content
