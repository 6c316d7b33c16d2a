"""Forms of the commitments that institutions propose."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.draft_commitments.models import CommitmentProposal
from cocreation.draft_commitments.services.proposals import ProposedWords
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.queries import next_number
from cocreation.web.fields import IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose, paragraph
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
