"""A consultation that is prepared and one that is open, with a follower and a comment, for `tests.scene`."""

from __future__ import annotations

from datetime import date, timedelta

from cocreation.comments.models import (
    Campaign,
    Comment,
    Commenter,
    CommenterKind,
    CommentSupport,
    Memorandum,
    Stance,
)
from cocreation.consultations.models import Consultation, ConsultedText, Following
from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.documents import services as documents
from cocreation.documents.models import DocumentKind, SectionKind
from cocreation.documents.sections import SectionWords
from tests.cast import THEN, Cast, T


def a_text(cast: Cast, reference: str) -> int:
    """A draft law in one section, in its version 1; its id."""
    title = T("مشروع قانون", "Un projet de loi")
    sections = [
        SectionWords("title", SectionKind.TITLE, title, {}),
        SectionWords("article-1", SectionKind.FREE, T("الفصل الأول", "Article premier"), {}),
    ]
    document = documents.begin(
        DocumentKind.LAW, cast.cycle.id, reference, title, sections, by=cast.salma.id, now=THEN
    )
    return document.id


def a_consultation(cast: Cast, number: int, *, is_open: bool = False) -> Consultation:
    """With one text and all its words; added, not flushed."""
    words = T("كلمات", "Des mots")
    reference = f"2026-PC{number}"
    row = Consultation(
        cycle_id=cast.cycle.id,
        number=number,
        reference=reference,
        title=T(f"تشاور {number}", f"Consultation {number}"),
        note=words,
        questions=words,
        follow_up=words,
        opens_at=THEN + timedelta(days=-1 if is_open else 20),
        closes_at=THEN + timedelta(days=41),
        answers_by=date(2026, 6, 30),
        created_at=THEN,
        announced_at=THEN - timedelta(days=20) if is_open else None,
        texts=[
            ConsultedText(document_id=a_text(cast, f"2026-L{number}"), version=1, summary=words, position=1)
        ],
    )
    session.add(row)
    session.flush()
    if is_open:
        documents.put_to_comment(row.texts[0].document_id, 1, now=THEN)
    return row


def a_comment(consultation: Consultation, number: int = 1, **values: object) -> Comment:
    """Confirmed, of a person who left an address; added and flushed."""
    row = Comment(
        **{
            "consultation_id": consultation.id,
            "text_id": consultation.texts[0].id,
            "number": number,
            "reference": f"{consultation.reference}-{number:04}",
            "once": f"{consultation.reference} {number}",
            "receipt": secrets.new_receipt(),
            "stance": Stance.DISAGREE,
            "words": "Ce texte oublie les communes rurales",
            "language": "fr",
            "sent_at": THEN,
            "confirmed_at": THEN,
            "commenter": Commenter(
                kind=CommenterKind.PERSON, email="commenter@example.org", consented_at=THEN
            ),
            **values,
        }
    )
    session.add(row)
    session.flush()
    return row


def a_vouched_comment(consultation: Consultation, association_id: int) -> Comment:
    """Of an association that has confirmed it, with its memorandum; it stands for a campaign."""
    campaign = Campaign(consultation_id=consultation.id, found_at=THEN, signatures=1)
    session.add(campaign)
    session.flush()
    row = a_comment(consultation, campaign_id=campaign.id)
    row.commenter.kind, row.commenter.association_id = CommenterKind.ASSOCIATION, association_id
    row.commenter.voucher, row.commenter.vouched_at = secrets.new_receipt(), THEN
    session.add(Memorandum(comment_id=row.id, name="memo.pdf", size=4, digest="-", content=b"%PDF"))
    session.flush()
    return row


def a_supporter(comment: Comment, email: str = "supporter@example.org") -> CommentSupport:
    row = CommentSupport(
        comment_id=comment.id,
        email=email,
        language="fr",
        receipt=secrets.new_receipt(),
        asked_at=THEN,
        confirmed_at=THEN,
    )
    session.add(row)
    comment.supports += 1
    session.flush()
    return row


def a_following(consultation: Consultation) -> Following:
    row = Following(
        email="follower@example.org",
        language="fr",
        consultation_id=consultation.id,
        receipt=secrets.new_receipt(),
        asked_at=THEN,
    )
    session.add(row)
    session.flush()
    return row
