"""Forms of the desks, a file for each desk."""

from cocreation.dispositions.forms.answering import AnswerForm
from cocreation.dispositions.forms.choices import ChosenForm, references, row_id
from cocreation.dispositions.forms.fates import BatchForm, DraftForm, PublishForm, ReferencesForm
from cocreation.dispositions.forms.referring import ReferralForm
from cocreation.dispositions.forms.screening import QueueForm, ScreeningForm

__all__ = [
    "AnswerForm",
    "BatchForm",
    "ChosenForm",
    "DraftForm",
    "PublishForm",
    "QueueForm",
    "ReferencesForm",
    "ReferralForm",
    "ScreeningForm",
    "references",
    "row_id",
]
