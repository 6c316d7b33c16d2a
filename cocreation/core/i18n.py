"""Languages, translated sentences, dates and numbers: one voice for pages, mails and services.

Stands on Babel alone so that it works where there is no request. The source strings are English;
`translations/<code>/LC_MESSAGES/messages.po` holds the others and is read as it is, so there is
nothing to compile and nothing to forget.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo, reset_tzpath

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from cocreation.core.settings import ROOT

# The zones of the pinned package, not those of the machine, which may be years old: Morocco left UTC+1 on
# 20 September 2026.
reset_tzpath(to=())
ZONE = ZoneInfo("Africa/Casablanca")


@dataclass(frozen=True)
class Language:
    """A language of the platform. `falls_back` are the codes tried, in order, when it has no text."""

    code: str
    locale: str
    name: str
    direction: Literal["rtl", "ltr"]
    falls_back: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.code


# Moroccan Arabic (ar_MA): Latin digits and the Maghreb's names of months.
# Amazigh falls back to French in the interface because both run left to right.
LANGUAGES = {
    language.code: language
    for language in (
        Language("ar", "ar_MA", "العربية", "rtl", ("fr", "en", "zgh")),
        Language("fr", "fr_MA", "Français", "ltr", ("ar", "en", "zgh")),
        Language("en", "en_GB", "English", "ltr", ("fr", "ar", "zgh")),
        Language("zgh", "zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ltr", ("fr", "ar", "en")),
    )
}
DEFAULT = LANGUAGES["ar"]

_current: ContextVar[Language] = ContextVar("language", default=DEFAULT)


def current() -> Language:
    """The language in which this request, mail or command speaks."""
    return _current.get()


def use(code: str) -> None:
    """Speak `code` from here on in this context. Raises KeyError for an unknown language."""
    _current.set(LANGUAGES[code])


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak `code` inside the block."""
    token = _current.set(LANGUAGES[code])
    try:
        yield _current.get()
    finally:
        _current.reset(token)


@cache
def catalogue(code: str) -> NullTranslations:
    """The messages of one language, chained to what they fall back to."""
    path = ROOT / "translations" / code / "LC_MESSAGES" / "messages.po"
    messages: NullTranslations = NullTranslations()
    if path.exists():
        compiled = io.BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=LANGUAGES[code].locale))
        compiled.seek(0)
        messages = Translations(compiled)
    if code == "zgh":
        messages.add_fallback(catalogue("fr"))
    return messages


def gettext(message: str, **values: object) -> str:
    """`message` in the current language, its %(placeholders)s filled."""
    text = catalogue(current().code).gettext(message)
    return text % values if values else text


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of the sentence that `count` asks for; %(count)s is the formatted count."""
    return choose(one, many, count) % {"count": format_number(count), **values}


def choose(one: str, many: str, count: int) -> str:
    """The same with its placeholders still open."""
    return catalogue(current().code).ngettext(one, many, count)


@dataclass(frozen=True)
class Lazy:
    """A sentence translated when it is shown, not when it is written."""

    message: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return gettext(self.message, **{name: shown(value) for name, value in self.values.items()})

    def __html__(self) -> str:
        from markupsafe import escape

        return escape(str(self))

    def __len__(self) -> int:
        return len(self.message)

    def __mod__(self, values: dict[str, object]) -> str:
        return str(self) % values

    def format(self, *args: object, **values: object) -> str:
        return str(self).format(*args, **values)

    def filled(self, **values: object) -> Lazy:
        return Lazy(self.message, {**self.values, **values}) if values else self


def lazy_gettext(message: str, **values: object) -> Lazy:
    """A sentence for a module-level constant; translated each time it is shown."""
    return Lazy(message, values)


def shown(value: object) -> object:
    """A value as it reads inside a sentence: days and moments in words, the rest as it is."""
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return format_number(value)


def _locale() -> Locale:
    return _babel_locale(current().locale)


@cache
def _babel_locale(name: str) -> Locale:
    return Locale.parse(name)


def format_date(value: date | datetime, style: str = "long") -> str:
    """A day in words, in Africa/Casablanca."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).date()
    words = dates.format_date(value, style, locale=_locale())
    if current().code == "fr" and value.day == 1:
        return words.replace("1 ", "1er ", 1)  # as French writes it, and its locale data does not
    return words


def format_time(value: datetime | time) -> str:
    """Hours and minutes in Africa/Casablanca, on 24 hours."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).time()
    return f"{value:%H:%M}"


def format_datetime(value: datetime) -> str:
    """A day in words and the time."""
    return gettext("%(day)s, %(time)s", day=format_date(value), time=format_time(value))


def format_wait(seconds: int) -> str:
    """How long to wait, in words: "8 seconds", "15 minutes"; a part of a minute counts whole."""
    rounded = seconds if seconds < 60 else -(-seconds // 60) * 60
    return dates.format_timedelta(timedelta(seconds=rounded), threshold=1, locale=_locale())


def format_number(value: float) -> str:
    return numbers.format_decimal(value, locale=_locale())


def format_percent(value: float) -> str:
    """A share between 0 and 1 as a percentage without decimals."""
    return numbers.format_percent(value, locale=_locale())


_ = gettext
_n = ngettext
_l = lazy_gettext
