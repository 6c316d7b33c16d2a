"""Reads of the desks: one function a page, a file for each desk."""

from cocreation.dispositions.queries.appeals import (
    appeal_counts,
    appeal_to_hear,
    appeals,
    first_deciders,
    published_idea,
)
from cocreation.dispositions.queries.bundle import bundle, bundle_counts, commitments, own, referral_to_answer
from cocreation.dispositions.queries.desk import desk
from cocreation.dispositions.queries.fates import (
    batch_counts,
    batches,
    draft_to_decide,
    drafts,
    get_batch,
    lacking,
    ready_counts,
    reviews,
    untranslated,
)
from cocreation.dispositions.queries.published import FateFilter, fate_counts, fate_rows, fates
from cocreation.dispositions.queries.referring import institutions, referrals_of, to_refer
from cocreation.dispositions.queries.screening import (
    Narrowed,
    idea_to_screen,
    next_to_screen,
    screening_counts,
    screening_queue,
    themes,
)

__all__ = [
    "FateFilter",
    "Narrowed",
    "appeal_counts",
    "appeal_to_hear",
    "appeals",
    "batch_counts",
    "batches",
    "bundle",
    "bundle_counts",
    "commitments",
    "desk",
    "draft_to_decide",
    "drafts",
    "fate_counts",
    "fate_rows",
    "fates",
    "first_deciders",
    "get_batch",
    "idea_to_screen",
    "institutions",
    "lacking",
    "next_to_screen",
    "own",
    "published_idea",
    "ready_counts",
    "referral_to_answer",
    "referrals_of",
    "reviews",
    "screening_counts",
    "screening_queue",
    "themes",
    "to_refer",
    "untranslated",
]
