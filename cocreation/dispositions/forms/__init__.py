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
from cocreation.dispositions.forms.fates import (
    BatchForm,
    ButtonForm,
    DraftForm,
    EmbargoForm,
    ReferencesForm,
    ReviewForm,
)
from cocreation.dispositions.forms.finding import FateFilterForm
from cocreation.dispositions.forms.referring import ReferralForm
from cocreation.dispositions.forms.revising import HearingForm, RevisionForm
from cocreation.dispositions.forms.screening import AskForm, QueueForm, ReasonForm, ScreeningForm, TickedForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "BatchForm",
    "ButtonForm",
    "ChosenForm",
    "ColleagueForm",
    "CriterionForm",
    "DelegateForm",
    "DraftForm",
    "EmbargoForm",
    "FateFilterForm",
    "HearingForm",
    "QueueForm",
    "ReasonForm",
    "ReferencesForm",
    "ReferralForm",
    "ReviewForm",
    "RevisionForm",
    "ScreeningForm",
    "SheetForm",
    "TickedForm",
    "answer_form",
    "references",
    "row_id",
]
