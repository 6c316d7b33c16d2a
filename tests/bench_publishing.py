"""How long it takes to publish many fates together, and to queue the mails that tell of them."""

from __future__ import annotations

import time

from sqlalchemy import func, insert, select, update

from cocreation.accounts.models import Person
from cocreation.app import create_app
from cocreation.batches.models import Batch, FateDraft
from cocreation.batches.services import publication as fates_publication
from cocreation.core import clock
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Cycle, Phase, PhasePeriod
from cocreation.demonstration import scale
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Author, AuthorKind, Idea, IdeaState
from cocreation.reasons.models import Fate, Reason


def publication(url: str, ideas: int = 20_000) -> None:
    """Publish so many fates together, as the worker does, each of another author, in the database `url`."""
    app = create_app(database_url=url)
    with app.app_context():
        scale.multiply(ideas)
        batch_id, by = everything_drafted()
        fates_publication.begin_publishing(batch_id, by=by, now=clock.now())
        session.commit()
        marks = [time.perf_counter()]
        fates_publication._carry_out(
            batch_id, clock.now(), lambda: (session.commit(), marks.append(time.perf_counter()))
        )
        mails = session.scalar(select(func.count()).where(Mail.key.like(f"fates:{batch_id}:%")))
        session.remove()
    fates, rest = marks[1] - marks[0], marks[-1] - marks[1]
    print(f"\n{ideas} fates made public in {fates:.1f} s, {mails} mails queued in {rest:.1f} s")


def everything_drafted() -> tuple[int, int]:
    """A complete batch, read by a second person, of the ideas that `seed scale` added; its id and who may
    publish it.
    """
    now, today = clock.now(), clock.today()
    cycle_id = session.scalar(select(Cycle.id).order_by(Cycle.starts_on.desc()).limit(1))
    by, body = session.scalar(select(Person.id).limit(1)), session.scalar(select(Institution.id).limit(1))
    copies = Idea.once.like("scale %")
    unsettled = {"state": IdeaState.ANSWERED, **dict.fromkeys(("fate", "reason", "reason_text", "fate_at"))}
    session.execute(update(Idea).where(copies).values(unsettled))
    fates = update(PhasePeriod).where(PhasePeriod.cycle_id == cycle_id, PhasePeriod.phase == Phase.FATES)
    session.execute(fates.values(opens_on=today, closes_on=today))
    title = Translated(fr="Tout", ar="الكل")
    batch = Batch(cycle_id=cycle_id, title=title, created_at=now, reviewed_at=now, reviewed_by=by)
    session.add(batch)
    session.flush()
    words = Translated(fr="Le budget du plan ne le permet pas. " * 8, ar="ميزانية الخطة لا تسمح بذلك. " * 8)
    said = {
        "fate": Fate.DEFERRED,
        "reason": Reason.LACKS_BUDGET,
        "reason_text": words,
        "institution_id": body,
    }
    who = {"kind": AuthorKind.PERSON, "language": "ar", "is_named": False, "consented_at": now}
    ids = session.scalars(select(Idea.id).where(copies)).all()
    session.execute(
        insert(FateDraft), [{"idea_id": idea_id, "batch_id": batch.id, **said} for idea_id in ids]
    )
    session.execute(
        insert(Author), [{"idea_id": idea_id, "email": f"a{idea_id}@demo.example", **who} for idea_id in ids]
    )
    session.commit()
    return batch.id, by
