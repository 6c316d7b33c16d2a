"""Referral: accepted ideas go to the institutions concerned, with a day by which to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import audit, clock, outbox
from cocreation.core.database import session
from cocreation.core.events import tell
from cocreation.core.mail_kinds import MailKind
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.ideas.services.steps import record_step
from cocreation.languages import i18n
from cocreation.ledger import journal
from cocreation.ledger.journal import Action, Entry
from cocreation.study.emails import REFERRED, REFERRED_TO_BODY
from cocreation.study.events import IdeasToRefer
from cocreation.study.models import Referral
from cocreation.study.refusals import AlreadyReferred, DueDayPast, NobodyAnswers, NothingToSend, NotReferable
from cocreation.text.markup import isolate_text

# An idea can go to one more institution while it is studied, and after another one has answered.
REFERABLE = (IdeaState.ACCEPTED, IdeaState.REFERRED, IdeaState.ANSWERED)
# How long an institution has that gets an idea from another one.
DAYS_TO_ANSWER = timedelta(days=20)
NAMED = 20  # references in one mail


def refer(
    idea_ids: Sequence[int], institution_ids: Sequence[int], *, due_on: date, by: int, now: datetime
) -> list[Referral]:
    """Send each of the ideas to each of the institutions, to be answered by `due_on`; what was sent.

    What an institution already has is left as it is. The focal points get one combined mail each; where there
    is none, the institution's own address gets it. Raises NothingToSend, DueDayPast, NotReferable,
    AlreadyReferred, NobodyAnswers, and what the rooms above raise when they hear of IdeasToRefer.
    """
    if due_on < clock.day_of(now):
        raise DueDayPast
    ideas = _locked(idea_ids)
    institutions = session.scalars(
        select(Institution).where(Institution.id.in_(institution_ids)).order_by(Institution.id)
    ).all()
    if not ideas or not institutions:
        raise NothingToSend
    _check(ideas)
    had = select(Referral.idea_id, Referral.institution_id).where(
        Referral.idea_id.in_([idea.id for idea in ideas])
    )
    before = {(idea_id, institution_id) for idea_id, institution_id in session.execute(had)}
    pairs = [(idea, body) for idea in ideas for body in institutions if (idea.id, body.id) not in before]
    if not pairs:
        raise AlreadyReferred
    referrals = _send_all(pairs, due_on, by, now)
    journal.append_all(map(told_referral, referrals), now)
    return referrals


def hand_on(pairs: Sequence[tuple[Idea, Institution]], *, by: int, now: datetime) -> list[Referral]:
    """Send each locked idea on to the institution it is transferred to, to be answered in `DAYS_TO_ANSWER`.

    Its focal points are told; the register is left to the answer that hands it on. Raises NobodyAnswers.
    """
    return _send_all(pairs, clock.day_of(now) + DAYS_TO_ANSWER, by, now) if pairs else []


def _send_all(
    pairs: Sequence[tuple[Idea, Institution]], due_on: date, by: int, now: datetime
) -> list[Referral]:
    spoken_for = focal_points({body.id for _idea, body in pairs})
    silent = {body.id: body for _idea, body in pairs if body.id not in spoken_for}
    for body in silent.values():
        if not body.email:
            raise NobodyAnswers(institution=name_of(body))
    referrals = [_send(idea, body, due_on, by, now) for idea, body in pairs]
    session.flush()
    _tell_focal_points(referrals, spoken_for, due_on)
    for body in silent.values():
        write_to(body, REFERRED_TO_BODY, referrals, due_on=due_on.isoformat())
    return referrals


def _locked(idea_ids: Sequence[int]) -> Sequence[Idea]:
    chosen = select(Idea).where(Idea.id.in_(idea_ids)).order_by(Idea.id).with_for_update(of=Idea)
    return session.scalars(chosen.execution_options(populate_existing=True)).all()


def _check(ideas: Sequence[Idea]) -> None:
    for idea in ideas:
        if idea.state not in REFERABLE:
            raise NotReferable(reference=isolate_text(idea.reference), state=idea.state.label)
    tell(IdeasToRefer(ideas))


def _send(idea: Idea, body: Institution, due_on: date, by: int, now: datetime) -> Referral:
    referral = Referral(idea=idea, institution=body, due_on=due_on, referred_by=by, referred_at=now)
    session.add(referral)
    idea.state = IdeaState.REFERRED
    record_step(idea, StepKind.REFERRED, at=now, institution_id=body.id, due_on=due_on)
    audit.record("idea referred", idea.reference or "", by=by, now=now, institution=body.slug)
    return referral


def told_referral(referral: Referral) -> Entry:
    """What the register says of it."""
    content = {"institution": referral.institution.slug, "due_on": referral.due_on.isoformat()}
    return Action.REFERRED, referral.idea.reference or "", content


def name_of(body: Institution) -> str:
    """The name of an institution within a sentence, in the language of the moment."""
    language = i18n.current()
    return isolate_text(body.name.best(language.code, language.falls_back)[0])


def focal_points(institution_ids: Collection[int]) -> dict[int, list[Person]]:
    """Who answers for these institutions and can sign in; none is left out."""
    grants = select(Grant.scope_id, Person).join(Grant.person).order_by(Person.id)
    held = grants.where(Grant.role == Role.FOCAL_POINT, Grant.scope_id.in_(institution_ids))
    found: dict[int, list[Person]] = {}
    for institution_id, person in session.execute(held.where(Person.disabled_at.is_(None))):
        found.setdefault(institution_id or 0, []).append(person)
    return found


def _tell_focal_points(
    referrals: Sequence[Referral], spoken_for: Mapping[int, Sequence[Person]], due_on: date
) -> None:
    """One mail to each person, however many ideas and however many of their institutions are concerned."""
    sent = Counter(referral.institution_id for referral in referrals)
    counts: Counter[Person] = Counter()
    for institution_id, people in spoken_for.items():
        for person in people:
            counts[person] += sent[institution_id]
    for person, count in sorted(counts.items(), key=lambda told: told[0].id):
        outbox.post(
            REFERRED,
            to=person.email,
            language=person.language,
            key=f"referred:{referrals[0].id}:{person.id}",
            count=count,
            due_on=due_on.isoformat(),
        )


def write_to(body: Institution, kind: MailKind, referrals: Sequence[Referral], **context: str) -> None:
    """One mail to the address of an institution nobody answers for here, with those of `referrals` to it."""
    referrals = [referral for referral in referrals if referral.institution is body]
    references = [referral.idea.reference for referral in referrals]
    if body.email:
        outbox.post(
            kind,
            to=body.email,
            language=i18n.DEFAULT.code,
            key=f"{kind.name}:{referrals[0].id}:body {body.id}",
            references=references[:NAMED],
            count=len(references),
            more=max(len(references) - NAMED, 0),
            **context,
        )
