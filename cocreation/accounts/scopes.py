"""What scoped roles hold for. The objects live in rooms above, so `app.py` lists the scopes there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import current_app

from cocreation.accounts.models import SCOPED, Grant, Role
from cocreation.core.errors import Invalid
from cocreation.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Scope:
    """Between the references people use (OR1-W2) and the ids grants hold."""

    example: str
    find: Callable[[str], int | None]
    references: Callable[[Iterable[int]], dict[int, str]]


class ScopeUnknown(Invalid):
    sentence = _l(
        "This role needs the reference of what it is for, such as %(example)s. There is none like that."
    )


class ScopeUnneeded(Invalid):
    sentence = _l("This role holds everywhere: leave the reference empty.")


def scope_of(role: Role, reference: str | None) -> int | None:
    """The id `role` is to hold for: a reference, or the id itself in digits. None for roles held everywhere.

    Raises ScopeUnknown, ScopeUnneeded.
    """
    typed = (reference or "").strip()
    if role not in SCOPED:
        if typed:
            raise ScopeUnneeded
        return None
    scope = _scopes()[SCOPED[role]]
    found = scope.find(typed)
    if found is None and typed.isascii() and typed.isdigit():
        found = int(typed) if scope.references([int(typed)]) else None
    if found is None:
        raise ScopeUnknown(example=scope.example)
    return found


def references(grants: Iterable[Grant]) -> dict[int, str]:
    """What each scoped grant is for, in words, by the grant's id: one statement for each kind of scope."""
    held = [grant for grant in grants if grant.scope_id is not None]
    named: dict[int, str] = {}
    for role in {grant.role for grant in held}:
        mine = [grant for grant in held if grant.role == role]
        known = _scopes()[SCOPED[role]].references({g.scope_id for g in mine if g.scope_id is not None})
        named |= {g.id: known[g.scope_id] for g in mine if g.scope_id in known}
    return named


def _scopes() -> Mapping[str, Scope]:
    """By the values of SCOPED."""
    scopes: Mapping[str, Scope] = current_app.extensions["scopes"]
    return scopes
