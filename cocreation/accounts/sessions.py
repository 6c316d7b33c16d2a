"""From the cookie to the person: a sign-in is a row, so it can be listed and ended from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, session as cookie
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person, SignIn
from cocreation.accounts.tries import PENDING, Attempt
from cocreation.core import clock, secrets
from cocreation.core.database import session
from cocreation.web.limits import network

HALF_LASTS = timedelta(minutes=5)

manager = LoginManager()
manager.session_protection = None  # telephones change address; the row is what protects


class SignedIn(UserMixin):
    """The person of this request as Flask-Login wants to see it; everything else is the person's own."""

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token, self.sign_in, self.person = token, sign_in, sign_in.person
        # Asked now: a service that locks the person takes the roles out of memory.
        self.owes_proof = self.person.must_prove_twice and sign_in.proved_at is None

    @property
    def is_authenticated(self) -> bool:
        """False while they owe a second factor: a role given during a sign-in opens nothing before it."""
        return not self.owes_proof

    def get_id(self) -> str:
        return self.token

    def __getattr__(self, name: str) -> Any:
        return getattr(self.person, name)


def init_app(app: Flask) -> None:
    manager.init_app(app, add_context_processor=False)  # pages ask `current_person`, errors ask nobody


@manager.user_loader
def load(token: str) -> SignedIn | None:
    """The person whose sign-in this cookie proves, unless it was ended, has expired or the person left."""
    statement = (
        select(SignIn)
        .where(SignIn.digest == secrets.digest(token))
        .where(SignIn.ended_at.is_(None), SignIn.expires_at > clock.now())
        .options(joinedload(SignIn.person).joinedload(Person.grants))
    )
    sign_in = session.scalars(statement).unique().one_or_none()
    if sign_in is None or sign_in.person.disabled_at is not None:
        return None
    g.sign_in_id = sign_in.id
    return SignedIn(token, sign_in)


def enter(token: str) -> None:
    """Keep the token of a new sign-in in this browser's cookie, and nothing of before (session fixation)."""
    cookie.clear()
    if sign_in := load(token):
        login_user(sign_in)


def leave() -> None:
    """Forget it and all else."""
    logout_user()
    cookie.clear()


def half_enter(person_id: int, now: datetime, onward: str, *, sign_in_id: int | None = None) -> None:
    """Remember for five minutes, in the signed cookie, who gave a right password and was going where; and the
    sign-in that the one to come replaces.
    """
    cookie.clear()
    until = (now + HALF_LASTS).timestamp()
    cookie["half"] = {"person": person_id, "until": until, "onward": onward, "left": PENDING}
    if sign_in_id is not None:
        cookie["half"]["instead_of"] = sign_in_id


@dataclass(frozen=True)
class Half:
    """Who gave a right password and owes a code."""

    person_id: int
    onward: str
    instead_of: int | None


def half_entered(now: datetime) -> Half | None:
    """That person and where they were going, while it holds."""
    half = cookie.get("half")
    if not half or half["until"] < now.timestamp() or half.get("left", 0) <= 0:
        return None
    return Half(half["person"], half["onward"], half.get("instead_of"))


def count_code() -> None:
    """One of the tries of this pending sign-in is used. (An older cookie has more: what holds is the count by
    network, `tries`.)
    """
    cookie["half"] = {**cookie["half"], "left": cookie["half"].get("left", 1) - 1}


def owing() -> SignedIn | None:
    """Who is signed in here and was given a role that asks for a second factor since."""
    # Not `current_person`, which knows nobody who owes a proof.
    person = current_user._get_current_object() if current_user else None
    return person if isinstance(person, SignedIn) and person.owes_proof else None


def account(email: str) -> str:
    """The keyed digest by which what is tried at an address is counted."""
    return secrets.keyed_digest(f"account {email}", current_app.config["SECRET_KEY"])


def attempt(email: str) -> Attempt:
    """A try of this request at the account of `email`."""
    digest = secrets.keyed_digest(f"network {network()}", current_app.config["SECRET_KEY"])
    return Attempt(account(email), digest)
