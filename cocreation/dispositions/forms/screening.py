"""Forms of the screening desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Theme
from cocreation.dispositions.forms.choices import (
    best,
)
from cocreation.dispositions.services import Examination
from cocreation.dispositions.services.screening import ReasonMissing
from cocreation.ideas.models import REASONS, Fate, Origin, Reason
from cocreation.web.forms import (
    Form,
    StopValidation,
    TranslatedField,
    choose,
)

YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]


class QueueForm(Form):
    """What narrows the screening queue; read from the address."""

    theme = choose(_l("Theme"), [], required=False)
    origin = choose(_l("Origin"), Origin, required=False)

    def __init__(self, themes: Sequence[Theme]) -> None:
        super().__init__()
        self.theme.choices = [("", _l("—")), *((str(each.id), best(each.name)) for each in themes)]


class ScreeningForm(Form):
    is_clear = choose(_l("Is it clear?"), YES_NO, radio=True)
    is_precise = choose(_l("Is it precise?"), YES_NO, radio=True)
    is_about_openness = choose(_l("Does it have a direct link to openness?"), YES_NO, radio=True)
    reason = choose(
        _l("Reason"),
        Reason,
        required=False,
        description=_l("Left empty, it is the first criterion that does not hold."),
    )
    reason_text = TranslatedField(
        _l("Explanation for the author and everyone else"), long=True, required=False
    )

    def __init__(self, language: str) -> None:
        self.language = language  # of the author
        super().__init__()
        self.reason.choices = [("", _l("—")), *((r.value, r.label) for r in REASONS[Fate.NOT_ACCEPTED])]

    def validate_reasonas_text(self, field: Any) -> None:
        asked = (self.is_clear, self.is_precise, self.is_about_openness)
        if not all(each.data for each in asked):
            return
        found = self.examination()
        if not found.accepted and not found.explains(self.language):
            raise StopValidation(ReasonMissing.sentence)

    def examination(self) -> Examination:
        asked = (self.is_clear, self.is_precise, self.is_about_openness)
        found = Examination(*(each.data == "yes" for each in asked))
        if found.accepted:
            return found
        reason = self.reason.data or found.failing[0]
        return Examination(
            found.is_clear, found.is_precise, found.is_about_openness, reason, self.reason_text.data
        )
