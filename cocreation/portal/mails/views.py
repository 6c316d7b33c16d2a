"""Mails that did not arrive: whom they were for, why, and what the staff does about each."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, true
from werkzeug.wrappers import Response

from cocreation.core import audit, clock, pulse, undelivered
from cocreation.core.errors import NotFound
from cocreation.core.outbox import Mail
from cocreation.core.paging import Page, page
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings.policy import runners
from cocreation.portal.mails.subjects import of_grants, subjects
from cocreation.web import confirmation, post
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(runners)
def index() -> ResponseReturnValue:
    """The mails that failed, the newest first: all of them, or those of a coordinator's meetings."""
    now = clock.now()
    failed: Page[Mail] = page(
        undelivered.failed(_visible_mails()), Mail.failed_at, Mail.id, cursor=request.args.get("cursor")
    )
    runs_everything = current_person().runs_everything
    return render(
        "portal/mails.html",
        mails=failed,
        subjects=subjects(failed.items),
        titles={mail.id: _title(mail) for mail in failed},
        kept_days=undelivered.FAILED_KEPT.days,
        standing=undelivered.standing(now) if runs_everything else None,
        pulses=pulse.all_signs() if runs_everything else {},
        now=now,
    )


@access(runners)
def retry(mail_id: int) -> Response:
    """Send one again."""
    if not undelivered.retry(clock.now(), _one(mail_id)):
        raise NotFound
    _note("mail to be sent again", f"mail {mail_id}")
    flash(_("This mail will be sent again."))
    return redirect(url_for(".index"))


@access(runners)
def retry_all() -> ResponseReturnValue:
    """Send all again that this person sees."""
    which = _visible_mails()
    many = undelivered.failed_count(true() if which is None else which)
    question = _n("Send %(count)s mail again?", "Send %(count)s mails again?", many)
    if asked := confirmation.first(many, question, _("Yes, send again"), url_for(".index")):
        return asked
    count = undelivered.retry(clock.now(), which)
    _note("mails to be sent again", "mails", count=count)
    flash(_n("%(count)s mail will be sent again.", "%(count)s mails will be sent again.", count))
    return redirect(url_for(".index"))


@access(runners)
def dismiss(mail_id: int) -> ResponseReturnValue:
    """Give one up, with its address."""
    mail, question = _one(mail_id), _("Delete this mail? It will never be sent.")
    if asked := confirmation.certain(question, _("Yes, delete it"), url_for(".index")):
        return asked
    if not undelivered.dismiss(mail):
        raise NotFound
    _note("mail given up", f"mail {mail_id}")
    flash(_("This mail is deleted, with the address it was for."))
    return redirect(url_for(".index"))


def _visible_mails() -> ColumnElement[bool] | None:
    """Which failed mails the person who asks may see; None for all."""
    person = current_person()
    return None if person.runs_everything else of_grants(person.grants)


def _one(mail_id: int) -> ColumnElement[bool]:
    which = _visible_mails()
    return Mail.id == mail_id if which is None else (Mail.id == mail_id) & which


def _note(action: str, subject: str, **details: object) -> None:
    audit.record(action, subject, by=current_person().id, now=clock.now(), **details)


def _title(mail: Mail) -> str:
    """What it says above, in the reader's language; the name of its template where that is what is wrong."""
    try:
        return post.words(post.kind_of(mail), i18n.current().code, mail.context)[0]
    except Exception:  # whatever kept it from being composed keeps it from being shown
        return mail.template
