"""The form of a criterion."""

from __future__ import annotations

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.web.forms import REQUIRED, Form, IntegerField, NumberRange, TranslatedField


class CriterionForm(Form):
    name = TranslatedField(_l("Name"))
    weight = IntegerField(
        _l("Weight"),
        [REQUIRED, NumberRange(1, 100, _l("A weight is a whole number from 1 to 100."))],
        default=20,
        description=_l("From 1 to 100; what counts is how it compares with the others."),
    )
