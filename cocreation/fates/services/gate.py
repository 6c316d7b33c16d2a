"""What must be there before fates are read by a second person and published."""

from __future__ import annotations

from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.text.markup import isolate_text
from cocreation.fates.models import Batch, FateDraft
from cocreation.fates.queries.batches import batch_size, lacking

# What a draft can lack, in words.
LACKS = {
    "fate": _l("its fate"),
    "reason": _l("the reason in words"),
    "body": _l("the responsible body"),
    "commitment": _l("the commitment"),
    "withdrawn": _l("its author has withdrawn it: take it out"),
}


class EmptyBatch(Refusal):
    sentence = _l("There is no idea in this batch. Nothing was published.")


class BatchIncomplete(Refusal):
    """Some ideas lack something; the sentence names them, as many as a page holds, and what each lacks."""

    sentence = _l("Nothing was published, because something is missing. %(ideas)s")


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
