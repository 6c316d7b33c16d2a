"""The cast's commitment put to public comment, with comments and answers to them, written as rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cocreation.adoption.models import AdoptedPaper, AdoptedText, Adoption
from cocreation.comment_answers.models import AnsweredComment, AnswerReason, CommentAnswer
from cocreation.comments.models import AnswerOutcome, Comment, Commenter, CommenterKind, Stance
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import secrets
from cocreation.core.database import Translated, session
from cocreation.documents.models import Section
from cocreation.plan.services import commitments
from tests.cast import THEN

CONSULTED = datetime(2026, 2, 1, 9, 0, tzinfo=UTC)


def consulted(cast, *, closes_at=CONSULTED + timedelta(days=30), number=1, commitment_id=None):
    """A consultation on the last version of a commitment; the id of the consultation."""
    commitment = commitments.locked(commitment_id or cast.commitment.id)
    document = commitments.document_of(commitment, by=None, now=CONSULTED)
    consultation = Consultation(
        cycle_id=cast.cycle.id,
        number=number,
        reference=f"2026-PC{number}",
        title=Translated(ar="تشاور", fr="Consultation"),
        note=Translated(fr="Une note"),
        questions=Translated(fr="Une question"),
        follow_up=Translated(fr="Chaque commentaire aura une suite"),
        opens_at=CONSULTED,
        closes_at=closes_at,
        answers_by=(closes_at + timedelta(days=20)).date(),
        created_at=CONSULTED - timedelta(days=20),
        announced_at=CONSULTED - timedelta(days=15),
        texts=[
            ConsultedText(
                document_id=document.id,
                version=document.latest,
                summary=Translated(fr="En bref"),
                position=1,
            )
        ],
    )
    document.consulted = document.latest
    session.add(consultation)
    session.commit()
    return consultation.id


def sitting(cast, number=1, **given):
    """A coordination meeting on the plan of the cast that was held; its reference."""
    held = CoordinationMeeting(
        **{
            "cycle_id": cast.cycle.id,
            "institution_id": cast.ministry.id,
            "number": number,
            "reference": f"2026-M{number}",
            "title": Translated(fr="Réunion sur la fiche", ar="اجتماع حول البطاقة"),
            "starts_at": THEN - timedelta(days=2),
            "ends_at": THEN - timedelta(days=2, hours=-2),
            "place": Translated(fr="Rabat"),
            "created_at": THEN - timedelta(days=9),
            "minutes": Translated(fr="Procès-verbal"),
            "published_at": THEN - timedelta(days=1),
            **given,
        }
    )
    session.add(held)
    session.commit()
    return held.reference


def comment(consultation_id, section="solution", **given):
    """A confirmed comment on a section of the consultation's text; its id."""
    consultation = session.get_one(Consultation, consultation_id)
    [text] = session.query(ConsultedText).filter_by(consultation_id=consultation_id)
    row = session.query(Section).filter_by(document_id=text.document_id, uid=section).one()
    consultation.comments += 1
    number = consultation.comments
    said = Comment(
        **{
            "consultation_id": consultation_id,
            "text_id": text.id,
            "section_id": row.id,
            "number": number,
            "reference": f"{consultation.reference}-{number:04d}",
            "once": secrets.new_token(),
            "receipt": secrets.new_receipt(),
            "stance": Stance.DISAGREE,
            "words": "Il faut aussi une application mobile",
            "language": "fr",
            "sent_at": CONSULTED + timedelta(days=1),
            "confirmed_at": CONSULTED + timedelta(days=1),
            "commenter": Commenter(kind=CommenterKind.PERSON, consented_at=CONSULTED),
            **given,
        }
    )
    session.add(said)
    session.commit()
    return said.id


def answer(cast, consultation_id, *comments, outcome=AnswerOutcome.TAKEN_UP, **given):
    """An answer to these comments, written by the secretariat; its id."""
    answered = CommentAnswer(
        **{
            "consultation_id": consultation_id,
            "outcome": outcome,
            "reason": AnswerReason.CLEARER,
            "text": Translated(fr="Le texte le dit maintenant", ar="النص يقول ذلك الآن"),
            "drafted_by": cast.salma.id,
            "drafted_at": CONSULTED + timedelta(days=31),
            "answered": [AnsweredComment(comment_id=key) for key in comments],
            **given,
        }
    )
    session.add(answered)
    session.commit()
    return answered.id


def adopted_plan(cast):
    """The plan of the cast as it was adopted, after a consultation whose comments are all answered."""
    consultation = session.get_one(Consultation, consulted(cast, number=9))
    consultation.answered_at = THEN
    [text] = session.query(ConsultedText).filter_by(consultation_id=consultation.id)
    read = {"sent_at": THEN, "approved_at": THEN, "approved_by": cast.mounia.id, "published_at": THEN}
    answer(cast, consultation.id, comment(consultation.id), **read)
    session.add(
        Adoption(
            cycle_id=cast.cycle.id,
            number=1,
            message=Translated(fr="Adopté"),
            digest="0" * 64,
            adopted_by=cast.salma.id,
            adopted_at=THEN,
            texts=[AdoptedText(document_id=text.document_id, version=text.version, position=1)],
            papers=[AdoptedPaper(language="fr", content=b"%PDF-1.7", digest="0" * 64)],
        )
    )
    session.commit()
