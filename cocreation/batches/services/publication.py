"""Publication: all fates of a batch at once, for everyone, with a mail to everyone they concern.

Asked for by a person, carried out by the worker: the fates, with their steps and the register, in one
transaction, so that nobody sees half a batch; then the mails, some in each transaction; then the end. Killed
between two of them it goes on where it was: the fates are settled once, a mail's key is queued once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import (
    ColumnElement,
    Date,
    SQLColumnExpression,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import joinedload, selectinload

from cocreation.batches import emails
from cocreation.batches.events import FatesToPublish
from cocreation.batches.models import Batch, BatchStage, FateDraft
from cocreation.batches.queries.batches import batch_size, lacking
from cocreation.batches.refusals import (
    AlreadyPlanned,
    BatchAlreadyPublished,
    BeingPublished,
    NotPublishedThen,
    NotReviewed,
)
from cocreation.batches.services.gate import must_be_complete
from cocreation.core import audit, clock
from cocreation.core.chores import each_of
from cocreation.core.database import lock, session
from cocreation.core.events import tell
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.policy import must_be_open
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate
from cocreation.screening.models import Screening
from cocreation.study.models import Referral
from cocreation.study.services.answers import WHOLE, opened, show
from cocreation.text.markup import isolate_text

CHUNK = 500  # people told in one transaction
# What nobody needs to contest: the whole of what was asked for, and the author's own choice.
UNCONTESTED = (Fate.INCLUDED, Fate.WITHDRAWN)
SETTLED = (
    *("state", "fate", "fate_at", "reason", "reason_text"),
    *("institution_id", "commitment_id", "overrules"),
)


def begin_publishing(
    batch_id: int, *, tells_imported: bool = False, on: date | None = None, by: int, now: datetime
) -> Batch:
    """Ask for a batch to be published: at once, or when its embargo ends. The worker does it (`go_on`).

    Who was imported from a list is told only when `tells_imported`. `on` is the day on which these fates were
    published, where they are entered afterwards: that is the day they say. Raises NotFound,
    BatchAlreadyPublished, BeingPublished, AlreadyPlanned, PhaseClosed, NotPublishedThen, EmptyBatch,
    BatchIncomplete, NotReviewed.
    """
    on = None if on == clock.day_of(now) else on
    batch = lock(Batch, batch_id, joinedload(Batch.cycle).selectinload(Cycle.phases))
    if batch.published_at:
        raise BatchAlreadyPublished(at=batch.published_at)
    if batch.publishing_at:
        planned = batch.stage(now) is BatchStage.PLANNED
        raise (AlreadyPlanned if planned else BeingPublished)(at=batch.publishing_at)
    day = max(now, batch.embargo_until or now)
    must_be_open(batch.cycle, Phase.FATES, clock.noon(on) if on else day)
    if on:
        _must_fit(batch, on, now)
    must_be_complete(batch)
    if not batch.reviewed_at:
        raise NotReviewed
    asked = FatesToPublish(batch, day, now)
    tell(asked)
    day = asked.not_before
    if not on:
        must_be_open(batch.cycle, Phase.FATES, day)
    batch.published_by, batch.publishing_at, batch.tells_imported = by, day, tells_imported
    batch.published_on = on
    audit.record("batch to publish", f"batch {batch.id}", by=by, now=now, at=day.isoformat())
    return batch


def _must_fit(batch: Batch, on: date, now: datetime) -> None:
    """Raises NotPublishedThen for a day that is to come, or before an idea was received and screened."""
    after = clock.moment_in_morocco(datetime.combine(on + timedelta(days=1), time()))
    late = or_(Idea.received_at >= after, Idea.edited_at >= after, Screening.decided_at >= after)
    if on > clock.day_of(now):
        late = true()
    drafted = select(Idea.reference).join(FateDraft, FateDraft.idea_id == Idea.id)
    drafted = drafted.outerjoin(Screening, Screening.idea_id == Idea.id)
    of_batch = drafted.where(FateDraft.batch_id == batch.id, late).order_by(Idea.id).limit(1)
    if reference := session.scalar(of_batch):
        raise NotPublishedThen(reference=isolate_text(reference))


def publish(batch_id: int, *, by: int, now: datetime) -> Batch:
    """Ask for it and do it all, in the caller's transaction: for replays and tests. Raises the same."""
    batch = begin_publishing(batch_id, by=by, now=now)
    if batch.stage(now) is BatchStage.PUBLISHING:
        _carry_out(batch_id, now, session.flush)
    return batch


