"""What those who run a meeting do with the list of those who come."""

from __future__ import annotations

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.meetings.forms.running import PUBLISHED, WHAT_IS_HIDDEN
from cocreation.meetings.models import RegistrationState
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    FileField,
    Form,
    HiddenField,
    choose,
    line,
)


class ParticipantFilter(Form):
    """What narrows the list of participants; read from the address."""

    q = line(_l("Name, address or association"), required=False)
    state = choose(_l("State"), RegistrationState, required=False)


class ImportForm(Form):
    """A list of participants."""

    file = FileField(_l("Spreadsheet (.xlsx, .ods or .csv)"), [REQUIRED])
    figures_published = BooleanField(PUBLISHED, description=WHAT_IS_HIDDEN)


class DecisionForm(Form):
    """What is decided for one person: `place`, `decline` or `wait`, with the reason they read."""

    act = HiddenField()
    reason = line(_l("Reason, which the person reads"), required=False, limit=500)
