"""What must be there before fates are read by a second person and published."""

from __future__ import annotations

from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.queries.batches import batch_size, lacking
from cocreation.batches.refusals import BatchIncomplete, EmptyBatch
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text.markup import isolate_text

# What a draft can lack, in words.
LACKS = {
    "fate": _l("its fate"),
    "reason": _l("the reason in words"),
    "body": _l("the responsible body"),
    "commitment": _l("the commitment"),
    "unseen": _l("its commitment %(commitment)s is not published, so nobody can see it: publish it first"),
    "why": _l("why the secretariat decides otherwise than the institution answered"),
    "proof": _l("the link where it can be seen that it is under way"),
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


def missing_words(draft: FateDraft) -> list[Lazy]:
    """What stands in the way of it, in words; a commitment that nobody can see is named."""
    commitment = isolate_text(draft.commitment.reference) if draft.commitment else ""
    return [LACKS[key].filled(commitment=commitment) for key in lacks(draft)]


def _named(draft: FateDraft) -> str:
    missing = " · ".join(map(str, missing_words(draft)))
    return f"{isolate_text(draft.idea.reference)}: {missing}."
