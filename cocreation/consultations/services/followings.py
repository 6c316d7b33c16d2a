"""Following consultations with an address and no account: asked for, said yes to, stopped, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from cocreation.consultations import emails
from cocreation.consultations.models import Consultation, Following
from cocreation.consultations.queries import followings
from cocreation.core import clock, secrets
from cocreation.core.database import lock, lock_name, session
from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l


class FollowingLinkExpired(Refusal):
    sentence = _l("This link worked until %(day)s. Ask again: nothing was changed.")


class NothingFollowed(NotFound):
    sentence = _l("Nothing is kept under this link any more, so nothing is sent.")


class NothingToFollow(Invalid):
    sentence = _l("This cannot be followed any more: choose something else.")


# How long the link that confirms works; an address that never confirmed is forgotten then.
CONFIRM_WITHIN = timedelta(days=7)
# How many things may ask one address to confirm in a day: a form must not flood a stranger.
MOST_ASKED = 5
# How often the mail for one thing is sent to one address in a day, if who sent the form asks for it again.
MOST_A_DAY = 3
# How long what follows one consultation is kept once nothing more is to be told of it.
KEPT = timedelta(days=60)


def follow(choice: str, email: str, *, now: datetime, again: bool = False) -> None:
    """Ask `email` (in small letters) by mail whether it wants to follow what a `choice` of the form names.
    Whether the address was known is told to nobody but its owner. Raises NothingToFollow.
    """
    followed = followings.chosen(choice, now)
    if followed is None:
        raise NothingToFollow
    wish, name = followed
    lock_name(f"following {email}")
    same = [getattr(Following, column) == value for column, value in vars(wish).items()]  # None is NULL
    following = session.scalar(select(Following).where(Following.email == email, *same))
    if following is None:
        if _asked_today(email, now) >= MOST_ASKED:
            return
        following = Following(email=email, receipt=secrets.new_receipt(), confirmed_at=None, **vars(wish))
        session.add(following)
    if following.confirmed_at is None:
        following.asked_at, following.language = now, i18n.current().code
    session.flush()
    emails.ask_follower(following, name, now=now, most=MOST_A_DAY if again else 1)


def confirm(receipt: str, *, now: datetime) -> Following:
    """Whoever holds the secret of the mail says yes; said twice it changes nothing. Raises NothingFollowed,
    FollowingLinkExpired.
    """
    following = _locked(receipt)
    if following.confirmed_at is None and following.asked_at + CONFIRM_WITHIN <= now:
        raise FollowingLinkExpired(day=clock.day_of(following.asked_at + CONFIRM_WITHIN))
    following.confirmed_at = following.confirmed_at or now
    return following


def stop(receipt: str) -> None:
    """Whoever holds the secret of a mail gets no more of them, whatever the address follows; from the mail
    that asks to confirm, what it asks for is forgotten instead. Raises NothingFollowed.
    """
    following = _locked(receipt)
    if following.confirmed_at is None:
        session.delete(following)
        return
    session.execute(delete(Following).where(Following.email == following.email))


def forget_stale(*, now: datetime) -> int:
    """Forget the addresses that never confirmed in time, and those of one consultation of which nothing is to
    be told any more; how many.
    """
    unconfirmed = Following.confirmed_at.is_(None) & (Following.asked_at <= now - CONFIRM_WITHIN)
    over = or_(Consultation.answered_at <= now - KEPT, Consultation.called_off_at <= now - KEPT)
    ended = Following.consultation_id.in_(select(Consultation.id).where(over))
    gone = delete(Following).where(unconfirmed | ended).returning(Following.id)
    return len(session.scalars(gone, execution_options={"synchronize_session": False}).all())


def _asked_today(email: str, now: datetime) -> int:
    waits = Following.confirmed_at.is_(None) & (Following.asked_at > now - timedelta(days=1))
    return session.scalar(select(func.count()).where(Following.email == email, waits)) or 0


def _locked(receipt: str) -> Following:
    key = session.scalar(select(Following.id).where(Following.receipt == receipt)) if receipt else None
    if key is None:
        raise NothingFollowed
    return lock(Following, key)
