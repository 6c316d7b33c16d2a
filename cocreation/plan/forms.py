"""Forms of the plan."""

from __future__ import annotations

from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan import queries
from cocreation.plan.models import Commitment
from cocreation.plan.services import CommitmentWords
from cocreation.web.fields import IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose
from cocreation.web.rendering import translated_text


class CommitmentForm(Form):
    """The sheet of a commitment."""

    number = IntegerField(_l("Number"), [REQUIRED, NumberRange(min=1, max=999)])
    axis = choose(_l("Axis"), [])
    institution = choose(_l("Responsible institution"), [])
    title = TranslatedField(_l("Title"))
    problem = TranslatedField(_l("Problem"), long=True)
    solution = TranslatedField(_l("Proposed solution"), long=True)
    expected_result = TranslatedField(_l("Expected result"), long=True)

    def __init__(self, cycle: Cycle, commitment: Commitment | None = None) -> None:
        values: dict[str, object] = (
            {"axis": str(commitment.axis_id), "institution": str(commitment.institution_id)}
            if commitment
            else {"number": queries.next_number(cycle)}
        )
        # Not obj=: a commitment's axis and institution are rows, the form's are their numbers.
        for name in ("number", "title", "problem", "solution", "expected_result") if commitment else ():
            values[name] = getattr(commitment, name)
        super().__init__(**values)
        self.axis.choices = [(str(axis.id), translated_text(axis.name)) for axis in cycle.axes]
        self.institution.choices = [
            (str(institution.id), translated_text(institution.name)) for institution in queries.institutions()
        ]

    def words(self) -> CommitmentWords:
        return CommitmentWords(
            number=self.number.data or 0,
            axis_id=int(self.axis.data),
            institution_id=int(self.institution.data),
            title=self.title.data,
            problem=self.problem.data,
            solution=self.solution.data,
            expected_result=self.expected_result.data,
        )
