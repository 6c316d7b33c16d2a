"""What the pages of causes say: each change between the words around it, and why it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cocreation.adoption.gate import is_named, said
from cocreation.comment_answers.models import CommentAnswer
from cocreation.documents import comparison
from cocreation.documents.models import Change, Document
from cocreation.documents.sections import SectionWords, TextKey, texts_of
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text import markup
from cocreation.text.cleanup import excerpt
from cocreation.text.differences import joined

AROUND = 6  # words shown before a change and behind it
FACTS: Mapping[str, Lazy] = {"number": _l("Number"), **comparison.FACTS}


@dataclass(frozen=True)
class ShownChange:
    """A change between the words around it, in the language it is of; the answers it was made for."""

    change: Change
    before: str
    after: str
    answers: Sequence[CommentAnswer]
    is_adopted: bool  # its cause stands for good

    @property
    def label(self) -> Lazy | None:
        """Which fact of the section it is of."""
        return FACTS.get(self.change.fact)

    @property
    def language(self) -> i18n.Language:
        return i18n.LANGUAGES.get(self.change.language, i18n.current())

    @property
    def removed(self) -> str:
        return said(self.change.fact, self.change.language, self.change.removed)

    @property
    def added(self) -> str:
        return said(self.change.fact, self.change.language, self.change.added)

    @property
    def is_named(self) -> bool:
        return is_named(self.change, self.answers)


def shown_changes(
    document: Document,
    changes: Iterable[Change],
    stood: Mapping[int, list[SectionWords]],
    answers: Mapping[int, Sequence[CommentAnswer]],
) -> list[ShownChange]:
    """Each change with its surroundings, as they `stood` in the version before its own."""
    texts = {number: _texts(sections) for number, sections in stood.items()}
    return [
        ShownChange(
            change,
            *_around(change, texts[change.version.number - 1]),
            answers.get(change.id, ()),
            change.version.number <= (document.adopted or 0),
        )
        for change in changes
    ]


def answer_label(answer: CommentAnswer) -> str:
    """The comments an answer is to, and its first words."""
    references = [row.comment.reference for row in answer.answered]
    named = ", ".join(references[:3]) + (f" +{len(references) - 3}" if len(references) > 3 else "")
    language = i18n.current()
    text, _code = answer.text.best(language.code, language.falls_back)
    return f"{markup.isolate_text(named)} – {excerpt(text, 90)}" if named else excerpt(text, 90)


def nearest_first(answers: Iterable[CommentAnswer], changes: Iterable[Change]) -> list[CommentAnswer]:
    """Those of the sections that changed first, and among them those that are not public yet."""
    sections = {change.section_id for change in changes}

    def is_far(answer: CommentAnswer) -> tuple[bool, bool]:
        is_here = any(row.comment.section_id in sections for row in answer.answered)
        return not is_here, answer.published_at is not None

    return sorted(answers, key=is_far)


def _texts(sections: Iterable[SectionWords]) -> dict[TextKey, str]:
    return {key: text for section in sections for key, text in texts_of(section).items()}


def _around(change: Change, texts: Mapping[TextKey, str]) -> tuple[str, str]:
    key = TextKey(change.section.uid, change.language, change.fact)
    if key.is_whole:
        return "", ""
    words = key.words(texts.get(key, ""))
    end = change.place + len(key.words(change.removed))
    before, after = words[max(0, change.place - AROUND) : change.place], words[end : end + AROUND]
    starts = "… " if change.place > AROUND else ""
    ends = " …" if end + AROUND < len(words) else ""
    return starts + markup.in_order(joined(before), key.language), markup.in_order(
        joined(after), key.language
    ) + ends
