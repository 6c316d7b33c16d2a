"""Addresses and telephones as lists have them: several in a cell, words around them, a word for none."""

from __future__ import annotations

import re

from cocreation.core.contacts import is_phone, mailbox, phone_number
from cocreation.core.errors import Invalid
from cocreation.files.sheets.columns import key_of
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.participants.sheet_words import NO_CONTACT, UNSTATED

_NONE = frozenset(map(key_of, (*UNSTATED, *NO_CONTACT)))
_SHORTENED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_WORDS = re.compile(r"\([^()\d]*\)|[^\W\d_]+\s*[.:]?")
_COUNTRY = re.compile(r"\(\s*(\+\d{1,3})\s*\)")
_BETWEEN_NUMBERS = re.compile(r"[/;,|\n]|\s-\s")
_BETWEEN_ADDRESSES = re.compile(r"[\s;,/|<>]+")


class NotAnAddress(Invalid):
    sentence = _l("“%(value)s” is not an e-mail address.")


class NotAPhoneNumber(Invalid):
    sentence = _l("“%(value)s” is not a telephone number.")


class ShortenedNumber(Invalid):
    sentence = _l(
        "“%(value)s” is a number that the spreadsheet has shortened: digits are lost. Give the column the "
        "format “Text”, write the number again, and save."
    )


def addresses_in(cell: str) -> list[str]:
    """The addresses of a cell, in one spelling each. Raises NotAnAddress."""
    if key_of(cell) in _NONE:
        return []
    parts = _BETWEEN_ADDRESSES.split(re.sub(r"\s*@\s*", "@", cell))
    found = [mailbox(part.strip(".:").removeprefix("mailto:")) for part in parts if "@" in part]
    if cell and not (found and all(found)):
        raise NotAnAddress(value=cell[:80])
    return list(dict.fromkeys(found))


def numbers_in(cell: str) -> list[str]:
    """The telephone numbers of a cell, in one spelling each. Raises ShortenedNumber, NotAPhoneNumber."""
    if key_of(cell) in _NONE:
        return []
    if _SHORTENED.fullmatch(cell):
        raise ShortenedNumber(value=cell)
    plain = _COUNTRY.sub(r"\1", cell)
    parts = [plain] if is_phone(plain) else _BETWEEN_NUMBERS.split(_WORDS.sub(" ", plain))
    found = [part.strip() for part in parts if part.strip()]
    if cell and not (found and all(map(is_phone, found))):
        raise NotAPhoneNumber(value=cell[:40])
    return list(dict.fromkeys(map(phone_number, found)))
