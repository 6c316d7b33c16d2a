"""Who tries a password or a code too often is slowed down, then closed out: their network at this account,
never the account itself, so that nobody can close another's door.

Nobody waits in a thread: a try that comes too early is refused unread, whether the account exists or not, and
told how long to wait.

**Passwords.** A network has ten wrong tries at an account in a day, with growing pauses. When many networks
try one account (`CEILING` failures in a day), each of them is slowed sooner after its first failure, and the
person is told by mail; the first try of a network is always read, so the person comes in from anywhere. A new
password, by the mailed link, forgets all failures.

**Codes** are asked for after a right password only. They are six digits, of which three are right at a moment
(the half-minute, the one before, the one after): a guess succeeds with 3 in 10⁶. `PENDING` tries a pending
sign-in, ten a day for a network, and `CODES_OF_STRANGERS` = 30 in any 24 hours for all networks together from
which the person has not come in lately: 30 · 3/10⁶ = 0.009 % a day, so that a botnet that knows the password
needs 7,700 days for an even chance, with a mail to the person on each. Beyond that strangers are closed out
for the day, and the person comes in from where they usually do. A new password does not forget these
failures, since whoever reads a person's mail could otherwise have as many tries as links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from cocreation.accounts.emails import SOMEBODY_TRIES
from cocreation.accounts.models import Person, SignInNetwork
from cocreation.accounts.refusals import TooManyTries
from cocreation.core import clock, outbox
from cocreation.core.database import insert_new, session

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NONE = timedelta(0)
# The pause after so many failures in a row; after more, the door is closed to this network for a day.
PAUSES = (NONE, NONE, NONE, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, HOUR)
CEILING = 30  # failures at one account in a day, from everywhere
SOONER = 3  # steps of PAUSES, once there were as many
FORGOTTEN_AFTER = DAY
PENDING = 5
CODES_OF_STRANGERS = 30
TOLD_AFTER = 5  # wrong codes of strangers: the password is then no secret any more
FAMILIAR_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Attempt:
    """Who tries what: keyed digests of the address typed and of the network it comes from."""

    account: str
    network: str


def pause_after(failures: int, everywhere: int = 0) -> timedelta:
    """How long a network waits after so many `failures` of its own at an account that has seen so many from
    `everywhere` within a day. None of its own, no pause.
    """
    steps = failures + SOONER if failures and everywhere >= CEILING else failures
    return PAUSES[steps] if steps < len(PAUSES) else DAY


def ask_for_password(attempt: Attempt, *, now: datetime) -> None:
    """Raises TooManyTries while this network has to wait."""
    row = _row(attempt)
    if row is None or row.failed_at is None or not row.failures or row.failed_at <= now - FORGOTTEN_AFTER:
        return
    left = row.failed_at + pause_after(row.failures, _everywhere(attempt.account, now)) - now
    if left > NONE:
        raise TooManyTries(left)


def ask_for_code(attempt: Attempt, *, now: datetime) -> None:
    """Raises TooManyTries while this network has to wait, or strangers have had all their tries."""
    row = _row(attempt)
    if row is not None and row.code_failed_at is not None and row.code_failed_at > now - FORGOTTEN_AFTER:
        left = row.code_failed_at + pause_after(row.code_failures) - now
        if left > NONE:
            raise TooManyTries(left)
    if row is not None and row.came_in_at is not None and row.came_in_at > now - FAMILIAR_FOR:
        return
    failures, first = _codes_of_strangers(attempt.account, now)
    if failures >= CODES_OF_STRANGERS and first is not None:
        raise TooManyTries(max(SECOND, first + FORGOTTEN_AFTER - now))


def password_failed(attempt: Attempt, person: Person | None, *, now: datetime) -> None:
    """Count a wrong password; tell the person, if there is one, once a day."""
    row = _kept(attempt)
    is_old = row.failed_at is None or row.failed_at <= now - FORGOTTEN_AFTER
    row.failures, row.failed_at = (1 if is_old else row.failures + 1), now
    session.flush()
    if person is not None and _everywhere(attempt.account, now) >= CEILING:
        _tell(person, now, knows_password=False)


def code_failed(attempt: Attempt, person: Person, *, now: datetime) -> None:
    """Count a wrong code, given after a right password; tell the person, once a day."""
    row = _kept(attempt)
    is_old = row.code_failed_at is None or row.code_failed_at <= now - FORGOTTEN_AFTER
    row.code_failures, row.code_failed_at = (1 if is_old else row.code_failures + 1), now
    session.flush()
    if _codes_of_strangers(attempt.account, now)[0] >= TOLD_AFTER:
        _tell(person, now, knows_password=True)


def password_was_right(attempt: Attempt) -> None:
    """Forget the wrong passwords of this network."""
    if (row := _row(attempt)) is not None:
        row.failures = 0


def came_in(attempt: Attempt, *, now: datetime) -> None:
    """This network is one from which the person comes in."""
    row = _kept(attempt)
    row.failures = row.code_failures = 0
    row.came_in_at = now


def forget_passwords(account: str) -> None:
    """A new password: what was tried at the one before counts no more."""
    session.execute(update(SignInNetwork).where(SignInNetwork.account == account).values(failures=0))


def sweep(now: datetime) -> int:
    """Forget the networks of failures that count no more, and those nobody came in from lately; how many."""
    is_unfamiliar = or_(SignInNetwork.came_in_at.is_(None), SignInNetwork.came_in_at <= now - FAMILIAR_FOR)
    count_no_more = [
        or_(moment.is_(None), moment <= now - FORGOTTEN_AFTER)
        for moment in (SignInNetwork.failed_at, SignInNetwork.code_failed_at)
    ]
    those = delete(SignInNetwork).where(is_unfamiliar, *count_no_more).returning(SignInNetwork.id)
    gone = session.execute(those).all()
    session.commit()
    return len(gone)


def _row(attempt: Attempt) -> SignInNetwork | None:
    statement = select(SignInNetwork).where(
        SignInNetwork.account == attempt.account, SignInNetwork.network == attempt.network
    )
    return session.scalar(statement.execution_options(populate_existing=True))


def _kept(attempt: Attempt) -> SignInNetwork:
    """The row of this network at this account, made if need be, and locked."""
    new = {"account": attempt.account, "network": attempt.network, "failures": 0, "code_failures": 0}
    session.execute(insert_new(SignInNetwork).values(**new))
    statement = select(SignInNetwork).where(
        SignInNetwork.account == attempt.account, SignInNetwork.network == attempt.network
    )
    return session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()


def _everywhere(account: str, now: datetime) -> int:
    """The wrong passwords at an account within a day, of all networks."""
    recent = (SignInNetwork.account == account, SignInNetwork.failed_at > now - FORGOTTEN_AFTER)
    return session.scalar(select(func.coalesce(func.sum(SignInNetwork.failures), 0)).where(*recent)) or 0


def _codes_of_strangers(account: str, now: datetime) -> tuple[int, datetime | None]:
    """The wrong codes at an account within a day, of networks from which its person has not come in lately,
    and the moment from which on some of them will be forgotten.
    """
    recent: tuple[ColumnElement[bool], ...] = (
        SignInNetwork.account == account,
        SignInNetwork.code_failed_at > now - FORGOTTEN_AFTER,
        or_(SignInNetwork.came_in_at.is_(None), SignInNetwork.came_in_at <= now - FAMILIAR_FOR),
    )
    counted = select(
        func.coalesce(func.sum(SignInNetwork.code_failures), 0), func.min(SignInNetwork.code_failed_at)
    )
    failures, first = session.execute(counted.where(*recent)).one()
    return int(failures), first


def _tell(person: Person, now: datetime, *, knows_password: bool) -> None:
    what = "password known" if knows_password else "somebody tries"
    outbox.post(
        SOMEBODY_TRIES,
        to=person.email,
        key=f"{what} {person.id} {clock.day_of(now)}",
        language=person.language,
        day=clock.day_of(now).isoformat(),
        knows_password=knows_password,
    )
