"""What is kept of who wrote a note: the words, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, rows_of
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.notes.models import Note

OTHERS = ("id", "idea_id", "author_id", "to_id", "from_id", "for_id", "resolved_by")


def find(subject: Subject) -> Sequence[int]:
    """The notes that somebody with one of these addresses wrote."""
    written = select(Note.id).join(Person, Person.id == Note.author_id).order_by(Note.id)
    return session.scalars(written.where(func.lower(Person.email).in_(subject.emails))).all()


def export(keys: Sequence[int]) -> Export:
    return Export(rows_of(select(Note).where(Note.id.in_(keys)).order_by(Note.id), but=OTHERS))


def erase(keys: Sequence[int], erasure: Erasure) -> None:
    session.execute(delete(Note).where(Note.id.in_(keys)))


KEEPERS = (
    Keeper(
        name="notes",
        what=_l("The notes that members of the team and of institutions write on an idea for each other"),
        why=_l("To work on an idea together"),
        seen_by=_l("The secretariat, and the institution that wrote them or that they are addressed to"),
        term=_l("As long as the idea"),
        columns={"notes": ("body",)},
        find=find,
        export=export,
        erase=erase,
    ),
)
