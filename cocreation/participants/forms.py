"""What those who run a meeting do with the list of those who come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cocreation.core.database import Translated
from cocreation.imports.forms import SheetImportForm
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.forms.meeting import PUBLISHED, WHAT_IS_HIDDEN
from cocreation.meetings.models.meeting import Quota, QuotaKind, Workshop
from cocreation.participants.queries import ListFilter
from cocreation.participants.services.decisions import EXPLAINED, Together
from cocreation.participants.services.questions import QuestionDetails
from cocreation.places.models.answers import AnswerType, MeetingQuestion
from cocreation.places.models.registration import Registration
from cocreation.places.refusals import DecisionUnexplained
from cocreation.places.services.quotas import KeptPlaces
from cocreation.web.fields import DateField, IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, BooleanField, Form, HiddenField, choose, choose_several, line
from cocreation.web.rendering import translated_text


class ParticipantFilter(Form):
    """What narrows the list of participants; read from the address."""

    q = line(_l("Name, address or association"), required=False)
    workshop = choose(_l("Workshop"), [], required=False)
    unconfirmed = BooleanField(_l("Not confirmed only"))

    def __init__(self, narrowed: ListFilter, workshops: Iterable[Workshop]) -> None:
        chosen = str(narrowed.workshop) if narrowed.workshop else None
        super().__init__(q=narrowed.typed, workshop=chosen, unconfirmed=narrowed.is_unconfirmed)
        self.workshop.choices = workshop_choices(workshops)


class TogetherForm(Form):
    """What is decided for everybody who is ticked, by the button pressed, and the reason they read."""

    act = choose(_l("Decision"), Together, required=False)
    chosen = choose_several(_l("People"), [], required=False, validate_choice=False)
    reason = line(_l("Reason, which each of them reads"), required=False, limit=500)
    workshop = choose(_l("Workshop"), [], required=False)

    def __init__(self, workshops: Iterable[Workshop]) -> None:
        super().__init__()
        self.workshop.choices = workshop_choices(workshops)

    def validate(self, extra_validators: object = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.act.data in EXPLAINED and not self.reason.data:
            self.reason.errors = [DecisionUnexplained.sentence]
        return not self.errors

    @property
    def numbers(self) -> list[int]:
        return [int(typed) for typed in self.chosen.data or () if re.fullmatch(r"[0-9]{1,9}", typed)]

    @property
    def workshop_id(self) -> int | None:
        return int(self.workshop.data) if self.workshop.data else None


def workshop_choices(workshops: Iterable[Workshop]) -> list[tuple[str, object]]:
    named = [(str(workshop.id), translated_text(workshop.theme)) for workshop in workshops]
    return [("", _l("—")), *named]


class ParticipantListForm(SheetImportForm):
    """A list of participants."""

    figures_published = BooleanField(PUBLISHED, description=WHAT_IS_HIDDEN)


class RegistrationDecisionForm(Form):
    """What is decided for one person: `place`, `decline`, `wait` or `workshop`, with the reason they read."""

    asked_in_a_case = ("reason",)

    act = HiddenField()
    reason = line(
        _l("Reason, which the person reads"),
        required=False,
        limit=500,
        description=_l("Needed to decline, or to move somebody to the waiting list."),
    )
    workshop = choose(_l("Workshop"), [], required=False)

    def __init__(self, registration: Registration, workshops: Iterable[Workshop]) -> None:
        given = registration.workshop_id
        super().__init__(workshop=str(given) if given else None)
        self.workshop.choices = workshop_choices(workshops)

    @property
    def workshop_id(self) -> int | None:
        return int(self.workshop.data) if self.workshop.data else None


class NotesForm(Form):
    """The questions only the staff fills in; its fields are made by `asking`."""

    questions: Sequence[MeetingQuestion] = ()
    act = HiddenField()


class QuestionForm(Form):
    """A question of the organiser."""

    asked_in_a_case = ("options",)

    label = TranslatedField(_l("Question"))
    asks = choose(_l("Answered by"), AnswerType, radio=True)
    options = TranslatedField(
        _l("Choices, one on each line"),
        required=False,
        long=True,
        description=_l("For one choice and for several. In each language in the same order."),
    )
    is_required = BooleanField(_l("It must be answered"))
    is_internal = BooleanField(
        _l("For the staff only"), description=_l("Filled in on the page of each person, never on the form.")
    )

    def __init__(self, question: MeetingQuestion | None = None) -> None:
        super().__init__(**(_values(question) if question else {}))

    def asked(self) -> QuestionDetails:
        return QuestionDetails(
            label=self.label.data,
            asks=self.asks.data,
            options=self.options.data,
            is_required=self.is_required.data,
            is_internal=self.is_internal.data,
        )


class QuotaForm(Form):
    """Places kept for some people."""

    kind = choose(_l("For whom"), QuotaKind)
    places = IntegerField(_l("Places"), [REQUIRED, NumberRange(min=1, max=100_000)])
    reason = TranslatedField(_l("Why, for everyone to read"), limit=300)
    release_on = DateField(_l("Open to everyone from"), [REQUIRED])

    def __init__(self, quota: Quota | None = None) -> None:
        super().__init__(obj=quota)

    def kept(self) -> KeptPlaces:
        return KeptPlaces(self.kind.data, self.places.data, self.reason.data, self.release_on.data)


def _values(question: MeetingQuestion) -> dict[str, object]:
    """What the form of a question is filled in with: its choices a text of lines in each language."""
    codes = dict.fromkeys(code for option in question.options for code in option)
    lines = {code: "\n".join(option.get(code, "") for option in question.options) for code in codes}
    return {
        "label": question.label,
        "asks": question.asks,
        "options": Translated(lines),
        "is_required": question.is_required,
        "is_internal": question.is_internal,
    }
