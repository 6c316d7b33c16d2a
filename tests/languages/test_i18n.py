"""Dates, numbers and plurals as Moroccans read them."""

import copy
import pickle
import re
import threading
import zoneinfo
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import markupsafe
import pytest
import tzdata
from babel import Locale

from cocreation.core import clock
from cocreation.core.settings import ROOT
from cocreation.languages import i18n

MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"]
MONTHS += ["يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]

SKIP = i18n.lazy_gettext("Skip to the content")


def skip_in(code):
    """What the catalogue of a language makes of it."""
    return i18n.catalogue(code).ugettext(SKIP.message)


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, start=1)))
def test_months_have_their_moroccan_names_and_digits_are_latin(number, name):
    with i18n.speaking("ar"):
        assert i18n.format_date(date(2026, number, 19)) == f"19 {name} 2026"


def test_numbers_have_latin_digits_in_every_language():
    for code in i18n.LANGUAGES:
        with i18n.speaking(code):
            written = i18n.format_number(1503) + i18n.format_percent(0.62)
            assert {c for c in written if c.isdigit()} <= set("0123456789"), code


def test_moments_are_shown_in_casablanca_also_in_ramadan():
    # In 2026 the clocks stand at UTC from 15 February to 22 March, at UTC+1 otherwise.
    assert i18n.format_time(datetime(2026, 3, 10, 9, 0, tzinfo=UTC)) == "09:00"
    assert i18n.format_time(datetime(2026, 4, 10, 9, 0, tzinfo=UTC)) == "10:00"
    assert clock.day_of(datetime(2026, 4, 10, 23, 30, tzinfo=UTC)) == date(2026, 4, 11)
    assert clock.day_of(datetime(2026, 3, 10, 23, 30, tzinfo=UTC)) == date(2026, 3, 10)


def test_a_clock_time_typed_in_morocco_is_kept_in_utc():
    assert clock.moment_in_morocco(datetime(2026, 4, 10, 10, 0)) == datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
    assert clock.moment_in_morocco(datetime(2026, 3, 10, 10, 0)) == datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


def test_arabic_has_its_six_plurals():
    with i18n.speaking("ar"):
        if i18n.ngettext("%(count)s day left", "%(count)s days left", 3) == "3 days left":
            pytest.skip("not translated yet")
        said = {n: i18n.ngettext("%(count)s day left", "%(count)s days left", n) for n in (1, 2, 3, 11, 100)}
    without_numbers = {"".join(c for c in text if not c.isdigit()).strip() for text in said.values()}
    assert len(without_numbers) >= 4, said


def test_a_lazy_sentence_speaks_when_it_is_shown():
    day = i18n.lazy_gettext("%(day)s", day=date(2026, 8, 19))
    for code, shown in (("ar", "19 غشت 2026"), ("en", "19 August 2026")):
        with i18n.speaking(code):
            assert (str(SKIP), str(day)) == (skip_in(code), shown)


def test_a_block_speaks_its_language_and_gives_the_word_back():
    before = i18n.current()
    with pytest.raises(ZeroDivisionError), i18n.speaking("zgh"):
        1 / 0  # noqa: B018
    assert i18n.current() is before


def test_the_first_of_a_month_is_premier_in_french_only():
    with i18n.speaking("fr"):
        assert i18n.format_date(date(2026, 5, 1)) == "1er mai 2026"
        assert i18n.format_date(date(2026, 5, 11)) == "11 mai 2026"
    with i18n.speaking("en"):
        assert i18n.format_date(date(2026, 5, 1)) == "1 May 2026"


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (datetime(2026, 3, 10, tzinfo=UTC), 0),  # Ramadan
        (datetime(2026, 9, 19, tzinfo=UTC), 1),
        (datetime(2026, 11, 24, tzinfo=UTC), 0),  # back on UTC since 20 September, for good
        (datetime(2027, 2, 20, tzinfo=UTC), 0),
        (datetime(2027, 7, 1, tzinfo=UTC), 0),
    ],
)
def test_the_hour_in_morocco_is_that_of_the_newest_rules(day, hours):
    assert day.astimezone(i18n.ZONE).utcoffset() == timedelta(hours=hours)


