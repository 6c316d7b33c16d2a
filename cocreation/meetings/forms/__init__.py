"""Forms of the meetings."""

from cocreation.meetings.forms.participants import DecisionForm, ImportForm, ParticipantFilter
from cocreation.meetings.forms.registering import RegistrationForm
from cocreation.meetings.forms.running import ItemForm, MeetingForm, NewMeetingForm, TitleForm, WorkshopForm

__all__ = [
    "DecisionForm",
    "ImportForm",
    "ItemForm",
    "MeetingForm",
    "NewMeetingForm",
    "ParticipantFilter",
    "RegistrationForm",
    "TitleForm",
    "WorkshopForm",
]
