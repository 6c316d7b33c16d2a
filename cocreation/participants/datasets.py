"""Those who come to a meeting, as a sheet for those who run it; what is kept apart is not among it."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.demographics.models import CAPACITY
from cocreation.files.dataset import Dataset, Field
from cocreation.meetings.models.meeting import Meeting
from cocreation.participants.sheet import ASSOCIATION, EMAIL, NAME, PHONE, WORKSHOP, column_of
from cocreation.places.models.answers import AccessNeed, MeetingQuestion
from cocreation.places.models.registration import Registration
from cocreation.registration.forms.answers import said_by_id
from cocreation.web.rendering import translated_text


def participants_of(meeting: Meeting, questions: Sequence[MeetingQuestion]) -> Dataset[Registration]:
    """The columns of the participants of `meeting`, with one for each of its organisers' `questions`."""
    return Dataset(f"{meeting.reference}-participants", _l("Participants"), PARTICIPANT).with_fields(
        _answers_to(question) for question in questions
    )


def _workshop(registration: Registration) -> str:
    return translated_text(registration.workshop.theme) if registration.workshop else ""


def _confirmation(registration: Registration) -> object:
    return registration.confirmed_by.label if registration.confirmed_by else _l("not confirmed")


def _access(registration: Registration) -> str:
    needs = registration.needs
    return " · ".join(str(AccessNeed(need).label) for need in needs.access) if needs else ""


def _meal(registration: Registration) -> str:
    needs = registration.needs
    return str(needs.meal.label) if needs and needs.meal else ""


def _note(registration: Registration) -> str:
    return (registration.needs.note or "") if registration.needs else ""


def _answers_to(question: MeetingQuestion) -> Field[Registration]:
    def answer(registration: Registration) -> object:
        return said_by_id(registration, [question]).get(question.id, "")

    return Field(f"question_{question.id}", translated_text(question.label), answer)


PARTICIPANT: tuple[Field[Registration], ...] = (
    Field.of(NAME, lambda registration: registration.name),
    Field.of(EMAIL, lambda registration: registration.email),
    Field.of(PHONE, lambda registration: registration.phone),
    Field.of(ASSOCIATION, lambda registration: registration.association),
    Field.of(column_of(CAPACITY), lambda registration: registration.capacity.label),
    Field.of(WORKSHOP, _workshop),
    Field("state", _l("State"), lambda registration: registration.state.label),
    Field("confirmation", _l("Confirmation"), _confirmation),
    Field("access", _l("What you need in order to take part"), _access),
    Field("meal", _l("Your meal"), _meal),
    Field("note", _l("Anything else we should prepare"), _note),
)
