"""The cycle that is over: a meeting with its outputs, 232 ideas, and what became of each of them.

Its figures are those of a real plan: 232 ideas, of which 143 were accepted at screening and 89 were not;
24 drafts from 11 institutions; 22 commitments.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.adoption.services import adopt
from cocreation.batches.services import drafts as fates_drafts, publication, review
from cocreation.core.database import Translated, session
from cocreation.demonstration import consultations, meetings, photos, sheets
from cocreation.demonstration.appeals import contest
from cocreation.demonstration.content import at, load, spread, translated
from cocreation.demonstration.coordination import hold
from cocreation.demonstration.outcomes import IdeaOutcome, outcome
from cocreation.demonstration.overruled import answer_otherwise, insist
from cocreation.demonstration.stage import (
    DemonstrationStage,
    Plan,
    draft_commitments,
    hold_meeting,
    open_cycle,
    send,
)
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import Idea, Origin
from cocreation.ideas.services import withdrawal
from cocreation.meetings.models.meeting import Workshop
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from cocreation.screening import policy as screening_policy, services as screening_services
from cocreation.study.services import answers, referrals as study_referrals
from cocreation.submission.services import restatements
from cocreation.workshops.models import LineKind, OutputLine

OUJDA = date(2023, 10, 19)
WINDOW = (at(date(2023, 9, 22), 9), at(date(2023, 10, 6), 18))
RESTATED = at(date(2023, 11, 6), 10)
INTAKE = (at(date(2023, 9, 25), 8), at(date(2023, 12, 28), 20))
SCREENED = [at(date(2024, 1, day), 10) for day in (9, 17, 25)]
WITHDRAWN = at(date(2024, 1, 29), 19)
REFERRED = [at(date(2024, 2, day), 11) for day in (1, 6, 13)]
DUE = date(2024, 3, 8)
COMMITTED = at(date(2024, 2, 19), 9)
ANSWERED = (at(date(2024, 2, 20), 9), at(date(2024, 3, 14), 17))
ADOPTED = at(date(2024, 3, 29), 16)
FOLLOWED = at(date(2024, 9, 3), 10)
PUBLISHED = [at(date(2024, 4, 2), 12), at(date(2024, 4, 18), 12)]
ROUNDS = (
    Translated(
        ar="الدفعة الأولى من مآل الأفكار", fr="Première série de suites données", en="First round of fates"
    ),
    Translated(
        ar="الدفعة الثانية من مآل الأفكار", fr="Seconde série de suites données", en="Second round of fates"
    ),
)
ADOPTION = Translated(
    ar="اعتمدته لجنة الإشراف بعد التشاور العمومي",
    fr="Adopté par le comité de pilotage après la consultation publique",
    en="Adopted by the steering committee after the public consultation",
)


def play(stage: DemonstrationStage) -> Plan:
    """The whole cycle, from its first day to the publication of the fates."""
    plan = open_cycle(stage, "past", OUJDA)
    meeting = meetings.meet(stage, hold_meeting(stage, plan, "OR1", OUJDA, WINDOW), OUJDA)
    rooms = list(meeting.workshops)
    photos.show(meeting, by=stage.secretariat.id, now=at(OUJDA + timedelta(days=1), 10))
    chosen = collect(stage, plan, [workshop.id for workshop in rooms])
    drafts = load("commitments")
    adopted = len(drafts["commitments"])
    rows = consultations.as_drafted(drafts["commitments"]) + drafts["not_adopted"]
    commitments = draft_commitments(stage, plan, rows, COMMITTED)
    sheets.fill_in(commitments[:adopted], by=stage.secretariat.id, now=COMMITTED)
    settle(stage, chosen, commitments, adopted)
    sheets.follow(commitments[:adopted], by=stage.secretariat.id, now=FOLLOWED)
    return plan


def collect(stage: DemonstrationStage, plan: Plan, workshop_ids: list[int]) -> list[tuple[Idea, str]]:
    """Every idea of the cycle in the order it came, with the key of what is to become of it.

    The solutions of the workshops are restated on one day, between those sent online.
    """
    said = load("ideas")
    rows = list(enumerate(zip(said["past"], spread(*INTAKE, len(said["past"])), strict=True), 1))
    before = [row for row in rows if row[1][1] < RESTATED]
    after = [row for row in rows if row[1][1] >= RESTATED]
    origins = dict.fromkeys(said["paper"], Origin.PAPER) | dict.fromkeys(said["email"], Origin.EMAIL)

    def sent(some: list[Any]) -> list[tuple[Idea, str]]:
        return [
            (send(stage, plan, n, row, origins.get(n, Origin.ONLINE), now), row[4]) for n, (row, now) in some
        ]

    chosen = sent(before)
    chosen += restate(stage, workshop_ids)
    return chosen + sent(after)


def restate(stage: DemonstrationStage, workshop_ids: list[int]) -> list[tuple[Idea, str]]:
    """The solutions of all workshops as ideas."""
    said = (OutputLine.workshop_id.in_(workshop_ids), OutputLine.kind == LineKind.SOLUTION)
    solutions = list(session.scalars(select(OutputLine.id).where(*said)))
    restated = restatements.restate(solutions, by=stage.secretariat.id, now=RESTATED)
    keys = [row[2] for workshop in load("outputs")["workshops"] for row in workshop["said"]["solutions"]]
    return list(zip(restated, keys, strict=True))


def settle(
    stage: DemonstrationStage, chosen: list[tuple[Idea, str]], drafts: list[Commitment], adopted: int
) -> None:
    """Screen, refer, put the drafts to comment, answer and publish, in the rounds in which it was done; the
    first `adopted` drafts become the plan.
    """
    commitments = drafts[:adopted]
    decisions = load("decisions")
    outcomes = {key: outcome(stage, row, commitments) for key, row in decisions.items() if key != "same"}
    for sitting, now in zip(thirds(chosen), SCREENED, strict=True):
        screen(stage, sitting, outcomes, now)
    for idea, key in chosen:
        if key == "withdrawn":
            withdrawal.withdraw(idea.receipt, now=WITHDRAWN)
    live = [(idea, key) for idea, key in chosen if key != "withdrawn"]
    studied = [(i, key) for i, key in live if key in outcomes and outcomes[key].fate != Fate.NOT_ACCEPTED]
    referrals: dict[str, list[int]] = defaultdict(list)
    for bundle, now in zip(thirds(studied), REFERRED, strict=True):
        refer(stage, bundle, outcomes, referrals, now)
    consultation = consultations.hold(stage, drafts)
    answer(stage, referrals, outcomes)
    overruled = outcomes[load("overruled")["idea"]]
    slug = next(slug for slug, body in stage.institutions.items() if body.id == overruled.institution_id)
    otherwise = answer_otherwise(stage, referrals, slug, ANSWERED[1])
    hold(stage, live)
    spoken = consultations.collect(stage, consultation, drafts)
    consultations.reword(stage, commitments, load("commitments")["commitments"])
    consultations.answer_all(stage, consultation, drafts, spoken)
    message = translated(load("consultations")["past"]["adoption"]["message"])
    ids = [commitment.id for commitment in commitments]
    adopt(commitments[0].cycle_id, ids, message, by=stage.secretariat.id, now=ADOPTED)
    publish(stage, live, {otherwise: (overruled, slug)})
    contest(stage, live, commitments)


def thirds(some: list[tuple[Idea, str]]) -> list[list[tuple[Idea, str]]]:
    """The first, second and third third."""
    size = -(-len(some) // 3)
    return [some[n * size : (n + 1) * size] for n in range(3)]


def screen(
    stage: DemonstrationStage,
    sitting: list[tuple[Idea, str]],
    outcomes: dict[str, IdeaOutcome],
    now: datetime,
) -> None:
    """One sitting: what holds on all criteria is accepted together, every other idea is told why not."""
    refused = {
        idea.id: outcomes[key]
        for idea, key in sitting
        if key in outcomes and outcomes[key].fate is Fate.NOT_ACCEPTED
    }
    by = stage.secretariat.id
    screening_services.accept_all([idea.id for idea, _ in sitting if idea.id not in refused], by=by, now=now)
    for n, (idea_id, found) in enumerate(refused.items(), 1):
        later = now + timedelta(minutes=12 * n)
        screening_services.screen(idea_id, examination(found.reason, found.text), by=by, now=later)


def examination(reason: Reason, text: Translated) -> screening_policy.Examination:
    """All criteria hold but the one that `reason` names."""
    finding = screening_policy.Finding(0, text.best("ar", ("fr",))[0])
    criterion = {
        Reason.NOT_CLEAR: "clarity",
        Reason.NOT_PRECISE: "precision",
        Reason.NOT_OPENNESS: "openness",
    }
    return screening_policy.Examination(**{criterion[reason]: finding}, reason=reason, reason_text=text)


def refer(
    stage: DemonstrationStage,
    bundle: list[tuple[Idea, str]],
    outcomes: dict[str, IdeaOutcome],
    referrals: dict[str, list[int]],
    now: datetime,
) -> None:
    """Each idea to the body that answers for it; adds the referrals to those of its key."""
    bodies: dict[int, dict[int, str]] = defaultdict(dict)
    for idea, key in bundle:
        bodies[outcomes[key].institution_id][idea.id] = key
    for body, keys in sorted(bodies.items()):
        sent = study_referrals.refer(list(keys), [body], due_on=DUE, by=stage.secretariat.id, now=now)
        for referral in sent:
            referrals[keys[referral.idea_id]].append(referral.id)


def answer(
    stage: DemonstrationStage, referrals: dict[str, list[int]], outcomes: dict[str, IdeaOutcome]
) -> None:
    """Institutions answer together what is alike."""
    slugs = {body.id: slug for slug, body in stage.institutions.items()}
    for now, (key, ids) in zip(spread(*ANSWERED, len(referrals)), referrals.items(), strict=True):
        speaker = stage.speaker_of(slugs[outcomes[key].institution_id])
        answers.answer_all(ids, outcomes[key].answer(), by=speaker.id, now=now)


def publish(
    stage: DemonstrationStage,
    live: list[tuple[Idea, str]],
    otherwise: dict[int, tuple[IdeaOutcome, str]],
) -> None:
    """Two rounds; an idea that joins another one is told in the round of both. What is decided `otherwise`
    than an institution answered it, by the idea's number, is objected to and published all the same.
    """
    by, body = stage.secretariat.id, stage.institutions["secretariat"].id
    said = {idea.source_line_id: str(idea.reference) for idea, _ in live if idea.source_line_id}
    marks = dict(said_lines(said))
    half = len(live) // 2
    for title, now, some in zip(ROUNDS, PUBLISHED, (live[:half], live[half:]), strict=True):
        references = [str(idea.reference) for idea, _ in some]
        batch = fates_drafts.create_batch(
            live[0][0].cycle_id,
            title,
            body_id=body,
            references=references,
            by=by,
            now=now - timedelta(days=4),
        )
        for idea, key in some:
            if key.startswith("same:"):
                text = translated(load("decisions")["same"], into=marks[key.removeprefix("same:")])
                decision = FateDecision(Fate.MERGED, Reason.SAME_AS_ANOTHER, text, body)
                fates_drafts.decide(batch.id, idea.id, decision, by=by, now=now - timedelta(days=3, hours=12))
        for idea_id in otherwise.keys() & {idea.id for idea, _ in some}:
            insist(stage, batch, idea_id, *otherwise[idea_id], now)
        review.send_for_review(batch.id, by=by, now=now - timedelta(days=1))
        reader = stage.people["committee@demo.example"].id
        review.review(batch.id, approves=True, by=reader, now=now - timedelta(hours=3))
        publication.publish(batch.id, by=by, now=now)


def said_lines(references: dict[int, str]) -> list[tuple[str, str]]:
    """The public references of lines, with those of the ideas that restate them."""
    meeting = joinedload(OutputLine.workshop).joinedload(Workshop.meeting)
    lines = session.scalars(select(OutputLine).where(OutputLine.id.in_(references)).options(meeting))
    return [(line.reference, references[line.id]) for line in lines]
