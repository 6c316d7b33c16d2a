"""Supporting and following an idea, without an account."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.backing import queries
from cocreation.backing.forms import BackingForm, WishForm
from cocreation.backing.models import Backing, Rhythm
from cocreation.backing.refusals import NothingHeld, NothingSent
from cocreation.backing.services import backings
from cocreation.backing.services.backings import BackingWish
from cocreation.core import clock, secrets
from cocreation.languages.i18n import gettext as _
from cocreation.text import mistyped
from cocreation.text.markup import isolate_text
from cocreation.web import sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(anyone)
@limit("10 per hour")
def back(reference: str) -> ResponseReturnValue:
    idea, form = queries.idea_to_back(reference), BackingForm()
    if form.submitted():
        form.attempt(backings.back, idea.id, form.email.data, form.wish(), now=clock.now())
        if not form.was_refused:
            follows = form.wish().follows
            wish = (form.wish().supports, follows.value if follows else "")
            sendings.remember("backing", idea.id, form.email.data, *wish)
            return redirect(url_for("backing.back_sent", reference=idea.reference))
    return render("backing/back.html", form=form, backing=form, idea=idea)


@access(anyone)
@limit("20 per hour")
def back_sent(reference: str) -> ResponseReturnValue:
    """The same for every address, known or not. The browser that sent it may correct the address."""
    idea = queries.idea_to_back(reference)
    sending = sendings.latest("backing")
    address, supports, follows = sending[1:] if sending and sending[0] == idea.id else (None, False, "")
    if address:
        sendings.keep_private()
    form = sendings.AddressForm(data={"email": address})
    if request.method == "POST" and address is None:
        raise NothingSent
    if address and form.submitted():
        wish = BackingWish(bool(supports), Rhythm(str(follows)) if follows else None)
        backings.back(idea.id, form.email.data, wish, now=clock.now(), again=True)
        sendings.remember("backing", idea.id, form.email.data, supports, follows)
        flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(request.path)
    return render(
        "backing/back_sent.html",
        form=form,
        idea=idea,
        address=address,
        meant=mistyped.meant(str(address)) if address else None,
        within=backings.CONFIRM_WITHIN.days,
    )


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
