"""Communication, for those who run a meeting: reminders, thanks, every mail as it reads, the outreach log."""

from __future__ import annotations

from flask import Response, current_app, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.meetings.emails import MeetingMail
from cocreation.meetings.models.meeting import Meeting
from cocreation.outreach import queries, services
from cocreation.outreach.datasets import outreach_of
from cocreation.outreach.forms import OutreachForm
from cocreation.web import confirmation
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
    kinds = _kinds()
    notices = [(kinds.get(notice.event.split(" ")[0]), notice) for notice in queries.notices(meeting)]
    return render(
        "outreach/manage_communication.html",
        meeting=meeting,
        stage=policy.stage(meeting, now),
        notices=[(kind, notice) for kind, notice in notices if kind],
        reminders=queries.reminders(meeting),
        thanked=any(notice.event == services.THANKS for _kind, notice in notices),
        published=any(workshop.published_at for workshop in meeting.workshops),
    )


@access(policy.runners)
def thank(reference: str) -> ResponseReturnValue:
    meeting, page = load(reference), url_for("manage_outreach.communication", reference=reference)
    many = queries.to_thank(meeting, clock.now())
    question = _n("Thank %(count)s person by mail?", "Thank %(count)s people by mail?", many)
    if asked := confirmation.first(many, question, _("Yes, send the thanks"), page):
        return asked
    services.thank(meeting.id, **act())
    flash(_("The thanks are on their way; this page says how far they are."))
    return redirect(page)


@access(policy.runners)
def mails(reference: str) -> ResponseReturnValue:
    """Every mail of this meeting as somebody would read it, in one language at a time."""
    meeting = load(reference)
    language = _language()
    said = [
        (kind, *words(kind, language.code, _sample(kind, meeting, language))) for kind in _kinds().values()
    ]
    page = render(
        "outreach/manage_mails.html",
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
    kind, language = _kinds().get(event), _language()
    if kind is None:
        raise NotFound
    return framed(make_response(picture(kind, language.code, _sample(kind, meeting, language))))


def _kinds() -> dict[str, MeetingMail]:
    """Every mail of the meetings by its event, in the order in which a person may meet them."""
    kinds = current_app.extensions["mails"].values()
    return {kind.event: kind for kind in kinds if isinstance(kind, MeetingMail)}


def _language() -> i18n.Language:
    """The language asked for."""
    return i18n.LANGUAGES.get(request.args.get("in", "")) or i18n.current()


def _sample(kind: MeetingMail, meeting: Meeting, language: i18n.Language) -> dict[str, object]:
    """What a mail says in a language."""
    with i18n.speaking(language.code):
        return queries.sample(kind, meeting)


@access(policy.runners)
def outreach(reference: str) -> ResponseReturnValue:
    meeting, form = load(reference), OutreachForm()
    if form.submitted() and form.carries_out(services.note_outreach, meeting.id, form.details(), **act()):
        flash(_("Added to the log."))
        return redirect(request.path)
    meeting = load(reference)
    log = queries.outreach(meeting, request.args.get("cursor"))
    return render("outreach/manage_outreach.html", meeting=meeting, form=form, log=log)


@access(policy.runners)
def remove_outreach(reference: str, outreach_id: int) -> ResponseReturnValue:
    services.remove_outreach(load(reference).id, outreach_id, **act())
    flash(_("The line is removed."))
    return redirect(url_for("manage_outreach.outreach", reference=reference))


@access(policy.runners)
@exports(STAFF)
def outreach_sheet(reference: str) -> Response:
    meeting = load(reference)
    return attachment(outreach_of(meeting), queries.all_outreach(meeting), "xlsx")
