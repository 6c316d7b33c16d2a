"""Forms of the batches of fates, and of what changes a published fate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from cocreation.batches.models import FateDraft
from cocreation.batches.policy import ReadyFilter
from cocreation.batches.services.drafts import Grounds
from cocreation.core.contacts import LONGEST_WEB_ADDRESS
from cocreation.core.database import Translated
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
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
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.desk import ThemeCounts
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.web.fields import DateField, TranslatedField
from cocreation.web.forms import (
    OPTIONAL,
    BooleanField,
    Form,
    HiddenField,
    choose,
    line,
    moment,
    paragraph,
)


class NewBatch(TypedDict):
    """What a batch is made of: of which cycle, under which title, who answers for refusals, which ideas:
    those named, or those `ready`.
    """

    cycle_id: int
    title: Translated
    body_id: int | None
    references: list[str]
    ready: ReadyFilter


class ReadyForm(Form):
    """Which of the ideas that are ready are put into a batch: of a theme, of an institution, with a fate."""

    theme = choose(_l("Of this theme"), [], required=False)
    institution = choose(_l("Answered by"), [], required=False)
    fate = choose(_l("With this answer or verdict"), [], required=False)

    def offer(self, themes: ThemeCounts, institutions: Sequence[Institution]) -> None:
        """The themes there are with how many ideas each has; then the institutions and the fates."""
        several = [(theme, count) for theme, count in themes if theme]
        self.theme.choices = [
            ("", _l("—")),
            *((str(theme.id), f"{best(theme.name)} ({count})") for theme, count in several),
        ]
        self.institution.choices = [("", _l("—")), *named(institutions)]
        self.fate.choices = [("", _l("—")), *((fate.value, fate.label) for fate in DRAFTED)]

    def chosen(self) -> ReadyFilter:
        fate = Fate(self.fate.data) if self.fate.data else None
        return ReadyFilter(as_number(self.theme.data), as_number(self.institution.data), fate)


class BatchForm(ReadyForm):
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
        description=_l("Their references, such as 2026-7 2026-12. Left empty: all that are chosen."),
    )

    def __init__(
        self,
        cycles: Sequence[Cycle],
        themes: ThemeCounts,
        institutions: Sequence[Institution],
        body: str | None,
    ) -> None:
        super().__init__(body=body)
        self.offer(themes, institutions)
        self.cycle.choices = [(str(cycle.id), best(cycle.title)) for cycle in cycles]
        self.body.choices = [("", _l("—")), *named(institutions)]

    def values(self) -> NewBatch:
        return {
            "cycle_id": int(self.cycle.data),
            "title": self.title.data,
            "body_id": as_number(self.body.data),
            "references": references(self.references.data),
            "ready": self.chosen(),
        }


class ReferencesForm(ReadyForm):
    references = line(
        _l("Ideas to add"),
        required=False,
        limit=5000,
        description=_l("Their references, such as 2026-7 2026-12. Left empty: all that are chosen."),
    )


class DraftForm(Form):
    """What an idea is about to become; nothing is required before publication. `seen` is the mark of what
    stood there when it was opened.
    """

    asked_in_a_case = ("outcome", "reason_text", "body", "commitment", "why", "proof_url")
    outcome = outcome(_l("Fate and reason"), DRAFTED, required=False)
    reason_text = TranslatedField(
        _l("Explanation for the author and everyone else"), long=True, required=False
    )
    body = choose(_l("Responsible body"), [], required=False)
    commitment = choose(_l("Commitment that includes it"), [], required=False)
    why = TranslatedField(
        _l("Why the secretariat decides otherwise than the institution answered"),
        long=True,
        required=False,
        description=_l("Only then; everyone will read it, and the institution is told and may object."),
    )
    proof_url = line(
        _l("Link where it can be seen"),
        required=False,
        limit=LONGEST_WEB_ADDRESS,
        description=_l("Only when it is already under way and no answer names such a page."),
    )
    seen = HiddenField()

    def __init__(
        self, draft: FateDraft, institutions: Sequence[Institution], commitments: Sequence[Commitment]
    ) -> None:
        super().__init__(
            outcome=(draft.fate, draft.reason) if draft.fate and draft.reason else None,
            reason_text=draft.reason_text or Translated(),
            body=as_text(draft.institution_id),
            commitment=as_text(draft.commitment_id),
            why=draft.why or Translated(),
            proof_url=draft.proof_url,
            seen=FateDecision.of(draft).mark,
        )
        self.body.choices = [("", _l("—")), *named(institutions)]
        self.commitment.choices = promised(commitments)

    def decision(self) -> FateDecision:
        fate, reason = self.outcome.data or (None, None)
        text = self.reason_text.data or None
        return FateDecision(fate, reason, text, as_number(self.body.data), as_number(self.commitment.data))

    def grounds(self) -> Grounds:
        return Grounds(self.why.data or None, self.proof_url.data or None)


class ReviewOfBatch(TypedDict):
    """What the second reader says, of the version that was read."""

    approves: bool
    note: str | None
    version: int


class ReviewForm(Form):
    """What the second reader says of a batch; `version` is the one that was read."""

    asked_in_a_case = ("note",)

    verdict = choose(
        _l("Your verdict"),
        [("approve", _l("It can be published as it is")), ("return", _l("Something has to change first"))],
        radio=True,
    )
    note = paragraph(
        _l("Remark"),
        required=False,
        limit=2000,
        description=_l("What has to change, if something has. For the team only; not published."),
    )
    version = HiddenField()

    def values(self) -> ReviewOfBatch:
        return {
            "approves": self.verdict.data == "approve",
            "note": self.note.data,
            "version": row_id(self.version.data) or 0,
        }


class EmbargoForm(Form):
    until = moment(
        _l("Not before"),
        required=False,
        description=_l("No publication before this date. Leave empty for any time."),
    )


class ButtonForm(Form):
    """A button."""


class PublishingForm(Form):
    asked_in_a_case = ("published_on",)

    tells_imported = BooleanField(
        _l("Also write to people who were imported from a list"),
        description=_l("Those of a meeting of the past, for instance, who did not register here themselves."),
    )
    published_on = DateField(
        _l("Published on"),
        [OPTIONAL],
        description=_l(
            "The phase is over: give the day on which these fates were published. Every fate says that day;"
            " the register says both, that one and the day it was entered."
        ),
    )


class RevisionForm(Form):
    """New words for a published fate, which itself stands. `seen` is the mark of what stood there."""

    reason = choose(_l("Reason"), [])
    reason_text = TranslatedField(_l("Explanation for the author and everyone else"), long=True)
    body = choose(_l("Responsible body"), [])
    why = TranslatedField(
        _l("Why the reasons are reworded"), long=True, description=_l("Everyone will read it.")
    )
    seen = HiddenField()

    def __init__(self, idea: Idea, institutions: Sequence[Institution]) -> None:
        self.idea = idea
        super().__init__(
            reason=idea.reason and idea.reason.value,
            reason_text=idea.reason_text or Translated(),
            body=as_text(idea.institution_id),
            seen=FateDecision.of(idea).mark,
        )
        assert idea.fate
        self.reason.choices = [(reason.value, reason.label) for reason in REASONS[idea.fate]]
        self.body.choices = named(institutions)

    def decision(self) -> FateDecision:
        """What was typed; the fate and the commitment stay."""
        idea = self.idea
        reason, body = Reason(self.reason.data), as_number(self.body.data)
        return FateDecision(idea.fate, reason, self.reason_text.data, body, idea.commitment_id)
