"""Supporting and following an idea, without an account."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.backing import queries
from cocreation.backing.models import Backing, Rhythm
from cocreation.backing.services import backings
from cocreation.backing.services.backings import BackingWish, NothingHeld
from cocreation.core import clock, secrets
from cocreation.core.i18n import gettext as _, lazy_gettext as _l
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.forms import BooleanField, Form, choose, email
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


class WishForm(Form):
    supports = BooleanField(_l("I support this idea"))
    follows = choose(
        _l("Write to me about it"),
        lambda: [("", _l("never")), *((rhythm.value, rhythm.label) for rhythm in Rhythm)],
        required=False,
    )

    def wish(self) -> BackingWish:
        return BackingWish(self.supports.data, Rhythm(self.follows.data) if self.follows.data else None)


class BackingForm(WishForm):
    email = email(
        _l("E-mail"),
        description=_l("We send it one mail, to confirm that it is really you. It is never published."),
    )


@access(anyone)
@limit("10 per hour")
def back(reference: str) -> ResponseReturnValue:
    idea, form = queries.idea_to_back(reference), BackingForm()
    if form.submitted():
        form.attempt(backings.back, idea.id, form.email.data, form.wish(), now=clock.now())
        if not form.was_refused:
            return redirect(url_for("backing.back_sent", reference=idea.reference))
    return render("backing/back.html", form=form, backing=form, idea=idea)


@access(anyone)
def back_sent(reference: str) -> ResponseReturnValue:
    """The same for every address, known or not."""
    idea = queries.idea_to_back(reference)
    return render("backing/back_sent.html", idea=idea, within=backings.CONFIRM_WITHIN.days)


@access(by_secret)
@limit_reading("60 per minute")
def backing(receipt: str) -> ResponseReturnValue:
    """Confirm from the mail, and change it later: the mail says what was asked for."""
    held = _held(receipt)
    form = WishForm(**_wanted(held))
    if form.submitted() and form.carries_out(backings.choose, held.receipt, form.wish(), now=clock.now()):
        flash(_("Your choice is saved."))
        return redirect(url_for("backing.backing", receipt=held.receipt))
    return render("backing/backing.html", form=form, held=_held(receipt))


def _held(receipt: str) -> Backing:
    if found := queries.backing_of(secrets.read_receipt(receipt)):
        return found
    raise NothingHeld


def _wanted(held: Backing) -> dict[str, object]:
    """What is ticked beforehand: what the link of the mail asks for, else what holds."""
    follows = request.args.get("follows", held.follows and held.follows.value)
    supports = request.args.get("supports", held.supports and "1")
    return {"supports": bool(supports), "follows": follows or None}


@access(by_secret)
@limit_reading("60 per minute")
def unsubscribe(receipt: str) -> ResponseReturnValue:
    """One button for people; mail programs post here by themselves, without a cookie (RFC 8058)."""
    held, sent = _held(receipt), request.method == "POST"
    reference, waits = held.idea.reference, held.confirmed_at is None
    if sent:
        backings.unsubscribe(held.receipt)
    return render("backing/unsubscribe.html", reference=reference, waits=waits, done=sent)
