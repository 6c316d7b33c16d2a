"""The button by which whoever holds a receipt erases what it opens. The pages are of the rooms `ideas` and
`meetings`, which may not ask what the other rooms keep.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.local import LocalProxy

from cocreation.core import clock, secrets
from cocreation.core.errors import NotFound, Refusal
from cocreation.core.personal_data import Subject, is_erased
from cocreation.ideas.queries import idea as ideas_idea, receipts
from cocreation.ideas.views.receipts import PAGES
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.privacy import emails, services
from cocreation.privacy.queries import found_address
from cocreation.privacy.services import Why
from cocreation.privacy.views import GONE
from cocreation.registration import queries as registration_queries
from cocreation.web import confirmation, errors
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render

LINK_LASTS = timedelta(days=1)
_link: Any = LocalProxy(lambda: URLSafeSerializer(current_app.secret_key or "", salt="erase everything"))


class LinkOver(Refusal):
    status = 410
    sentence = _l("This link worked for a day. Ask for another one on the page of your receipt.")


@access(by_secret)
@limit("20 per minute")
def erase(receipt: str) -> ResponseReturnValue:
    """Who sent an idea; with `words`, also what it says. Its page tells that it was done: the receipt opens
    nothing any more.
    """
    idea = ideas_idea.by_receipt(secrets.read_receipt(receipt))
    reference, words = idea.reference, request.form.get("words")
    question = (
        _("Erase your name, your address and your words? This cannot be undone.")
        if words
        else _("Erase your name and address? This cannot be undone.")
    )
    back = url_for("ideas.receipt", receipt=idea.receipt)
    if asked := confirmation.certain(question, _("Yes, erase"), back):
        return asked
    _erase(idea.receipt, leaves_ideas=not words)
    flash(_("What we kept of you is erased. The receipt opens nothing any more."))
    return redirect(url_for("portal.idea", reference=reference) if reference else url_for("ideas.index"))


@access(by_secret)
@limit_reading("60 per minute")
def erase_registration(receipt: str) -> ResponseReturnValue:
    """Asked once before; then the receipt opens nothing any more, so the answer leads to the meeting."""
    registration, now = registration_queries.get_registration(receipt), clock.now()
    meeting, frees = registration.meeting, registration.seems_live and not registration.meeting.is_over(now)
    if request.method == "GET":
        return render("registration/erase_registration.html", registration=registration, frees=frees)
    reference = meeting.reference
    _erase(registration.receipt)
    flash(_("What we kept of you is erased. The receipt opens nothing any more."))
    return redirect(url_for("meetings.show", reference=reference))


@access(by_secret)
@limit("10 per hour")
def ask_for_everything(receipt: str) -> ResponseReturnValue:
    """Mail the address of an idea or a registration the link by which all that is under it is erased: only
    its owner reads that mail.
    """
    code = secrets.read_receipt(receipt)
    address, language = found_address(code)
    now = clock.now()
    emails.send_link(address, language, token_for(code, now=now), now=now)
    flash(_("We have sent a link to the address that stands here. It erases everything under it."))
    return redirect(url_for(PAGES[receipts.opens(code) or "idea"], receipt=code))


@access(by_secret)
@limit_reading("60 per minute")
def everything(token: str) -> ResponseReturnValue:
    """What is kept under an address, for whoever read the mail that went there; and none of it any more."""
    receipt = _opened(token, clock.now())
    if is_erased(receipt):
        return errors.page(410, GONE)
    subject = Subject(emails=frozenset({found_address(receipt)[0].lower()}))
    keepers = current_app.extensions["keepers"]
    if request.method == "GET":
        return render("privacy/everything.html", found=services.find(subject, keepers), token=token)
    gone = services.erase(subject, keepers, why=Why.OWN_RECEIPT, now=clock.now())
    return render("privacy/erased.html", gone=gone)


def token_for(receipt: str, *, now: datetime) -> str:
    """What the link of a receipt's address holds, for `LINK_LASTS`."""
    return str(_link.dumps([receipt, (now + LINK_LASTS).isoformat()]))


def _opened(token: str, now: datetime) -> str:
    """The receipt that a link of ours carries. Raises NotFound, LinkOver."""
    try:
        receipt, until = _link.loads(token)
    except BadSignature:
        raise NotFound from None
    if datetime.fromisoformat(until) <= now:
        raise LinkOver
    return str(receipt)


def _erase(receipt: str, *, leaves_ideas: bool = False) -> None:
    """Only what this receipt opens: whoever holds it has not shown that the address is theirs."""
    subject = Subject(receipts=frozenset({receipt}))
    keepers = current_app.extensions["keepers"]
    services.erase(subject, keepers, why=Why.OWN_RECEIPT, now=clock.now(), leaves_ideas=leaves_ideas)
