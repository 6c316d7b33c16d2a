"""From the cookie to the person: a sign-in is a row, so it can be listed and ended from elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, g, session as cookie
from flask_login import LoginManager, UserMixin, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Person, SignIn
from cocreation.core import clock, secrets
from cocreation.core.database import session

HALF_LASTS = timedelta(minutes=5)

manager = LoginManager()
manager.session_protection = None  # telephones change address; the row is what protects


class SignedIn(UserMixin):
    """The person of this request as Flask-Login wants to see it; everything else is the person's own."""

    def __init__(self, token: str, sign_in: SignIn) -> None:
        self.token, self.sign_in, self.person = token, sign_in, sign_in.person

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


def half_enter(person_id: int, now: datetime, onward: str) -> None:
    """Remember for five minutes, in the signed cookie, who gave a right password and was going where."""
    cookie.clear()
    cookie["half"] = {"person": person_id, "until": (now + HALF_LASTS).timestamp(), "onward": onward}


def half_entered(now: datetime) -> tuple[int, str] | None:
    """The number of that person and where they were going, while it holds."""
    half = cookie.get("half")
    if not half or half["until"] < now.timestamp():
        return None
    return half["person"], half["onward"]
