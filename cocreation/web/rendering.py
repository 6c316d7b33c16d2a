"""Templates: what they can say, and how an answer is made of one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import segno
from flask import Flask, current_app, render_template, request, url_for
from jinja2 import pass_eval_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict

from cocreation.core.database import Translated
from cocreation.languages import i18n
from cocreation.text import cleanup, highlights, markup
from cocreation.web.forms import Form
from cocreation.web.own_words import mark_own_words

# Of the eight masks each can be read; choosing the best takes four times as long as drawing.
QR_MASK = 3
QUIET = 4  # modules of light around a QR code, as readers expect them (ISO/IEC 18004)


def render(template: str, status: int = 200, **context: object) -> tuple[str, int]:
    """The page `template`. With a `form` that was refused, the answer carries its status (422 or so)."""
    form = context.get("form")
    if isinstance(form, Form) and form.was_refused:
        status = form.status
    return mark_own_words(render_template(template, **context)), status


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.add_extension("jinja2.ext.do")
    env.add_extension(Unindented)
    env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=False)  # type: ignore[attr-defined]
    env.globals.update(
        _=_gettext,
        _n=_ngettext,
        asset=asset,
        this_page=this_page,
        absolute_url=absolute_url,
        has_endpoint=lambda name: name in current_app.view_functions,
    )
    env.filters.update(
        format=_filled,
        tr=translated,
        tr_text=translated_text,
        said=lambda words, code: markup.html(words or "", code),
        sentence=lambda words, code: markup.html(words or "", code, linked=False),
        isolated=markup.isolate,
        excerpt=cleanup.excerpt,
        found=highlights.highlight,
        date=lambda value, style="long": i18n.format_date(_day(value), style),
        time=lambda value: i18n.format_time(_moment(value)),
        datetime=lambda value: i18n.format_datetime(_moment(value)),
        exactly=lambda value: i18n.format_exactly(_moment(value)),
        number=i18n.format_number,
        percent=i18n.format_percent,
    )


class Unindented(Extension):
    """Indentation is for those who write templates: pages are sent without it, at no cost to them.

    The lines of a tag are sent as one.
    """

    found = re.compile(r"\s{2,}|\n|[<>]")

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        is_page = (stream.filename or "").endswith(".html")
        is_tag = False

        def close(found: re.Match[str]) -> str:
            nonlocal is_tag
            if found[0] in "<>":
                is_tag = found[0] == "<"
                return found[0]
            return "\n" if "\n" in found[0] and not is_tag else " "

        for token in stream:
            if is_page and token.type == "data":
                token = Token(token.lineno, token.type, self.found.sub(close, token.value))
            yield token


@pass_eval_context
def _filled(context: EvalContext, sentence: object, /, **values: object) -> str:
    """`sentence` with its placeholders filled. In a page, markup among the values stays markup."""
    return (Markup(escape(sentence)) if context.autoescape else str(sentence)) % values  # noqa: S704 — escaped


@pass_eval_context
def _gettext(context: EvalContext, message: str, /, **values: object) -> str:
    sentence = i18n.gettext(message)
    return _filled(context, sentence, **values) if values else sentence


@pass_eval_context
def _ngettext(context: EvalContext, singular: str, plural: str, count: int, /, **values: object) -> str:
    sentence = i18n.choose(singular, plural, count)
    return _filled(context, sentence, **{"count": i18n.format_number(count), **values})


def translated(value: dict[str, str] | None) -> Markup:
    """A translated text in the language of the page, or in another one, then marked with that language; with
    its own, too, where the page around it is in one that is borrowed.
    """
    current = i18n.current()
    words, code = _best(value)
    if code == current.code == i18n.interface(code).code:
        return escape(words)
    language = i18n.LANGUAGES[code]
    return Markup('<span lang="{}" dir="{}">{}</span>').format(language.code, language.direction, words)


def translated_text(value: dict[str, str] | None) -> str:
    """The same without markup, for titles, options and plain-text mails."""
    return _best(value)[0]


def _best(value: dict[str, str] | None) -> tuple[str, str]:
    language = i18n.current()
    words, code = Translated(value or {}).best(language.code, language.falls_back)
    return markup.in_order(words, code), code


def _moment(value: datetime | str) -> datetime:
    """Mails carry moments as ISO text, since their context is JSON."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _day(value: date | str) -> date:
    """The same for days, said by themselves or by a moment."""
    if not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def this_page(**changed: str | None) -> str:
    """The address of this page with some of its parameters `changed`, those given as None taken out."""
    asked = MultiDict(request.args)
    for name, value in changed.items():
        asked.poplist(name)
        if value is not None:
            asked[name] = value
    return f"{request.path}?{urlencode(list(asked.items(multi=True)))}" if asked else request.path


def asset(path: str) -> str:
    """The address of a static file, with a mark of its content so that it may be kept for long."""
    return url_for("static", filename=path, v=_mark(path, current_app.static_folder or ""))


@cache
def _mark(path: str, folder: str) -> str:
    file = Path(folder) / path
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.exists() else ""


@lru_cache(maxsize=1024)  # drawing one takes longer than the rest of its page
def qr_code(address: str) -> Markup:
    """`address` as a QR code, an SVG of class `qr` that takes the size its page gives it."""
    svg = segno.make(address, error="m", mask=QR_MASK).svg_inline(
        border=QUIET, omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(svg)  # noqa: S704 — an address drawn as squares


def absolute_url(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for mails, calendars and printed paper."""
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + url_for(endpoint, _external=False, **values)
