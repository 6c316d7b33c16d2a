"""How people of the staff come in, prove who they are, and leave."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from cocreation.accounts import tries
from cocreation.accounts.emails import FORGOTTEN, INVITATION
from cocreation.accounts.models import Door, Grant, Invitation, Person, Role, SignIn
from cocreation.accounts.refusals import (
    AlreadyCameIn,
    CodeRefused,
    LinkEnded,
    NotYourself,
    PasswordRefused,
    SignInRefused,
)
from cocreation.accounts.tries import Attempt
from cocreation.core import audit, outbox, secrets
from cocreation.core.database import found, lock, lock_name, session
from cocreation.languages import i18n

INVITATION_LASTS = timedelta(days=7)
FORGOTTEN_LASTS = timedelta(hours=1)
FORGOTTEN_AGAIN = timedelta(minutes=5)
SIGN_IN_LINK_LASTS = timedelta(minutes=15)
SIGN_IN_LASTS = timedelta(hours=12)
HALF_A_MINUTE = 30  # seconds a code stands for (RFC 6238)

hasher = PasswordHasher()


def invite(
    email: str,
    role: Role,
    *,
    scope_id: int | None,
    name: str = "",
    language: str = "",
    by: int | None,
    now: datetime,
) -> tuple[Person, str | None]:
    """Give the person at `email` a role, and mail them; the person, and the token of their link.

    A newcomer gets a link valid 7 days to choose a password; who has a password is only told (no token).
    `by` is None for the command line.
    """
    person = _locked(email)
    if person is None:
        person = Person(
            email=email,
            name=name or email.partition("@")[0],
            language=language or i18n.current().code,
            created_at=now,
            grants=[],
        )
        session.add(person)
    if not any(grant.role == role and grant.scope_id == scope_id for grant in person.grants):
        person.grants.append(Grant(role=role, scope_id=scope_id, granted_at=now))
    if person.password:
        _prepare_device(person)  # the sign-ins they have are asked for the second factor
    session.flush()
    link, token = (None, None) if person.password else _new_link(person, Door.PASSWORD, INVITATION_LASTS, now)
    outbox.post(
        INVITATION,
        to=person.email,
        key=f"invitation {person.id} {link.id if link else now.isoformat()}",
        language=person.language,
        name=person.name,
        role=role.label.message,
        token=token,
    )
    audit.record("person invited", f"person {person.id}", by=by, now=now, role=role.value, scope=scope_id)
    return person, token


def ask_for_link(email: str, *, now: datetime) -> None:
    """Mail the person at `email`, if there is one, a link valid an hour to choose a new password.

    Says nothing either way, and writes at most one mail in five minutes.
    """
    person = _locked(email)
    if person is None or person.disabled_at is not None:
        return
    recent = select(Invitation.id).where(
        Invitation.person_id == person.id, Invitation.sent_at > now - FORGOTTEN_AGAIN
    )
    if session.scalar(recent.limit(1)):
        return
    link, token = _new_link(person, Door.PASSWORD, FORGOTTEN_LASTS, now)
    key = f"forgotten password {link.id}"
    outbox.post(FORGOTTEN, to=person.email, key=key, language=person.language, token=token)


def new_sign_in_link(email: str, *, now: datetime) -> tuple[Person, str]:
    """The person at `email`, and the token of a link that signs them in once in 15 minutes. Raises NotFound.

    For operators only: it asks for neither password nor code.
    """
    person = found(_locked(email))
    audit.record("sign-in link made", f"person {person.id}", by=None, now=now)
    return person, _new_link(person, Door.SIGN_IN, SIGN_IN_LINK_LASTS, now)[1]


def _new_link(person: Person, door: Door, lasts: timedelta, now: datetime) -> tuple[Invitation, str]:
    """A fresh link; the unused older ones that open the same door end."""
    session.execute(
        update(Invitation)
        .where(Invitation.person_id == person.id, Invitation.door == door, Invitation.expires_at > now)
        .values(expires_at=now)
    )
    token = secrets.new_token()
    link = Invitation(
        person_id=person.id, door=door, digest=secrets.digest(token), sent_at=now, expires_at=now + lasts
    )
    session.add(link)
    session.flush()
    return link, token


def _use_link(token: str, door: Door, now: datetime) -> Person:
    """The person whose link this is, both locked; the link is then used. Raises LinkEnded."""
    statement = select(Invitation).where(Invitation.digest == secrets.digest(token), Invitation.door == door)
    link = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if link is None or link.used_at is not None or link.expires_at <= now:
        raise LinkEnded
    person = lock(Person, link.person_id, selectinload(Person.grants))
    if person.disabled_at is not None:
        raise LinkEnded
    link.used_at = now
    return person


def choose_password(token: str, password: str, account: Callable[[str], str], *, now: datetime) -> Person:
    """Set the password of who holds this link; sign-ins begun before it end, and what was tried at the
    password before it counts no more. `account` gives the keyed digest of an address. Raises LinkEnded.
    """
    person = _use_link(token, Door.PASSWORD, now)
    tries.forget_passwords(account(person.email))
    person.password = hasher.hash(_normal(password))
    _end(person.id, now)
    _prepare_device(person)
    return person


def enter_by_link(token: str, *, now: datetime) -> Person:
    """Who an operator's link signs in. Raises LinkEnded."""
    return _use_link(token, Door.SIGN_IN, now)


