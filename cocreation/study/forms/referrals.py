"""The form that sends ideas to institutions."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.directory.models import Institution
from cocreation.ideas.forms.choices import ChosenForm, named
from cocreation.web.forms import (
    REQUIRED,
    DateField,
    choose_several,
)


class ReferralForm(ChosenForm):
    institutions = choose_several(_l("Institutions"), [])
    due_on = DateField(_l("Answer by"), [REQUIRED])

    def __init__(self, institutions: Sequence[Institution]) -> None:
        super().__init__()
        self.institutions.choices = named(institutions)
