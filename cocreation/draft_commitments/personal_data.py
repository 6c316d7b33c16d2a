"""What this room keeps of people: remarks of the committee's members, and replies to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, or_, select, update

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.core.personal_data import NOBODY, Erasure, Export, Keeper, Subject, rows_of
from cocreation.draft_commitments.models import DraftRemark
from cocreation.languages.i18n import lazy_gettext as _l

OTHERS = ("id", "document_id", "section_id", "said_by", "replied_by")
Said = tuple[int, bool]  # the number of a remark, and whether it or its reply is theirs


def find(subject: Subject) -> Sequence[Said]:
    """The remarks and replies that somebody with one of these addresses wrote."""
    own = func.lower(Person.email).in_(subject.emails)
    people = list(session.scalars(select(Person.id).where(own))) if subject.emails else []
    written = select(DraftRemark.id, DraftRemark.said_by, DraftRemark.replied_by).where(
        or_(DraftRemark.said_by.in_(people), DraftRemark.replied_by.in_(people))
    )
    found: list[Said] = []
    for number, said_by, replied_by in session.execute(written.order_by(DraftRemark.id)):
        found += [(number, True)] if said_by in people else []
        found += [(number, False)] if replied_by in people else []
    return found


def export(keys: Sequence[Said]) -> Export:
    said, replied = _parted(keys)
    remarks = select(DraftRemark).order_by(DraftRemark.id)
    own = rows_of(remarks.where(DraftRemark.id.in_(said)), but=(*OTHERS, "reply"))
    replies = rows_of(remarks.where(DraftRemark.id.in_(replied)), but=(*OTHERS, "words"))
    return Export([*own, *replies])


def erase(keys: Sequence[Said], erasure: Erasure) -> None:
    """A remark goes with its reply; of a reply the remark stays."""
    said, replied = _parted(keys)
    session.execute(update(DraftRemark).where(DraftRemark.id.in_(replied)).values(reply=NOBODY))
    session.execute(delete(DraftRemark).where(DraftRemark.id.in_(said)))


def _parted(keys: Sequence[Said]) -> tuple[list[int], list[int]]:
    said = [number for number, is_remark in keys if is_remark]
    return said, [number for number, is_remark in keys if not is_remark]


KEEPERS = (
    Keeper(
        name="remarks",
        what=_l("The remarks of the committee’s members on draft commitments, and the replies to them"),
        why=_l("To write the commitments together"),
        seen_by=_l("The committee, the secretariat and the responsible institution"),
        term=_l("As long as the draft"),
        columns={"remarks": ("words", "reply")},
        find=find,
        export=export,
        erase=erase,
        stays=_l("the remark, where only the reply was theirs"),
    ),
)
