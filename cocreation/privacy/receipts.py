"""The button by which whoever holds a receipt erases what it opens. The pages are of the rooms `ideas` and
`meetings`, which may not ask what the other rooms keep.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for

from cocreation.core import clock, secrets
from cocreation.core.i18n import gettext as _
from cocreation.core.personal_data import Subject
from cocreation.ideas import queries as ideas_queries
from cocreation.ideas.views.blueprint import bp as ideas
from cocreation.meetings import queries as meetings_queries
from cocreation.meetings.views.blueprint import bp as meetings
from cocreation.privacy import services
from cocreation.privacy.services import Why
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@ideas.post("/receipts/<receipt>/erase")
@access(by_secret)
@limit("20 per minute")
def erase(receipt: str) -> Any:
    """Who sent an idea; with `words`, also what it says. Its page tells that it was done: the receipt opens
    nothing any more.
    """
    idea = ideas_queries.by_receipt(secrets.read_receipt(receipt))
    reference = idea.reference
    _erase(idea.receipt, leaves_ideas=not request.form.get("words"))
    flash(_("What we kept of you is erased. The receipt opens nothing any more."))
    return redirect(url_for("ideas.show", reference=reference) if reference else url_for("ideas.index"))


@meetings.route("/registrations/<receipt>/erase", methods=["GET", "POST"])
@access(by_secret)
@limit_reading("60 per minute")
def erase_registration(receipt: str) -> Any:
    """Asked once before; then the receipt opens nothing any more, so the answer leads to the meeting."""
    registration, now = meetings_queries.get_registration(receipt), clock.now()
    meeting, frees = registration.meeting, registration.is_live and not registration.meeting.is_over(now)
    if request.method == "GET":
        return render("meetings/erase_registration.html", registration=registration, frees=frees)
    reference = meeting.reference
    _erase(registration.receipt)
    flash(_("What we kept of you is erased. The receipt opens nothing any more."))
    return redirect(url_for("meetings.show", reference=reference))


def _erase(receipt: str, *, leaves_ideas: bool = False) -> None:
    """Only what this receipt opens: whoever holds it has not shown that the address is theirs."""
    subject = Subject(receipts=frozenset({receipt}))
    keepers = current_app.extensions["keepers"]
    services.erase(subject, keepers, why=Why.OWN_RECEIPT, now=clock.now(), leaves_ideas=leaves_ideas)
