"""Forms of the meetings."""

from cocreation.meetings.forms.answering import asking, filled, replies_of, said, said_by_id
from cocreation.meetings.forms.delegating import DelegationForm, delegation_form
from cocreation.meetings.forms.participants import DecisionForm, ImportForm, NotesForm, ParticipantFilter
from cocreation.meetings.forms.photos import PhotoForm, SaidForm
from cocreation.meetings.forms.planning import PART_FORMS, RulesForm, TaskForm, TickForm
from cocreation.meetings.forms.preparing import QuestionForm, QuotaForm
from cocreation.meetings.forms.registering import (
    ChangeForm,
    EntryForm,
    RegistrationForm,
    change_form,
    entry_form,
    registration_form,
)
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
    "ChangeForm",
    "DecisionForm",
    "DelegationForm",
    "EntryForm",
    "ImportForm",
    "ItemForm",
    "MeetingForm",
    "MoveForm",
    "NewMeetingForm",
    "NotesForm",
    "ParticipantFilter",
    "PhotoForm",
    "QuestionForm",
    "QuotaForm",
    "RegistrationForm",
    "RulesForm",
    "SaidForm",
    "TaskForm",
    "TickForm",
    "TitleForm",
    "WorkshopForm",
    "asking",
    "change_form",
    "delegation_form",
    "entry_form",
    "filled",
    "registration_form",
    "replies_of",
    "said",
    "said_by_id",
]
