"""Commenting on a text and replying, and what the mail about it opens."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.comments import pages, policy, queries
from cocreation.comments.forms import MEMORANDUM, CommentForm, CommentReplyForm, ConfirmedForm
from cocreation.comments.models import Comment
from cocreation.comments.pages import TextPage
from cocreation.comments.refusals import CommentConfirmed, NoCommentSent
from cocreation.comments.services import comments
from cocreation.comments.services.comments import Sending
from cocreation.consultations.models import ConsultedText
from cocreation.core import clock, secrets
from cocreation.ideas.queries.public_ideas import all_regions
from cocreation.languages.i18n import gettext as _
from cocreation.text import mistyped
from cocreation.text.markup import isolate_text
from cocreation.web import proof, sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files

# A browser that worked for it may send more; without JavaScript nothing can be proven, only rationed.
PROVEN, UNPROVEN = "60 per hour", "5 per hour"


@access(anyone)
@takes_files(MEMORANDUM, megabytes=12)
@limit("30 per minute")
@proof.rationed(PROVEN, UNPROVEN)
def new(reference: str, document: str) -> ResponseReturnValue:
    text, form = queries.consulted_text(reference, document), CommentForm()
    form.offer(all_regions())
    if form.submitted():
        said, speaker, sending = form.said(), form.speaker(), Sending(form.sending(), clock.now)
        if comment := form.attempt(comments.send, text.id, said, speaker, sending, form.attached):
            sendings.remember("comment", comment.id)
            return redirect(url_for("comments.sent"))
    return _page(text, form)


def _page(text: ConsultedText, form: CommentForm) -> ResponseReturnValue:
    """The form; outside of the time in which comments are accepted what was typed, to be copied."""
    uid = next(iter(form.sections), "")
    page = TextPage(text, clock.now(), section=uid)
    if not page.is_open:
        status = 200 if request.method == "GET" else 409
        return render("comments/closed.html", status, page=page, typed=_typed(form))
    section = page.chosen
    spoken = section.language(form.edited_in) if section else None
    if section and spoken and request.method == "GET":
        form.edited.data = section.words.text.get(spoken.code, "")
    is_lost = bool(uid) and section is None
    return render(
        "comments/new.html",
        409 if is_lost and request.method == "POST" else 200,
        form=form,
        page=page,
        section=section,
        spoken=spoken,
        is_lost=is_lost,
    )


def _typed(form: CommentForm | CommentReplyForm) -> list[tuple[str, str]]:
    """What somebody wrote who comes too late or too early, so that they can copy it."""
    fields = (form["words"], *([form["edited"]] if isinstance(form, CommentForm) else ()))
    return [(field.label.text, field.data) for field in fields if field.data and request.method == "POST"]


@access(anyone)
@limit("30 per minute")
@proof.rationed(PROVEN, UNPROVEN)
def reply(reference: str, number: int) -> ResponseReturnValue:
    page, form = pages.thread_page(reference, number, None, clock.now()), CommentReplyForm()
    form.offer(all_regions())
    if form.submitted():
        said, speaker, sending = form.said(), form.speaker(), Sending(form.sending(), clock.now)
        if comment := form.attempt(comments.reply, page.head.id, said, speaker, sending):
            sendings.remember("comment", comment.id)
            return redirect(url_for("comments.sent"))
    if not page.is_open:
        status = 200 if request.method == "GET" else 409
        return render("comments/closed.html", status, page=TextPage(page.text, page.now), typed=_typed(form))
    return render("comments/reply.html", form=form, page=page, author=pages.author, change=pages.change)


@access(anyone)
@limit("20 per hour")
def sent() -> ResponseReturnValue:
    """What this browser sent waits for its mail: its number and its time are shown, the address corrected."""
    comment = _sent_here()
    if comment is None or comment.confirmed_at or not comment.commenter:
        if request.method == "POST":
            raise CommentConfirmed if comment and comment.confirmed_at else NoCommentSent
        return render("comments/sent.html", comment=comment, address=None, within=policy.CONFIRM_WITHIN.days)
    sendings.keep_private()
    address = comment.commenter.email or ""
    form = sendings.AddressForm(data={"email": address})
    again = comments.ask_again
    if form.submitted() and form.carries_out(again, comment.id, form.email.data, now=clock.now()):
        flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(request.path)
    within, meant = policy.CONFIRM_WITHIN.days, mistyped.meant(address)
    return render(
        "comments/sent.html", form=form, comment=comment, address=address, meant=meant, within=within
    )


def _sent_here() -> Comment | None:
    """The comment that this browser sent last, within the hour."""
    sending = sendings.latest("comment")
    return queries.sent_comment(int(str(sending[0]))) if sending else None


@access(by_secret)
@limit_reading("60 per minute")
def receipt(receipt: str) -> ResponseReturnValue:
    """Confirm from the mail; then the receipt, with the number and the moment it came."""
    held, form = queries.by_receipt(secrets.read_receipt(receipt)), ConfirmedForm()
    if form.submitted() and form.carries_out(comments.confirm, held.receipt, now=clock.now()):
        sendings.forget("comment")
        return redirect(url_for("comments.receipt", receipt=held.receipt))
    held = queries.by_receipt(held.receipt)
    until = policy.expires_at(held.sent_at)
    return render(
        "comments/receipt.html",
        form=form,
        comment=held,
        text=queries.text_of(held),
        until=until,
        is_late=until <= clock.now(),
        author=pages.author,
        change=pages.change,
    )


@access(by_secret)
@limit_reading("60 per minute")
def withdraw(receipt: str) -> ResponseReturnValue:
    held, form = queries.by_receipt(secrets.read_receipt(receipt)), ConfirmedForm()
    if form.submitted() and form.carries_out(comments.withdraw, held.receipt, now=clock.now()):
        flash(_("Your comment is taken back: its words are shown no more."))
        return redirect(url_for("comments.receipt", receipt=held.receipt))
    return render("comments/withdraw.html", form=form, comment=held)
