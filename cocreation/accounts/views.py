"""Coming in, going out, one's own account, and what awaits each role."""

from __future__ import annotations

import re

import pyotp
import segno
from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from cocreation.accounts import queries, scopes, services, sessions
from cocreation.accounts.forms import (
    ChangePasswordForm,
    ChoosePasswordForm,
    CodeForm,
    ForgotForm,
    SignInForm,
)
from cocreation.accounts.models import Door, Person
from cocreation.accounts.policy import half_signed_in, signed_in
from cocreation.accounts.refusals import LinkEnded, PasswordRefused, TooManyTries
from cocreation.core import clock
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext as _
from cocreation.web import transaction
from cocreation.web.access import access, anyone, by_secret, current_person
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import QUIET, render


@access(anyone)
@limit("20 per minute")
def sign_in() -> ResponseReturnValue:
    form, onward = SignInForm(), _own_path(request.args.get("next"))
    if form.submitted():
        if person := form.attempt(
            services.check_password,
            form.email.data,
            form.password.data,
            sessions.attempt(form.email.data),
            now=clock.now(),
        ):
            return _go_on(person, onward)
        transaction.keep()
    elif request.method == "GET" and current_person():
        return redirect(onward or url_for("portal.desk"))
    elif request.method == "GET" and (owing := sessions.owing()) and owing.person.has_device:
        # Who has none yet gives the password again: a browser left open must not set one up.
        sessions.half_enter(owing.person.id, clock.now(), onward, sign_in_id=owing.sign_in.id)
        return redirect(url_for("accounts.prove"))
    return render("accounts/sign_in.html", form=form)


@access(half_signed_in)
@limit("20 per minute")
def prove() -> ResponseReturnValue:
    """The second proof: a code of one's device, which the first time is set up here."""
    half = sessions.half_entered(clock.now())
    person = queries.half_signed_in(half.person_id) if half else None
    if half is None or person is None:
        flash(_("More than five minutes went by, or too many codes. Please start again."), "warning")
        return redirect(url_for("accounts.sign_in"))
    form = CodeForm()
    if form.submitted():
        sessions.count_code()
        attempt = sessions.attempt(person.email)
        if proven := form.attempt(services.check_code, person.id, form.code.data, attempt, now=clock.now()):
            if half.instead_of is not None:
                services.end_sign_in(person.id, half.instead_of, now=clock.now())
            return _enter(proven, half.onward, proved=True)
        transaction.keep()
    qr = None if person.has_device else _drawn_secret(person)
    return render("accounts/prove.html", form=form, person=person, qr=qr)


@access(by_secret)
@limit_reading("60 per minute")
def link(token: str) -> ResponseReturnValue:
    """An operator's link. Opening it only shows a button: programs that look at links must not use it up."""
    if request.method == "GET":
        return render("accounts/link.html", person=queries.link(token, Door.SIGN_IN, clock.now()).person)
    return _enter(services.enter_by_link(token, now=clock.now()), "", proved=True)  # the operator vouches


@access(signed_in)
def sign_out() -> Response:
    services.end_sign_in(current_person().id, g.sign_in_id, now=clock.now())
    sessions.leave()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.sign_in"))


@access(anyone)
@limit("5 per minute")
def forgot() -> ResponseReturnValue:
    form = ForgotForm()
    if form.submitted():
        services.ask_for_link(form.email.data, now=clock.now())
        flash(_("If this address belongs to the team, a link is on its way. It works for one hour."))
        return redirect(url_for("accounts.sign_in"))
    return render("accounts/forgot.html", form=form)


@access(by_secret)
@limit_reading("60 per minute")
def accept(token: str) -> ResponseReturnValue:
    """Choose a password: invited, or having forgotten it."""
    invitation = queries.link(token, Door.PASSWORD, clock.now())
    form = ChoosePasswordForm()
    if form.submitted():
        person = services.choose_password(token, form.password.data, sessions.account, now=clock.now())
        return _go_on(person, "")
    return render("accounts/accept.html", form=form, person=invitation.person)


def link_ended(ended: LinkEnded) -> tuple[str, int]:
    return render("accounts/link_ended.html", ended.status, sentence=ended.sentence)


@access(signed_in)
def show() -> ResponseReturnValue:
    person = current_person()
    sign_ins = queries.sign_ins(person.id, clock.now())
    references = scopes.references(person.grants)
    return render("accounts/show.html", person=person, sign_ins=sign_ins, references=references)


@access(signed_in)
def end_sign_in(sign_in_id: int) -> Response:
    services.end_sign_in(current_person().id, sign_in_id, now=clock.now())
    flash(_("That browser is signed out."))
    return redirect(url_for("accounts.show"))


@access(signed_in)
def end_others() -> Response:
    services.end_other_sign_ins(current_person().id, g.sign_in_id, now=clock.now())
    flash(_("All other browsers are signed out."))
    return redirect(url_for("accounts.show"))


@access(signed_in)
def digest() -> Response:
    """Turn the mail of the day off, or on again."""
    wanted = request.form.get("wanted") == "yes"
    services.want_digest(current_person().id, wanted)
    flash(_("A mail a day tells you what waits for you.") if wanted else _("That mail is turned off."))
    return redirect(url_for("accounts.show"))


@access(signed_in)
@limit("10 per minute")
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.submitted():
        try:
            services.change_password(
                current_person().id,
                form.password.data,
                form.new_password.data,
                sessions.attempt(current_person().email),
                sign_in_id=g.sign_in_id,
                now=clock.now(),
            )
        except (PasswordRefused, TooManyTries) as refusal:
            form.refuse(refusal)
            transaction.keep()
        else:
            flash(_("Your password is changed. All other browsers are signed out."))
            return redirect(url_for("accounts.show"))
    return render("accounts/change_password.html", form=form)


def _go_on(person: Person, onward: str) -> Response:
    """After a right password: on to the code where one is asked for, else in."""
    if not person.must_prove_twice:
        return _enter(person, onward, proved=False)
    sessions.half_enter(person.id, clock.now(), onward)
    return redirect(url_for("accounts.prove"))


def _enter(person: Person, onward: str, *, proved: bool) -> Response:
    browser = request.user_agent.string
    sessions.enter(services.begin_sign_in(person, browser, proved=proved, now=clock.now()))
    return redirect(onward or url_for("portal.desk"))


def _own_path(asked: str | None) -> str:
    """Where someone was going, when it is a page of this platform and of no other site; else nothing."""
    own = re.fullmatch(rf"/({'|'.join(i18n.LANGUAGES)})(/[^\\\x00-\x20]*)?", asked or "")
    return own[0] if own else ""


def _drawn_secret(person: Person) -> Markup:
    """The person's secret as a picture for the camera of a telephone (the Key URI format)."""
    uri = pyotp.TOTP(person.totp_secret or "").provisioning_uri(name=person.email, issuer_name="Co-creation")
    drawn = segno.make(uri, error="m").svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=QUIET)
    return Markup(drawn)  # noqa: S704 — drawn by us from our own secret
