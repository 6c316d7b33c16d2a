"""Forms of proposals, of sharing and of remarks."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.documents.comparison import heading
from cocreation.documents.sections import SectionWords
from cocreation.draft_commitments.models import CommitmentProposal
from cocreation.draft_commitments.queries import DraftRow
from cocreation.draft_commitments.services.proposals import ProposedWords
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.queries import next_number
from cocreation.web.fields import IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose, choose_several, paragraph
from cocreation.web.rendering import translated_text


class CommitmentProposalForm(Form):
    """What an institution would commit to."""

    title = TranslatedField(_l("Title"))
    problem = TranslatedField(_l("Problem"), long=True)
    solution = TranslatedField(_l("Proposed solution"), long=True)
    expected_result = TranslatedField(_l("Expected result"), long=True)

    def words(self) -> ProposedWords:
        return ProposedWords(
            self.title.data, self.problem.data, self.solution.data, self.expected_result.data
        )


class NewCommitmentProposalForm(CommitmentProposalForm):
    """The same, with which of one's institutions commits to it."""

    institution = choose(_l("Institution"), [])

    def __init__(self, institutions: Sequence[Institution]) -> None:
        super().__init__()
        self.institution.choices = [
            (str(institution.id), translated_text(institution.name)) for institution in institutions
        ]
        if len(institutions) == 1 and not self.institution.data:
            self.institution.data = self.institution.choices[0][0]


class ProposalAcceptedForm(Form):
    """Where an accepted proposal stands in the plan."""

    number = IntegerField(_l("Number"), [REQUIRED, NumberRange(min=1, max=999)])
    axis = choose(_l("Axis"), [])

    def __init__(self, cycle: Cycle) -> None:
        super().__init__(number=next_number(cycle))
        self.axis.choices = [(str(axis.id), translated_text(axis.name)) for axis in cycle.axes]


class ProposalReturnedForm(Form):
    question = paragraph(
        _l("What you ask its institution"),
        limit=2000,
        description=_l("Its focal point finds the proposal on their desk, with this question."),
    )

    def __init__(self, proposal: CommitmentProposal) -> None:
        super().__init__(question=proposal.question)


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

    section = choose(_l("About"), [], required=False)
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
