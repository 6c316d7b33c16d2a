"""Reads of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from cocreation.core.database import found, session
from cocreation.core.paging import Page, page
from cocreation.documents.models import (
    Change,
    Document,
    DocumentKind,
    DocumentVersion,
    Section,
    SectionKind,
    SectionText,
)
from cocreation.documents.sections import SectionWords, in_order


def get_document(reference: str) -> Document:
    """Raises NotFound."""
    named = select(Document).where(Document.reference == reference).options(joinedload(Document.cycle))
    return found(session.scalar(named))


def papers(cursor: str | None, size: int = 20) -> Page[Document]:
    """The documents that are written by hand and no commitment, drafts included, the latest first."""
    statement = select(Document).where(
        Document.kind != DocumentKind.COMMITMENT, Document.is_composed.is_(False)
    )
    return page(statement.options(joinedload(Document.cycle)), Document.id, cursor=cursor, size=size)


def published_papers(kind: DocumentKind | None, cursor: str | None, size: int = 20) -> Page[Document]:
    """Those that everyone reads, of one kind or of all, the latest first."""
    statement = select(Document).where(
        Document.kind != DocumentKind.COMMITMENT, Document.published.is_not(None)
    )
    if kind:
        statement = statement.where(Document.kind == kind)
    return page(statement.options(joinedload(Document.cycle)), Document.id, cursor=cursor, size=size)


def text_at(document_id: int, number: int) -> list[SectionWords]:
    """What the sections of a document say in its version `number`, in their order."""
    earlier, of_earlier = aliased(SectionText), aliased(DocumentVersion)
    since = (
        select(func.max(of_earlier.number))
        .join(earlier, earlier.version_id == of_earlier.id)
        .where(earlier.section_id == Section.id, of_earlier.number <= number)
        .correlate(Section)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Section, SectionText.text, SectionText.facts)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(DocumentVersion, DocumentVersion.id == SectionText.version_id)
        .where(Section.document_id == document_id, DocumentVersion.number == since)
        .order_by(Section.position, Section.id)
    )
    said = (SectionWords(row.uid, row.kind, text, facts, row.heading) for row, text, facts in rows)
    return in_order(section for section in said if section.is_there)


def texts_at(
    numbers: Mapping[int, Collection[int]], kinds: Collection[SectionKind] = tuple(SectionKind)
) -> dict[tuple[int, int], list[SectionWords]]:
    """The same of several documents, each in several of its versions, asked at once: by the id of the
    document and the number of the version; of sections of these `kinds`.
    """
    rows = session.execute(
        select(Section, DocumentVersion.number, SectionText.text, SectionText.facts)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(DocumentVersion, DocumentVersion.id == SectionText.version_id)
        .where(Section.document_id.in_(numbers), Section.kind.in_(kinds))
        .order_by(Section.document_id, Section.position, Section.id, DocumentVersion.number)
    )
    said: dict[tuple[int, int], dict[str, SectionWords]] = {
        (document, number): {} for document, wanted in numbers.items() for number in wanted
    }
    for row, since, text, facts in rows:
        words = SectionWords(row.uid, row.kind, text, facts, row.heading)
        for number in numbers[row.document_id]:
            if since <= number:
                said[row.document_id, number][row.uid] = words
    return {
        version: in_order(section for section in sections.values() if section.is_there)
        for version, sections in said.items()
    }


def latest_texts(document_ids: Collection[int]) -> dict[int, list[SectionWords]]:
    """What the last versions of these documents say, in one statement."""
    later, of_later = aliased(SectionText), aliased(DocumentVersion)
    last = (
        select(func.max(of_later.number))
        .join(later, later.version_id == of_later.id)
        .where(later.section_id == Section.id)
        .correlate(Section)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Section, SectionText.text, SectionText.facts)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(DocumentVersion, DocumentVersion.id == SectionText.version_id)
        .where(Section.document_id.in_(document_ids), DocumentVersion.number == last)
        .order_by(Section.document_id, Section.position, Section.id)
    )
    said: defaultdict[int, list[SectionWords]] = defaultdict(list)
    for row, text, facts in rows:
        section = SectionWords(row.uid, row.kind, text, facts, row.heading)
        if section.is_there:
            said[row.document_id].append(section)
    return {document_id: in_order(sections) for document_id, sections in said.items()}


def history(document: Document, *, drafts: bool) -> list[DocumentVersion]:
    """The versions of a document with who wrote them, the newest first; with `drafts`, all of them."""
    statement = select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    if not drafts:
        statement = statement.where(DocumentVersion.published_at.is_not(None))
    newest = statement.options(joinedload(DocumentVersion.writer)).order_by(DocumentVersion.number.desc())
    return list(session.scalars(newest))


def changes_since_consulted(*documents: Document) -> list[Change]:
    """What was changed after the versions put to public comment, save by save, each with its version and its
    section, in the order in which they stand.
    """
    ids = [document.id for document in documents]
    since = _changes().join(Document, Document.id == DocumentVersion.document_id)
    return list(
        session.scalars(since.where(Document.id.in_(ids), DocumentVersion.number > Document.consulted))
    )


def changes_of(version: DocumentVersion) -> list[Change]:
    """What one save changed, with its version and its section."""
    return list(session.scalars(_changes().where(DocumentVersion.id == version.id)))


def _changes() -> Select[Change]:
    return (
        select(Change)
        .join(Change.version)
        .join(Change.section)
        .options(contains_eager(Change.version), contains_eager(Change.section))
        .order_by(
            *(DocumentVersion.document_id, DocumentVersion.number, Section.position, Section.id),
            *(Change.fact, Change.language, Change.place),
        )
    )
