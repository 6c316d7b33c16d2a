"""What must be there before fates are read by a second person and published."""

from __future__ import annotations

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.fates.models import Batch, FateDraft
from cocreation.fates.queries.batches import batch_size, lacking
from cocreation.fates.refusals import BatchIncomplete, EmptyBatch
from cocreation.text.markup import isolate_text

# What a draft can lack, in words.
LACKS = {
    "fate": _l("its fate"),
    "reason": _l("the reason in words"),
    "body": _l("the responsible body"),
    "commitment": _l("the commitment"),
    "withdrawn": _l("its author has withdrawn it: take it out"),
}


def must_be_complete(batch: Batch) -> None:
    """Raises EmptyBatch, BatchIncomplete."""
    if not batch_size(batch):
        raise EmptyBatch
    if missing := lacking(batch):
        raise BatchIncomplete(ideas=" ".join(map(_named, missing)))


def lacks(draft: FateDraft) -> list[str]:
    """The keys of `LACKS` that stand in the way of an idea's publication."""
    return ["withdrawn"] if draft.idea.is_settled else draft.lacks


def _named(draft: FateDraft) -> str:
    missing = " · ".join(str(LACKS[key]) for key in lacks(draft))
    return f"{isolate_text(draft.idea.reference)}: {missing}."
