"""What is kept of who supports or follows an idea."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from cocreation.backing.models import Backing
from cocreation.backing.services.backings import CONFIRM_WITHIN, LINKS_LAST, forget_backings
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, row_of
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l


def find_backings(subject: Subject) -> Sequence[int]:
    of_subject = or_(func.lower(Backing.email).in_(subject.emails), Backing.receipt.in_(subject.receipts))
    return session.scalars(select(Backing.id).where(of_subject).order_by(Backing.id)).all()


def export_backings(keys: Sequence[int]) -> Export:
    rows = select(Backing, Idea.reference).join(Idea).where(Backing.id.in_(keys)).order_by(Backing.id)
    links = ("id", "idea_id", "lineage_id")
    return Export(
        [{**row_of(backing, but=links), "idea": reference} for backing, reference in session.execute(rows)]
    )


def erase_backings(keys: Sequence[int], erasure: Erasure) -> None:
    erasure.receipts.update(session.scalars(select(Backing.receipt).where(Backing.id.in_(keys))))
    forget_backings(keys)


KEEPERS = (
    Keeper(
        name="backings",
        what=_l("Your e-mail address, when you support or follow an idea"),
        why=_l("To count you once, and to write to you as you asked"),
        seen_by=_l("Nobody: only how many people support the idea is shown"),
        term=_l(
            "Until you stop, and %(days)s days more; an address that never confirmed %(within)s days"
        ).filled(days=LINKS_LAST.days, within=CONFIRM_WITHIN.days),
        chore="addresses to forget",
        columns={"backings": ("email",)},
        find=find_backings,
        export=export_backings,
        erase=erase_backings,
    ),
)
