"""What those who run a meeting do with the list of those who come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cocreation.core.database import Translated
from cocreation.imports.forms import SheetImportForm
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.forms.meeting import PUBLISHED, WHAT_IS_HIDDEN
from cocreation.meetings.models.meeting import Quota, QuotaKind, Workshop
from cocreation.participants.services.questions import QuestionDetails
from cocreation.places.models.answers import AnswerType, MeetingQuestion
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.places.services.quotas import KeptPlaces
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    DateField,
    Form,
    HiddenField,
    IntegerField,
    NumberRange,
    TranslatedField,
    choose,
    line,
)
from cocreation.web.rendering import translated_text


class ParticipantFilter(Form):
    """What narrows the list of participants; read from the address."""

    q = line(_l("Name, address or association"), required=False)
    state = choose(
        _l("State"),
        [(state.value, state.label) for state in RegistrationState if state != RegistrationState.REPEATED],
        required=False,
    )
    unconfirmed = BooleanField(_l("Not confirmed only"))


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
        self.workshop.choices = [
            ("", _l("—")),
            *((str(workshop.id), translated_text(workshop.theme)) for workshop in workshops),
        ]

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
