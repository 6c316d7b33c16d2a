"""Undoing a link. It stays in the history, with both reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from cocreation.backing.models import Backing
from cocreation.core import audit, events
from cocreation.core.database import Translated, found, session
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.merges import refusals
from cocreation.merges.emails import tell
from cocreation.merges.events import IdeasToLink
from cocreation.merges.services.links import (
    check_reason,
    count_supporters,
    entries,
    join,
    locked,
    locked_with_cycle,
    say,
)
from cocreation.merges.services.splits import stood_at
from cocreation.text.markup import isolate_text


def undo(link_id: int, reason: Translated, *, by: int, now: datetime) -> list[Lineage]:
    """Undo a link; for a split, all the links that split made. What was undone.

    - Merged: the idea stands again where it stood, and those it had brought along leave with it.
    - Split: the whole stands again where it stood. Its parts keep their numbers, since none is ever taken
      back: each is merged into the whole, and so gets the fate of the whole.
    - Restated, carried over: only the link goes; an idea that was carried over stays in its cycle.

    Raises NotFound, LinkReasonMissing, AlreadyUndone, MovedOn, UndoTheLaterFirst, PreparedNotLinked.
    """
    check_reason(reason)
    links = _locked(link_id)
    for link in links:
        if link.undone_at:
            raise refusals.AlreadyUndone(at=link.undone_at)
        _check(link)
    source = links[0].source
    before = links[0].state_before
    for link in links:
        _undo(link, reason, by, now)
    if before:
        source.state = before
    parts = [link.target for link in links if link.kind is Kinship.SPLIT_INTO]
    back = [join(part, source, Kinship.MERGED_INTO, reason, by=by, now=now) for part in parts]
    tell(links, undone=True)
    journal.append_all([*_entries(links), *entries(back)], now)
    return links


def _locked(link_id: int) -> list[Lineage]:
    """The link with its ideas, all locked; with a split, its other links. Raises NotFound."""
    row = found(session.get(Lineage, link_id))
    statement = select(Lineage).where(Lineage.id == row.id)
    if row.kind is Kinship.SPLIT_INTO:
        together = Lineage.source_id == row.source_id, Lineage.kind == row.kind
        statement = select(Lineage).where(*together, Lineage.linked_at == row.linked_at)
    ids = {row.source_id, *session.scalars(statement.with_only_columns(Lineage.target_id))}
    named = session.execute(select(Idea.id, Idea.reference).where(Idea.id.in_(ids)))
    names: dict[int, str] = {key: reference or "" for key, reference in named}
    if row.state_before:
        _cycle, ideas = locked_with_cycle(names[row.source_id], names.values())
    else:
        ideas = locked(names.values())
    links = session.scalars(
        statement.order_by(Lineage.id).with_for_update().execution_options(populate_existing=True)
    ).all()
    for link in links:
        link.source, link.target = ideas[names[link.source_id]], ideas[names[link.target_id]]
    return list(links)


def _check(row: Lineage) -> None:
    """Whether both ideas still stand as the link left them."""
    source, target = row.source, row.target
    if row.state_before is None:
        return
    if source.state is not IdeaState.JOINED:
        raise refusals.MovedOn(reference=isolate_text(source.reference), state=source.state.label)
    if target.state is IdeaState.JOINED:
        raise refusals.UndoTheLaterFirst(reference=isolate_text(target.reference))
    expected = stood_at(row.state_before)
    is_split = row.kind is Kinship.SPLIT_INTO
    if target.state is IdeaState.PUBLISHED or (is_split and target.state is not expected):
        raise refusals.MovedOn(reference=isolate_text(target.reference), state=target.state.label)
    events.tell(IdeasToLink([source, target] if is_split else [source]))


def _undo(row: Lineage, reason: Translated, by: int, now: datetime) -> None:
    row.undone_reason, row.undone_by, row.undone_at = reason, by, now
    session.execute(delete(Backing).where(Backing.lineage_id == row.id))
    count_supporters(row.target)
    say(row, StepKind.PARTED, reason, now)
    source, target = row.source.reference, row.target.reference
    audit.record("link undone", source or "", by=by, now=now, kind=str(row.kind), target=target)


def _entries(links: Sequence[Lineage]) -> list[Entry]:
    return [
        (
            Action.UNLINKED,
            link.source.reference or "",
            {"kind": link.kind, "target": link.target.reference, "reason": link.undone_reason},
        )
        for link in links
    ]
