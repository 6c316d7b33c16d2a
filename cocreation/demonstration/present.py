"""The cycle that is open today: its meetings, and work in every queue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cocreation.batches.services import drafts, review
from cocreation.demonstration import consultations, meetings, sheets
from cocreation.demonstration.content import at, load, spread, translated
from cocreation.demonstration.coordination import prepare
from cocreation.demonstration.moderation import moderate
from cocreation.demonstration.outcomes import outcome
from cocreation.demonstration.past import screen
from cocreation.demonstration.stage import (
    DemonstrationStage,
    Plan,
    draft_commitments,
    hold_meeting,
    open_cycle,
    send,
)
from cocreation.ideas.models.idea import Idea, Origin
from cocreation.merges.services import merges
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Reason
from cocreation.screening import services as screening_services
from cocreation.study.services import (
    answers as study_answers,
    criteria as study_criteria,
    recalls,
    referrals as study_referrals,
)
from cocreation.study.services.criteria import Score, criteria_of

# Two to register for, one that is over, one of today.
MEETINGS = ("TG1", "SM1", "FM1", "RS1")
ASKED, JOINED = "asked", "joined"
# What nobody has screened yet, with what moderation knows of it.
UNREAD = ("received", "reported", "hidden")


def play(stage: DemonstrationStage, today: date) -> None:
    """Everything that has happened in the cycle by the eve of `today`."""
    plan = open_cycle(stage, "current", today)
    eve = at(today - timedelta(days=1), 18)
    for reference in MEETINGS:
        bounds, day = (
            load("cycles")["meetings"][reference]["registration"],
            meetings.day_of(reference, today),
        )
        opens, closes = (at(today + timedelta(days=bound), 9) for bound in bounds)
        meetings.meet(stage, hold_meeting(stage, plan, reference, day, (opens, closes)), today)
    rows = load("ideas")["current"]
    read = [row for row in rows if row[4] not in UNREAD]
    fresh = [row for row in rows if row[4] in UNREAD]
    sent = spread(at(today - timedelta(days=88), 9), at(today - timedelta(days=62), 18), len(read))
    sent += spread(at(today - timedelta(days=21), 9), eve, len(fresh))
    collected = [
        (send(stage, plan, n, row, Origin.ONLINE, now), row[4])
        for n, (row, now) in enumerate(zip(read + fresh, sent, strict=True), 1)
    ]
    set_rules(plan, stage, today)
    commitments = draft_commitments(stage, plan, load("ideas")["drafts"], at(today - timedelta(days=24), 10))
    sheets.fill_in_one(
        commitments[0],
        load("sheets")["draft"],
        by=stage.secretariat.id,
        now=at(today - timedelta(days=23), 10),
    )
    consultations.open_today(stage, commitments, today)
    examine([row for row in collected if row[1] not in (*UNREAD, ASKED, JOINED)], stage, today)
    ask_and_link(collected, stage, today)
    correct(collected, stage, today)
    study(collected, commitments, stage, today)
    moderate(stage, collected, today)
    prepare_fates(stage, collected, today)
    prepare(stage, plan.cycle.id, today)


def set_rules(plan: Plan, stage: DemonstrationStage, today: date) -> None:
    """What ideas are studied against, and the explanations that screening gives often."""
    said, by, now = load("study"), stage.secretariat.id, at(today - timedelta(days=60), 10)
    for row in said["criteria"]:
        study_criteria.add_criterion(plan.cycle.id, translated(row), row["weight"], by=by, now=now)
    for row in said["templates"]:
        title, text = translated(row["title"]), translated(row["text"])
        screening_services.add_template(Reason(row["reason"]), title, text, by=by, now=now)


def examine(screened: list[tuple[Idea, str]], stage: DemonstrationStage, today: date) -> None:
    """One sitting, as in the past cycle."""
    refusals = load("ideas")["refusals"]
    found = {key: outcome(stage, row | {"fate": "not_accepted"}, []) for key, row in refusals.items()}
    screen(stage, screened, found, at(today - timedelta(days=50), 10))


def ask_and_link(collected: list[tuple[Idea, str]], stage: DemonstrationStage, today: date) -> None:
    """One author is asked what was meant; one idea becomes part of another that says the same."""
    said, by = load("ideas"), stage.secretariat.id
    ideas = {key: idea for idea, key in collected}
    target = next(idea for idea, _ in collected if idea.proposal == said["linked"]["into"])
    asked, linked = at(today - timedelta(days=3), 10), at(today - timedelta(days=45), 11)
    reason, question = translated(said["linked"]), translated(said["question"])
    merges.merge([str(ideas[JOINED].reference)], str(target.reference), reason, by=by, now=linked)
    screening_services.ask(ideas[ASKED].id, question, answer_by=today + timedelta(days=7), by=by, now=asked)


def correct(collected: list[tuple[Idea, str]], stage: DemonstrationStage, today: date) -> None:
    """One idea is read once more, and taken back from the institution to which it was sent by mistake."""
    said, by = load("corrected"), stage.secretariat.id
    idea = next(idea for idea, key in collected if key in stage.institutions and key != said["sent_to"])
    reread, sent = at(today - timedelta(days=48), 10), at(today - timedelta(days=42), 9)
    screening_services.reopen(idea.id, translated(said["reopened"]), by=by, now=reread)
    screening_services.accept_all([idea.id], by=by, now=reread + timedelta(minutes=20))
    body, due = stage.institutions[said["sent_to"]].id, today + timedelta(days=16)
    study_referrals.refer([idea.id], [body], due_on=due, by=by, now=sent)
    recalls.recall([idea.id], [body], translated(said["recalled"]), by=by, now=sent + timedelta(hours=3))


def study(
    collected: list[tuple[Idea, str]], commitments: list[Commitment], stage: DemonstrationStage, today: date
) -> None:
    """What was sent to institutions: one bundle that is overdue, one in time, and what has been answered."""
    answers: dict[str, Any] = load("ideas")["answers"]
    cycle_id = collected[0][0].cycle_id
    sent, by = at(today - timedelta(days=40), 11), stage.secretariat.id
    in_time, overdue = today + timedelta(days=16), today - timedelta(days=4)
    waiting = [(idea, key) for idea, key in collected if key in stage.institutions]
    for n, (idea, slug) in enumerate(waiting):
        body, due = stage.institutions[slug].id, in_time if n else overdue
        study_referrals.refer([idea.id], [body], due_on=due, by=by, now=sent)
    answered = [
        (idea, answers[key]["scores"], outcome(stage, answers[key], commitments))
        for idea, key in collected
        if key in answers
    ]
    slugs = {body.id: slug for slug, body in stage.institutions.items()}
    referrals = [
        study_referrals.refer([idea.id], [found.institution_id], due_on=in_time, by=by, now=sent)[0]
        for idea, _, found in answered
    ]
    criteria = criteria_of([cycle_id])[cycle_id]
    for n, (referral, (_, told, found)) in enumerate(zip(referrals, answered, strict=True)):
        speaker, now = stage.speaker_of(slugs[found.institution_id]), at(today - timedelta(days=9 - n), 15)
        scores = {criterion.id: Score(*score) for criterion, score in zip(criteria, told, strict=True)}
        study_answers.answer(referral.id, found.answer(scores), by=speaker.id, now=now)


def prepare_fates(stage: DemonstrationStage, collected: list[tuple[Idea, str]], today: date) -> None:
    """The fates of what was not accepted lie with the committee, which reads them before everyone else."""
    by, body = stage.secretariat.id, stage.institutions["secretariat"].id
    refused = [str(idea.reference) for idea, key in collected if key in load("ideas")["refusals"]]
    title, made_at = translated(load("ideas")["batch"]), at(today - timedelta(days=2), 10)
    batch = drafts.create_batch(
        collected[0][0].cycle_id, title, body_id=body, references=refused, by=by, now=made_at
    )
    review.send_for_review(batch.id, by=by, now=at(today - timedelta(days=1), 11))
