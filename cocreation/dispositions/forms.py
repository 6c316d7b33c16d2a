"""Forms of the desks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import SelectField

from cocreation.core import i18n
from cocreation.core.database import Translated
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution
from cocreation.dispositions.models import ANSWERS, FateDraft, Referral
from cocreation.dispositions.services import Examination
from cocreation.dispositions.services.answering import Answer
from cocreation.dispositions.services.drafting import Decision
from cocreation.dispositions.services.screening import ReasonMissing
from cocreation.ideas.models import REASONS, Fate, Origin, Reason
from cocreation.plan.models import Commitment
from cocreation.web.forms import (
    OPTIONAL,
    REQUIRED,
    DateField,
    Form,
    StopValidation,
    TranslatedField,
    choose,
    choose_several,
    line,
)

YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]
# The fates that can be drafted: an author's withdrawal is not the secretariat's to decide.
DRAFTED = tuple(fate for fate in Fate if fate is not Fate.WITHDRAWN)


def outcome(label: Any, fates: Iterable[Fate], *, required: bool) -> Any:
    """A fate with one of its reasons in one choice: no wrong pair can be made. Its data is the pair."""

    def choices() -> dict[str, list[tuple[str, Any]]]:
        pairs = {str(f.label): [(f"{f.value}/{r.value}", r.label) for r in REASONS[f]] for f in fates}
        return {"": [("", "—")], **pairs}

    return SelectField(label, [REQUIRED if required else OPTIONAL], choices=choices, coerce=_outcome)


def _outcome(value: Any) -> tuple[Fate, Reason] | None:
    if not value or value == "None":
        return None
    fate, reason = value.split("/", 1) if isinstance(value, str) else value
    return Fate(fate), Reason(reason)


class QueueForm(Form):
    """What narrows the screening queue; read from the address."""

    theme = choose(_l("Theme"), [], required=False)
    origin = choose(_l("Origin"), Origin, required=False)

    def __init__(self, themes: Sequence[Theme]) -> None:
        super().__init__()
        self.theme.choices = [("", _l("—")), *((str(each.id), _best(each.name)) for each in themes)]


class ChosenForm(Form):
    """The ideas ticked in a list; their ids come as texts that the list gave out."""

    chosen = choose_several(_l("Chosen ideas"), [], required=False, validate_choice=False)

    @property
    def ids(self) -> list[int]:
        return [number for each in self.chosen.data or () if (number := row_id(each))]


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

    def validate_reason_text(self, field: Any) -> None:
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


class ReferralForm(ChosenForm):
    institutions = choose_several(_l("Institutions"), [])
    due_on = DateField(_l("Answer by"), [REQUIRED])

    def __init__(self, institutions: Sequence[Institution]) -> None:
        super().__init__()
        self.institutions.choices = named(institutions)


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
            given["commitment"] = _text(referral.commitment_id)
        super().__init__(**given)
        self.commitment.choices = promised(commitments)

    def answer(self) -> Answer:
        fate, reason = self.outcome.data
        return Answer(fate, reason, self.reason_text.data, _number(self.commitment.data))


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
        self.cycle.choices = [(str(each.id), _best(each.title)) for each in cycles]
        self.body.choices = [("", _l("—")), *named(institutions)]

    def values(self) -> dict[str, Any]:
        return {
            "cycle_id": int(self.cycle.data),
            "title": self.title.data,
            "body_id": _number(self.body.data),
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
    """What an idea is about to become; nothing is required before publication."""

    outcome = outcome(_l("Fate and reason"), DRAFTED, required=False)
    reason_text = TranslatedField(
        _l("Explanation for the author and everyone else"), long=True, required=False
    )
    body = choose(_l("Responsible body"), [], required=False)
    commitment = choose(_l("Commitment that includes it"), [], required=False)

    def __init__(
        self, draft: FateDraft, institutions: Sequence[Institution], commitments: Sequence[Commitment]
    ) -> None:
        super().__init__(
            outcome=(draft.fate, draft.reason) if draft.fate and draft.reason else None,
            reason_text=draft.reason_text or Translated(),
            body=_text(draft.institution_id),
            commitment=_text(draft.commitment_id),
        )
        self.body.choices = [("", _l("—")), *named(institutions)]
        self.commitment.choices = promised(commitments)

    def decision(self) -> Decision:
        fate, reason = self.outcome.data or (None, None)
        text = self.reason_text.data or None
        return Decision(fate, reason, text, _number(self.body.data), _number(self.commitment.data))


class PublishForm(Form):
    """A button."""


def row_id(typed: str | None) -> int | None:
    """The id that was typed or ticked; None for what can be none, also for one too large for a database."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed or "") and typed else None


def named(institutions: Iterable[Institution]) -> list[tuple[str, str]]:
    """Institutions as choices, in the reader's language."""
    return [(str(each.id), _best(each.name)) for each in institutions]


def promised(commitments: Iterable[Commitment]) -> list[tuple[str, Any]]:
    """Commitments as choices; none first."""
    return [("", _l("—")), *((str(c.id), f"{c.reference} · {_best(c.title)}") for c in commitments)]


def references(typed: str | None) -> list[str]:
    """The references in what a person typed, each once."""
    return list(dict.fromkeys(re.findall(r"\d{4}-\d+", typed or "")))


def _best(text: Translated) -> str:
    here = i18n.current()
    return text.best(here.code, here.falls_back)[0]


def _text(number: int | None) -> str | None:
    return str(number) if number else None


def _number(typed: str | None) -> int | None:
    return int(typed) if typed else None
