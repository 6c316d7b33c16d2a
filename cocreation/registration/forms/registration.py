"""The forms by which somebody registers for a meeting, is registered, or changes what they said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wtforms import Field

from cocreation.demographics.models import (
    APART,
    CAPACITY,
    NOT_STATED,
    PROVINCE,
    AskedIn,
    Capacity,
    StatisticalQuestion,
)
from cocreation.directory.models import Province
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.meetings.models.meeting import ByPhone, Meeting, Quota
from cocreation.places.models.answers import MeetingQuestion
from cocreation.places.models.registration import EntryChannel, Registration
from cocreation.registration.forms.answers import AnswersForm, answered, asking
from cocreation.registration.services.answers import Answers, Participant
from cocreation.web.fields import OnceField
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    HiddenField,
    choose,
    choose_several,
    email,
    name_of_association,
    name_of_person,
    phone,
)
from cocreation.web.rendering import translated_text

NOT_SAID = _l("prefer not to say")
CLAIMED = _l("Only to give you one of these places; nobody else sees it.")


def _ask(question: StatisticalQuestion, label: Lazy | None = None, *, required: bool = False) -> Field:
    """The field of a statistical question; provinces to choose from are given to the form it is in."""
    answers = [
        (answer.value, NOT_SAID if answer.value == NOT_STATED else answer.label)
        for answer in question.answers or ()
    ]
    blank = [("", _l("—"))] if required else []
    label = label or question.asks or question.label
    return choose(label, [*blank, *answers], required=required, radio=question.radio)


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
    capacity = _ask(CAPACITY, required=True)
    claims = choose_several(
        _l("Some places are kept. Are you one of these people?"), [], required=False, description=CLAIMED
    )
    language = language_of_mails()
    consent = BooleanField(
        _l("I agree that these details are used to organise this meeting, and for nothing else."), [REQUIRED]
    )
    once = OnceField()
    altcha = HiddenField()

    asked_in = AskedIn.FORM

    def prepare(self, meeting: Meeting, provinces: Sequence[Province], kept: Sequence[Quota]) -> None:
        """Offer what can be chosen at this meeting; `kept` are the quotas that keep places now."""
        self.offer(meeting.workshops)
        for question in APART:
            if self.asked_in not in question.asked_in:
                del self[question.field]
        self[PROVINCE.field].choices = [
            ("", _l("—")),
            *((province.code, translated_text(province.name)) for province in provinces),
        ]
        if meeting.by_phone == ByPhone.REFUSED:
            self.phone.description = _l("As well, if you like: for this meeting an e-mail address is needed.")
        else:
            self.email.is_asked = self.phone.is_asked = True  # one of the two
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

    @property
    def apart(self) -> dict[str, Field]:
        """The fields of what is kept apart for the statistics, by the name of the question."""
        return {question.name: self[question.field] for question in APART if question.field in self}

    def participant(self) -> Participant:
        return Participant(
            name=self.name.data,
            email=self.email.data or None,
            phone=self.phone.data or None,
            association=self.association.data or None,
            capacity=Capacity(self.capacity.data),
            language=self.language.data,
            apart={name: field.data for name, field in self.apart.items()},
            claims=(self.claims.data or []) if "claims" in self else [],
            wishes=self.wishes,
            replies=self.replies,
            **self.needs,
        )


for _question in APART:
    setattr(RegistrationForm, _question.field, _ask(_question))


class EnteredRegistrationForm(RegistrationForm):
    """Somebody who called or sent a slip of paper, written in by the staff."""

    asked_in = AskedIn.ENTRY

    name = name_of_person(_l("Name"))
    capacity = _ask(CAPACITY, CAPACITY.label, required=True)
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
