"""A whole plan from a file: its commitments with their sheets, all or nothing, twice as well as once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from sqlalchemy import select

from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle
from cocreation.cycles.services import add_part
from cocreation.directory.models import Institution
from cocreation.directory.services import save_institution
from cocreation.documents.models import Section, SectionKind
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.plan.models import Commitment
from cocreation.plan.plan_file import PROMISED, PlannedCommitment
from cocreation.plan.services.commitments import CommitmentWords, change, document_of, draft, locked, write
from cocreation.plan.sheet import FURTHER, Activity, Indicator, texts


def import_plan(cycle: Cycle, planned: Sequence[PlannedCommitment], *, now: datetime) -> Counter[str]:
    """Write what a file says; how many commitments are new, changed, or as they were.

    A commitment is known by its number, an activity and an indicator by theirs; what the file does not name
    stays.
    """
    numbered = select(Commitment.number, Commitment.id).where(Commitment.cycle_id == cycle.id)
    standing = {row.number: row.id for row in session.execute(numbered)}
    told = Counter[str]()
    for row in planned:
        told[_import_one(cycle, row, standing.get(row.number), now)] += 1
    return told


def make_missing(cycle: Cycle, unknown: Mapping[str, Sequence[str]], language: str, *, now: datetime) -> None:
    """Make the axes and the institutions of these names, in the language of the file."""
    for name in unknown["axis"]:
        add_part(cycle.id, "axes", Translated({language: name}), by=None, now=now)
    slugs = set(session.scalars(select(Institution.slug)))
    numbers = (number for number in count(1) if f"institution-{number}" not in slugs)
    for name in unknown["responsible"]:
        slug = f"institution-{next(numbers)}"
        save_institution(None, slug=slug, name=Translated({language: name}), email=None, by=None, now=now)
    session.flush()
    session.expire(cycle)


def _import_one(cycle: Cycle, row: PlannedCommitment, commitment_id: int | None, now: datetime) -> str:
    title, problem, solution, result = (row.words[name] for name in PROMISED)
    words = CommitmentWords(row.number, row.axis_id, row.institution_id, title, problem, solution, result)
    if commitment_id is None:
        draft(cycle.id, words, _further(row, [], []), by=None, now=now)
        return "new"
    before = _state(commitment_id)
    change(commitment_id, words, by=None, now=now)
    commitment = locked(commitment_id)
    write(commitment, _sections(commitment, row, now), by=None, now=now)
    return "unchanged" if _state(commitment_id) == before else "changed"


def _state(commitment_id: int) -> tuple[int, int, int]:
    commitment = locked(commitment_id)
    latest = commitment.document.latest if commitment.document else 1
    return latest, commitment.axis_id, commitment.institution_id


def _sections(commitment: Commitment, row: PlannedCommitment, now: datetime) -> list[SectionWords]:
    document = document_of(commitment, by=None, now=now)
    sections = text_at(document.id, document.latest)
    of_document = select(Section.kind).where(Section.document_id == document.id)
    return _further(row, sections, list(session.scalars(of_document)))


def _further(
    row: PlannedCommitment, sections: Sequence[SectionWords], kinds: Sequence[SectionKind]
) -> list[SectionWords]:
    """All that a sheet says besides its first words: parts keep the names they have in `sections`, others are
    named after those there ever were, of these `kinds`.
    """
    found = texts(**row.texts(*(kind.value for kind in FURTHER)))
    for kind, parts in ((SectionKind.ACTIVITY, row.activities), (SectionKind.INDICATOR, row.indicators)):
        uids = {section.number: section.uid for section in sections if section.kind is kind}
        taken = kinds.count(kind)
        found += _named(parts, uids, kind, taken)
    return found


def _named(
    parts: Sequence[Activity] | Sequence[Indicator], uids: dict[int, str], kind: SectionKind, taken: int
) -> list[SectionWords]:
    """Parts under the names of those of their numbers, or under names that nothing had."""
    found = []
    for part in parts:
        if part.number not in uids:
            taken += 1
        found.append(part.words(uids.get(part.number) or f"{kind.value}-{taken}"))
    return found
