"""What those who run a meeting do with the list of those who come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.meetings.forms.meeting import PUBLISHED, WHAT_IS_HIDDEN
from cocreation.meetings.models.programme import Workshop
from cocreation.places.models.answers import MeetingQuestion
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    FileField,
    Form,
    HiddenField,
    choose,
    line,
)
from cocreation.web.rendering import translated_text


class ParticipantFilter(Form):
    """What narrows the list of participants; read from the address."""

    q = line(_l("Name, address or association"), required=False)
    state = choose(
        _l("State"),
        [(each.value, each.label) for each in RegistrationState if each != RegistrationState.REPEATED],
        required=False,
    )
    unconfirmed = BooleanField(_l("Not confirmed only"))


class ImportForm(Form):
    """A list of participants."""

    file = FileField(_l("Spreadsheet (.xlsx, .ods or .csv)"), [REQUIRED])
    figures_published = BooleanField(PUBLISHED, description=WHAT_IS_HIDDEN)


class DecisionForm(Form):
    """What is decided for one person: `place`, `decline`, `wait` or `workshop`, with the reason they read."""

    act = HiddenField()
    reason = line(_l("Reason, which the person reads"), required=False, limit=500)
    workshop = choose(_l("Workshop"), [], required=False)

    def __init__(self, registration: Registration, workshops: Iterable[Workshop]) -> None:
        given = registration.workshop_id
        super().__init__(workshop=str(given) if given else None)
        self.workshop.choices = [
            ("", _l("—")),
            *((str(each.id), translated_text(each.theme)) for each in workshops),
        ]

    @property
    def workshop_id(self) -> int | None:
        return int(self.workshop.data) if self.workshop.data else None


class NotesForm(Form):
    """The questions only the staff fills in; its fields are made by `asking`."""

    questions: Sequence[MeetingQuestion] = ()
    act = HiddenField()
