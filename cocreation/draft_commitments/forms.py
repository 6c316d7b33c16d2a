"""Forms of sharing, of remarks and of replies."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.documents.comparison import heading
from cocreation.documents.sections import SectionWords
from cocreation.draft_commitments.queries import DraftRow
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, choose, choose_several, paragraph
from cocreation.web.rendering import translated_text


class ShareForm(Form):
    """Which drafts the committee will read."""

    drafts = choose_several(_l("Drafts to share with the committee"), [])

    def __init__(self, rows: Sequence[DraftRow]) -> None:
        super().__init__()
        self.drafts.choices = [
            (str(row.commitment.id), row.commitment.reference) for row in rows if row.can_be_shared
        ]

    @property
    def ids(self) -> list[int]:
        return [int(number) for number in self.drafts.data]

    @property
    def references(self) -> list[str]:
        return [reference for number, reference in self.drafts.choices if number in self.drafts.data]


class DraftRemarkForm(Form):
    """What a member of the committee says of a draft."""

    section = choose(_l("Part of the sheet"), [], required=False)
    words = paragraph(
        _l("Your remark"),
        limit=4000,
        description=_l(
            "The committee, the secretariat and the responsible institution read it; nobody else."
        ),
    )

    def __init__(self, sections: Sequence[SectionWords], on: str | None) -> None:
        super().__init__(section=on)
        named = [(section.uid, _named(section)) for section in sections]
        self.section.choices = [("", _l("the whole sheet")), *named]


class RemarkReplyForm(Form):
    reply = paragraph(_l("Reply"), limit=4000)


def _named(section: SectionWords) -> str:
    label = heading(section)
    words = translated_text(label) if isinstance(label, dict) else str(label)
    return f"{words} {section.number}" if section.number else words