def check_password(email: str, password: str, attempt: Attempt, *, now: datetime) -> Person:
    """The person with this address and this password. Raises SignInRefused, the failure being counted, and
    TooManyTries, the password being left unread.

    Whether the address is unknown or disabled, it takes as long and says the same; tries at one address are
    read one after the other, so that many at once are counted, and an unknown one does not answer sooner.
    """
    lock_name(f"sign-in {attempt.account}")
    person = _locked(email)
    tries.ask_for_password(attempt, now=now)
    right = _verify(person.password if person else None, password)
    if person is None or person.disabled_at is not None or not right:
        tries.password_failed(attempt, person if person and not person.disabled_at else None, now=now)
        raise SignInRefused
    if hasher.check_needs_rehash(person.password or ""):
        person.password = hasher.hash(_normal(password))
    if person.must_prove_twice:
        _prepare_device(person)
        tries.password_was_right(attempt)
    else:
        tries.came_in(attempt, now=now)
    return person


def check_code(person_id: int, code: str, attempt: Attempt, *, now: datetime) -> Person:
    """The person, when `code` is the one their device shows. Raises CodeRefused, the failure being counted,
    and TooManyTries, the code being left unread.

    Codes of the half-minutes before and after are taken too; each works once (RFC 6238, 5.2).
    """
    person = lock(Person, person_id, selectinload(Person.grants))
    if person.disabled_at is not None:
        raise CodeRefused
    tries.ask_for_code(attempt, now=now)
    step = _step_of(person, code, now)
    if step is None or step <= (person.totp_last_used or 0):
        tries.code_failed(attempt, person, now=now)
        raise CodeRefused
    person.totp_last_used = step
    tries.came_in(attempt, now=now)
    return person


def _step_of(person: Person, code: str, now: datetime) -> int | None:
    """The number of the half-minute whose code this is."""
    if person.totp_secret is None:
        return None
    totp, half_minute = pyotp.TOTP(person.totp_secret), int(now.timestamp()) // HALF_A_MINUTE
    # Digits of any script, such as the Arabic-Indic ones, with or without blanks.
    digits = "".join(str(unicodedata.digit(character, "")) for character in code if not character.isspace())
    around = (half_minute + 1, half_minute, half_minute - 1)
    return next((s for s in around if pyotp.utils.strings_equal(totp.generate_otp(s), digits)), None)


def begin_sign_in(person: Person, browser: str, *, proved: bool, now: datetime) -> str:
    """Sign `person` in for 12 hours; the token the browser keeps. `browser` is what it says of itself,
    `proved` whether a second factor was proved, or an operator vouches.
    """
    token = secrets.new_token()
    session.add(
        SignIn(
            person_id=person.id,
            digest=secrets.digest(token),
            started_at=now,
            expires_at=now + SIGN_IN_LASTS,
            browser=browser_name(browser),
            proved_at=now if proved else None,
        )
    )
    session.flush()
    return token


def browser_name(says: str) -> str:
    """ "Firefox · Android" from a User-Agent: enough to recognise one's own browsers, no more is kept."""
    # The first that is named counts: Edge also calls itself Chrome and Safari, Android also Linux.
    programs = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox"}
    programs |= {"FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"}
    systems |= {"Mac OS": "macOS", "CrOS": "ChromeOS", "Linux": "Linux"}
    names = [next((name for mark, name in kind.items() if mark in says), "") for kind in (programs, systems)]
    return " · ".join(filter(None, names))


