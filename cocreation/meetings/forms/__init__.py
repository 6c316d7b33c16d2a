"""Forms of the meetings."""

from cocreation.meetings.forms.participants import DecisionForm, ImportForm, ParticipantFilter
from cocreation.meetings.forms.planning import PART_FORMS, RulesForm, TaskForm, TickForm
from cocreation.meetings.forms.registering import RegistrationForm
from cocreation.meetings.forms.running import (
    ItemForm,
    MeetingForm,
    MoveForm,
    NewMeetingForm,
    TitleForm,
    WorkshopForm,
)

__all__ = [
    "PART_FORMS",
    "DecisionForm",
    "ImportForm",
    "ItemForm",
    "MeetingForm",
    "MoveForm",
    "NewMeetingForm",
    "ParticipantFilter",
    "RegistrationForm",
    "RulesForm",
    "TaskForm",
    "TickForm",
    "TitleForm",
    "WorkshopForm",
]
