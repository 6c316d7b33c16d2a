"""Reads of the desks: one function a page, a file for each desk."""

from cocreation.dispositions.queries.assessing import criteria, criterion, cycle_called
from cocreation.dispositions.queries.board import Sort, board
from cocreation.dispositions.queries.bundle import (
    bundle,
    bundle_counts,
    bundle_cycles,
    commitments,
    must_have_bundle,
    own,
    referral_to_answer,
    studied_criteria,
)
from cocreation.dispositions.queries.delegating import colleagues, institutions_of
from cocreation.dispositions.queries.desk import desk
from cocreation.dispositions.queries.fates import (
    batch_counts,
    batches,
    draft_to_decide,
    drafts,
    get_batch,
    lacking,
    ready_counts,
)
from cocreation.dispositions.queries.referring import (
    institutions,
    late,
    late_counts,
    late_total,
    referrals_of,
    to_refer,
)
from cocreation.dispositions.queries.screening import (
    Narrowed,
    idea_to_screen,
    next_to_screen,
    screening_counts,
    screening_queue,
    themes,
)

__all__ = [
    "Narrowed",
    "Sort",
    "batch_counts",
    "batches",
    "board",
    "bundle",
    "bundle_counts",
    "bundle_cycles",
    "colleagues",
    "commitments",
    "criteria",
    "criterion",
    "cycle_called",
    "desk",
    "draft_to_decide",
    "drafts",
    "get_batch",
    "idea_to_screen",
    "institutions",
    "institutions_of",
    "lacking",
    "late",
    "late_counts",
    "late_total",
    "must_have_bundle",
    "next_to_screen",
    "own",
    "ready_counts",
    "referral_to_answer",
    "referrals_of",
    "screening_counts",
    "screening_queue",
    "studied_criteria",
    "themes",
    "to_refer",
]
