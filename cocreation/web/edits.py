"""Two people who save one form: the second is told, sees both, and loses neither.

The form of something that can be edited carries a mark for each field of what stood there when it was opened
(`{{ form.stood }}` in its template). When it is sent and something else stands there by then, it is refused
once: a field that only somebody else changed has their value, one that both changed has what was typed with
theirs beside it. Sent again, it is saved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from typing import Protocol

from flask import Flask, current_app, request

from cocreation.core.database import lock_name
from cocreation.core.errors import Refusal
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext, lazy_gettext as _l
from cocreation.web import access

NAME = "stood"
LETTERS = 6  # of the mark of one field


class ChangedMeanwhile(Refusal):
    title = _l("Somebody else saved this meanwhile")
    sentence = _l(
        "Somebody else saved this after you opened it. What they changed is shown at its field and nothing "
        "is lost: look at both, then save again."
    )


THEIRS_STANDS = _l("Somebody else changed this meanwhile; what they saved stands here now.")
BOTH_CHANGED = _l("Somebody else changed this meanwhile, to: %(words)s. What you wrote stands here.")


class EditedField(Protocol):
    """What is asked of a field: its value now, and the one the form was filled from."""

    data: object
    object_data: object
    raw_data: object
    errors: Sequence[object]


def marks(fields: Iterable[EditedField]) -> str:
    """The marks of what stands in the database in each of these fields."""
    return "".join(_mark(field.object_data) for field in fields)


def overtaken(fields: Sequence[EditedField], stood: str) -> bool:
    """Whether something else stands there than `stood` when the form was opened, and not what was typed; then
    it is said at each field.
    """
    before = [stood[start : start + LETTERS] for start in range(0, len(stood), LETTERS)]
    if len(before) != len(fields):
        before = [""] * len(fields)  # a form of other fields: whatever differs is shown
    found = False
    for field, was in zip(fields, before, strict=True):
        now, typed = _mark(field.object_data), _mark(field.data)
        if now in (was, typed):
            continue
        found = True
        if typed == was:
            field.data, field.raw_data = field.object_data, None
            field.errors = [THEIRS_STANDS]
        else:
            field.errors = [BOTH_CHANGED.filled(words=_words(field, field.object_data))]
    return found


def init_app(app: Flask) -> None:
    """Called after `access`: nobody waits here, and nobody is waited for, whom the route turns away."""
    app.before_request(_in_turn)


def _in_turn() -> None:
    """Of two who save the same form in one moment, the second reads what the first has saved. Pages open to
    all edit nothing of that kind, and an address that leads nowhere is asked by anyone.
    """
    is_plain = request.mimetype == "application/x-www-form-urlencoded"  # files are not read before their turn
    is_of_staff = request.endpoint is not None and access.rule_of(current_app, request.endpoint) not in (
        access.anyone,
        access.by_secret,
    )
    if request.method == "POST" and is_of_staff and is_plain and NAME in request.form:
        _language, _slash, page = request.path[1:].partition("/")
        lock_name(f"edit {page}")


def _mark(value: object) -> str:
    text = json.dumps(_plain(value), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LETTERS]


@singledispatch
def _plain(value: object) -> object:
    """One spelling of a value, whether it comes from the database or from a form; nothing at all is ""."""
    return "" if value is None else str(value)


@_plain.register
def _(value: bool) -> object:
    return "y" if value else ""


@_plain.register
def _(value: Enum) -> object:
    return _plain(value.value)


@_plain.register
def _(value: str) -> object:
    return _plain(value.value) if isinstance(value, Enum) else "\n".join(value.split("\r\n")).strip()


@_plain.register
def _(value: datetime) -> object:
    return value.astimezone(UTC).isoformat(timespec="minutes")


@_plain.register(Decimal)
@_plain.register(float)
def _(value: Decimal | float) -> object:
    return format(Decimal(str(value)).normalize(), "f")


@_plain.register(Mapping)
def _(value: Mapping[str, object]) -> object:
    return [[key, _plain(part)] for key, part in sorted(value.items()) if part] or ""


@_plain.register(list)
@_plain.register(tuple)
@_plain.register(set)
def _(value: Iterable[object]) -> object:
    return sorted((_plain(part) for part in value), key=str) or ""


def _words(field: EditedField, value: object) -> str:
    """A value as a person reads it: what its choice is called, or itself."""
    labels = {_mark(choice): str(label) for choice, label in getattr(field, "choices", None) or ()}
    if _mark(value) in labels:
        return labels[_mark(value)]
    if _plain(value) == "":
        return gettext("nothing")
    if isinstance(value, list | tuple | set):
        return " · ".join(labels.get(_mark(part), str(part)) for part in value)
    return _written(value)


@singledispatch
def _written(value: object) -> str:
    return str(value)


@_written.register
def _(value: bool) -> str:
    return gettext("yes")


@_written.register
def _(value: date) -> str:
    return i18n.format_date(value)


@_written.register
def _(value: datetime) -> str:
    return i18n.format_datetime(value)


@_written.register(Mapping)
def _(value: Mapping[str, str]) -> str:
    return " · ".join(part for part in value.values() if part)
