"""Acts of the secretariat on documents that are no commitment: begun, written section by section, put in
another order, taken in from a file, published.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid, NotFound, Refusal
from cocreation.cycles.models import Cycle
from cocreation.documents import services
from cocreation.documents.models import Document, DocumentKind, DocumentVersion, Section, SectionKind
from cocreation.documents.queries import text_at
from cocreation.documents.sections import SectionWords
from cocreation.languages.i18n import lazy_gettext as _l


class SheetIsWrittenElsewhere(Refusal):
    """A commitment is written in the room of the plan."""

    sentence = _l("This text is the sheet of a commitment: it is written on the pages of the plan.")


class MadeFromRecords(Refusal):
    sentence = _l("This report is made from records: it is written on the pages of self-assessments.")


class SectionSaysNothing(Invalid):
    sentence = _l("A section needs a heading or a text, in one language at least.")


class TooManySections(Invalid):
    sentence = _l("A document has at most %(most)s sections.")


class TextChangedMeanwhile(Refusal):
    title = _l("Somebody else saved this meanwhile")
    sentence = _l(
        "Somebody else saved version %(number)s of this text after you opened it. Look at what it says, then "
        "save again: nothing of yours is lost."
    )


class SectionFollowedTwice(Invalid):
    sentence = _l("Two parts of the file follow the same section: say what else becomes of one of them.")


MOST_SECTIONS = 200
GAP = 1000  # between two sections: one that is put between them moves no other
TITLE = SectionKind.TITLE.value


@dataclass(frozen=True)
class WrittenSection:
    """A section as somebody writes it; `uid` is empty for a new one."""

    heading: Translated
    text: Translated
    uid: str = ""
    kind: SectionKind = SectionKind.FREE

    def words(self, uid: str, place: int) -> SectionWords:
        """Raises SectionSaysNothing."""
        if not (any(self.heading.values()) or any(self.text.values())):
            raise SectionSaysNothing
        heading = {code: words for code, words in self.heading.items() if words}
        facts: dict[str, object] = {"place": place}
        return SectionWords(uid, self.kind, self.text, facts | ({"heading": heading} if heading else {}))


def begin_paper(
    kind: DocumentKind,
    cycle_id: int,
    title: Translated,
    sections: Sequence[WrittenSection],
    *,
    by: int,
    now: datetime,
    message: Translated | None = None,
) -> Document:
    """A new document, `2026-D01`. Raises NotFound, SheetIsWrittenElsewhere, SectionSaysNothing,
    TooManySections.
    """
    if kind is DocumentKind.COMMITMENT:
        raise SheetIsWrittenElsewhere
    cycle = lock(Cycle, cycle_id)
    reference = f"{cycle.code}-D{_next_number(cycle):02d}"
    named = enumerate(_few(sections), 1)
    words = [_titled(title), *(s.words(f"section-{number}", number * GAP) for number, s in named)]
    document = services.begin(kind, cycle.id, reference, title, words, by=by, now=now, message=message)
    audit.record("document begun", reference, by=by, now=now)
    return document


def retitle(
    document_id: int, title: Translated, message: Translated | None, *, by: int, now: datetime
) -> bool:
    """Call it otherwise; at once while nobody reads it, else once this version is published."""
    document = _paper(document_id)
    if not document.published:
        document.title = title
    return _save(document, [_titled(title)], message, by=by, now=now)


def put_section(
    document_id: int, section: WrittenSection, message: Translated | None, *, by: int, now: datetime
) -> bool:
    """Add a section behind the others, or change the one of its `uid`, which keeps its kind and its place.
    Raises NotFound, SectionSaysNothing, TooManySections.
    """
    document = _paper(document_id)
    standing = {s.uid: s for s in text_at(document.id, document.latest)}
    if section.uid:
        before = standing.get(section.uid)
        if before is None or section.uid == TITLE:
            raise NotFound
        return _save(document, [section.words(section.uid, before.place)], message, by=by, now=now)
    if len(standing) > MOST_SECTIONS:
        raise TooManySections(most=MOST_SECTIONS)
    last = max((s.place for s in standing.values()), default=0)
    new = section.words(_new_uids(document, 1)[0], last + GAP)
    return _save(document, [new], message, by=by, now=now)


def drop_section(document_id: int, uid: str, *, by: int, now: datetime) -> bool:
    """Take a section out; earlier versions keep it. Raises NotFound."""
    document = _paper(document_id)
    standing = {s.uid: s for s in text_at(document.id, document.latest)}
    if uid not in standing or uid == TITLE:
        raise NotFound
    return _save(document, [SectionWords(uid, standing[uid].kind, Translated())], None, by=by, now=now)


def arrange(document_id: int, uids: Sequence[str], *, by: int, now: datetime) -> bool:
    """Put the sections in this order; those that are not named stay behind the others. Raises NotFound."""
    document = _paper(document_id)
    standing = {s.uid: s for s in text_at(document.id, document.latest) if s.uid != TITLE}
    if not set(uids) <= standing.keys():
        raise NotFound
    order = list(dict.fromkeys([*uids, *standing]))
    places = places_in(order, {uid: section.place for uid, section in standing.items()})
    moved = [_at(standing[uid], place) for uid, place in places.items() if standing[uid].place != place]
    return _save(document, moved, None, by=by, now=now)


def take_in(
    document_id: int,
    sections: Sequence[WrittenSection],
    dropped: Sequence[str],
    message: Translated | None,
    *,
    seen: int,
    by: int,
    now: datetime,
) -> bool:
    """The next version as a file has it, in its order; what the file does not have stays behind what it stood
    behind, but for what is `dropped`. `seen` is the version that was looked at.
    Raises TextChangedMeanwhile, SectionFollowedTwice, NotFound, SectionSaysNothing, TooManySections.
    """
    document = _paper(document_id)
    if document.latest != seen:
        raise TextChangedMeanwhile(number=document.latest)
    standing = {s.uid: s for s in text_at(document.id, document.latest) if s.uid != TITLE}
    _check_followed(sections, [*standing], dropped)
    fresh = iter(_new_uids(document, len(sections)))
    written = {section.uid or next(fresh): section for section in _few(sections)}
    staying = {uid: s for uid, s in standing.items() if uid not in {*dropped} - written.keys()}
    words = _followed(written, staying)
    words += [_nothing(standing[uid]) for uid in sorted(standing.keys() - staying.keys())]
    return _save(document, words, message, by=by, now=now)


def _followed(
    written: Mapping[str, WrittenSection], staying: Mapping[str, SectionWords]
) -> list[SectionWords]:
    """What is written and what stays as it stood, each at its place."""
    order = _merged(list(written), list(staying))
    places = places_in(order, {uid: section.place for uid, section in staying.items()})
    words = [section.words(uid, places[uid]) for uid, section in written.items()]
    return words + [_at(staying[uid], places[uid]) for uid in order if uid not in written]


def _check_followed(
    sections: Sequence[WrittenSection], standing: Sequence[str], dropped: Sequence[str]
) -> None:
    """Raises SectionFollowedTwice, NotFound."""
    named = [section.uid for section in sections if section.uid]
    if len(set(named)) < len(named):
        raise SectionFollowedTwice
    if not {*named, *dropped} <= {*standing}:
        raise NotFound


def publish_paper(
    document_id: int, message: Translated | None = None, *, by: int, now: datetime
) -> DocumentVersion:
    """Let everyone read its last version. Raises NotFound, VersionAlreadyPublished."""
    document = _paper(document_id)
    version = services.publish(document.id, now=now, message=message)
    said = {section.uid: section.text for section in text_at(document.id, document.latest)}
    document.title = said.get(TITLE) or document.title
    audit.record("document published", document.reference, by=by, now=now, version=version.number)
    return version


def places_in(order: Sequence[str], standing: Mapping[str, int]) -> dict[str, int]:
    """Places for sections in this order, of which as many as possible keep theirs."""
    kept = _longest_rise([uid for uid in order if uid in standing], standing)
    places: dict[str, int] = {}
    last, at = 0, 0
    for uid in (*kept, ""):
        until = order.index(uid) if uid else len(order)
        waiting = order[at:until]
        ahead = standing[uid] if uid else last + GAP * (len(waiting) + 1)
        if ahead - last <= len(waiting):  # no room is left: all move
            return {name: GAP * number for number, name in enumerate(order, 1)}
        step = (ahead - last) // (len(waiting) + 1)
        places |= {name: last + step * number for number, name in enumerate(waiting, 1)}
        places |= {uid: ahead} if uid else {}
        last, at = ahead, until + 1
    return places


def _longest_rise(uids: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """The most of them whose places rise in this order."""
    ends: list[int] = []  # the least place on which a rise of this length ends
    lengths = []
    for uid in uids:
        at = bisect_left(ends, places[uid])
        ends[at : at + 1] = [places[uid]]
        lengths.append(at + 1)
    found: list[str] = []
    wanted = len(ends)
    for uid, length in zip(reversed(uids), reversed(lengths), strict=True):
        if length == wanted and (not found or places[uid] < places[found[-1]]):
            found.append(uid)
            wanted -= 1
    return found[::-1]


def _merged(order: list[str], standing: list[str]) -> list[str]:
    """`order`, and each of `standing` that is not in it behind what it stood behind."""
    merged = list(order)
    before = ""
    for uid in standing:
        if uid not in merged:
            merged.insert(merged.index(before) + 1 if before else 0, uid)
        before = uid
    return merged


def _paper(document_id: int) -> Document:
    """Raises NotFound, SheetIsWrittenElsewhere, MadeFromRecords."""
    document = lock(Document, document_id)
    if document.kind is DocumentKind.COMMITMENT:
        raise SheetIsWrittenElsewhere
    if document.is_composed:
        raise MadeFromRecords
    return document


def _save(
    document: Document,
    sections: Sequence[SectionWords],
    message: Translated | None,
    *,
    by: int,
    now: datetime,
) -> bool:
    version = services.save(document.id, sections, by=by, now=now, message=message)
    if version:
        audit.record("document written", document.reference, by=by, now=now, version=version.number)
    return True


def _few(sections: Sequence[WrittenSection]) -> Sequence[WrittenSection]:
    if len(sections) > MOST_SECTIONS:
        raise TooManySections(most=MOST_SECTIONS)
    return sections


def _titled(title: Translated) -> SectionWords:
    if not any(title.values()):
        raise Invalid
    return SectionWords(TITLE, SectionKind.TITLE, title)


def _nothing(section: SectionWords) -> SectionWords:
    return SectionWords(section.uid, section.kind, Translated())


def _at(section: SectionWords, place: int) -> SectionWords:
    return SectionWords(section.uid, section.kind, section.text, {**section.facts, "place": place})


def _new_uids(document: Document, count: int) -> list[str]:
    """Names that no section of the document has or had."""
    taken = len(session.scalars(select(Section.id).where(Section.document_id == document.id)).all())
    return [f"section-{number}" for number in range(taken, taken + count)]


def _next_number(cycle: Cycle) -> int:
    """The first number after those that are taken; others call their documents otherwise."""
    named = select(Document.reference).where(Document.cycle_id == cycle.id)
    numbers = (re.fullmatch(rf"{re.escape(cycle.code)}-D(\d+)", name) for name in session.scalars(named))
    return max((int(number[1]) for number in numbers if number), default=0) + 1
