"""Languages, translated sentences, dates and numbers: one voice for pages, mails and services.

The one door to Flask-Babel, and the only module so low that knows an application: which language is
spoken is kept in its context, which requests, commands and the worker all have. Outside one, as in a test of
a pure rule, the default language is spoken unless a block says another. The source strings are English;
`translations/<code>/LC_MESSAGES/messages.po` holds the others and is read as it is, so there is nothing to
compile and nothing to forget.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, reset_tzpath

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain, LazyString, force_locale, get_locale
from markupsafe import escape

# The zones of the pinned package, not those of the machine, which may be years old: Morocco left UTC+1 on
# 20 September 2026.
reset_tzpath(to=())
ZONE = ZoneInfo("Africa/Casablanca")

TRANSLATIONS = Path(__file__).parents[2] / "translations"


@dataclass(frozen=True)
class Language:
    """A language of the platform: all that is to be said of one (docs/how-to/add-a-language.md).

    `locale` names its dates and numbers. `borrows` is the language whose sentences and texts stand first
    where it has none. A `required` one is never folded away in a form, and its catalogue has every sentence.
    `letters` are those of a script that no other language here is written in.
    """

    code: str
    locale: str
    name: str
    direction: Literal["rtl", "ltr"]
    borrows: str = ""
    required: bool = False
    letters: str = ""
    first_of_month: str = ""

    @cached_property
    def falls_back(self) -> tuple[str, ...]:
        """The codes tried, in order, when it has no text: what it borrows from, then all others."""
        others = (code for code in LANGUAGES if code not in (self.code, self.borrows))
        return (self.borrows, *others) if self.borrows else tuple(others)

    def __str__(self) -> str:
        return self.code


# Moroccan Arabic (ar_MA): Latin digits and the Maghreb's names of months.
# Amazigh borrows from French in the interface because both run left to right.
LANGUAGES = {
    language.code: language
    for language in (
        Language(
            "ar",
            "ar_MA",
            "العربية",
            "rtl",
            required=True,
            letters=r"\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc",
        ),
        # French writes "1er mai", which its locale data does not.
        Language("fr", "fr_MA", "Français", "ltr", required=True, first_of_month="1er"),
        Language("en", "en_GB", "English", "ltr", borrows="fr"),
        Language("zgh", "zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ltr", borrows="fr", letters=r"\u2d30-\u2d67"),
    )
}
DEFAULT = LANGUAGES["ar"]
SOURCE = LANGUAGES["en"]  # in which the sentences of the code are written, and commands speak
REQUIRED = tuple(code for code, language in LANGUAGES.items() if language.required)
WHOLE = (*REQUIRED, SOURCE.code)  # they have every sentence; the others borrow some
_OF_LOCALE = {language.locale: language for language in LANGUAGES.values()}

# What is spoken where there is no application, and so nothing that would hear `force_locale`: in a test that
# asks a service by itself.
_outside: ContextVar[Language] = ContextVar("language", default=DEFAULT)

# The context's own namespace, without the proxy's detour: every sentence of a page asks for it.
_context = g._get_current_object


def current() -> Language:
    """The language in which this request, mail or command speaks."""
    try:
        spoken: Language = _context().spoken
    except AttributeError:
        spoken = g.spoken = _OF_LOCALE[str(get_locale())]
    except RuntimeError:  # no application
        spoken = _outside.get()
    return spoken


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak `code` inside the block. Raises KeyError for an unknown language."""
    language = LANGUAGES[code]
    if not has_app_context():
        token = _outside.set(language)
        try:
            yield language
        finally:
            _outside.reset(token)
        return
    g.pop("spoken", None)
    try:
        with force_locale(_babel_locale(language.locale)):
            yield current()
    finally:
        g.pop("spoken", None)


class Catalogues(Domain):
    """The sentences of each language as Flask-Babel asks for them, kept for the process."""

    def get_translations(self) -> NullTranslations:
        return catalogue(current().code)


SENTENCES = Catalogues()


class _Babel(Babel):
    domain_instance = SENTENCES


def init_app(app: Flask, choose_language: Callable[[], str]) -> None:
    """Let `app` speak: `choose_language` gives the code for a context in which nothing else was said."""

    def locale() -> Locale:
        return _babel_locale(LANGUAGES[choose_language()].locale)

    _Babel(app, configure_jinja=False, default_locale=DEFAULT.locale, locale_selector=locale)


@cache
def catalogue(code: str) -> NullTranslations:
    """The messages of one language, chained to what they fall back to."""
    path = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    messages: NullTranslations = NullTranslations()
    if path.exists():
        with path.open("rb") as source:
            written = read_po(source, locale=LANGUAGES[code].locale)
        # Compiled, an empty plural would be English, and hide the language that is borrowed from.
        for message in list(written):
            if isinstance(message.string, tuple) and not all(message.string):
                written.delete(message.id, message.context)
        compiled = io.BytesIO()
        write_mo(compiled, written)
        compiled.seek(0)
        messages = Translations(compiled)
    borrowed = LANGUAGES[code].borrows
    if borrowed and code != SOURCE.code:  # the source has every sentence, although no catalogue
        messages.add_fallback(catalogue(borrowed))
    return messages


