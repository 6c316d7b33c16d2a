"""Merging ideas into one, and saying that one restates another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cocreation.core.database import Translated
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ledger import journal
from cocreation.merges import refusals
from cocreation.merges.emails import tell
from cocreation.merges.services.links import (
    check_on_the_way,
    check_reason,
    entries,
    join,
    link,
    linked,
    locked,
    locked_with_cycle,
)
from cocreation.text.markup import isolate_text


def merge(
    references: Sequence[str], into: str, reason: Translated, *, by: int, now: datetime
) -> list[Lineage]:
    """These ideas become part of the idea `into`, all or none of them; the links.

    Raises LinkReasonMissing, NothingNamed, NoSuchIdea, SameIdea, OtherCycle, AlreadyJoined, AlreadySettled,
    NotToMerge, PreparedNotLinked.
    """
    check_reason(reason)
    names = list(dict.fromkeys(references))
    if not names:
        raise refusals.NothingNamed
    if into in names:
        raise refusals.SameIdea(reference=isolate_text(into))
    cycle, ideas = locked_with_cycle(into, names)
    for idea in ideas.values():
        if idea.cycle_id != cycle.id:
            raise refusals.OtherCycle(reference=isolate_text(idea.reference))
    check_on_the_way(list(ideas.values()))
    target = ideas.pop(into)
    links = [join(idea, target, Kinship.MERGED_INTO, reason, by=by, now=now) for idea in ideas.values()]
    tell(links)
    journal.append_all(entries(links), now)
    return links


def restate(reference: str, other: str, reason: Translated, *, by: int, now: datetime) -> Lineage:
    """Say that one idea restates another, of whatever cycle: the later one restates the earlier. Neither
    changes. Raises LinkReasonMissing, NoSuchIdea, SameIdea, AlreadyLinked.
    """
    check_reason(reason)
    if reference == other:
        raise refusals.SameIdea(reference=isolate_text(reference))
    earlier, later = sorted(locked([reference, other]).values(), key=lambda idea: (idea.received_at, idea.id))
    if linked(earlier, Kinship.RESTATED_AS, later):
        raise refusals.AlreadyLinked
    relation = link(earlier, later, Kinship.RESTATED_AS, reason, by=by, now=now)
    tell([relation])
    journal.append_all(entries([relation]), now)
    return relation
