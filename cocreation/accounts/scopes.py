"""What scoped roles hold for. The objects live in rooms above, so `app.py` lists the scopes there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app

from cocreation.accounts.models import Grant, Role
from cocreation.accounts.refusals import ScopeUnknown, ScopeUnneeded
from cocreation.core.database import Translated
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy


@dataclass(frozen=True)
class Scope:
    """Between the references people use (OR1-W2) and the ids grants hold."""

    label: Lazy
    example: str
    find: Callable[[str], int | None]
    references: Callable[[Iterable[int]], dict[int, str]]
    offered: Callable[[], Sequence[tuple[str, Translated]]]


def scope_of(role: Role, reference: str | None) -> int | None:
    """The id `role` is to hold for: a reference, or the id itself in digits. None for roles held everywhere.

    Raises ScopeUnknown, ScopeUnneeded.
    """
    typed = (reference or "").strip()
    if role.scope is None:
        if typed:
            raise ScopeUnneeded
        return None
    scope = _scopes()[role.scope]
    found = scope.find(typed)
    if found is None and typed.isascii() and typed.isdigit():
        found = int(typed) if scope.references([int(typed)]) else None
    if found is None:
        raise ScopeUnknown(example=scope.example)
    return found


def offered() -> dict[str, list[tuple[str, str]]]:
    """What roles can hold for: under the name of each kind, references with what they are called."""
    language = i18n.current()
    return {
        str(scope.label): [
            (reference, f"{reference} · {title.best(language.code, language.falls_back)[0]}")
            for reference, title in scope.offered()
        ]
        for scope in _scopes().values()
    }


def references(grants: Iterable[Grant]) -> dict[int, str]:
    """What each scoped grant is for, in words, by the grant's id: one statement for each kind of scope."""
    held = [grant for grant in grants if grant.scope_id is not None]
    named: dict[int, str] = {}
    for kind in {grant.role.scope for grant in held}:
        alike = [grant for grant in held if grant.role.scope == kind]
        scope = _scopes()[kind or ""]
        found = scope.references({grant.scope_id for grant in alike if grant.scope_id is not None})
        named |= {grant.id: found[grant.scope_id] for grant in alike if grant.scope_id in found}
    return named


def _scopes() -> Mapping[str, Scope]:
    """By the values of `Role.scope`."""
    scopes: Mapping[str, Scope] = current_app.extensions["scopes"]
    return scopes
