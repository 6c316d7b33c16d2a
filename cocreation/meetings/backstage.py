"""How each page of those who run a meeting begins and ends: the secretariat, a coordinating association."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, url_for
from sqlalchemy.orm.interfaces import ORMOption
from werkzeug.wrappers import Response

from cocreation.core.database import Translated
from cocreation.core.errors import NotFound
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy, queries
from cocreation.meetings.models.meeting import Meeting
from cocreation.text.markup import isolate_text
from cocreation.web.access import current_person


def load(reference: str, *options: ORMOption) -> Meeting:
    """The meeting, with what `options` load, for those who run it; for all others there is nothing here."""
    meeting = queries.get_any_meeting(reference, *options)
    if not policy.can_run(current_person(), meeting):
        raise NotFound
    return meeting


def to(meeting: Meeting, part: str | None = None, *, page: str = "manage_meetings.show") -> Response:
    """Back to a page of the meeting (an endpoint), at one of its parts."""
    return redirect(url_for(page, reference=meeting.reference, _anchor=part))


def say_decided(address: str | None) -> None:
    """After something was decided of one person: whether they are written to, or are to be called."""
    if address:
        flash(_("It is decided, and the person is told."))
    else:
        flash(_("It is decided. There is no address to write to: call the person."), "warning")


def say_whom_to_call(count: int, guests: Sequence[Translated] = ()) -> None:
    """After something that many are told of by mail: how many gave no address, and which guests have none."""
    if count:
        flash(
            _n(
                "%(count)s person left no e-mail address: call them, or tell them another way.",
                "%(count)s people left no e-mail address: call them, or tell them another way.",
                count,
            ),
            "warning",
        )
    if guests:
        names = " · ".join(isolate_text(guest.best(i18n.current().code)[0]) for guest in guests)
        flash(_("Guests to be told without e-mail: %(names)s.", names=names), "warning")
