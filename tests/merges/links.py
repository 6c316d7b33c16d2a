"""Linking ideas in tests: the buttons, what they need in the tables, what came of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cocreation.backing.models import Backing
from cocreation.batches.models import Batch, FateDraft
from cocreation.core import secrets
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.models.lineage import Lineage
from cocreation.reasons.models import Fate, Reason
from tests.cast import THEN, T
from tests.desk import idea, steps
from tests.forms import csrf_token, fill

LINEAGE = "/en/manage/dispositions/lineage"
WHY = {"reason-fr": "Elles demandent la même chose"}


def merge(salma, source, target, **fields):
    """Press the button that merges `source` into `target`; the answer."""
    return fill(salma, f"{LINEAGE}/{source}/merge", **{"other": target, **WHY, **fields})


def undo(salma, reference, **fields):
    """Undo the link that stands on this idea."""
    [link_id] = session.scalars(
        select(Lineage.id)
        .join(Lineage.source)
        .where(Idea.reference == reference, Lineage.undone_at.is_(None))
        .limit(1)
    )
    session.remove()
    typed = {"reason-fr": "C'était une erreur", **fields}
    return fill(salma, f"{LINEAGE}/{reference}/undo/{link_id}", **typed)


def settle(reference, fate=Fate.DEFERRED, reason=Reason.LACKS_TIME):
    """This idea has its fate."""
    set_idea(
        reference,
        state=IdeaState.PUBLISHED,
        fate=fate,
        reason=reason,
        reason_text=Translated(fr="Plus tard"),
        fate_at=THEN,
    )


def set_idea(reference, **values):
    """Write these values to the row of this idea."""
    row = session.scalars(select(Idea).where(Idea.reference == reference)).one()
    for name, value in values.items():
        setattr(row, name, value)
    session.commit()
    session.remove()


def draft(reference):
    """This idea is in a batch that is being prepared."""
    row = idea(reference)
    batch = Batch(cycle_id=row.cycle_id, title=T("دفعة", "Lot"), created_at=THEN)
    session.add(batch)
    session.flush()
    session.add(FateDraft(idea_id=row.id, batch_id=batch.id))
    session.commit()


def later(cast):
    """The cycle after the one of the cast."""
    session.add(
        Cycle(
            code="2028",
            title=T("خطة 2028", "Plan 2028"),
            summary=T("القادمة", "La suivante"),
            starts_on=date(2028, 1, 1),
            ends_on=date(2029, 12, 31),
        )
    )
    session.commit()
    session.remove()


def back(reference, email, *, supports=True, follows=None, confirmed=THEN):
    """Somebody backs this idea, proven unless `confirmed` is none."""
    row = session.scalars(select(Idea).where(Idea.reference == reference)).one()
    session.add(
        Backing(
            idea_id=row.id,
            email=email,
            language="fr",
            supports=supports,
            follows=follows,
            receipt=secrets.new_receipt(),
            asked_at=THEN,
            confirmed_at=confirmed,
        )
    )
    row.supporters += bool(supports and confirmed)
    session.commit()
    session.remove()


def backings(reference):
    """Who backs this idea now."""
    session.remove()
    return session.scalars(select(Backing).join(Backing.idea).where(Idea.reference == reference)).all()


def mails(template="dispositions/lineage"):
    """The mails of this template, by address."""
    session.remove()
    return {mail.to: mail for mail in session.scalars(select(Mail).where(Mail.template == template))}


def kinds(reference):
    """The public steps of this idea: kind and outcome."""
    return [(step.kind.value, step.outcome) for step in steps(reference)]


def token(visitor):
    return {"csrf_token": csrf_token(visitor)}
