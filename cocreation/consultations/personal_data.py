"""What this room keeps of people: found, exported, erased."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, or_, select

from cocreation.consultations.models import Following
from cocreation.consultations.services.followings import CONFIRM_WITHIN, KEPT
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, rows_of
from cocreation.languages.i18n import lazy_gettext as _l


def find_followings(subject: Subject) -> Sequence[int]:
    of_subject = or_(func.lower(Following.email).in_(subject.emails), Following.receipt.in_(subject.receipts))
    return session.scalars(select(Following.id).where(of_subject).order_by(Following.id)).all()


def export_followings(keys: Sequence[int]) -> Export:
    rows = select(Following).where(Following.id.in_(keys)).order_by(Following.id)
    return Export(rows_of(rows, but=("id",)))


def erase_followings(keys: Sequence[int], erasure: Erasure) -> None:
    erasure.receipts.update(session.scalars(select(Following.receipt).where(Following.id.in_(keys))))
    session.execute(delete(Following).where(Following.id.in_(keys)))


KEEPERS: tuple[Keeper[int], ...] = (
    Keeper(
        name="followings",
        what=_l("Your e-mail address, when you follow public consultations"),
        why=_l("To write to you when one is announced, opens, is about to close, and is answered"),
        seen_by=_l("Nobody"),
        term=_l(
            "Until you stop; of one consultation, until %(days)s days after its answers; an address that "
            "never confirmed %(within)s days"
        ).filled(days=KEPT.days, within=CONFIRM_WITHIN.days),
        chore="forget followings",
        columns={"followings": ("email",)},
        find=find_followings,
        export=export_followings,
        erase=erase_followings,
    ),
)
