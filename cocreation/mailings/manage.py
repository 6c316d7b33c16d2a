"""Communication, for those who run a meeting: reminders, thanks, every mail as it reads, the outreach log."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, i18n
from cocreation.core.errors import NotFound
from cocreation.core.i18n import gettext as _
from cocreation.mailings import queries, services
from cocreation.mailings.datasets import outreach_of
from cocreation.mailings.forms import OutreachForm
from cocreation.mailings.queries import Event
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.meetings.models.meeting import Meeting
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.datasets import attachment
from cocreation.web.downloads import STAFF, exports
from cocreation.web.headers import framed, framing
from cocreation.web.post import picture, words
from cocreation.web.rendering import render


@access(policy.runners)
def communication(reference: str) -> ResponseReturnValue:
    meeting, now = load(reference), clock.now()
    notices = [notice for notice in queries.notices(meeting) if notice.event.split(" ")[0] in list(Event)]
    return render(
        "mailings/manage_communication.html",
        meeting=meeting,
        stage=policy.stage(meeting, now),
        notices=[(Event(notice.event.split(" ")[0]), notice) for notice in notices],
        reminders=queries.reminders(meeting),
        thanked=any(notice.event == services.THANKS for notice in notices),
        published=any(workshop.published_at for workshop in meeting.workshops),
    )


@access(policy.runners)
def thank(reference: str) -> ResponseReturnValue:
    services.thank(load(reference).id, **act())
    flash(_("The thanks are on their way; this page says how far they are."))
    return redirect(url_for("manage_mailings.communication", reference=reference))


@access(policy.runners)
def mails(reference: str) -> ResponseReturnValue:
    """Every mail of this meeting as somebody would read it, in one language at a time."""
    meeting = load(reference)
    language, context = _sample(meeting)
    said = [(event, *words(f"meetings/{event.value}", language.code, context)) for event in Event]
    page = render(
        "mailings/manage_mails.html",
        meeting=meeting,
        said=said,
        shown=language,
        languages=i18n.LANGUAGES.values(),
    )
    return framing(make_response(page))


@access(policy.runners)
def mail(reference: str, event: str) -> ResponseReturnValue:
    """One mail as a mail program draws it, for the frame on the page of all mails."""
    meeting = load(reference)
    if event not in list(Event):
        raise NotFound
    language, context = _sample(meeting)
    return framed(make_response(picture(f"meetings/{event}", language.code, context)))


def _sample(meeting: Meeting) -> tuple[i18n.Language, dict[str, object]]:
    """The language asked for and what a mail says in it."""
    language = i18n.LANGUAGES.get(request.args.get("in", "")) or i18n.current()
    with i18n.speaking(language.code):
        return language, queries.sample(meeting)


@access(policy.runners)
def outreach(reference: str) -> ResponseReturnValue:
    meeting, form = load(reference), OutreachForm()
    if form.submitted() and form.carries_out(services.note_outreach, meeting.id, form.details(), **act()):
        flash(_("It is in the log."))
        return redirect(request.path)
    meeting = load(reference)
    log = queries.outreach(meeting, request.args.get("cursor"))
    return render("mailings/manage_outreach.html", meeting=meeting, form=form, log=log)


@access(policy.runners)
def remove_outreach(reference: str, outreach_id: int) -> ResponseReturnValue:
    services.remove_outreach(load(reference).id, outreach_id, **act())
    flash(_("The line is removed."))
    return redirect(url_for("manage_mailings.outreach", reference=reference))


@access(policy.runners)
@exports(STAFF)
def outreach_sheet(reference: str) -> Response:
    meeting = load(reference)
    return attachment(outreach_of(meeting), queries.all_outreach(meeting), "xlsx")
