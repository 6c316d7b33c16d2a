"""Forms of documents that are no commitment, and of their sections."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.cycles.models import Cycle
from cocreation.documents.comparison import heading as heading_of
from cocreation.documents.models import Document, DocumentKind, SectionKind
from cocreation.documents.papers import WrittenSection
from cocreation.documents.sections import SectionWords
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose
from cocreation.web.rendering import translated_text

# What a section of such a document can be; activities and indicators are of commitments.
KINDS = (
    SectionKind.FREE,
    SectionKind.PROBLEM,
    SectionKind.SOLUTION,
    SectionKind.RESULT,
    SectionKind.BUDGET,
)
PAPERS = tuple(kind for kind in DocumentKind if kind is not DocumentKind.COMMITMENT)
MOST_OF_TEXT = 20_000


def message_field() -> TranslatedField:
    """What is said of a version beside it."""
    return TranslatedField(
        _l("What changed, and why"),
        required=False,
        limit=1000,
        long=True,
        description=_l("It stands beside this version in the history of the text."),
    )


def named(section: SectionWords) -> str:
    """What a section is called in a list, in the reader's language."""
    label = heading_of(section)
    return translated_text(label) if isinstance(label, dict) else str(label)


class WrittenSectionForm(Form):
    """One section of a document."""

    heading = TranslatedField(_l("Heading of the section"), required=False, limit=300)
    text = TranslatedField(_l("Text"), required=False, long=True, limit=MOST_OF_TEXT)
    message = message_field()

    def __init__(self, section: SectionWords | None = None) -> None:
        self.uid = section.uid if section else ""
        super().__init__(
            heading=section.own_heading if section else None, text=section.text if section else None
        )

    def written(self) -> WrittenSection:
        return WrittenSection(self.heading.data, self.text.data, self.uid)


class NewSectionForm(WrittenSectionForm):
    """The same, with what kind of section it is: that stays."""

    kind = choose(_l("Kind of section"), [(kind.value, kind.label) for kind in KINDS])

    def written(self) -> WrittenSection:
        kind = SectionKind(self.kind.data)
        return WrittenSection(self.heading.data, self.text.data, self.uid, kind)


class PaperTitleForm(Form):
    title = TranslatedField(_l("Title"), limit=300)
    message = message_field()

    def __init__(self, title: SectionWords | None) -> None:
        super().__init__(title=title.text if title else None)


class NewPaperForm(Form):
    """What a document is, and its first section."""

    kind = choose(_l("What it is"), [(kind.value, kind.label) for kind in PAPERS])
    cycle = choose(_l("Cycle"), [])
    title = TranslatedField(_l("Title"), limit=300)
    heading = TranslatedField(_l("Heading of the first section"), required=False, limit=300)
    text = TranslatedField(_l("Text of the first section"), long=True, limit=MOST_OF_TEXT)

    def __init__(self, cycles: Sequence[Cycle]) -> None:
        super().__init__()
        self.cycle.choices = [(str(cycle.id), translated_text(cycle.title)) for cycle in cycles]

    def written(self) -> WrittenSection:
        return WrittenSection(self.heading.data, self.text.data)


class PaperPublicationForm(Form):
    """What is said of a version when it is published; asked for once everyone has read another."""

    message = TranslatedField(_l("What changed, and why"), long=True, limit=1000)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.message.required = bool(document.published)


class OrderForm(Form):
    """The number of each section in the order in which they shall stand."""

    sections: Sequence[SectionWords] = ()

    def uids(self) -> list[str]:
        """Sections of one number stay as they stood."""
        return sorted((s.uid for s in self.sections), key=lambda uid: self[uid].data)


def order_form(sections: Sequence[SectionWords]) -> OrderForm:
    """The form for the sections that stand in a document."""
    fields: dict[str, object] = {"sections": sections}
    for section in sections:
        label = _l("Place of “%(section)s”", section=named(section))
        fields[section.uid] = IntegerField(label, [REQUIRED, NumberRange(min=1, max=999)])
    numbers = {section.uid: number for number, section in enumerate(sections, 1)}
    form: OrderForm = type("OrderForm", (OrderForm,), fields)(**numbers)
    return form