def go_on(now: datetime) -> int:
    """The worker's part: carry out what was asked for and is due; how many fates and mails that were."""
    due = select(Batch.id).where(Batch.publishing_at <= now, Batch.published_at.is_(None))
    batch_ids = session.scalars(due.order_by(Batch.publishing_at, Batch.id)).all()
    return each_of(
        "batch to publish", batch_ids, lambda batch_id: _carry_out(batch_id, now, session.commit), now=now
    )


def _carry_out(batch_id: int, now: datetime, pause: Callable[[], None]) -> int:
    """All that is left of a publication, with a `pause` wherever it may be interrupted."""
    done = _settle(batch_id, now)
    pause()
    concerned = emails.recipients(batch_id, imported=session.get_one(Batch, batch_id).tells_imported)
    for start in range(0, len(concerned), CHUNK):
        if (batch := _under_way(batch_id)) is None:
            return done
        told = emails.tell(batch, concerned[start : start + CHUNK])
        batch.told, done = batch.told + told, done + told
        pause()
    if batch := _under_way(batch_id):
        _end(batch, now)
        pause()
    return done


def _under_way(batch_id: int) -> Batch | None:
    """The batch, locked; None when another worker has ended its publication or it was reopened."""
    batch = lock(Batch, batch_id, joinedload(Batch.cycle))
    return batch if batch.settled and not batch.published_at else None


def _settle(batch_id: int, now: datetime) -> int:
    """Give every idea of a batch its fate, in public and in the register; how many. Nothing when that is
    done, or when something changed since it was asked for: it then waits to be read and asked for again.
    """
    _lock_ideas(batch_id)
    batch = lock(Batch, batch_id, joinedload(Batch.cycle))
    if batch.settled or not batch.publishing_at or batch.publishing_at > now:
        return 0
    _leave_out_withdrawn(batch, now)
    count = batch_size(batch)
    if not count or lacking(batch, 1):
        batch.reopen()
        return 0
    answers = _open_answers(batch)
    _write_fates(batch, now)
    batch.settled = count
    batch.to_tell = len(emails.recipients(batch.id, imported=batch.tells_imported))
    journal.append_all(_entries(batch, answers), now)
    return count


def _lock_ideas(batch_id: int) -> None:
    """In the order in which everybody locks them, and before the batch, as those do who answer."""
    drafted = select(Idea.id).join(FateDraft, FateDraft.idea_id == Idea.id)
    session.execute(
        drafted.where(FateDraft.batch_id == batch_id).order_by(Idea.id).with_for_update(of=Idea)
    ).all()


def _leave_out_withdrawn(batch: Batch, now: datetime) -> None:
    """An author may take an idea back to the last moment: the others' fates do not wait for that."""
    withdrawn = select(Idea.id, Idea.reference).join(FateDraft, FateDraft.idea_id == Idea.id)
    gone = session.execute(
        withdrawn.where(FateDraft.batch_id == batch.id, Idea.state == IdeaState.WITHDRAWN)
    ).all()
    for idea_id, reference in gone:
        session.execute(delete(FateDraft).where(FateDraft.idea_id == idea_id))
        audit.record(
            "withdrawn idea left out of batch", f"batch {batch.id}", by=None, now=now, idea=reference
        )


def _write_fates(batch: Batch, now: datetime) -> None:
    """One statement for the ideas, one for their steps, however many there are."""
    said = _said_at(batch, now)
    until = clock.day_of(said) + timedelta(days=batch.cycle.appeal_days)
    fates = update(Idea).where(Idea.id == FateDraft.idea_id, FateDraft.batch_id == batch.id)
    session.execute(
        fates.values(
            state=IdeaState.PUBLISHED,
            fate=FateDraft.fate,
            fate_at=said,
            reason=FateDraft.reason,
            reason_text=FateDraft.reason_text,
            institution_id=FateDraft.institution_id,
            commitment_id=FateDraft.commitment_id,
            appeal_until=appealable(FateDraft.fate, until),
            overrules=FateDraft.overrules.expression,
        ),
        execution_options={"synchronize_session": False},
    )
    columns = ["idea_id", "kind", "at", "institution_id", "outcome", "reason", "text", "why", "proof_url"]
    kind, at = literal(StepKind.FATE, Step.kind.type), literal(said, Step.at.type)
    # A step without an institution is the secretariat's.
    body = case((~FateDraft.overrules, FateDraft.institution_id))
    grounds = (
        case((FateDraft.overrules, FateDraft.why)),
        case((FateDraft.fate == Fate.ALREADY_UNDER_WAY, FateDraft.proof_url)),
    )
    told = body, FateDraft.fate, FateDraft.reason, FateDraft.reason_text, *grounds
    steps = select(FateDraft.idea_id, kind, at, *told).where(FateDraft.batch_id == batch.id)
    session.execute(insert(Step).from_select(columns, steps.order_by(FateDraft.idea_id)))
    _forget((*SETTLED, "appeal_until"))