def end_sign_in(person_id: int, sign_in_id: int, *, now: datetime) -> None:
    """End one of the person's own sign-ins; of someone else's nothing happens."""
    session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_other_sign_ins(person_id: int, but: int, *, now: datetime) -> None:
    """End all sign-ins of the person except the one numbered `but`."""
    _end(person_id, now, SignIn.id != but)


def _end(person_id: int, now: datetime, *which: object) -> None:
    live = (SignIn.person_id == person_id, SignIn.ended_at.is_(None), *which)
    session.execute(update(SignIn).where(*live).values(ended_at=now))  # type: ignore[arg-type]


def change_password(
    person_id: int, present: str, chosen: str, attempt: Attempt, *, sign_in_id: int, now: datetime
) -> None:
    """Replace the password and end the sign-ins elsewhere. Raises PasswordRefused, the failure being counted,
    and TooManyTries.
    """
    person = lock(Person, person_id)
    tries.ask_for_password(attempt, now=now)
    if not _verify(person.password, present):
        tries.password_failed(attempt, person, now=now)
        raise PasswordRefused
    tries.forget_passwords(attempt.account)
    person.password = hasher.hash(_normal(chosen))
    end_other_sign_ins(person_id, sign_in_id, now=now)


def want_digest(person_id: int, wanted: bool) -> None:
    """Say whether a mail a day tells this person what waits for them."""
    lock(Person, person_id).wants_digest = wanted


def take_back(grant_id: int, *, by: int, now: datetime) -> None:
    """Take a role from a person. Raises NotFound, NotYourself for one's own administrator's role."""
    grant = lock(Grant, grant_id)
    if grant.person_id == by and grant.role == Role.ADMINISTRATOR:
        raise NotYourself
    session.execute(delete(Grant).where(Grant.id == grant.id))
    what = {"role": grant.role.value, "scope": grant.scope_id}
    audit.record("role taken back", f"person {grant.person_id}", by=by, now=now, **what)


def withdraw_invitation(person_id: int, *, by: int, now: datetime) -> None:
    """Take an invitation back from who never came in: the link ends, a mail that waits is not sent, and
    nothing is kept of the person. Raises NotFound, NotYourself, AlreadyCameIn.
    """
    if person_id == by:
        raise NotYourself
    person = lock(Person, person_id)
    came_in = select(SignIn.id).where(SignIn.person_id == person_id).limit(1)
    if person.password or session.scalar(came_in):
        raise AlreadyCameIn
    outbox.withdraw_from(INVITATION, person.email)
    for model in (Grant, Invitation):
        session.execute(delete(model).where(model.person_id == person_id))
    try:
        with session.begin_nested():
            session.execute(delete(Person).where(Person.id == person_id))
    except IntegrityError:  # something was given to them meanwhile: what points to them stays
        person.disabled_at = now
    audit.record("invitation withdrawn", f"person {person_id}", by=by, now=now)


def disable(person_id: int, *, by: int, now: datetime) -> None:
    """Close the door to a person, their sign-ins and their links. Raises NotFound, NotYourself."""
    if person_id == by:
        raise NotYourself
    person = lock(Person, person_id)
    person.disabled_at = person.disabled_at or now
    _end(person_id, now)
    audit.record("person disabled", f"person {person_id}", by=by, now=now)


def enable(person_id: int, *, by: int, now: datetime) -> None:
    """Open it again."""
    lock(Person, person_id).disabled_at = None
    audit.record("person enabled", f"person {person_id}", by=by, now=now)


def forget_device(person_id: int, *, by: int, now: datetime) -> None:
    """For a lost telephone: the next sign-in sets up a new device. Raises NotFound, NotYourself."""
    if person_id == by:
        raise NotYourself
    person = lock(Person, person_id)
    person.totp_secret = person.totp_last_used = None
    _end(person_id, now)
    audit.record("device forgotten", f"person {person_id}", by=by, now=now)


def _locked(email: str) -> Person | None:
    statement = select(Person).where(Person.email == email).options(selectinload(Person.grants))
    return session.scalar(statement.with_for_update(of=Person).execution_options(populate_existing=True))


def _prepare_device(person: Person) -> None:
    """A secret for their device, until a first code shows that the device has it."""
    if person.must_prove_twice and person.totp_secret is None:
        person.totp_secret = pyotp.random_base32()


def _normal(password: str) -> str:
    """The same password from every keyboard (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _verify(kept: str | None, password: str) -> bool:
    try:
        return hasher.verify(kept or _nobodys(), _normal(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """What is compared with when there is no password, so that it takes as long."""
    return hasher.hash(secrets.new_token())
