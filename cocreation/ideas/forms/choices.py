"""Choices that the forms of the desks share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flask import request
from wtforms import Field, SelectField

from cocreation.core.database import Translated
from cocreation.directory.models import Institution
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, Pair, choose_several

# The fates that can be drafted: an author's withdrawal is not the secretariat's to decide.
DRAFTED = tuple(fate for fate in Fate if fate is not Fate.WITHDRAWN)


def outcome(label: Lazy | str, fates: Iterable[Fate], *, required: bool) -> Field:
    """A fate with one of its reasons in one choice: no wrong pair can be made. Its data is the pair."""

    def choices() -> dict[str, list[Pair]]:
        pairs: dict[str, list[Pair]] = {"": [("", "—")]}
        for fate in fates:
            pairs[str(fate.label)] = [
                (f"{fate.value}/{reason.value}", reason.label) for reason in REASONS[fate]
            ]
        return pairs

    return SelectField(label, [REQUIRED if required else OPTIONAL], choices=choices, coerce=_outcome)


def _outcome(value: str | tuple[Fate, Reason] | None) -> tuple[Fate, Reason] | None:
    if not value or value == "None":
        return None
    fate, reason = value.split("/", 1) if isinstance(value, str) else value
    return Fate(fate), Reason(reason)


class ChosenForm(Form):
    """The ideas ticked in a list; their ids come as texts that the list gave out."""

    chosen = choose_several(_l("Chosen ideas"), [], required=False, validate_choice=False)

    @property
    def ids(self) -> list[int]:
        return [number for typed in self.chosen.data or () if (number := row_id(typed))]


def ticked(form: ChosenForm) -> Sequence[str] | bool:
    """What is ticked in a list: as it was sent, or everything where the address asks for it."""
    return form.chosen.data or (True if request.args.get("tick") else ())


def row_id(typed: str | None) -> int | None:
    """The id that was typed or ticked; None for what can be none, also for one too large for a database."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed or "") and typed else None


def named(institutions: Iterable[Institution]) -> list[tuple[str, str]]:
    """Institutions as choices, in the reader's language."""
    return [(str(institution.id), best(institution.name)) for institution in institutions]


def promised(commitments: Iterable[Commitment]) -> list[Pair]:
    """Commitments as choices; none first."""
    return [("", _l("—")), *((str(c.id), f"{c.reference} · {best(c.title)}") for c in commitments)]


def references(typed: str | None) -> list[str]:
    """The references in what a person typed, each once."""
    return list(dict.fromkeys(re.findall(r"\d{4}-\d+", typed or "")))


def best(text: Translated) -> str:
    language = i18n.current()
    return text.best(language.code, language.falls_back)[0]


def as_text(number: int | None) -> str | None:
    return str(number) if number else None


def as_number(typed: str | None) -> int | None:
    return int(typed) if typed else None
