"""What was understood of a file, section by section, to be corrected before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import request
from wtforms import Field

from cocreation.core.database import Translated
from cocreation.core.errors import Invalid
from cocreation.cycles.models import Cycle
from cocreation.documents.forms import PAPERS, message_field, named
from cocreation.documents.papers import TITLE, WrittenSection
from cocreation.documents.sections import SectionWords
from cocreation.files.outline import (
    MOST_OF_A_HEADING,
    MOST_OF_A_SECTION,
    MOST_SECTIONS,
    OutlinePart,
    check_length,
)
from cocreation.languages.i18n import DEFAULT, LANGUAGES, lazy_gettext as _l
from cocreation.text import spelling
from cocreation.web.fields import FileField, TranslatedField
from cocreation.web.forms import REQUIRED, Form, HiddenField, choose, choose_several, line, paragraph
from cocreation.web.rendering import translated_text


class NothingTakenIn(Invalid):
    sentence = _l("Everything is left out: nothing was written.")


NEW, JOINED, LEFT_OUT = "+new", "+join", "+drop"
SPLITS = "# "  # at the beginning of a line of a text: it is the heading of a section from there on


class OutlineFileForm(Form):
    """The file, and the language it is in."""

    file = FileField(_l("Document (.docx or .md)"), [REQUIRED])
    language = choose(
        _l("Language of the text"),
        [(code, language.name) for code, language in LANGUAGES.items()],
    )

    def __init__(self) -> None:
        super().__init__(language=DEFAULT.code)


FATES = (
    (NEW, _l("a new section")),
    (JOINED, _l("joined to the one before it")),
    (LEFT_OUT, _l("left out")),
)


@dataclass(frozen=True)
class UnderstoodPart:
    """A part of a file, and what becomes of it: the section that it follows, or one of the above."""

    heading: str
    text: str
    fate: str = NEW


class TakenInForm(Form):
    """The parts of a file as they were understood."""

    language = HiddenField()
    seen = HiddenField()
    message = message_field()
    dropped = choose_several(
        _l("Sections that are not in the file: tick those to take out"), [], required=False
    )
    count = 0
    standing: Sequence[SectionWords] = ()

    def parts(self) -> Iterator[tuple[Field, Field, Field]]:
        """The fields of each part: its heading, its text, what becomes of it."""
        for number in range(self.count):
            yield self[f"heading_{number}"], self[f"text_{number}"], self[f"fate_{number}"]

    @property
    def code(self) -> str:
        return self.language.data if self.language.data in LANGUAGES else DEFAULT.code

    @property
    def version_seen(self) -> int:
        return int(self.seen.data) if str(self.seen.data).isdecimal() else 0

    @property
    def understood(self) -> list[UnderstoodPart]:
        """The parts as they were corrected: joined, split, without those left out."""
        found: list[UnderstoodPart] = []
        for heading, text, fate in self.parts():
            part = UnderstoodPart(heading.data or "", text.data or "", fate.data)
            if part.fate == JOINED and found:
                words = "\n".join(filter(None, (found[-1].text, part.heading, part.text)))
                found[-1] = replace(found[-1], text=words)
            elif part.fate != LEFT_OUT:
                found += _split(part)
        return found

    def sections(self) -> list[WrittenSection]:
        """As they are written; what a section says in other languages stays. Raises DocumentTooLong,
        NothingTakenIn.
        """
        if not (parts := self.understood):
            raise NothingTakenIn
        check_length([OutlinePart(part.heading, part.text) for part in parts])
        before = {section.uid: section for section in self.standing}
        return [self._written(part, before.get(part.fate)) for part in parts]

    def gone(self) -> list[str]:
        """The sections that are taken out; one that a part follows is not."""
        followed = {part.fate for part in self.understood}
        return [uid for uid in self.dropped.data or () if uid not in followed]

    @property
    def unfollowed(self) -> list[SectionWords]:
        followed = {fate.data for _heading, _text, fate in self.parts()}
        return [section for section in self.standing if section.uid not in followed]

    def _written(self, part: UnderstoodPart, before: SectionWords | None) -> WrittenSection:
        heading = Translated((before.own_heading if before else None) or {})
        text = Translated(before.text if before else {})
        heading[self.code], text[self.code] = part.heading, part.text
        return WrittenSection(_said(heading), _said(text), before.uid if before else "")


class NewPaperFromFileForm(TakenInForm):
    """The same, with what the document is."""

    kind = choose(_l("What it is"), [(kind.value, kind.label) for kind in PAPERS])
    cycle = choose(_l("Cycle"), [])
    title = TranslatedField(_l("Title"), limit=300)


def understood_form(
    parts: Sequence[OutlinePart], code: str, standing: Sequence[SectionWords], latest: int
) -> TakenInForm:
    """The form of a file for a document that stands; `parts` are empty where the form was sent."""
    sections = [section for section in standing if section.uid != TITLE]
    given = matched(_without_title(parts), sections, code)
    return _form(TakenInForm, given, sections, language=code, seen=str(latest))


def new_paper_form(parts: Sequence[OutlinePart], code: str, cycles: Sequence[Cycle]) -> NewPaperFromFileForm:
    """The form of a file that becomes a document."""
    given = [UnderstoodPart(part.heading, part.text) for part in _without_title(parts)]
    title = Translated({code: parts[0].heading}) if _begins_with_title(parts) else None
    form = _form(NewPaperFromFileForm, given, (), language=code, title=title)
    assert isinstance(form, NewPaperFromFileForm)
    form.cycle.choices = [(str(cycle.id), translated_text(cycle.title)) for cycle in cycles]
    return form


def matched(
    parts: Sequence[OutlinePart], standing: Sequence[SectionWords], code: str
) -> list[UnderstoodPart]:
    """Each part with the section it follows: the one of its heading; where nothing is said in this language
    yet and there are as many, the one of its place.
    """
    in_turn = len(parts) == len(standing) and not any(s.text.get(code) for s in standing)
    if in_turn:
        pairs = zip(parts, standing, strict=True)
        return [UnderstoodPart(part.heading, part.text, section.uid) for part, section in pairs]
    free = {_folded((s.own_heading or Translated()).get(code, "")): s.uid for s in reversed(standing)}
    return [UnderstoodPart(part.heading, part.text, free.pop(_folded(part.heading), NEW)) for part in parts]


def _form(
    kind: type[TakenInForm],
    parts: Sequence[UnderstoodPart],
    standing: Sequence[SectionWords],
    **values: object,
) -> TakenInForm:
    sent = sum(1 for name in request.form if name.startswith("fate_"))
    count = min(len(parts) or sent, MOST_SECTIONS)
    follows = [(section.uid, _l("follows “%(section)s”", section=named(section))) for section in standing]
    fields: dict[str, object] = {"count": count, "standing": standing}
    for number in range(count):
        n = number + 1
        fields[f"heading_{number}"] = line(
            _l("Heading of section %(number)s", number=n), required=False, limit=MOST_OF_A_HEADING
        )
        fields[f"text_{number}"] = paragraph(
            _l("Text of section %(number)s", number=n), required=False, limit=MOST_OF_A_SECTION
        )
        fields[f"fate_{number}"] = choose(
            _l("What becomes of section %(number)s", number=n), [*FATES, *follows]
        )
    for number, part in enumerate(parts[:count]):
        values |= {f"{name}_{number}": getattr(part, name) for name in ("heading", "text", "fate")}
    form: TakenInForm = type(kind.__name__, (kind,), fields)(**values)
    form.dropped.choices = [(section.uid, named(section)) for section in standing]
    if parts:  # the request brought the file, not the form
        form.process(None, **values)
    return form


def _begins_with_title(parts: Sequence[OutlinePart]) -> bool:
    """Whether the first heading is that of the whole: the only one of its level."""
    first = parts[0] if parts else None
    return first is not None and first.level == 1 and sum(part.level == 1 for part in parts) == 1


def _without_title(parts: Sequence[OutlinePart]) -> list[OutlinePart]:
    if not _begins_with_title(parts):
        return list(parts)
    first = [OutlinePart("", parts[0].text, 1)] if parts[0].text else []
    return [*first, *parts[1:]] or list(parts)


def _split(part: UnderstoodPart) -> list[UnderstoodPart]:
    heading, lines, found = part.heading, list[str](), list[UnderstoodPart]()
    for row in part.text.split("\n"):
        if row.startswith(SPLITS):
            found.append(UnderstoodPart(heading, "\n".join(lines).strip(), NEW))
            heading, lines = row.removeprefix(SPLITS).strip()[:MOST_OF_A_HEADING], []
        else:
            lines.append(row)
    found.append(UnderstoodPart(heading, "\n".join(lines).strip("\n"), NEW))
    found[0] = replace(found[0], fate=part.fate)
    return [said for said in found if said.heading or said.text]


def _said(text: Translated) -> Translated:
    return Translated({code: words for code, words in text.items() if words})


def _folded(heading: str) -> str:
    return " ".join(spelling.fold(heading).split())
