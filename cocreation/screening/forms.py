"""Forms of the screening room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypedDict

from wtforms import Field, SelectField

from cocreation.core.database import Translated
from cocreation.core.errors import Invalid
from cocreation.ideas.forms.choices import ChosenForm
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.screening.models import ReasonTemplate
from cocreation.screening.policy import HOLDS, Examination, Finding
from cocreation.web.fields import DateField, TranslatedField
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, choose, line

SCORES = [("2", _l("Yes")), ("1", _l("In part")), ("0", _l("No"))]
WHY = _l("Say in a sentence why it does not hold, or only in part.")
TIME_TO_ANSWER = timedelta(days=10)


def _reason(*, required: bool, **options: object) -> Field:
    """One of the reasons of the screening."""

    def choices() -> list[tuple[str, object]]:
        return [("", _l("—")), *((reason.value, reason.label) for reason in REASONS[Fate.NOT_ACCEPTED])]

    presence = [REQUIRED if required else OPTIONAL]
    return SelectField(_l("Reason"), presence, choices=choices, coerce=_as_reason, **options)


def _as_reason(value: str | None) -> Reason | None:
    return Reason(value) if value and value != "None" else None


def _note(label: Lazy | str) -> Field:
    return line(label, required=False, limit=300)


def _explanation() -> Field:
    return TranslatedField(_l("Explanation for the author and everyone else"), long=True, required=False)


OUTCOMES = {"accepted": True, "not_accepted": False}


class ReopenForm(Form):
    """Why a decision of the screening is taken back."""

    why = TranslatedField(
        _l("Why it is read once more"), long=True, limit=1000, description=_l("Everyone will read it.")
    )


def _screened_on() -> Field:
    return DateField(
        _l("Screened on"),
        [OPTIONAL],
        description=_l(
            "The phase is over: give the day on which this was decided. It is shown with the idea."
        ),
    )


class ScreeningForm(Form):
    """One reading: a score for each criterion, a sentence where it is not full, and why not."""

    asked_in_a_case = ("clarity_note", "precision_note", "openness_note", "reason_text", "screened_on")

    clarity = choose(_l("Is it clear?"), SCORES, radio=True)
    clarity_note = _note(_l("What is not clear"))
    precision = choose(_l("Is it precise?"), SCORES, radio=True)
    precision_note = _note(_l("What is not precise"))
    openness = choose(_l("Does it have a direct link to openness?"), SCORES, radio=True)
    openness_note = _note(_l("What the link to openness lacks"))
    reason = _reason(
        required=False, description=_l("Left empty, it is the first criterion that does not hold.")
    )
    reason_text = _explanation()
    screened_on = _screened_on()

    def __init__(self, language: str, template: ReasonTemplate | None = None) -> None:
        """For an author who speaks `language`; begun with `template`, if one was chosen."""
        self.language = language
        super().__init__(**_begun(template))

    def scored(self) -> Iterator[tuple[Field, Field]]:
        """Each criterion with its note."""
        for name in ("clarity", "precision", "openness"):
            yield self[name], self[f"{name}_note"]

    def examination(self) -> Examination:
        clarity, precision, openness = (Finding(int(score.data), note.data) for score, note in self.scored())
        found = Examination(clarity, precision, openness)
        if found.accepts:
            return found
        reason = self.reason.data or found.failing[0]
        return Examination(clarity, precision, openness, reason, self.reason_text.data)

    def validate(self, extra_validators: object = None) -> bool:
        """What a reading lacks stands beside the field that has to say it."""
        if not super().validate(extra_validators):
            return False
        for score, note in self.scored():
            if int(score.data) < HOLDS.score and not note.data:
                note.errors = [WHY]
        if not self.errors:
            try:
                self.examination().check(self.language)
            except Invalid as fault:
                self.reason_text.errors = [fault.sentence]
        return not self.errors


class TickedForm(ChosenForm):
    """What is ticked in a pile, and why not when it is not accepted."""

    asked_in_a_case = ("reason", "reason_text", "screened_on")

    reason = _reason(required=False)
    reason_text = _explanation()
    screened_on = _screened_on()

    def __init__(self, template: ReasonTemplate | None = None) -> None:
        super().__init__(**{k: v for k, v in _begun(template).items() if k.startswith("reason")})

    def examination(self) -> Examination:
        """All three criteria hold but the one that the reason names."""
        words = self.reason_text.data
        failing = Finding(0, next(iter(words.values()), None))
        clarity, precision, openness = (
            failing if reason is self.reason.data else HOLDS for reason in REASONS[Fate.NOT_ACCEPTED]
        )
        return Examination(clarity, precision, openness, self.reason.data, words)

    def validate_refusal(self) -> bool:
        if not self.validate():
            return False
        if self.reason.data is None:
            self.reason.errors = [REQUIRED.message]
        if not self.reason_text.data:
            self.reason_text.errors = [REQUIRED.message]
        return not self.errors


class AuthorQuestionForm(Form):
    """A question to the author of an idea."""

    text = TranslatedField(_l("Your question"), long=True, limit=1000)
    answer_by = DateField(_l("Answer by"), [REQUIRED])

    def __init__(self, today: date) -> None:
        super().__init__(answer_by=today + TIME_TO_ANSWER)


class TemplateWords(TypedDict):
    """What a template of reasons says."""

    reason: Reason
    title: Translated
    text: Translated


class ReasonTemplateForm(Form):
    """A template of reasons."""

    reason = _reason(required=True)
    title = TranslatedField(_l("Short name, for the list"), limit=80)
    text = TranslatedField(
        _l("Explanation"),
        long=True,
        description=_l("Put in [brackets] what has to be completed for each idea, such as [paragraph]."),
    )

    def words(self) -> TemplateWords:
        return {"reason": self.reason.data, "title": self.title.data, "text": self.text.data}


def _begun(template: ReasonTemplate | None) -> dict[str, object]:
    if template is None:
        return {}
    criterion = dict(zip(REASONS[Fate.NOT_ACCEPTED], ("clarity", "precision", "openness"), strict=True))
    return {criterion[template.reason]: "0", "reason": template.reason, "reason_text": template.text}
