"""Reads of ideas: one function a page."""

from cocreation.ideas.queries.family import Family, circle, family
from cocreation.ideas.queries.listing import (
    IS_PUBLIC,
    OUTCOMES,
    Filter,
    Outcome,
    all_institutions,
    all_regions,
    came_to,
    cycles_with_themes,
    list_ideas,
    outcomes,
)
from cocreation.ideas.queries.restating import solutions, workshop_to_restate
from cocreation.ideas.queries.showing import by_receipt, get_idea, opens
from cocreation.ideas.queries.similar import similar_to

__all__ = [
    "IS_PUBLIC",
    "OUTCOMES",
    "Family",
    "Filter",
    "Outcome",
    "all_institutions",
    "all_regions",
    "by_receipt",
    "came_to",
    "circle",
    "cycles_with_themes",
    "family",
    "get_idea",
    "list_ideas",
    "opens",
    "outcomes",
    "similar_to",
    "solutions",
    "workshop_to_restate",
]