@cache
def interface(code: str) -> Language:
    """The language in which most of the interface of `code` stands: the one it borrows from, while it has but
    few sentences of its own. Pages say so of themselves (WCAG 3.1.2), and their dates and numbers agree.
    """
    language = LANGUAGES[code]
    if not language.borrows or code in WHOLE:
        return language
    own, borrowed = (len(getattr(catalogue(spoken), "_catalog", ())) for spoken in (code, language.borrows))
    return language if own * 2 > borrowed else interface(language.borrows)


def gettext(message: str, **values: object) -> str:
    """`message` in the current language, its %(placeholders)s filled."""
    sentence: str = SENTENCES.gettext(message, **values)
    return sentence


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """The form of the sentence that `count` asks for; %(count)s is the formatted count."""
    return choose(singular, plural, count) % {"count": format_number(count), **values}


def choose(singular: str, plural: str, count: int) -> str:
    """The same with its placeholders still open."""
    return SENTENCES.get_translations().ngettext(singular, plural, count)


class Lazy(LazyString):
    """A sentence translated when it is shown, not when it is written.

    Flask-Babel's is equal to, and hashed as, what it says in the language of the moment, and its `__html__`
    trusts what fills it. This one is what it was written as, so that it can be kept in a constant, an enum or
    a dataclass and compared across languages; and it is escaped.
    """

    def __init__(self, message: str, values: dict[str, object] | None = None) -> None:
        super().__init__(_say, message, values or {})
        self.message, self.values = message, values or {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lazy):
            return NotImplemented
        return self.message == other.message and self.values == other.values

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.message)

    def __len__(self) -> int:
        return len(self.message)

    def __html__(self) -> str:
        return escape(str(self))

    def filled(self, **values: object) -> Lazy:
        return Lazy(self.message, {**self.values, **values}) if values else self


def _say(message: str, values: dict[str, object]) -> str:
    return gettext(message, **{name: shown(value) for name, value in values.items()})


def lazy_gettext(message: str, **values: object) -> Lazy:
    """A sentence for a module-level constant; translated each time it is shown."""
    return Lazy(message, values)


def everywhere(sentence: Lazy | str) -> tuple[str, ...]:
    """A sentence in every language, each once."""
    said = []
    for code in LANGUAGES:
        with speaking(code):
            said.append(str(sentence))
    return tuple(dict.fromkeys(said))


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
    return _babel_locale(interface(current().code).locale)


@cache
def _babel_locale(name: str) -> Locale:
    return Locale.parse(name)


def format_date(value: date | datetime, style: str = "long") -> str:
    """A day in words, in Africa/Casablanca."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).date()
    words = dates.format_date(value, style, locale=_locale())
    first = current().first_of_month
    return words.replace("1 ", f"{first} ", 1) if first and value.day == 1 else words


def format_time(value: datetime | time) -> str:
    """Hours and minutes in Africa/Casablanca, on 24 hours."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).time()
    return f"{value:%H:%M}"


def format_datetime(value: datetime) -> str:
    """A day in words and the time."""
    return gettext("%(day)s, %(time)s", day=format_date(value), time=format_time(value))


def format_exactly(value: datetime) -> str:
    """A day in words and the time to the second, in Africa/Casablanca: when something counts by it."""
    return gettext("%(day)s, %(time)s", day=format_date(value), time=f"{value.astimezone(ZONE):%H:%M:%S}")


def format_wait(seconds: int) -> str:
    """How long to wait, in words: "8 seconds", "15 minutes"; a part of a minute counts whole."""
    rounded = seconds if seconds < 60 else -(-seconds // 60) * 60
    return dates.format_timedelta(timedelta(seconds=rounded), threshold=1, locale=_locale())


def format_number(value: float) -> str:
    return numbers.format_decimal(value, locale=_locale())


def format_percent(value: float) -> str:
    """A share between 0 and 1 as a percentage without decimals. What is there is never 0 % of the whole, and
    what is missing leaves no 100 %.
    """
    if 0 < value < 0.005:
        return gettext("under %(share)s", share=numbers.format_percent(0.01, locale=_locale()))
    if 0.995 <= value < 1:
        return gettext("over %(share)s", share=numbers.format_percent(0.99, locale=_locale()))
    return numbers.format_percent(value, locale=_locale())


def format_exact_percent(value: float, places: int) -> str:
    """A share between 0 and 1 as a percentage with so many decimals, of whoever rounded it already."""
    pattern = _locale().percent_formats[None].pattern.replace("0", f"0.{'0' * places}" if places else "0")
    return numbers.format_percent(value, format=pattern, locale=_locale())


_ = gettext
_n = ngettext
_l = lazy_gettext
