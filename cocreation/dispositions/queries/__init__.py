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
from cocreation.dispositions.queries.funnel import Funnel, funnel
from cocreation.dispositions.queries.published import FateFilter, fate_counts, fate_rows, fates
from cocreation.dispositions.queries.referring import institutions, referrals_of, to_refer
from cocreation.dispositions.queries.screened import Reader, Screened, oldest_days, readers, screened
from cocreation.dispositions.queries.screening import (
    Examined,
    Narrowed,
    Pile,
    get_reason_template,
    idea_to_screen,
    neighbours,
    open_questions,
    readings_of,
    reason_templates,
    screening_counts,
    screening_queue,
    themes,
)

__all__ = [
    "Examined",
    "FateFilter",
    "Funnel",
    "Narrowed",
    "Pile",
    "Reader",
    "Screened",
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
    "funnel",
    "get_batch",
    "get_reason_template",
    "idea_to_screen",
    "institutions",
    "lacking",
    "neighbours",
    "oldest_days",
    "open_questions",
    "own",
    "published_idea",
    "readers",
    "readings_of",
    "ready_counts",
    "reason_templates",
    "referral_to_answer",
    "referrals_of",
    "reviews",
    "screened",
    "screening_counts",
    "screening_queue",
    "themes",
    "to_refer",
    "untranslated",
]
