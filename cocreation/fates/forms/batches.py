"""Forms of the batches of fates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cocreation.core.database import Translated
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.fates.models import FateDraft
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.forms.choices import (
    DRAFTED,
    as_number,
    as_text,
    best,
    named,
    outcome,
    promised,
    references,
    row_id,
)
from cocreation.plan.models import Commitment
from cocreation.web.forms import (
    Form,
    HiddenField,
    TranslatedField,
    choose,
    line,
    moment,
    paragraph,
)


class BatchForm(Form):
    title = TranslatedField(_l("Title"))
    cycle = choose(_l("Cycle"), [])
    body = choose(
        _l("Body that answers for “not accepted at screening”"),
        [],
        required=False,
        description=_l("Institutions answer for the ideas they have studied."),
    )
    references = line(
        _l("Only these ideas"),
        required=False,
        limit=5000,
        description=_l("Their references, such as 2026-7 2026-12. Left empty: all that are ready."),
    )

    def __init__(
        self, cycles: Sequence[Cycle], institutions: Sequence[Institution], body: str | None
    ) -> None:
        super().__init__(body=body)
        self.cycle.choices = [(str(each.id), best(each.title)) for each in cycles]
        self.body.choices = [("", _l("—")), *named(institutions)]

    def values(self) -> dict[str, Any]:
        return {
            "cycle_id": int(self.cycle.data),
            "title": self.title.data,
            "body_id": as_number(self.body.data),
            "references": references(self.references.data),
        }


class ReferencesForm(Form):
    references = line(
        _l("Ideas to add"),
        required=False,
        limit=5000,
        description=_l("Their references, such as 2026-7 2026-12. Left empty: all that are ready."),
    )


class DraftForm(Form):
    """What an idea is about to become; nothing is required before publication. `seen` is the mark of what
    stood there when it was opened.
    """

    outcome = outcome(_l("Fate and reason"), DRAFTED, required=False)
    reason_text = TranslatedField(
        _l("Explanation for the author and everyone else"), long=True, required=False
    )
    body = choose(_l("Responsible body"), [], required=False)
    commitment = choose(_l("Commitment that includes it"), [], required=False)
    seen = HiddenField()

    def __init__(
        self, draft: FateDraft, institutions: Sequence[Institution], commitments: Sequence[Commitment]
    ) -> None:
        super().__init__(
            outcome=(draft.fate, draft.reason) if draft.fate and draft.reason else None,
            reason_text=draft.reason_text or Translated(),
            body=as_text(draft.institution_id),
            commitment=as_text(draft.commitment_id),
            seen=FateDecision.of(draft).mark,
        )
        self.body.choices = [("", _l("—")), *named(institutions)]
        self.commitment.choices = promised(commitments)

    def decision(self) -> FateDecision:
        fate, reason = self.outcome.data or (None, None)
        text = self.reason_text.data or None
        return FateDecision(fate, reason, text, as_number(self.body.data), as_number(self.commitment.data))


class ReviewForm(Form):
    """What the second reader says of a batch; `version` is the one that was read."""

    verdict = choose(
        _l("Your verdict"),
        [("approve", _l("It can be published as it is")), ("return", _l("Something has to change first"))],
        radio=True,
    )
    note = paragraph(
        _l("Remark"), required=False, limit=2000, description=_l("For the team only; not published.")
    )
    version = HiddenField()

    def values(self) -> dict[str, Any]:
        return {
            "approves": self.verdict.data == "approve",
            "note": self.note.data,
            "version": row_id(self.version.data) or 0,
        }


class EmbargoForm(Form):
    until = moment(
        _l("Not before"),
        required=False,
        description=_l("Asked for earlier, the publication waits until then. Left empty: at any time."),
    )


class ButtonForm(Form):
    """A button."""
