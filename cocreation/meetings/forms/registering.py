"""The form by which somebody registers for a meeting."""

from __future__ import annotations

from typing import Any

from cocreation.core import i18n
from cocreation.core.i18n import Lazy, lazy_gettext as _l
from cocreation.core.naming import Named
from cocreation.meetings.models import AgeBracket, Capacity, Gender, Meeting
from cocreation.meetings.services import Participant
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    Form,
    OnceField,
    choose,
    email,
    line,
    phone,
)
from cocreation.web.rendering import translated_text

NOT_SAID = _l("prefer not to say")
APART = _l(
    "Only counted, to see whom the meetings reach and whom they miss. "
    "Kept apart from your name and never shown beside it."
)


def _offered(kind: type[Named]) -> list[tuple[str, Lazy]]:
    """The members of a statistic as somebody chooses them of themselves."""
    return [(each.value, NOT_SAID if each.value == "not_stated" else each.label) for each in kind]


class RegistrationForm(Form):
    """Who would like to come to a meeting."""

    name = line(_l("Your name"), limit=200)
    email = email(_l("E-mail"), required=False)
    phone = phone(_l("Telephone"))
    association = line(_l("Association"), required=False, limit=200)
    capacity = choose(_l("You come as"), _offered(Capacity), radio=True)
    workshop = choose(_l("The workshop you would like to join"), [], required=False)
    language = choose(
        _l("Language of the mails"), [(each.code, each.name) for each in i18n.LANGUAGES.values()]
    )
    age_bracket = choose(_l("Age bracket"), _offered(AgeBracket), required=False)
    gender = choose(_l("Gender"), _offered(Gender), required=False, radio=True)
    consent = BooleanField(
        _l("I agree that these details are used to organise this meeting, and for nothing else."), [REQUIRED]
    )
    once = OnceField()

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(language=i18n.current().code)
        self.workshop.choices = [
            ("", _l("—")),
            *((str(each.id), translated_text(each.theme)) for each in meeting.workshops),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.email.data and not self.phone.data and not self.email.errors:
            self.email.errors = [
                _l("Give an e-mail address or a telephone number, so that we can reach you.")
            ]
            return False
        return valid

    def participant(self) -> Participant:
        return Participant(
            name=self.name.data,
            email=self.email.data or None,
            phone=self.phone.data or None,
            association=self.association.data or None,
            capacity=Capacity(self.capacity.data),
            workshop_id=int(self.workshop.data) if self.workshop.data else None,
            language=self.language.data,
            age_bracket=AgeBracket(self.age_bracket.data or AgeBracket.NOT_STATED),
            gender=Gender(self.gender.data or Gender.NOT_STATED),
        )
