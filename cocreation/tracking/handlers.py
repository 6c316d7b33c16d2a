"""What this room does when others tell what happened."""

from cocreation.adoption.events import PlanAdopted
from cocreation.core.clock import day_of
from cocreation.tracking.services import plans


def follow_adoption(fact: PlanAdopted) -> None:
    """An adopted plan is tracked from its day on, and an amended one further as it was amended."""
    plans.begin(fact.cycle, on=day_of(fact.now), now=fact.now)
