"""What narrows the page of all fates."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import Form as BaseForm

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution, Region
from cocreation.fates.queries.published import FateFilter
from cocreation.ideas.models.idea import Fate, Origin, Reason
from cocreation.web.forms import choose, line
from cocreation.web.rendering import translated_text


class FateFilterForm(BaseForm):
    """Read from the address; what cannot be read narrows nothing."""

    CHOSEN_FROM_DATA = ("institution", "region", "cycle")

    q = line(_l("Words"), required=False, limit=200)
    fate = choose(_l("Fate"), Fate, required=False)
    reason = choose(_l("Reason"), Reason, required=False)
    institution = choose(_l("Responsible body"), [], required=False)
    region = choose(_l("Region"), [], required=False)
    origin = choose(_l("Where it came from"), Origin, required=False)
    cycle = choose(_l("Plan"), [], required=False)

    def __init__(self, cycles: list[Cycle], regions: list[Region], institutions: list[Institution]) -> None:
        super().__init__(request.args)
        offers: dict[str, list[tuple[str, Any]]] = {
            "institution": [(each.slug, translated_text(each.name)) for each in institutions],
            "region": [(each.code, translated_text(each.name)) for each in regions],
            "cycle": [(each.code, translated_text(each.title)) for each in cycles],
        }
        for name, pairs in offers.items():
            self[name].choices = [("", _l("All")), *pairs]
        self.validate()

    def asked(self) -> FateFilter:
        """What it asks for, as the queries read it."""
        return FateFilter(
            **{name: field.data for name, field in self._fields.items() if field.data and not field.errors}
        )

    def says(self, name: str) -> str:
        """What was chosen in a field, in words."""
        field = self[name]
        pairs = {str(value): str(label) for value, label in getattr(field, "choices", ())}
        return pairs.get(str(field.data), str(field.data))
