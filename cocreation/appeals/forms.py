"""The form that answers an appeal."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.core.database import Translated
from cocreation.directory.models import Institution
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.forms.choices import (
    DRAFTED,
    as_number,
    as_text,
    named,
    outcome,
    promised,
)
from cocreation.ideas.models.dialogue import Hearing
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import Form, choose


class HearingForm(Form):
    """The answer to an appeal, and what becomes of the fate."""

    asked_in_a_case = ("outcome", "reason_text", "body", "commitment")

    hearing = choose(_l("Outcome of the appeal"), Hearing, radio=True)
    answer = TranslatedField(_l("Answer to the author, for everyone to read"), long=True)
    outcome = outcome(_l("Fate and reason"), DRAFTED, required=False)
    reason_text = TranslatedField(
        _l("Explanation for the author and everyone else"), long=True, required=False
    )
    body = choose(_l("Responsible body"), [], required=False)
    commitment = choose(_l("Commitment that includes it"), [], required=False)

    def __init__(
        self, idea: Idea, institutions: Sequence[Institution], commitments: Sequence[Commitment]
    ) -> None:
        super().__init__(
            outcome=(idea.fate, idea.reason),
            reason_text=idea.reason_text or Translated(),
            body=as_text(idea.institution_id),
            commitment=as_text(idea.commitment_id),
        )
        self.body.choices = [("", _l("—")), *named(institutions)]
        self.commitment.choices = promised(commitments)

    def values(self) -> tuple[Hearing, Translated, FateDecision | None]:
        """Outcome, answer, and what the fate becomes: nothing new where the appeal is dismissed."""
        heard = Hearing(self.hearing.data)
        if heard is Hearing.DISMISSED:
            return heard, self.answer.data, None
        fate, reason = self.outcome.data or (None, None)
        body, commitment = as_number(self.body.data), as_number(self.commitment.data)
        return heard, self.answer.data, FateDecision(fate, reason, self.reason_text.data, body, commitment)
