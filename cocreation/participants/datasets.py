"""Those who come to a meeting, as a sheet for those who run it. Of what is kept apart it holds what a list of
the organisers has said, never what a person said in a form: that was promised to stay apart from the name.
"""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.demographics.models import CAPACITY, StatisticalQuestion
from cocreation.files.dataset import Dataset, Field, empty_table
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.participants.sheet_columns import (
    ACCESS,
    ASSOCIATION,
    COLUMNS,
    CONFIRMATION,
    EMAIL,
    FAMILY_NAME,
    GIVEN_NAME,
    LISTED,
    MEAL,
    NAME,
    NOTE,
    NUMBER,
    PHONE,
    STATE,
    WORKSHOP,
    column_of,
)
from cocreation.places.models.answers import AccessNeed, MeetingQuestion
from cocreation.places.models.registration import EntryChannel, Registration
from cocreation.registration.forms.answers import said_by_id
from cocreation.web.rendering import translated_text


def participants_of(meeting: Meeting, questions: Sequence[MeetingQuestion]) -> Dataset[Registration]:
    """The columns of the participants of `meeting`, with one for each of its organisers' `questions`."""
    return Dataset(f"{meeting.reference}-participants", _l("Participants"), PARTICIPANT).with_fields(
        _answers_to(question) for question in questions
    )


def empty_list() -> bytes:
    """A workbook without a line, to be filled in and imported, in the language spoken."""
    columns = [
        column
        for column in COLUMNS
        if column not in (FAMILY_NAME, GIVEN_NAME, NUMBER) and not column.only_given
    ]
    labels = {
        question.key: tuple(str(answer.label) for answer in question.answers or ()) for question in LISTED
    }
    return empty_table("participants", _l("Participants"), columns, labels)


def _listed(question: StatisticalQuestion) -> Field[Registration]:
    """What a list of the organisers said of somebody; nothing of who came in by another way."""

    def answer(registration: Registration) -> object:
        if registration.entry is not EntryChannel.IMPORT or registration.demographics is None:
            return ""
        said = getattr(registration.demographics, question.name)
        return said.label if said else ""

    return Field.of(column_of(question), answer)


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
    *(_listed(question) for question in LISTED if question.is_apart),
    Field.of(NUMBER, lambda registration: registration.list_number),
    Field.of(STATE, lambda registration: registration.state.label),
    Field.of(CONFIRMATION, _confirmation),
    Field.of(ACCESS, _access),
    Field.of(MEAL, _meal),
    Field.of(NOTE, _note),
)