def _said_at(batch: Batch, now: datetime) -> datetime:
    """The moment that the fates of a batch say: now; where a day is said, its noon, or when the last of the
    ideas was received on it.
    """
    if not batch.published_on:
        return now
    drafted = select(func.max(Idea.received_at)).join(FateDraft, FateDraft.idea_id == Idea.id)
    received = session.scalar(drafted.where(FateDraft.batch_id == batch.id))
    noon = clock.noon(batch.published_on)
    return max(noon, received) if received else noon


def appealable(fate: SQLColumnExpression[Fate | None], until: date) -> ColumnElement[date | None]:
    """Until when a fate can be contested; never where there is nothing to contest."""
    return case((fate.in_(UNCONTESTED), null()), else_=literal(until, Date))


def _open_answers(batch: Batch) -> dict[int, list[Referral]]:
    """Say in the public steps what each institution answered, which until now only said that it had."""
    in_batch = select(FateDraft.idea_id).where(FateDraft.batch_id == batch.id)
    answered = select(Referral).where(Referral.idea_id.in_(in_batch), Referral.answer.is_not(None))
    commitment = selectinload(Referral.commitment).joinedload(Commitment.cycle)
    answers: dict[int, list[Referral]] = {}
    for referral in session.scalars(answered.options(*WHOLE, commitment).order_by(Referral.id)):
        answers.setdefault(referral.idea_id, []).append(referral)
    by_pair: dict[object, Referral] = {
        (referral.idea_id, referral.institution_id): referral
        for group in answers.values()
        for referral in group
    }
    steps = select(Step).where(Step.kind == StepKind.ANSWERED, Step.idea_id.in_(in_batch))
    for step in session.scalars(steps):
        if answer := by_pair.get((step.idea_id, step.institution_id)):
            show(answer, step)
    session.flush()
    return answers


def _forget(names: tuple[str, ...]) -> None:
    """What this session remembers of ideas that a statement changed under it."""
    for row in list(session.identity_map.values()):
        if isinstance(row, Idea):
            session.expire(row, names)


def _entries(batch: Batch, answers: dict[int, list[Referral]]) -> Iterator[Entry]:
    commitments = select(Commitment).where(Commitment.cycle_id == batch.cycle_id)
    loaded = session.scalars(commitments.options(joinedload(Commitment.cycle)))
    promised = {commitment.id: commitment.reference for commitment in loaded}
    drafts = (
        select(FateDraft, Idea.reference, Institution.slug)
        .join(Idea, Idea.id == FateDraft.idea_id)
        .join(Institution, Institution.id == FateDraft.institution_id)
        .where(FateDraft.batch_id == batch.id)
        .order_by(FateDraft.idea_id)
    )
    for draft, reference, body in session.execute(drafts):
        content = {
            "batch": batch.id,
            **_said_day(batch),
            "fate": draft.fate,
            "reason": draft.reason,
            "reason_text": draft.reason_text,
            "body": body,
            "commitment": promised.get(draft.commitment_id or 0),
            **({"decided_by": "secretariat", "why": draft.why} if draft.overrules else {}),
            "answers": [opened(answer) for answer in answers.get(draft.idea_id, ())],
        }
        yield Action.FATE, reference or "", content


def _end(batch: Batch, now: datetime) -> None:
    batch.published_at = now
    audit.record("batch published", f"batch {batch.id}", by=batch.published_by, now=now, ideas=batch.settled)
    content = {
        "cycle": batch.cycle.code,
        "title": batch.title,
        "ideas": batch.settled,
        **_said_day(batch),
    }
    journal.append(Action.BATCH, f"batch {batch.id}", now, **content)


def _said_day(batch: Batch) -> dict[str, object]:
    """What the register says beside the day of its entry, where the fates say another one."""
    return {"published_on": batch.published_on.isoformat()} if batch.published_on else {}
