"""Who may use a route. Every route says it; nothing runs before it was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from cocreation.core.errors import NotAllowed

# A rule is asked with the signed-in person, or None for a stranger.
Rule = Callable[[Any], bool]
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def anyone(person: object) -> bool:
    """Public."""
    return True


def by_secret(person: object) -> bool:
    """Whoever holds the secret in the address; the page is never cached, indexed or named to others."""
    return True


def access(rule: Rule) -> Callable[[View], View]:
    """Mark a view with the rule of who may use it."""

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def current_person() -> Any:
    """The signed-in person of this request, or None; also where the database cannot be asked."""
    if g.get("without_database"):
        return None
    return current_user if current_user and current_user.is_authenticated else None


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule a route declares. Static files are public."""
    return anyone if endpoint == "static" else getattr(app.view_functions[endpoint], "access", None)


def init_app(app: Flask) -> None:
    app.before_request(_ask)
    app.jinja_env.globals.update(current_person=current_person)


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise NotAllowed  # a route nobody declared is closed
    g.private = rule is not anyone
    if rule is anyone or rule is by_secret:
        return None
    person = current_person()
    if rule(person):
        return None
    if person is None and request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    raise NotAllowed
