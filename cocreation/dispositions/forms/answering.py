"""The form of an institution's answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cocreation.core.database import Translated
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.dispositions.forms.choices import (
    ChosenForm,
    as_number,
    as_text,
    outcome,
    promised,
)
from cocreation.dispositions.models import ANSWERS, Referral
from cocreation.dispositions.services.answering import Answer
from cocreation.plan.models import Commitment
from cocreation.web.forms import (
    TranslatedField,
    choose,
)


class AnswerForm(ChosenForm):
    """The answer to one idea, or to several chosen in the bundle."""

    outcome = outcome(_l("Answer and reason"), ANSWERS, required=True)
    reason_text = TranslatedField(_l("Explanation for the author and everyone else"), long=True)
    commitment = choose(
        _l("Commitment that includes it"),
        [],
        required=False,
        description=_l("Only when it is included, wholly or partly."),
    )

    def __init__(self, commitments: Sequence[Commitment], referral: Referral | None = None) -> None:
        given: dict[str, Any] = {}
        if referral and referral.answer:
            given["outcome"] = (referral.answer, referral.reason)
            given["reason_text"] = referral.reason_text or Translated()
            given["commitment"] = as_text(referral.commitment_id)
        super().__init__(**given)
        self.commitment.choices = promised(commitments)

    def answer(self) -> Answer:
        fate, reason = self.outcome.data
        return Answer(fate, reason, self.reason_text.data, as_number(self.commitment.data))
