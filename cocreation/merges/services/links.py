"""What every link between ideas takes: the ideas locked and able to go that way, and who comes along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from cocreation.backing.models import Backing
from cocreation.core import audit, events, secrets
from cocreation.core.database import Translated, lock, session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ideas.services.steps import record_step
from cocreation.ledger.journal import Action, Entry
from cocreation.merges import refusals
from cocreation.merges.events import IdeasToLink
from cocreation.text.markup import isolate_text

# Where an idea can stand to become part of another one, or to take one in.
ON_ITS_WAY = (
    IdeaState.RECEIVED,
    IdeaState.ASKED,
    IdeaState.ACCEPTED,
    IdeaState.REFERRED,
    IdeaState.ANSWERED,
)


def check_reason(reason: Translated) -> None:
    if not reason:
        raise refusals.LinkReasonMissing


def locked(references: Iterable[str]) -> dict[str, Idea]:
    """Ideas by their reference, locked in the order in which everybody locks them. Raises NoSuchIdea."""
    names = list(references)
    statement = (
        select(Idea)
        .where(Idea.reference.in_(names))
        .order_by(Idea.id)
        .options(selectinload(Idea.author))
        .with_for_update(of=Idea)
        .execution_options(populate_existing=True)
    )
    ideas = {idea.reference or "": idea for idea in session.scalars(statement)}
    for name in names:
        if name not in ideas:
            raise refusals.NoSuchIdea(reference=isolate_text(name))
    return ideas


def locked_with_cycle(reference: str, others: Iterable[str] = ()) -> tuple[Cycle, dict[str, Idea]]:
    """The cycle of an idea, under whose lock batches take ideas; then the idea and the `others`.

    Raises NoSuchIdea.
    """
    cycle_id = session.scalar(select(Idea.cycle_id).where(Idea.reference == reference))
    if cycle_id is None:
        raise refusals.NoSuchIdea(reference=isolate_text(reference))
    return lock(Cycle, cycle_id), locked([reference, *others])


def check_on_the_way(ideas: Sequence[Idea]) -> None:
    """Raises AlreadyJoined, AlreadySettled, NotToMerge for the first that stands elsewhere; and what the
    rooms above raise when they hear of IdeasToLink.
    """
    for idea in ideas:
        if idea.state is IdeaState.JOINED:
            raise refusals.AlreadyJoined(reference=isolate_text(idea.reference))
        if idea.is_settled:
            raise refusals.AlreadySettled(reference=isolate_text(idea.reference))
        if idea.state not in ON_ITS_WAY:
            raise refusals.NotToMerge(reference=isolate_text(idea.reference), state=idea.state.label)
    events.tell(IdeasToLink(ideas))


def linked(source: Idea, kind: Kinship, target: Idea | None = None) -> bool:
    """Whether such a link stands, to `target` or to any idea."""
    standing = select(Lineage.id).where(
        Lineage.source_id == source.id, Lineage.kind == kind, Lineage.undone_at.is_(None)
    )
    if target is not None:
        standing = standing.where(Lineage.target_id == target.id)
    return session.scalar(standing.limit(1)) is not None


def join(
    source: Idea,
    target: Idea,
    kind: Kinship,
    reason: Translated,
    *,
    before: IdeaState | None = None,
    by: int,
    now: datetime,
) -> Lineage:
    """Make `source`, which stood at `before` (by default where it stands), part of `target`.

    An open question to its author falls: nobody waits for the answer any more.
    """
    stood = before or source.state
    if stood is IdeaState.ASKED:
        stood = IdeaState.RECEIVED
        is_open = Question.replied_at.is_(None), Question.lapsed_at.is_(None)
        session.execute(update(Question).where(Question.idea_id == source.id, *is_open).values(lapsed_at=now))
    source.state = IdeaState.JOINED
    return link(source, target, kind, reason, state_before=stood, by=by, now=now)


def link(
    source: Idea,
    target: Idea,
    kind: Kinship,
    reason: Translated,
    *,
    state_before: IdeaState | None = None,
    by: int,
    now: datetime,
) -> Lineage:
    """Write a link, its public steps on both ideas, and take along those who stand behind the source."""
    row = Lineage(
        kind=kind,
        source=source,
        target=target,
        reason=reason,
        state_before=state_before,
        linked_by=by,
        linked_at=now,
    )
    session.add(row)
    session.flush()
    if kind is not Kinship.RESTATED_AS:
        _take_along(row, now)
    say(row, StepKind.JOINED, reason, now)
    audit.record(
        "ideas linked", source.reference or "", by=by, now=now, kind=str(kind), target=target.reference
    )
    return row


def say(row: Lineage, step: StepKind, reason: Translated, now: datetime) -> None:
    """The public step of a link on each of its two ideas, as it reads from there."""
    for idea, kinship, other in (
        (row.source, row.kind, row.target),
        (row.target, row.kind.inverse, row.source),
    ):
        record_step(idea, step, at=now, outcome=kinship, text=reason, related_id=other.id)


def count_supporters(idea: Idea) -> None:
    """Keep the number of those who support an idea equal to their rows."""
    session.flush()
    behind = Backing.idea_id == idea.id, Backing.supports, Backing.confirmed_at.is_not(None)
    idea.supporters = session.scalar(select(func.count()).where(*behind)) or 0


def entries(links: Iterable[Lineage]) -> list[Entry]:
    """What the register says of new links."""
    return [
        (
            Action.LINKED,
            link.source.reference or "",
            {"kind": link.kind, "target": link.target.reference, "reason": link.reason},
        )
        for link in links
    ]


def _take_along(row: Lineage, now: datetime) -> None:
    """Those who support or follow the source do so for the target too, unless they do already."""
    already = select(Backing.email).where(Backing.idea_id == row.target_id)
    behind = select(Backing).where(
        Backing.idea_id == row.source_id, Backing.confirmed_at.is_not(None), Backing.email.not_in(already)
    )
    session.add_all(
        Backing(
            idea_id=row.target_id,
            email=backing.email,
            language=backing.language,
            supports=backing.supports,
            follows=backing.follows,
            receipt=secrets.new_receipt(),
            asked_at=backing.asked_at,
            confirmed_at=backing.confirmed_at,
            told_at=now,
            lineage_id=row.id,
        )
        for backing in session.scalars(behind).all()
    )
    count_supporters(row.target)
