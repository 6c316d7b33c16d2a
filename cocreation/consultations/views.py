"""Public pages: consultations that are open, to come and closed, each by itself, and following them."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.consultations import calendar, policy
from cocreation.consultations.forms import FollowForm
from cocreation.consultations.models import Following
from cocreation.consultations.queries import consultations, followings
from cocreation.consultations.services import followings as acts
from cocreation.consultations.services.followings import NothingFollowed
from cocreation.core import clock, secrets
from cocreation.languages.i18n import gettext as _
from cocreation.text import mistyped
from cocreation.text.markup import isolate_text
from cocreation.web import calendars, sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import absolute_url, render


@access(anyone)
def index() -> ResponseReturnValue:
    now = clock.now()
    running = consultations.running(now)
    ended, texts = consultations.over(now, request.args.get("cursor"))
    return render(
        "consultations/index.html",
        open_now=[row for row in running if row.is_open(now)],
        to_come=[row for row in running if not row.is_open(now)],
        ended=ended,
        texts={**texts, **consultations.texts_of(running)},
        now=now,
        days_left=policy.days_left,
    )


@access(anyone)
def show(reference: str) -> ResponseReturnValue:
    now, consultation = clock.now(), consultations.public_consultation(reference)
    return render(
        "consultations/show.html",
        consultation=consultation,
        stage=consultation.stage(now),
        texts=consultations.shown_texts(consultation),
        now=now,
        days_left=policy.days_left(consultation.closes_at, now),
    )


@access(anyone)
@limit_reading("120 per minute")
def event(reference: str) -> Response:
    consultation = consultations.public_consultation(reference)
    url = absolute_url("consultations.show", reference=consultation.reference)
    window = calendar.event(consultation, consultations.revised_at(consultation), now=clock.now(), url=url)
    return calendars.answer(window, consultation.reference)


@access(anyone)
@limit("10 per hour")
def follow() -> ResponseReturnValue:
    form = FollowForm(subject=request.args.get("of"))
    if form.submitted() and form.carries_out(
        acts.follow, form.subject.data, form.email.data, now=clock.now()
    ):
        sendings.remember("following", form.subject.data, form.email.data)
        return redirect(url_for(".follow_sent"))
    return render("consultations/follow.html", form=form)


@access(anyone)
@limit("20 per hour")
def follow_sent() -> ResponseReturnValue:
    """The same for every address, known or not. The browser that sent it may correct the address."""
    subject, address = sendings.latest("following") or ("", None)
    if address:
        sendings.keep_private()
    form = sendings.AddressForm(data={"email": address})
    if address and form.submitted():
        acts.follow(str(subject), form.email.data, now=clock.now(), again=True)
        sendings.remember("following", subject, form.email.data)
        flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(request.path)
    meant = mistyped.meant(str(address)) if address else None
    return render(
        "consultations/follow_sent.html",
        form=form,
        address=address,
        meant=meant,
        within=acts.CONFIRM_WITHIN.days,
    )


@access(by_secret)
@limit_reading("60 per minute")
def following(receipt: str) -> ResponseReturnValue:
    """Confirm from the mail; later, see what is followed."""
    held = _held(receipt)
    if request.method == "POST":
        acts.confirm(held.receipt, now=clock.now())
        return redirect(url_for(".following", receipt=held.receipt))
    return render("consultations/following.html", held=held, name=followings.name_of(held))


@access(by_secret)
@limit_reading("60 per minute")
def stop(receipt: str) -> ResponseReturnValue:
    """One button for people; mail programs post here by themselves, without a cookie (RFC 8058)."""
    held, sent = _held(receipt), request.method == "POST"
    name, waits = followings.name_of(held), held.confirmed_at is None
    if sent:
        acts.stop(held.receipt)
    return render("consultations/stop.html", name=name, waits=waits, done=sent)


def _held(receipt: str) -> Following:
    if found := followings.following_of(secrets.read_receipt(receipt)):
        return found
    raise NothingFollowed
