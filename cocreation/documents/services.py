"""Acts on documents: begun, followed by new versions, published; causes of changes named. Rooms above decide
when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import Translated, found, lock, session
from cocreation.core.errors import AlreadyDone, Invalid, NotFound, Refusal
from cocreation.documents import queries
from cocreation.documents.models import (
    CauseKind,
    Change,
    Document,
    DocumentKind,
    DocumentVersion,
    Section,
    SectionText,
)
from cocreation.documents.sections import SectionWords, changes_between, digest, in_order
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.text.differences import joined


class VersionAlreadyPublished(AlreadyDone):
    sentence = _l("Version %(number)s of this text is public already: change the text first.")


class ReasonMissing(Invalid):
    sentence = _l("A decision and an editorial note say why, in one language at least.")


class ChangeAdopted(Refusal):
    sentence = _l("This text was adopted: why its words were changed until then stands for good.")


MOST_WORDS = 20_000  # characters of a section in a language


def begin(
    kind: DocumentKind,
    cycle_id: int,
    reference: str,
    title: Translated,
    sections: Sequence[SectionWords],
    *,
    by: int | None,
    now: datetime,
    message: Translated | None = None,
) -> Document:
    """A new document with its version 1, which nobody reads yet but those who read drafts."""
    document = Document(kind=kind, cycle_id=cycle_id, reference=reference, title=title, latest=0)
    session.add(document)
    session.flush()
    if _follow(document, sections, message, by=by, now=now) is None:
        raise Invalid
    return document


def save(
    document_id: int,
    sections: Sequence[SectionWords],
    *,
    by: int | None,
    now: datetime,
    message: Translated | None = None,
) -> DocumentVersion | None:
    """The next version, in which `sections` say this and all others what they said; None where that changes
    nothing. A section without text is there no more.
    """
    document = lock(Document, document_id)
    return _follow(document, sections, message, by=by, now=now)


def publish(document_id: int, *, now: datetime, message: Translated | None = None) -> DocumentVersion:
    """Let everyone read the last version, for good; its digest goes into the register. `message` replaces
    what was said of it as a draft. Raises VersionAlreadyPublished.
    """
    document = lock(Document, document_id)
    if not document.has_draft:
        raise VersionAlreadyPublished(number=document.latest)
    last = DocumentVersion.document_id == document.id, DocumentVersion.number == document.latest
    version = session.scalars(select(DocumentVersion).where(*last)).one()
    version.published_at, document.published = now, version.number
    if message:
        version.message = message
    journal.append(
        journal.Action.TEXT, document.reference, now, version=version.number, digest=version.digest
    )
    return version


def put_to_comment(document_id: int, number: int, *, now: datetime) -> str:
    """Let everyone read version `number` from now on as the one that is consulted on; its digest. What is in
    force stays so: that it was put to comment makes no text a rule. What was saved after it until now waits
    for its causes, as what is saved from now on does. Raises NotFound.
    """
    document = lock(Document, document_id)
    numbered = DocumentVersion.document_id == document.id, DocumentVersion.number == number
    version = found(session.scalar(select(DocumentVersion).where(*numbered)))
    version.published_at = version.published_at or now
    if document.consulted is None:
        _note_changes_since(document, number)
    document.consulted = version.number
    return version.digest


def _note_changes_since(document: Document, number: int) -> None:
    later = DocumentVersion.document_id == document.id, DocumentVersion.number > number
    versions = session.scalars(select(DocumentVersion).where(*later).order_by(DocumentVersion.number)).all()
    rows = _rows(document, ()) if versions else {}
    before = {section.uid: section for section in queries.text_at(document.id, number)}
    for version in versions:
        after = {section.uid: section for section in queries.text_at(document.id, version.number)}
        for uid in {**before, **after}:
            place = {"section_id": rows[uid].id, "version_id": version.id}
            session.add_all(_changes(place, before.get(uid), after.get(uid)))
        before = after


def stands_published(document_id: int, *, at: datetime) -> None:
    """Version 1 of a text that everyone had read before it had versions: nothing new for the register."""
    document = lock(Document, document_id)
    version = session.scalars(select(DocumentVersion).where(DocumentVersion.document_id == document.id)).one()
    version.published_at, document.published = at, version.number


def rename(document_id: int, reference: str, title: Translated) -> None:
    """Another reference or title, as what the document is of has it. One that is published keeps its
    reference: it stands in the register.
    """
    document = lock(Document, document_id)
    if document.published and document.reference != reference:
        raise Invalid
    document.reference, document.title = reference, title


def name_cause(
    change_ids: Iterable[int],
    kind: CauseKind,
    *,
    reason: Translated | None = None,
    source: str | None = None,
    by: int | None,
    now: datetime,
) -> list[Change]:
    """Say why these words were changed, in place of what was said before. A decision and a note have a
    `reason`. Raises NotFound, ChangeAdopted, ReasonMissing.
    """
    if kind is not CauseKind.ANSWER and not (reason and any(reason.values())):
        raise ReasonMissing
    changes = locked_changes(change_ids)
    for change in changes:
        change.cause, change.reason, change.source = kind, reason, source
        change.named_by, change.named_at = by, now
    return changes


def clear_cause(change_ids: Iterable[int]) -> list[Change]:
    """These words have no cause any more. Raises NotFound, ChangeAdopted."""
    changes = locked_changes(change_ids)
    for change in changes:
        change.cause = change.reason = change.source = change.named_by = change.named_at = None
    return changes


def locked_changes(change_ids: Iterable[int]) -> list[Change]:
    """These changes, their documents held until the transaction ends: none is adopted meanwhile. Raises
    NotFound, ChangeAdopted.
    """
    ids = set(change_ids)
    of = select(DocumentVersion.document_id).join(Change, Change.version_id == DocumentVersion.id)
    documents = {
        key: lock(Document, key) for key in sorted(session.scalars(of.where(Change.id.in_(ids)).distinct()))
    }
    named = select(Change).where(Change.id.in_(ids)).options(joinedload(Change.version))
    changes = list(session.scalars(named.execution_options(populate_existing=True)))
    if not ids or len(changes) != len(ids):
        raise NotFound
    if any(c.version.number <= (documents[c.version.document_id].adopted or 0) for c in changes):
        raise ChangeAdopted
    return changes


def _follow(
    document: Document,
    sections: Sequence[SectionWords],
    message: Translated | None,
    *,
    by: int | None,
    now: datetime,
) -> DocumentVersion | None:
    stood = {section.uid: section for section in queries.text_at(document.id, document.latest)}
    changed = [section for section in sections if _differs(section, stood.get(section.uid))]
    if not changed:
        return None
    standing = in_order({**stood, **{s.uid: s for s in changed}}.values())
    version = DocumentVersion(
        document_id=document.id,
        number=document.latest + 1,
        message=message or Translated(),
        written_by=by,
        at=now,
        digest=digest(section for section in standing if section.is_there),
    )
    session.add(version)
    session.flush()
    _write(document, version, changed, stood if document.consulted else None)
    document.latest = version.number
    session.flush()
    return version


def _write(
    document: Document,
    version: DocumentVersion,
    sections: Sequence[SectionWords],
    stood: Mapping[str, SectionWords] | None,
) -> None:
    """What the sections say; and how that differs from what `stood`, where each change needs a cause."""
    rows = _rows(document, sections)
    session.flush()
    for section in sections:
        facts = dict(section.facts) if section.is_there else {}
        place = {"section_id": rows[section.uid].id, "version_id": version.id}
        session.add(SectionText(**place, text=section.text, facts=facts))
        if stood is not None:
            session.add_all(_changes(place, stood.get(section.uid), section))


def _changes(
    place: Mapping[str, int], before: SectionWords | None, after: SectionWords | None
) -> Iterator[Change]:
    for key, hunk in changes_between(before, after):
        yield Change(
            **place,
            language=key.language,
            fact=key.fact,
            place=hunk.at,
            removed=joined(hunk.removed),
            added=joined(hunk.added),
        )


def _differs(section: SectionWords, before: SectionWords | None) -> bool:
    if any(len(words) > MOST_WORDS for words in section.text.values()):
        raise Invalid
    if not section.is_there:
        return before is not None
    return before is None or (dict(section.text), dict(section.facts)) != (
        dict(before.text),
        dict(before.facts),
    )


def _rows(document: Document, sections: Sequence[SectionWords]) -> dict[str, Section]:
    """The sections of a document by their name; those that are new come behind the others."""
    standing = session.scalars(select(Section).where(Section.document_id == document.id))
    rows = {row.uid: row for row in standing}
    for section in sections:
        if section.uid not in rows:
            rows[section.uid] = Section(
                document_id=document.id,
                uid=section.uid,
                kind=section.kind,
                heading=section.heading,
                position=len(rows) + 1,
            )
            session.add(rows[section.uid])
    return rows
