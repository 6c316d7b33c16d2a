"""Supporting a comment; an association is asked whether a comment is its own."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.comments import pages, policy, queries
from cocreation.comments.forms import ConfirmedForm, OursForm, SupportForm
from cocreation.comments.models import CommentSupport
from cocreation.comments.refusals import NoCommentSent, NoSupportHeld
from cocreation.comments.services import supports, vouchers
from cocreation.core import clock, secrets
from cocreation.core.errors import NotFound
from cocreation.languages.i18n import gettext as _
from cocreation.text import mistyped
from cocreation.text.markup import isolate_text
from cocreation.web import sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(anyone)
@limit("20 per hour")
def support(reference: str, number: int) -> ResponseReturnValue:
    comment, form = queries.get_comment(reference, number), SupportForm()
    if comment.is_silent:
        raise NotFound
    if form.submitted():
        form.attempt(supports.support, comment.id, form.email.data, moment=clock.now)
        if not form.was_refused:
            sendings.remember("support", comment.id, form.email.data)
            return redirect(url_for("comments.support_sent", reference=reference, number=number))
    is_open = comment.consultation.is_open(clock.now())
    return render("comments/support.html", form=form, comment=comment, is_open=is_open, change=pages.change)


@access(anyone)
@limit("20 per hour")
def support_sent(reference: str, number: int) -> ResponseReturnValue:
    """The same for every address, known or not. The browser that sent it may correct the address."""
    comment, sending = queries.get_comment(reference, number), sendings.latest("support")
    address = str(sending[1]) if sending and sending[0] == comment.id else None
    if address:
        sendings.keep_private()
    form = sendings.AddressForm(data={"email": address})
    if request.method == "POST" and address is None:
        raise NoCommentSent
    ask, moment = supports.support, clock.now
    is_whole = bool(address) and form.submitted()
    if is_whole and form.carries_out(ask, comment.id, form.email.data, moment=moment, again=True):
        sendings.remember("support", comment.id, form.email.data)
        flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(request.path)
    return render(
        "comments/support_sent.html",
        form=form,
        comment=comment,
        address=address,
        meant=mistyped.meant(address) if address else None,
        within=policy.CONFIRM_WITHIN.days,
    )


@access(by_secret)
@limit_reading("60 per minute")
def supporting(receipt: str) -> ResponseReturnValue:
    """Confirm from the mail; take it back later."""
    held, form = _held(receipt), ConfirmedForm()
    page = _address(held)
    if form.submitted():
        if request.form.get("act") == "stop":
            supports.stop(held.receipt)
            flash(_("Your support is taken back and your address forgotten."))
            return redirect(page)
        if form.carries_out(supports.confirm, held.receipt, now=clock.now()):
            flash(_("Your support counts."))
            return redirect(page)
    held = _held(receipt)
    return render("comments/supporting.html", form=form, held=held, comment=held.comment)


def _held(receipt: str) -> CommentSupport:
    if held := queries.support_of(secrets.read_receipt(receipt)):
        return held
    raise NoSupportHeld


def _address(held: CommentSupport) -> str:
    comment = held.comment
    return url_for("comments.comment", reference=comment.consultation.reference, number=comment.number)


@access(by_secret)
@limit_reading("60 per minute")
def vouch(voucher: str) -> ResponseReturnValue:
    commenter, form = queries.to_vouch_for(secrets.read_receipt(voucher)), OursForm()
    if form.submitted():
        is_ours = form.ours.data == "yes"
        vouchers.answer(commenter.voucher or "", is_ours=is_ours, now=clock.now())
        return redirect(request.path)
    comment = commenter.comment
    return render("comments/vouch.html", form=form, commenter=commenter, comment=comment, change=pages.change)
