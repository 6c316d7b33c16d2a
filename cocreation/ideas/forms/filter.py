"""The form that narrows the list of ideas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from flask import request
from wtforms import Form as BaseForm

from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution, Region
from cocreation.ideas.models.idea import IdeaState, Origin
from cocreation.ideas.queries.public_ideas import OUTCOMES, Filter, Order
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.reasons.models import Fate
from cocreation.web.forms import Pair, choose, line
from cocreation.web.rendering import translated_text

NARROWING = [field.name for field in fields(Filter)]


class FilterForm(BaseForm):
    """What narrows the list, read from the address; what cannot be read narrows nothing."""

    CHOSEN_FROM_DATA = ("theme", "region", "institution", "cycle")

    q = line(_l("Words"), required=False, limit=200)
    outcome = choose(_l("What became of it"), [], required=False)
    theme = choose(_l("Theme"), [], required=False)
    region = choose(_l("Region"), [], required=False)
    origin = choose(_l("Where it came from"), Origin, required=False)
    institution = choose(_l("Institution"), [], required=False)
    cycle = choose(_l("Plan"), [], required=False)
    order = choose(_l("In which order"), Order, required=False)

    def __init__(self, cycles: list[Cycle], regions: list[Region], institutions: list[Institution]) -> None:
        super().__init__(request.args)
        asked = next((cycle for cycle in cycles if cycle.code == self.cycle.data), None)
        themes = asked.themes if asked else [theme for cycle in cycles for theme in cycle.themes]
        offers: dict[str, Sequence[Pair]] = {
            "outcome": [(key(outcome), outcome.label) for outcome in OUTCOMES],
            "theme": [(str(theme.id), self._named(theme, cycles)) for theme in themes],
            "region": regions_on_offer(regions),
            "institution": [
                (institution.slug, translated_text(institution.name)) for institution in institutions
            ],
            "cycle": [(cycle.code, translated_text(cycle.title)) for cycle in cycles],
            "origin": [(str(origin.value), origin.label) for origin in Origin],
        }
        self._ids = {
            "institution": {institution.slug: institution.id for institution in institutions},
            "cycle": {cycle.code: cycle.id for cycle in cycles},
        }
        for name, pairs in offers.items():
            self[name].choices = [("", _l("All")), *pairs]
        self.validate()

    def _named(self, theme: Theme, cycles: list[Cycle]) -> str:
        """A theme comes back in cycle after cycle: with them all on offer, each says whose it is."""
        name = translated_text(theme.name)
        codes = {cycle.id: cycle.code for cycle in cycles}
        return name if len(cycles) == 1 or self.cycle.data else f"{name} ({codes[theme.cycle_id]})"

    def asked(self) -> Filter:
        """What it asks for, as the query reads it."""
        given = {name: self[name].data for name in NARROWING if self[name].data and not self[name].errors}
        if "outcome" in given:
            given["outcome"] = next(outcome for outcome in OUTCOMES if key(outcome) == given["outcome"])
        if "theme" in given:
            given["theme"] = int(given["theme"])
        given |= {name: ids[given[name]] for name, ids in self._ids.items() if name in given}
        return Filter(**given)

    @property
    def sorted_by(self) -> Order:
        return self.order.data if self.order.data and not self.order.errors else Order.LATEST

    def says(self, name: str) -> str:
        """What was chosen in a field, in words."""
        field = self[name]
        pairs = (
            {str(value): str(label) for value, label in field.choices} if hasattr(field, "choices") else {}
        )
        return pairs.get(str(field.data), str(field.data))


def key(outcome: Fate | IdeaState) -> str:
    """The word for an outcome in addresses. No state that is an outcome is spelled like a fate."""
    return str(outcome.value)


def regions_on_offer(regions: list[Region]) -> list[tuple[str, str]]:
    return [(region.code, translated_text(region.name)) for region in regions]
