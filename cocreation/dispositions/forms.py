"""What narrows the table of dispositions."""

from __future__ import annotations

from cocreation.comment_answers.forms import NarrowingForm
from cocreation.comments.models import AnswerOutcome, CommenterKind, Stance
from cocreation.dispositions.queries import DispositionFilter
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import choose


class DispositionFilterForm(NarrowingForm):
    """What narrows the table of dispositions."""

    text = choose(_l("Text"), [], required=False)
    section = choose(_l("Section"), [], required=False)
    stance = choose(_l("What it does"), Stance, required=False)
    kind = choose(_l("Kind of participant"), CommenterKind, required=False)
    outcome = choose(_l("Outcome"), AnswerOutcome, required=False)

    def asked(self) -> DispositionFilter:
        return DispositionFilter(**self.values(("text", "section")))  # type: ignore[arg-type]
