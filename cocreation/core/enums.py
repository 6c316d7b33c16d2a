"""Enumerations whose members know their name in the reader's language."""

from __future__ import annotations

from enum import Enum
from typing import Self

from cocreation.languages.i18n import Lazy


class Named(str, Enum):  # noqa: UP042 — StrEnum would not let a member carry its label
    """A member is its value, with a translated `label`: `IDEA = "idea", _l("idea")`."""

    label: Lazy

    # The default is for type checkers, to whom looking up `Phase("intake")` is this same call.
    def __new__(cls, value: str, label: Lazy = Lazy("")) -> Self:  # noqa: B008
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return self.value
