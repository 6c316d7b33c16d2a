"""What is kept of the person through whom an association is reached, and of who declares one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from cocreation.core import secrets
from cocreation.core.contacts import phone_number
from cocreation.core.database import lock, session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, rows_of
from cocreation.directory.models import Association
from cocreation.languages.i18n import lazy_gettext as _l

# How long a declaration that was refused waits to be corrected; then it is deleted.
REFUSED_FOR = timedelta(days=365)
LINKS = ("id", "once", "folded", "receipt")


def find(subject: Subject) -> Sequence[int]:
    """The associations reached at these addresses and numbers, or declared under these receipts."""
    of_subject = or_(
        func.lower(Association.email).in_(subject.emails),
        Association.phone.in_(_written(subject.phones)),
        Association.receipt.in_(subject.receipts),
    )
    return session.scalars(select(Association.id).where(of_subject).order_by(Association.id)).all()


def _written(phones: frozenset[str]) -> list[str]:
    """The numbers there are, as associations typed them, that are one of `phones`."""
    if not phones:
        return []
    typed = session.scalars(select(Association.phone).where(Association.phone.is_not(None)))
    return [number for number in typed if number and phone_number(number) in phones]


def export(keys: Sequence[int]) -> Export:
    statement = select(Association).where(Association.id.in_(keys)).order_by(Association.id)
    return Export(rows_of(statement, but=LINKS))


def erase(keys: Sequence[int], erasure: Erasure) -> None:
    """A verified association stays in the directory, without the person it was reached through; a declaration
    that is not verified goes altogether, since nobody is left to answer for it.
    """
    for key in sorted(keys):
        association = lock(Association, key)
        erasure.receipts.add(association.receipt)
        if not association.is_verified and not _is_named(association.id):
            session.execute(delete(Association).where(Association.id == association.id))
            continue
        association.contact_name = association.email = association.phone = None
        association.receipt, association.once = secrets.new_receipt(), secrets.new_token()
        erasure.contacts_gone.add((association.name, None))


def _is_named(association_id: int) -> bool:
    """Whether something else names it: it was verified once."""
    tables = Association.metadata.tables.values()
    keys = [key for table in tables for key in table.foreign_keys if key.column.table.name == "associations"]
    named = (select(key.parent).where(key.parent == association_id).limit(1) for key in keys)
    return any(session.scalar(statement) for statement in named)


def names(keys: Sequence[int]) -> Sequence[str | None]:
    return session.scalars(select(Association.contact_name).where(Association.id.in_(keys))).all()


def forget_refused(now: datetime) -> int:
    """The worker's chore: declarations refused a year ago, that were never verified. Commits."""
    old = select(Association.id).where(Association.refused_at <= now - REFUSED_FOR)
    gone = [key for key in session.scalars(old.order_by(Association.id).limit(100)) if not _is_named(key)]
    session.execute(delete(Association).where(Association.id.in_(gone)))
    session.commit()
    return len(gone)


KEEPERS = (
    Keeper(
        name="associations",
        what=_l("The name, address and telephone of the person through whom an association is reached"),
        why=_l("To verify the association, and to write to it"),
        seen_by=_l("The secretariat"),
        term=_l(
            "As long as the association is in the directory; a request that is not verified %(days)s days "
            "after it was refused"
        ).filled(days=REFUSED_FOR.days),
        chore="forget refused declarations",
        columns={"associations": ("contact_name", "email", "phone")},
        spared={
            "associations.name": "the association’s, public once verified",
            "associations.acronym": "the association’s",
            "associations.folded": "made of the name of the association",
            "associations.legal_number": "the association’s",
            "associations.city": "the association’s",
            "associations.domains": "of a list",
            "associations.purpose": "the association’s, public once verified",
            "associations.refusal": "why the secretariat did not verify the association",
        },
        find=find,
        export=export,
        erase=erase,
        names=names,
        stays=_l("the association itself, when it is in the directory: it is not the person"),
    ),
)
