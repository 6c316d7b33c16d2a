"""The forms by which somebody registers for a meeting, is registered, or changes what they said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import Field

from cocreation.core import i18n
from cocreation.core.enums import Named
from cocreation.core.i18n import Lazy, lazy_gettext as _l
from cocreation.directory.models import Domain, Province
from cocreation.meetings.models.meeting import ByPhone, Meeting, Quota
from cocreation.places.models.answers import MeetingQuestion
from cocreation.places.models.registration import AgeBracket, Capacity, EntryChannel, Gender, Registration
from cocreation.registration.forms.answers import AnswersForm, answered, asking
from cocreation.registration.services.answers import Answers, Participant
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    HiddenField,
    OnceField,
    choose,
    choose_several,
    email,
    name_of_association,
    name_of_person,
    phone,
)
from cocreation.web.rendering import translated_text

NOT_SAID = _l("prefer not to say")
APART = _l(
    "Only counted, to see whom the meetings reach and whom they miss. "
    "Kept apart from your name and never shown beside it."
)
CLAIMED = _l("Only to give you one of these places; nobody else sees it.")


def _offered(kind: type[Named]) -> list[tuple[str, Lazy]]:
    """The members of a statistic as somebody chooses them of themselves."""
    return [(member.value, NOT_SAID if member.value == "not_stated" else member.label) for member in kind]


def language_of_mails() -> Field:
    return choose(
        _l("Language of the mails"), [(language.code, language.name) for language in i18n.LANGUAGES.values()]
    )


class RegistrationForm(AnswersForm):
    """Who would like to come to a meeting. Made by `registration_form`."""

    name = name_of_person(_l("Your name"))
    email = email(_l("E-mail"), required=False)
    phone = phone(_l("Telephone"))
    association = name_of_association(_l("Association"), required=False)
    capacity = choose(_l("You come as"), [("", _l("—")), *_offered(Capacity)])
    claims = choose_several(
        _l("Some places are kept. Are you one of these people?"), [], required=False, description=CLAIMED
    )
    language = language_of_mails()
    age_bracket = choose(_l("Age bracket"), _offered(AgeBracket), required=False)
    gender = choose(_l("Gender"), _offered(Gender), required=False, radio=True)
    province = choose(_l("Province"), [], required=False)
    domain = choose(_l("Field of work"), Domain, required=False)
    consent = BooleanField(
        _l("I agree that these details are used to organise this meeting, and for nothing else."), [REQUIRED]
    )
    once = OnceField()
    altcha = HiddenField()

    def prepare(self, meeting: Meeting, provinces: Sequence[Province], kept: Sequence[Quota]) -> None:
        """Offer what can be chosen at this meeting; `kept` are the quotas that keep places now."""
        self.offer(meeting.workshops)
        self.province.choices = [
            ("", _l("—")),
            *((province.code, translated_text(province.name)) for province in provinces),
        ]
        if meeting.by_phone == ByPhone.REFUSED:
            self.phone.description = _l("As well, if you like: for this meeting an e-mail address is needed.")
        self.claims.choices = [(quota.kind.value, quota.kind.label) for quota in kept]
        if not kept:
            del self.claims

    def validate(self, extra_validators: object = None) -> bool:
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
            language=self.language.data,
            age_bracket=AgeBracket(self.age_bracket.data or AgeBracket.NOT_STATED),
            gender=Gender(self.gender.data or Gender.NOT_STATED),
            province_code=self.province.data or None,
            domain=self.domain.data or None,
            claims=(self.claims.data or []) if "claims" in self else [],
            wishes=self.wishes,
            replies=self.replies,
            **self.needs,
        )


class EnteredRegistrationForm(RegistrationForm):
    """Somebody who called or sent a slip of paper, written in by the staff."""

    name = name_of_person(_l("Name"))
    capacity = choose(_l("Capacity"), [("", _l("—")), *_offered(Capacity)])
    workshop = choose(_l("Workshop"), [], required=False)

    entry = choose(
        _l("How it came in"),
        [(channel.value, channel.label) for channel in (EntryChannel.PHONE, EntryChannel.PAPER)],
        radio=True,
    )
    consent = BooleanField(
        _l("This person agreed that these details are used to organise this meeting, and for nothing else."),
        [REQUIRED],
    )


class ChangeForm(AnswersForm):
    """What somebody can change by themselves."""

    name = name_of_person(_l("Your name"))
    language = language_of_mails()

    def answers(self) -> Answers:
        return Answers(
            name=self.name.data,
            language=self.language.data,
            wishes=self.wishes,
            replies=self.replies,
            **self.needs,
        )


def registration_form(
    meeting: Meeting, questions: Sequence[MeetingQuestion], provinces: Sequence[Province], today: date
) -> RegistrationForm:
    """The public form of a meeting, with the organiser's questions and the places kept on that day."""
    form = asking(RegistrationForm, questions)(language=i18n.current().code)
    form.prepare(meeting, provinces, [quota for quota in meeting.quotas if quota.is_reserved(today)])
    form.email.flags.required = meeting.by_phone == ByPhone.REFUSED  # and said so; the service refuses
    return form


def entry_form(
    meeting: Meeting, questions: Sequence[MeetingQuestion], provinces: Sequence[Province], today: date
) -> EnteredRegistrationForm:
    """The same for the staff, who may not know every answer."""
    form = asking(EnteredRegistrationForm, questions, required=False)(language=i18n.current().code)
    form.prepare(meeting, provinces, [quota for quota in meeting.quotas if quota.is_reserved(today)])
    return form


def change_form(registration: Registration, questions: Sequence[MeetingQuestion]) -> ChangeForm:
    """What somebody said, to be changed."""
    values = answered(registration, questions)
    form = asking(ChangeForm, questions)(name=registration.name, language=registration.language, **values)
    form.offer(registration.meeting.workshops)
    return form
