"""What is kept of a member of the staff: the account, its roles, sign-ins and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from cocreation.accounts.models import Grant, Invitation, Person, SignIn
from cocreation.core import audit
from cocreation.core.database import lock, session
from cocreation.core.personal_data import NOBODY, Erasure, Export, Keeper, Subject, row_of, rows_of
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

# How long a closed account keeps its name and address, and how long ended sign-ins and links are listed.
CLOSED_FOR = timedelta(days=365)
ENDED_FOR = timedelta(days=30)
SECRETS = ("id", "person_id", "password", "totp_secret", "totp_last_used", "digest")
# Under this domain (RFC 2606) nobody has an address.
NOWHERE = "@erased.invalid"

STILL_OPEN = _l(
    "The account in the team is in use: an administrator closes it first (The team), then it can be erased."
)


def find(subject: Subject) -> Sequence[int]:
    """The accounts under these addresses."""
    return session.scalars(select(Person.id).where(func.lower(Person.email).in_(subject.emails))).all()


def export(keys: Sequence[int]) -> Export:
    exported = Export()
    for person in session.scalars(select(Person).where(Person.id.in_(keys))):
        of_them = {
            kind: select(kind).where(kind.person_id == person.id) for kind in (Grant, SignIn, Invitation)
        }
        exported.rows.append(
            {
                **row_of(person, but=SECRETS),
                "roles": rows_of(of_them[Grant], but=SECRETS),
                "sign_ins": rows_of(of_them[SignIn], but=SECRETS),
                "links": rows_of(of_them[Invitation], but=SECRETS),
            }
        )
    return exported


def kept(keys: Sequence[int]) -> Mapping[int, Lazy]:
    """Accounts that are still open: who acts under them must not vanish from one minute to the next."""
    still = select(Person.id).where(Person.id.in_(keys), Person.disabled_at.is_(None))
    return dict.fromkeys(session.scalars(still), STILL_OPEN)


def erase(keys: Sequence[int], erasure: Erasure) -> None:
    """Forget who held an account; what was done under its number stays done by that number."""
    for key in sorted(keys):
        person = lock(Person, key)
        person.name, person.email, person.password = NOBODY, f"{person.id}{NOWHERE}", None
        person.totp_secret = person.totp_last_used = None
        for kind in (Grant, SignIn, Invitation):
            session.execute(delete(kind).where(kind.person_id == person.id))
        audit.record("account erased", f"person {person.id}", by=erasure.by, now=erasure.now)


def names(keys: Sequence[int]) -> Sequence[str]:
    return session.scalars(select(Person.name).where(Person.id.in_(keys))).all()


def forget_closed(now: datetime) -> int:
    """The worker's chore: who has not been of the team for a year, and what ended a month ago. Commits."""
    closed = Person.disabled_at <= now - CLOSED_FOR, ~Person.email.endswith(NOWHERE)
    people = session.scalars(select(Person.id).where(*closed).order_by(Person.id).limit(100)).all()
    erase(people, Erasure(now))
    gone = len(people)
    for kind in (SignIn, Invitation):
        over = delete(kind).where(kind.expires_at <= now - ENDED_FOR).returning(kind.id)
        gone += len(session.scalars(over).all())
    session.commit()
    return gone


KEEPERS = (
    Keeper(
        name="accounts",
        what=_l("The name, the e-mail address, the roles and the sign-ins of the team’s members"),
        why=_l("To let them in, and to know who may do what"),
        seen_by=_l("The administrators"),
        term=_l(
            "As long as they are of the team, and %(days)s days after their account is closed;"
            " an ended sign-in %(ended)s days"
        ).filled(days=CLOSED_FOR.days, ended=ENDED_FOR.days),
        chore="forget closed accounts",
        columns={
            "people": ("email", "name", "password", "totp_secret"),
            "grants": (),
            "sign_ins": ("browser",),
            "invitations": (),
        },
        find=find,
        export=export,
        erase=erase,
        names=names,
        kept=kept,
        stays=_l("what was decided under an account, with its number and no name"),
    ),
)
