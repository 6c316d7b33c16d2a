"""Forms of the desks, a file for each desk."""

from cocreation.dispositions.forms.answering import AnswerForm
from cocreation.dispositions.forms.choices import ChosenForm, references, row_id
from cocreation.dispositions.forms.fates import BatchForm, DraftForm, PublishForm, ReferencesForm
from cocreation.dispositions.forms.referring import ReferralForm
from cocreation.dispositions.forms.screening import AskForm, QueueForm, ReasonForm, ScreeningForm, TickedForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "BatchForm",
    "ChosenForm",
    "DraftForm",
    "PublishForm",
    "QueueForm",
    "ReasonForm",
    "ReferencesForm",
    "ReferralForm",
    "ScreeningForm",
    "TickedForm",
    "references",
    "row_id",
]
