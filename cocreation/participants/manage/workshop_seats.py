"""Who joins which workshop, and how far a list that moves up has come."""

from __future__ import annotations

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, say_whom_to_call
from cocreation.meetings.models.meeting import Meeting
from cocreation.participants import queries
from cocreation.places.models.registration import RegistrationState
from cocreation.places.queries import counts
from cocreation.places.services import workshop_seats
from cocreation.places.services.workshop_seats import seats_of
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render

AGAIN = 2  # seconds until the page of a list that moves up looks again


@access(policy.runners)
def allocation(reference: str) -> ResponseReturnValue:
    """What people wish and where there are seats; the button gives the workshops anew."""
    meeting = load(reference)
    if request.method == "POST":
        page = url_for("manage_participants.allocation", reference=reference)
        if asked := _asked(meeting, page):
            return asked
        changed, told = workshop_seats.allocate_anew(meeting.id, **act())
        flash(
            _n(
                "%(count)s person has another workshop now.",
                "%(count)s people have another workshop now.",
                changed,
            )
            if changed
            else _("Everybody keeps their workshop.")
        )
        if told:
            flash(_n("%(count)s person is told by mail.", "%(count)s people are told by mail.", told))
        say_whom_to_call(changed - told)
        return redirect(page)
    return render(
        "participants/manage_allocation.html",
        meeting=meeting,
        seats=seats_of(meeting.id),
        wishes=queries.wishes_of(meeting),
        people=queries.without_workshop(meeting, request.args.get("cursor")),
        titles={workshop.id: workshop.theme for workshop in meeting.workshops},
    )


def _asked(meeting: Meeting, page: str) -> ResponseReturnValue | None:
    """How many people it is about; a meeting that is over or called off refuses without a question."""
    shut = meeting.is_cancelled or meeting.is_over(clock.now())
    many = 0 if shut else counts(meeting)[RegistrationState.CONFIRMED]
    question = _n(
        "Assign the workshop of %(count)s person again? They are told at once where it changes.",
        "Assign the workshops of %(count)s people again? Those whose workshop changes are told at once.",
        many,
    )
    return confirmation.first(many, question, _("Yes, assign again"), page)


@access(policy.runners)
def moving_up(reference: str) -> ResponseReturnValue:
    """How many of those who wait have their place; looks again by itself until all have."""
    meeting = load(reference)
    is_moving = meeting.promoting_since is not None
    done, total = queries.promotion(meeting) if is_moving else (0, 0)
    page, status = render("participants/manage_moving_up.html", meeting=meeting, done=done, total=total)
    response = make_response(page, status)
    if is_moving:
        response.headers["Refresh"] = str(AGAIN)
    return response
