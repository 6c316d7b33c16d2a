"""What search engines may read: nothing behind a secret or a sign-in; and where the public pages are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, current_app
from werkzeug.routing import Rule

from cocreation.languages import i18n
from cocreation.web.access import access, anyone, rule_of
from cocreation.web.rendering import absolute_url

View = TypeVar("View", bound=Callable[..., object])

bp = Blueprint("robots", __name__)


@bp.get("/robots.txt")
@access(anyone)
def robots() -> Response:
    """A line for every kind of address that is not public, taken from the routes themselves."""
    closed = sorted({_pattern(rule) for rule in _routes() if not _is_public(rule)})
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return _text([*lines, f"Sitemap: {absolute_url('robots.sitemap')}"])


@bp.get("/sitemap.txt")
@access(anyone)
def sitemap() -> Response:
    """The public pages that stand for themselves, in every language; the others are linked from them."""
    public = [rule.endpoint for rule in _routes() if _is_public(rule) and rule.arguments == {"lang"}]
    alone = [name for name in public if not hasattr(current_app.view_functions[name], "is_unlisted")]
    pages = sorted({absolute_url(name, lang=code) for name in alone for code in i18n.LANGUAGES})
    return _text(pages)


def unlisted(view: View) -> View:
    """No page that stands for itself: it leads to others, or is a part of them."""
    view.is_unlisted = True  # type: ignore[attr-defined]
    return view


def _text(lines: list[str]) -> Response:
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _routes() -> list[Rule]:
    return [rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def _is_public(rule: Rule) -> bool:
    return rule_of(current_app, rule.endpoint) is anyone


def _pattern(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "*", rule.rule)
