"""Supporting and following an idea with an address and no account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, func, select, update

from cocreation.backing import emails
from cocreation.backing.models import Backing, Rhythm
from cocreation.backing.refusals import BackingLinkExpired, NothingHeld, NoWish
from cocreation.core import clock, secrets
from cocreation.core.database import lock, session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import Idea
from cocreation.languages import i18n

# How long the link that confirms works; an address that never confirmed is forgotten then.
CONFIRM_WITHIN = timedelta(days=7)
# How many ideas may ask one address to confirm in a day: a form must not flood a stranger.
MOST_ASKED = 5
# How often the mail for one idea is sent to one address in a day, if who sent the form asks for it again.
MOST_A_DAY = 3
# How long the links of old mails still work after somebody stopped; then the address is forgotten.
LINKS_LAST = timedelta(days=60)


@dataclass(frozen=True)
class BackingWish:
    """What somebody wants with an idea."""

    supports: bool
    follows: Rhythm | None

    def __bool__(self) -> bool:
        return self.supports or self.follows is not None


def back(idea_id: int, email: str, wish: BackingWish, *, now: datetime, again: bool = False) -> None:
    """Ask `email` (in small letters) by mail whether it wants this; nothing counts before it says so. Whether
    the address was known is told to nobody but its owner. Once a day; a few times when who sent the form asks
    for it `again`. Raises NotFound, NoWish.
    """
    idea = lock(Idea, idea_id)
    if not idea.is_public or idea.is_silent:
        raise NotFound
    if not wish:
        raise NoWish
    statement = select(Backing).where(Backing.idea_id == idea.id, Backing.email == email)
    backing = session.scalar(statement)
    if backing is None:
        if _asked_today(email, now) >= MOST_ASKED:
            return
        backing = Backing(idea_id=idea.id, email=email, receipt=secrets.new_receipt(), confirmed_at=None)
        session.add(backing)
    if backing.confirmed_at is None:
        backing.supports, backing.follows, backing.asked_at = wish.supports, wish.follows, now
        backing.language = i18n.current().code
    session.flush()
    most = MOST_A_DAY if again else 1
    emails.ask_backer(idea, backing, supports=wish.supports, follows=wish.follows, now=now, most=most)


def _asked_today(email: str, now: datetime) -> int:
    """How many ideas wait for a yes of this address, asked for within a day."""
    waits = Backing.confirmed_at.is_(None) & (Backing.asked_at > now - timedelta(days=1))
    return session.scalar(select(func.count()).where(Backing.email == email, waits)) or 0


def choose(receipt: str, wish: BackingWish, *, now: datetime) -> Backing:
    """Whoever holds the secret of a mail confirms or changes what they want with an idea. Its supporters are
    counted under its lock, one for each address; said twice it changes nothing.

    Raises NothingHeld, BackingLinkExpired, NoWish.
    """
    idea, backing = _locked(receipt)
    if backing.confirmed_at is None:
        if backing.asked_at + CONFIRM_WITHIN <= now:
            raise BackingLinkExpired(day=clock.day_of(backing.asked_at + CONFIRM_WITHIN))
        if not wish:
            raise NoWish
    counted = backing.confirmed_at is not None and backing.supports
    idea.supporters += int(wish.supports) - int(counted)
    if backing.confirmed_at is None or (wish.follows and not backing.follows):
        backing.told_at = now  # followers are told of what is to come
    backing.confirmed_at = backing.confirmed_at or now
    backing.supports, backing.follows = wish.supports, wish.follows
    backing.lineage_id = None  # said by its owner, it stays when the link it came along by is undone
    return backing


def unsubscribe(receipt: str) -> None:
    """Whoever holds the secret of a mail gets no more of them, for any idea; support that was given stays.
    From the mail that asks to confirm, what it asks for is forgotten instead. Raises NothingHeld.
    """
    _idea, backing = _locked(receipt)
    if backing.confirmed_at is None:
        session.delete(backing)
        return
    confirmed = Backing.email == backing.email, Backing.confirmed_at.is_not(None)
    session.execute(update(Backing).where(*confirmed).values(follows=None))


def _locked(receipt: str) -> tuple[Idea, Backing]:
    """The idea and the backing, locked in this order everywhere."""
    found = session.execute(select(Backing.idea_id, Backing.id).where(Backing.receipt == receipt)).first()
    if not receipt or found is None:
        raise NothingHeld
    return lock(Idea, found.idea_id), lock(Backing, found.id)


def forget_backings(keys: Sequence[int]) -> int:
    """Forget backings by their ids; how many went.

    Their support is no longer counted: a figure that cannot be counted again from its rows could not be
    carried along when ideas are merged, and the same address could come back and count twice.
    """
    chosen = Backing.id.in_(keys)
    supported = select(Backing.idea_id).where(chosen, Backing.supports, Backing.confirmed_at.is_not(None))
    session.execute(
        update(Idea).where(Idea.id.in_(supported)).values(supporters=Idea.supporters - 1),
        execution_options={"synchronize_session": False},
    )
    return _gone(delete(Backing).where(chosen))


def forget_stale(*, now: datetime) -> int:
    """Forget the addresses that never confirmed in time, and those that stopped long ago; how many."""
    unconfirmed = Backing.confirmed_at.is_(None) & (Backing.asked_at <= now - CONFIRM_WITHIN)
    stopped = ~Backing.supports & Backing.follows.is_(None) & (Backing.told_at <= now - LINKS_LAST)
    return _gone(delete(Backing).where(unconfirmed | stopped))


def _gone(statement: Delete) -> int:
    unseen = {"synchronize_session": False}
    return len(session.scalars(statement.returning(Backing.id), execution_options=unseen).all())
