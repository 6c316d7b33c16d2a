"""Reads of the plan."""

from __future__ import annotations

import re

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from cocreation.core.database import found, session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Axis, Cycle
from cocreation.directory.models import Association, Institution
from cocreation.documents.models import SectionKind
from cocreation.documents.queries import text_at
from cocreation.plan.models import Commitment
from cocreation.plan.partners import folded, known, lines_of
from cocreation.plan.sheet import CommitmentSheet, texts


def get_commitment(reference: str) -> Commitment:
    """The commitment `2024-C07` with its cycle, axis, institution and document. Raises NotFound."""
    if not (parts := re.fullmatch(r"([\w-]{1,40})-C(\d{1,4})", reference)):
        raise NotFound
    statement = (
        select(Commitment)
        .join(Commitment.cycle)
        .where(Cycle.code == parts[1], Commitment.number == int(parts[2]))
        .options(
            contains_eager(Commitment.cycle),
            joinedload(Commitment.axis),
            joinedload(Commitment.institution),
            joinedload(Commitment.document),
        )
    )
    return found(session.scalar(statement))


def sheet_in_force(commitment: Commitment) -> CommitmentSheet:
    """What everyone reads of a commitment; of one that is not public yet, what its last version says."""
    document = commitment.document
    return _sheet(commitment, (document.published or document.latest) if document else 0)


def latest_sheet(commitment: Commitment) -> CommitmentSheet:
    """What the last version says, be it a draft."""
    return _sheet(commitment, commitment.document.latest if commitment.document else 0)


def _sheet(commitment: Commitment, number: int) -> CommitmentSheet:
    if commitment.document_id is None:  # older than documents, and not changed since
        words = {name: getattr(commitment, name) for name in ("title", "problem", "solution")}
        return CommitmentSheet(texts(**words, result=commitment.expected_result))
    return CommitmentSheet(text_at(commitment.document_id, number))


def commitments(cycle: Cycle) -> Select[Commitment]:
    """The commitments of a cycle as its plan has them: by axis, then by number."""
    return (
        select(Commitment)
        .join(Commitment.axis)
        .where(Commitment.cycle_id == cycle.id)
        .options(
            contains_eager(Commitment.axis),
            joinedload(Commitment.cycle),
            joinedload(Commitment.institution),
        )
        .order_by(Axis.position, Axis.id, Commitment.number)
    )


def all_commitments(cycle: Cycle) -> list[Commitment]:
    """The commitments of a cycle, drafts included."""
    return list(session.scalars(commitments(cycle)))


def institutions() -> list[Institution]:
    return list(session.scalars(select(Institution).order_by(Institution.slug)))


def partner_institutions(sheet: CommitmentSheet) -> dict[str, str]:
    """The short names of the institutions that the sheet names as partners, by the names it has of them."""
    text = sheet.text(SectionKind.PUBLIC_PARTNERS)
    bodies = known(text, institutions()) if text else []
    return {folded(name): body.slug for body in bodies for name in body.name.values()}


def partner_associations(sheet: CommitmentSheet) -> set[str]:
    """The verified associations that the sheet names as partners, by their names as they are compared."""
    if not (named := lines_of(sheet.text(SectionKind.CIVIL_PARTNERS))):
        return set()
    called = or_(*(Association.folded.startswith(name, autoescape=True) for name in named))
    names = session.scalars(select(Association.name).where(Association.verified_at.is_not(None), called))
    return {folded(name) for name in names} & set(named)


def next_number(cycle: Cycle) -> int:
    """The first number after those that are taken."""
    numbers = session.scalars(select(Commitment.number).where(Commitment.cycle_id == cycle.id))
    return max(numbers, default=0) + 1