def test_the_zones_are_those_of_the_pinned_package_and_not_of_the_machine():
    assert zoneinfo.TZPATH == ()
    assert int(tzdata.IANA_VERSION[:4]) >= 2026


def test_where_there_is_no_application_the_default_language_is_spoken_unless_a_block_says_another():
    assert i18n.current() is i18n.DEFAULT
    assert i18n.gettext("%(in_no_catalogue)s", in_no_catalogue="as it stands") == "as it stands"
    assert str(SKIP) == skip_in("ar") != skip_in("fr")
    with i18n.speaking("fr"):
        assert str(SKIP) == skip_in("fr")
    assert i18n.current() is i18n.DEFAULT


@pytest.mark.parametrize("inside", [True, False])
def test_blocks_within_blocks_give_the_word_back(app, inside):
    with app.app_context() if inside else nullcontext(), i18n.speaking("fr"):
        with i18n.speaking("zgh"):
            assert i18n.current().code == "zgh"
        assert i18n.current().code == "fr"
        with i18n.speaking("en"):
            pass
        assert i18n.gettext(SKIP.message) == skip_in("fr")


def test_a_block_of_a_context_that_has_not_spoken_yet(app):
    with app.app_context():
        with i18n.speaking("fr"):
            pass
        assert i18n.current() is i18n.DEFAULT


def test_each_thread_speaks_its_own_language(app):
    said = {}

    def speak(code):
        with app.app_context(), i18n.speaking(code):
            meet.wait(10)
            said[code] = str(SKIP)

    meet = threading.Barrier(2)
    threads = [threading.Thread(target=speak, args=[code]) for code in ("fr", "en")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {"fr": skip_in("fr"), "en": skip_in("en")}


def test_a_lazy_sentence_is_what_was_written_whatever_it_says():
    filled = SKIP.filled(name="<b>")
    with i18n.speaking("fr"):
        before = hash(SKIP)
        assert i18n.lazy_gettext("Skip to the content") == SKIP
        assert str(SKIP) != SKIP
        assert filled != SKIP
        assert filled.message == SKIP.message
    with i18n.speaking("ar"):
        assert hash(SKIP) == before
    assert copy.deepcopy(filled) == pickle.loads(pickle.dumps(filled)) == filled
    assert not i18n.lazy_gettext("")
    assert markupsafe.escape(i18n.lazy_gettext("<%(name)s>", name="<b>")) == "&lt;&lt;b&gt;&gt;"


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_each_language_falls_back_to_all_others_those_it_borrows_from_first(code):
    language = i18n.LANGUAGES[code]
    assert {code, *language.falls_back} == set(i18n.LANGUAGES)
    assert language.falls_back[0] == (language.borrows or language.falls_back[0])


def test_each_language_has_a_catalogue_and_each_catalogue_a_language():
    """A new one lacks its catalogue: `python -m translations.catalogues update` makes it."""
    folders = {path.parent.parent.name for path in (ROOT / "translations").glob("*/LC_MESSAGES/messages.po")}
    assert folders == set(i18n.LANGUAGES) - {i18n.SOURCE.code}


@pytest.mark.parametrize("language", i18n.LANGUAGES.values(), ids=str)
def test_each_language_is_declared_whole(language):
    assert str(Locale.parse(language.locale)) == language.locale, "as Babel writes it"
    assert Locale.parse(language.locale).text_direction == language.direction
    assert language.borrows in {"", *i18n.WHOLE}, "what is borrowed from has every sentence"
    assert re.fullmatch(r"[a-z]+", language.code), "as addresses and deploy/nginx have it"


@pytest.mark.words  # of two catalogues
@pytest.mark.parametrize("code", sorted(set(i18n.LANGUAGES) - set(i18n.WHOLE)))
def test_a_plural_that_is_not_translated_is_borrowed_and_never_english(code):
    plural = ("%(count)s day left", "%(count)s days left")
    for count in (0, 1, 2, 11):
        said = i18n.catalogue(code).ungettext(*plural, count)
        assert said == i18n.catalogue(i18n.LANGUAGES[code].borrows).ungettext(*plural, count)
        assert said not in plural
