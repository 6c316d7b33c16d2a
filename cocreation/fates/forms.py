"""What narrows the list of published fates."""

from __future__ import annotations

from flask import request
from wtforms import Form as BaseForm

from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution, Region
from cocreation.fates.queries import FateFilter
from cocreation.ideas.models.idea import Origin
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.reasons.models import Fate, Reason
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
        offers: dict[str, list[tuple[str, object]]] = {
            "institution": [
                (institution.slug, translated_text(institution.name)) for institution in institutions
            ],
            "region": [(region.code, translated_text(region.name)) for region in regions],
            "cycle": [(cycle.code, translated_text(cycle.title)) for cycle in cycles],
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
