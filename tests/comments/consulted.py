"""A text that is consulted on, and what people say of it, made at once, without the staff's pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from cocreation.comments.models import Campaign, Comment, Commenter, CommenterKind, Stance
from cocreation.comments.suggestions import suggestion
from cocreation.consultations.models import Consultation, ConsultedText
from cocreation.core import clock, secrets
from cocreation.core.database import Translated, session
from cocreation.documents import services as documents
from cocreation.documents.models import DocumentKind, Section, SectionKind
from cocreation.documents.sections import SectionWords
from tests.cast import Cast, T

REFERENCE, DOCUMENT = "2026-PC1", "2026-T1"
TEXT = f"/en/consultations/{REFERENCE}/texts/{DOCUMENT}"
PROBLEM = "القرارات معلقة على سبورة أياما قليلة، ولا يقرأها إلا من يسكن قريبا من مقر الجماعة."
SOLUTION = "تنشر كل جماعة قرارات مجلسها على موقعها داخل أجل شهر من تاريخ الدورة، بالعربية وبلغة واضحة."
IN_FRENCH = "Chaque commune publie les décisions de son conseil sur son site dans un délai d’un mois."


def consult(cast: Cast, **values: object) -> ConsultedText:
    """An open consultation of one text in two sections, which closes in three weeks."""
    now = clock.now()
    sections = [
        SectionWords("problem", SectionKind.PROBLEM, Translated(ar=PROBLEM)),
        SectionWords("solution", SectionKind.SOLUTION, Translated(ar=SOLUTION, fr=IN_FRENCH)),
    ]
    document = documents.begin(
        DocumentKind.COMMITMENT,
        cast.cycle.id,
        DOCUMENT,
        T("نشر القرارات", "Publier les décisions"),
        sections,
        by=None,
        now=now,
    )
    documents.publish(document.id, now=now)
    document.consulted = document.published
    defaults: dict[str, object] = {
        "cycle_id": cast.cycle.id,
        "number": 1,
        "reference": REFERENCE,
        "title": T("مشاريع الالتزامات", "Les projets d’engagement"),
        "note": T("مذكرة", "Note"),
        "questions": T("سؤال؟", "Une question ?"),
        "follow_up": T("جواب", "Réponse"),
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=21),
        "answers_by": (now + timedelta(days=60)).date(),
        "created_at": now - timedelta(days=20),
        "announced_at": now - timedelta(days=15),
    }
    consultation = Consultation(**{**defaults, **values})
    text = ConsultedText(document_id=document.id, version=1, summary=T("", ""), position=1)
    consultation.texts = [text]
    session.add(consultation)
    session.commit()
    session.remove()
    return text


def comments() -> list[Comment]:
    """All comments as they are now."""
    session.remove()
    rows = list(session.scalars(select(Comment).order_by(Comment.id)))
    session.expunge_all()
    return rows


def say(text: ConsultedText, *said: str, **values: object) -> list[Comment]:
    """Confirmed comments, straight into the database, numbered after those there are."""
    consultation = session.get_one(Consultation, text.consultation_id)
    rows = [_comment(text, consultation, words, values) for words in said]
    session.add_all(rows)
    session.commit()
    session.remove()
    return rows


def _comment(
    text: ConsultedText, consultation: Consultation, words: str, values: dict[str, object]
) -> Comment:
    consultation.comments += 1
    number, now = consultation.comments, clock.now()
    section = values.get("section")
    named = Section.document_id == text.document_id, Section.uid == section
    defaults: dict[str, object] = {
        "consultation_id": consultation.id,
        "text_id": text.id,
        "number": number,
        "reference": f"{consultation.reference}-{number:04}",
        "once": f"test {number}",
        "receipt": secrets.new_receipt(),
        "stance": Stance.AGREE,
        "words": words,
        "language": "ar",
        "section_id": session.scalar(select(Section.id).where(*named)) if section else None,
        "place": {"problem": 1, "solution": 2}.get(str(section), 0),
        "sent_at": now,
        "confirmed_at": now,
        "commenter": Commenter(
            kind=CommenterKind.PERSON, email=f"p{number}@example.org", consented_at=now, is_named=False
        ),
    }
    if edited := values.get("edited"):
        change = suggestion(SOLUTION, str(edited))
        assert change
        defaults |= {"quote": change.quote, "before": change.before, "after": change.after}
        defaults |= {"wording": change.wording, "suggested_in": "ar", "stance": Stance.SUGGEST}
    given = {key: value for key, value in values.items() if key not in ("section", "edited")}
    return Comment(**{**defaults, **given})


def crowd_of_comments(text: ConsultedText, count: int, *, signed: int = 0) -> None:
    """Many confirmed comments, each about one place or another; the first `signed` are one campaign."""
    now = clock.now()
    campaign = Campaign(consultation_id=text.consultation_id, found_at=now, signatures=signed)
    if signed:
        session.add(campaign)
        session.flush()
    consultation = session.get_one(Consultation, text.consultation_id)
    of_text = select(Section.uid, Section.id).where(Section.document_id == text.document_id)
    sections = dict(session.execute(of_text).all())
    ids = {0: None, 1: sections["problem"], 2: sections["solution"]}
    first = (session.scalar(select(Comment.id).order_by(Comment.id.desc()).limit(1)) or 0) + 1
    session.execute(
        insert(Comment),
        [
            {
                "id": first + number,
                "consultation_id": text.consultation_id,
                "text_id": text.id,
                "number": first + number,
                "reference": f"{consultation.reference}-{first + number:04}",
                "once": f"crowd {first + number}",
                "receipt": f"crowd {first + number}",
                "stance": list(Stance)[number % 2],
                "words": f"تعليق رقم {number}: " + "ينبغي أن تنشر القرارات بلغة واضحة. " * (1 + number % 5),
                "language": "ar",
                "place": number % 3,
                "section_id": ids[number % 3],
                "sent_at": now + timedelta(seconds=number),
                "confirmed_at": now + timedelta(seconds=number),
                "supports": number * 7 % 100,
                "campaign_id": campaign.id if number < signed else None,
                "is_copy": 0 < number < signed,
            }
            for number in range(count)
        ],
        execution_options={"render_nulls": True},
    )
    session.execute(
        insert(Commenter),
        [
            {
                "comment_id": first + number,
                "kind": CommenterKind.PERSON,
                "email": f"p{first + number}@example.org",
                "name": f"Nom {number}",
                "is_named": bool(number % 2),
                "region_code": f"{number % 12 + 1:02}",
                "consented_at": now,
            }
            for number in range(count)
        ],
    )
    consultation.comments = first + count
    session.commit()
    session.remove()


def only(values: Sequence[Comment]) -> Comment:
    """The one there is."""
    [value] = values
    return value


def closing_in(text: ConsultedText, moment: datetime) -> None:
    """The consultation closes at this moment."""
    session.get_one(Consultation, text.consultation_id).closes_at = moment
    session.commit()
    session.remove()
