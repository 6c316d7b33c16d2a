"""The form in which all activities of a commitment are weighed at once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wtforms import Field

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.forms import NO_WEIGHT
from cocreation.plan.sheet import Activity, CommitmentSheet, evenly
from cocreation.web.fields import DecimalField
from cocreation.web.forms import OPTIONAL, Form, StopValidation


class WeightsForm(Form):
    """A weight out of 100 for each activity."""

    activities: list[Activity] = []

    def weighing(self) -> Iterator[tuple[Activity, Field]]:
        """Each activity with the field of its weight."""
        for activity in self.activities:
            yield activity, self[activity.uid]

    def spread(self) -> None:
        """Fill the fields with weights that are all the same; nothing is saved."""
        shares = evenly(len(self.activities))
        for share, (_activity, weight) in zip(shares, self.weighing(), strict=True):
            weight.data, weight.raw_data = _percent(share), None

    def weights(self) -> dict[str, int | None]:
        """In thousandths, by the name of the activity."""
        return {activity.uid: _thousandths(weight.data) for activity, weight in self.weighing()}

    @property
    def total(self) -> int:
        """What stands in the fields, in thousandths."""
        typed = (weight.data for _activity, weight in self.weighing())
        return sum(_thousandths(number) or 0 for number in typed if number is None or number.is_finite())


def weights_form(sheet: CommitmentSheet) -> WeightsForm:
    """The form for the activities that stand in a sheet, by their numbers."""
    fields: dict[str, object] = {"activities": sheet.activities}
    for activity in sheet.activities:
        label = _l("Weight of activity %(number)s", number=activity.number)
        fields[activity.uid] = DecimalField(label, [OPTIONAL, _is_a_weight], places=None)
    weights = {a.uid: a.weight and _percent(a.weight) for a in sheet.activities}
    form: WeightsForm = type("WeightsForm", (WeightsForm,), fields)(**weights)
    return form


def _is_a_weight(form: Form, field: Field) -> None:
    number = field.data
    if number is not None and not (number.is_finite() and 0 < number <= 100 and _thousandths(number)):
        raise StopValidation(NO_WEIGHT)


def _percent(thousandths: int) -> Decimal:
    return Decimal(format((Decimal(thousandths) / 10).normalize(), "f"))


def _thousandths(percent: Decimal | None) -> int | None:
    return None if percent is None else round(percent * 10)
