"""The public consultations of both cycles: that on the drafts of the past one, from its announcement to the
adopted plan, and one that is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select, update

from cocreation.adoption.services import NamedCause, name_causes
from cocreation.comment_answers.models import AnswerPublication, AnswerReason
from cocreation.comment_answers.services import answers, changes, publication, review
from cocreation.comments.models import AnswerOutcome, Comment, CommenterKind, CommentSupport, Stance
from cocreation.comments.services import campaigns, comments, supports
from cocreation.comments.services.comments import CommentWords, Sending, Speaker
from cocreation.consultations.models import Consultation, Telling
from cocreation.consultations.services import announcement, preparation
from cocreation.core.database import Translated, session
from cocreation.demonstration.content import Content, at, load, spread, translated
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.documents.models import CauseKind, Change, DocumentVersion, Section
from cocreation.documents.queries import text_at
from cocreation.languages import i18n
from cocreation.plan.models import Commitment
from cocreation.plan.services import commitments as plan

ANNOUNCED = at(date(2024, 2, 19), 10)
WINDOW = (at(date(2024, 3, 4), 12), at(date(2024, 3, 25), 18))
REWORDED = at(date(2024, 3, 26), 10)
ANSWERED = at(date(2024, 3, 27), 9)
REPLIED = at(date(2024, 3, 28), 16)


@dataclass(frozen=True)
class SaidComment:
    """What the demonstration has somebody say, under the key by which its answer finds it."""

    key: str
    commitment: int
    section: str
    stance: str
    language: str
    words: str
    region: str = ""
    speaker: str = ""
    quote: str = ""
    wording: str = ""


def announce(
    stage: DemonstrationStage,
    commitments: Sequence[Commitment],
    said: Content,
    window: tuple[datetime, datetime],
    answers_by: date,
    now: datetime,
) -> Consultation:
    """A consultation on these drafts, told to nobody: its addresses belong to nobody."""
    by, words = stage.secretariat.id, load("consultations")["summary"]
    details = preparation.ConsultationDetails(
        title=translated(said["title"]),
        note=translated(said["note"]),
        questions=translated({code: text.strip() for code, text in said["questions"].items()}),
        follow_up=translated(said["follow_up"]),
        opens_at=window[0],
        closes_at=window[1],
        answers_by=answers_by,
    )
    consultation = preparation.prepare(commitments[0].cycle_id, details, by=by, now=now - timedelta(hours=1))
    references = [commitment.document.reference for commitment in commitments if commitment.document]
    preparation.choose_texts(consultation.id, references, by=by, now=now - timedelta(minutes=50))
    results = {commitment.document_id: commitment.expected_result for commitment in commitments}
    for text in consultation.texts:
        summary = Translated(
            {code: words[code].format(result=result) for code, result in results[text.document_id].items()}
        )
        preparation.summarise(consultation.id, text.id, summary, by=by, now=now - timedelta(minutes=40))
    announcement.announce(consultation.id, by=by, now=now)
    session.flush()
    session.execute(update(Telling).values(told_at=now))
    return consultation


def rows_of(said: Content) -> Iterator[SaidComment]:
    """Those with a key of their own, in the order of the content."""
    for key, number, section, stance, language, region, speaker, words, *change in said["comments"]:
        quote, wording = change or ("", "")
        yield SaidComment(
            key, number, section, stance, language, words, region, speaker, quote=quote, wording=wording
        )


def many_of(said: Content, commitments: int) -> Iterator[SaidComment]:
    """Short ones from everywhere, and one text that many send."""
    for turn in range(said["sent_by_each"]):
        for place, (stance, language, words) in enumerate(said["short"]):
            number = (turn * len(said["short"]) + place) % commitments + 1
            yield SaidComment("short", number, "", stance, language, words, f"{(turn + place) % 12 + 1:02d}")
    campaign = said["campaign"]
    for turn in range(campaign["signatures"]):
        words = campaign["words"] + campaign["endings"][turn % len(campaign["endings"])]
        number, section, stance = campaign["commitment"], campaign["section"], campaign["stance"]
        yield SaidComment("campaign", number, section, stance, "ar", words, f"{turn % 12 + 1:02d}")


def say(
    stage: DemonstrationStage,
    consultation: Consultation,
    commitments: Sequence[Commitment],
    rows: Sequence[SaidComment],
    moments: Sequence[datetime],
) -> dict[str, list[Comment]]:
    """Everybody writes and confirms; the comments by their keys."""
    texts = {text.document_id: text for text in consultation.texts}
    spoken: dict[str, list[Comment]] = {}
    for number, (row, now) in enumerate(zip(rows, moments, strict=True), 1):
        text = texts[commitments[row.commitment - 1].document_id or 0]
        sending = Sending(f"demo {consultation.reference} {number}", partial(_at, now))
        who = speaker(stage, row, f"comment-{consultation.reference}-{number}@demo.example".lower())
        with i18n.speaking(row.language):
            comment = comments.send(text.id, words_of(row, text.document_id, text.version), who, sending)
            comments.confirm(comment.receipt, now=now + timedelta(minutes=3))
        if comment.commenter.association_id:
            comment.commenter.vouched_at = now + timedelta(hours=5)
        spoken.setdefault(row.key, []).append(comment)
    return spoken


def words_of(row: SaidComment, document_id: int, version: int) -> CommentWords:
    """A suggestion is the whole section as its author would have it."""
    said = CommentWords(Stance(row.stance), row.words, (row.section,) if row.section else ())
    if not row.quote:
        return said if row.stance != Stance.SUGGEST else replace(said, stance=Stance.ASK)
    standing = next(part.text for part in text_at(document_id, version) if part.uid == row.section)
    edited = standing[row.language].replace(row.quote, row.wording)
    return replace(said, edited=edited, edited_in=row.language)


def speaker(stage: DemonstrationStage, row: SaidComment, email: str) -> Speaker:
    association = stage.associations.get(row.region) if row.speaker == "association" else None
    if association:
        return Speaker(email, CommenterKind.ASSOCIATION, association.name, True, row.region, association.id)
    return Speaker(
        email, name=row.speaker or None, is_named=bool(row.speaker), region_code=row.region or None
    )


def hold(stage: DemonstrationStage, commitments: Sequence[Commitment]) -> Consultation:
    """That of the past cycle, until it is closed."""
    said = load("consultations")["past"]
    return announce(stage, commitments, said, WINDOW, ANSWERED.date(), ANNOUNCED)


def collect(
    stage: DemonstrationStage, consultation: Consultation, commitments: Sequence[Commitment]
) -> dict[str, list[Comment]]:
    """What was said in it: 200 comments, of which 64 are one text."""
    said = load("consultations")["past"]
    rows = [*rows_of(said), *many_of(said, len(commitments))]
    spoken = say(stage, consultation, commitments, rows, spread(*WINDOW, len(rows)))
    campaigns.group_at_once(WINDOW[1])
    return spoken


def reword(stage: DemonstrationStage, commitments: Sequence[Commitment], final: list[Content]) -> None:
    """What was drafted otherwise says from now on what the adopted plan says."""
    for number in sorted({row[0] for row in load("consultations")["drafted"]}):
        commitment, row = commitments[number - 1], final[number - 1]
        words = plan.CommitmentWords(
            number=commitment.number,
            axis_id=commitment.axis_id,
            institution_id=commitment.institution_id,
            **{name: translated(row[name]) for name in ("title", "problem", "solution", "expected_result")},
        )
        plan.change(commitment.id, words, by=stage.secretariat.id, now=REWORDED)
    decided = load("consultations")["past"]["decision"]
    number, section = decided["changed"]
    cause = NamedCause(CauseKind.DECISION, source=decided["meeting"], reason=translated(decided["reason"]))
    name_causes(
        commitments[number - 1].document_id or 0,
        changes_in(commitments, number, section),
        cause,
        by=stage.secretariat.id,
        now=REWORDED,
    )


def as_drafted(final: list[Content]) -> list[Content]:
    """The commitments as they were put to comment."""
    drafted = [dict(row) for row in final]
    for number, section, ar, fr in load("consultations")["drafted"]:
        drafted[number - 1]["expected_result" if section == "result" else section] = {"ar": ar, "fr": fr}
    return drafted


def answer_all(
    stage: DemonstrationStage,
    consultation: Consultation,
    commitments: Sequence[Commitment],
    spoken: dict[str, list[Comment]],
) -> None:
    """Every comment is answered, read by somebody else, and published with the words that changed."""
    by, reader = stage.secretariat.id, stage.people["committee@demo.example"].id
    given = []
    for row in load("consultations")["past"]["answers"]:
        ids = [comment.id for key in row["comments"] for comment in spoken[key]]
        outcome, reason = AnswerOutcome(row["outcome"]), AnswerReason(row["reason"])
        changed_first = row.get("changed", [[1]])[0][0]
        body = commitments[changed_first - 1].institution_id
        said = answers.GivenAnswer(outcome, reason, translated(row["text"]), body)
        answer = answers.answer_comments(consultation.id, ids, said, by=by, now=ANSWERED)
        changed = [key for place in row.get("changed", ()) for key in changes_in(commitments, *place)]
        if changed:
            changes.attribute(answer.id, changed, by=by, now=ANSWERED)
        given.append(answer.id)
    review.send_answers(given, by=by, now=ANSWERED + timedelta(hours=2))
    review.approve(given, by=reader, now=ANSWERED + timedelta(hours=6))
    publication.publish_answers(consultation.id, by=by, now=REPLIED)
    session.flush()
    session.execute(update(AnswerPublication).values(told_at=REPLIED))


def changes_in(commitments: Sequence[Commitment], number: int, section: str, language: str = "") -> list[int]:
    """What was changed in a section of a commitment since it was put to comment."""
    statement = (
        select(Change.id)
        .join(Change.section)
        .join(Change.version)
        .where(Section.document_id == commitments[number - 1].document_id, Section.uid == section)
        .where(Change.language == language if language else DocumentVersion.id > 0)
    )
    return list(session.scalars(statement.order_by(Change.id)))


def open_today(stage: DemonstrationStage, commitments: Sequence[Commitment], today: date) -> None:
    """That of the present cycle: announced three weeks ago, open for a week, with its first comments."""
    said = load("consultations")["current"]
    window = at(today - timedelta(days=7), 9), at(today + timedelta(days=16), 18)
    answers_by = today + timedelta(days=46)
    announced = at(today - timedelta(days=22), 10)
    consultation = announce(stage, commitments, said, window, answers_by, announced)
    rows, now = list(rows_of(said)), at(today - timedelta(days=1), 18)
    spoken = say(stage, consultation, commitments, rows, spread(window[0], now, len(rows)))
    for key in said["supported"]:
        for number in range(1, 4):
            support(spoken[key][0], f"supporter-{number}@demo.example", now)
    for number, (key, language, words) in enumerate(said["replies"], 1):
        sending = Sending(f"demo reply {consultation.reference} {number}", partial(_at, now))
        with i18n.speaking(language):
            who = Speaker(f"reply-{number}@demo.example")
            sent = comments.reply(spoken[key][0].id, CommentWords(Stance.AGREE, words), who, sending)
            comments.confirm(sent.receipt, now=now + timedelta(minutes=3))


def support(comment: Comment, email: str, now: datetime) -> None:
    supports.support(comment.id, email, moment=partial(_at, now))
    own = CommentSupport.comment_id == comment.id, CommentSupport.email == email
    supports.confirm(session.scalars(select(CommentSupport.receipt).where(*own)).one(), now=now)


def _at(moment: datetime) -> datetime:
    """The time that it was."""
    return moment
