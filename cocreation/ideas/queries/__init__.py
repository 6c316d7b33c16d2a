"""Reads of ideas: one function a page."""

from cocreation.ideas.queries.backing import backing_of, followers_due, idea_to_back
from cocreation.ideas.queries.dialogue import (
    appeal_of,
    days_waiting,
    last_question,
    overdue_questions,
    questions_of,
)
from cocreation.ideas.queries.editing import themes_of
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
from cocreation.ideas.queries.sending import (
    associations_named,
    get_draft,
    get_file,
    named_like,
    to_vouch_for,
    waiting_files,
)
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
    "appeal_of",
    "associations_named",
    "backing_of",
    "by_receipt",
    "came_to",
    "circle",
    "cycles_with_themes",
    "days_waiting",
    "family",
    "followers_due",
    "get_draft",
    "get_file",
    "get_idea",
    "idea_to_back",
    "last_question",
    "list_ideas",
    "named_like",
    "opens",
    "outcomes",
    "overdue_questions",
    "questions_of",
    "similar_to",
    "solutions",
    "themes_of",
    "to_vouch_for",
    "waiting_files",
    "workshop_to_restate",
]
