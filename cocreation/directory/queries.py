"""What the pages of the directory show."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rapidfuzz import fuzz, process
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cocreation.core import secrets
from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.directory.models import Association, AssociationState, Institution, Province, Region
from cocreation.languages import i18n
from cocreation.text import cleanup, spelling


def regions() -> list[Region]:
    """The twelve regions, in the order of their codes."""
    return list(session.scalars(select(Region).order_by(Region.code)))


def province_names(codes: Collection[str]) -> dict[str, str]:
    """The names of these provinces, by their code, in the current language."""
    rows = session.execute(select(Province.code, Province.name).where(Province.code.in_(codes)))
    language = i18n.current()
    return {code: name.best(language.code, language.falls_back)[0] for code, name in rows}


def institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.slug)))


def institution(institution_id: int) -> Institution:
    """Raises NotFound."""
    return found(session.get(Institution, institution_id))


def associations(name: str | None, region: str | None, cursor: str | None) -> Page[Association]:
    """Verified associations by name: those whose name or acronym holds `name` in any spelling."""
    statement = select(Association).where(Association.verified_at.is_not(None))
    if folded := spelling.fold(cleanup.clean_line(name)):
        statement = statement.where(Association.folded.contains(folded, autoescape=True))
    if region:
        statement = statement.where(Association.region_code == region)
    statement = statement.options(joinedload(Association.region))
    return page(statement, Association.folded, Association.id, cursor=cursor, descending=False)


def verified_name(typed: str) -> str | None:
    """The name of the one verified association that is called what was typed, in any spelling, or by its
    acronym; None for any other words.
    """
    wanted = spelling.fold(cleanup.clean_line(typed, 200))
    if not wanted:
        return None
    called = (Association.verified_at.is_not(None), Association.folded.contains(wanted, autoescape=True))
    rows = session.scalars(select(Association).where(*called).limit(50))
    same = [row for row in rows if wanted in (spelling.fold(row.name), spelling.fold(row.acronym or ""))]
    return same[0].name if len(same) == 1 else None


def association(receipt: str) -> Association:
    """The declaration of this receipt, however it was typed. Raises NotFound."""
    of_receipt = Association.receipt == secrets.read_receipt(receipt)
    return found(
        session.scalar(select(Association).where(of_receipt).options(joinedload(Association.region)))
    )


def declared(association_id: int) -> Association:
    """A declaration by its number, for the secretariat. Raises NotFound."""
    return found(session.get(Association, association_id))


ALIKE = 88  # of 100, as rapidfuzz counts the letters two names have in common in their order
MOST_ALIKE = 4

STANDS = {
    AssociationState.WAITING: Association.verified_at.is_(None) & Association.refused_at.is_(None),
    AssociationState.VERIFIED: Association.verified_at.is_not(None),
    AssociationState.REFUSED: Association.refused_at.is_not(None),
}


def declarations(state: AssociationState, cursor: str | None) -> Page[Association]:
    """For the secretariat: the declarations in one state; those that wait, the oldest first."""
    statement = select(Association).where(STANDS[state]).options(joinedload(Association.region))
    keys = (Association.declared_at, Association.id)
    return page(statement, *keys, cursor=cursor, descending=state is not AssociationState.WAITING)


def look_alikes(declared: Iterable[Association]) -> dict[int, list[Association]]:
    """For each of `declared`, by its number: the verified associations whose names are nearly the same."""
    verified = list(session.scalars(select(Association).where(Association.verified_at.is_not(None))))
    names = {other.id: spelling.fold(other.name) for other in verified}
    by_id = {other.id: other for other in verified}

    def like(association: Association) -> list[Association]:
        found = process.extract(
            spelling.fold(association.name), names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_ALIKE
        )
        return [by_id[number] for _name, _score, number in found if number != association.id]

    return {association.id: like(association) for association in declared}


def declaration_counts() -> dict[AssociationState, int]:
    """How many declarations are in each state."""
    row = session.execute(select(*(func.count().filter(condition) for condition in STANDS.values()))).one()
    return dict(zip(STANDS, row, strict=True))
