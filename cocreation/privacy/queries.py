"""Whose address stands on what a receipt opens."""

from __future__ import annotations

from sqlalchemy import select, union_all

from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.ideas.models.idea import Author, Idea
from cocreation.places.models.registration import Registration


def found_address(receipt: str) -> tuple[str, str]:
    """The address on an idea or a registration, and the language to write to it in. Raises NotFound, also
    where there is none.
    """
    authors = select(Author.email, Author.language).join(Idea).where(Idea.receipt == receipt)
    people = select(Registration.email, Registration.language).where(Registration.receipt == receipt)
    row = session.execute(union_all(authors, people).limit(1)).first() if receipt else None
    if row is None or not row.email:
        raise NotFound
    return row.email, row.language
