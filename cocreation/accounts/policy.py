"""Who is who: the rules routes declare, and questions about scope."""

from __future__ import annotations

from collections.abc import Callable

from cocreation.accounts.models import Duty, Person, Role

Rule = Callable[[Person | None], bool]


def staff(*roles: Role) -> Rule:
    """A rule for holders of one of `roles`, in any scope; without roles, for everyone who signed in."""

    def holds(person: Person | None) -> bool:
        return person is not None and (not roles or person.has(*roles))

    holds.__name__ = "staff(" + ", ".join(roles) + ")"
    holds.roles = roles  # type: ignore[attr-defined]
    return holds


def holders(*duties: Duty) -> tuple[Role, ...]:
    """The roles that have one of these duties."""
    return tuple(role for role in Role if any(duty in role.duties for duty in duties))


SECRETARIAT = holders(Duty.EVERYTHING)
signed_in = staff()
administrator = staff(*holders(Duty.ADMINISTRATION))
secretariat = staff(*SECRETARIAT)


def half_signed_in(person: Person | None) -> bool:
    """Open to all, yet never cached: the view itself asks the cookie who gave a password and owes a code."""
    return True
