"""Forms of the desks, a file for each desk."""

from cocreation.dispositions.forms.answering import (
    AnswerForm,
    ColleagueForm,
    DelegateForm,
    SheetForm,
    answer_form,
)
from cocreation.dispositions.forms.assessing import CriterionForm
from cocreation.dispositions.forms.choices import ChosenForm, references, row_id
from cocreation.dispositions.forms.fates import BatchForm, DraftForm, PublishForm, ReferencesForm
from cocreation.dispositions.forms.referring import ReferralForm
from cocreation.dispositions.forms.screening import QueueForm, ScreeningForm

__all__ = [
    "AnswerForm",
    "BatchForm",
    "ChosenForm",
    "ColleagueForm",
    "CriterionForm",
    "DelegateForm",
    "DraftForm",
    "PublishForm",
    "QueueForm",
    "ReferencesForm",
    "ReferralForm",
    "ScreeningForm",
    "SheetForm",
    "answer_form",
    "references",
    "row_id",
]
