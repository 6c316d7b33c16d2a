"""What the person leaves in associations, institutions, the team and its mails."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from cocreation.accounts.models import Door, Invitation, Person, Role, SignIn
from cocreation.coordination.models import CoordinationAttendance, CoordinationMeeting, Side
from cocreation.core import audit, clock, secrets
from cocreation.core.database import Base, session
from cocreation.core.outbox import Mail, post
from cocreation.documents.models import Document, DocumentKind
from cocreation.draft_commitments.models import DraftRemark
from cocreation.invitations.emails import DELEGATED
from cocreation.notes.models import Note
from cocreation.study.models import AnswerDraft, Referral
from cocreation.submission.emails import RECEIVED
from tests.cast import Cast, T, person
from tests.desk import received
from tests.forms import fill
from tests.privacy.trace import NAME, OTHER, TRACE, Pages, Ways


def declared(cast: Cast, ways: Ways) -> Pages:
    """An association that waits to be verified, and another that is in the directory."""
    typed = {"name": f"جمعية {TRACE}", "legal_number": "1/20", "region_code": "02", "city": "Berkane"}
    who = {"contact_name": NAME, "email": ways.email or OTHER, "phone": ways.phone, "domains": ["youth"]}
    page = fill(cast.visitor(), "/en/associations/new", **typed, **who).location
    own = Base.metadata.tables["associations"]
    reached = {"contact_name": NAME, "email": ways.email or OTHER, "phone": ways.phone}
    session.execute(update(own).where(own.c.id == cast.association.id).values(reached))
    session.commit()
    return [page]


def attended(cast: Cast, ways: Ways) -> Pages:
    """Named in the list of a coordination meeting."""
    now = clock.now()
    meeting = CoordinationMeeting(
        cycle_id=cast.cycle.id,
        institution_id=cast.ministry.id,
        number=1,
        reference="2026-M1",
        title=T("ا", "Réunion"),
        starts_at=now - timedelta(days=1),
        ends_at=now,
        place=T("ا", "Rabat"),
        created_at=now,
    )
    session.add(meeting)
    session.flush()
    names = f"Ali Alami, {NAME.upper()}; Samir"
    session.add(
        CoordinationAttendance(
            meeting_id=meeting.id, side=Side.GOVERNMENT, body="Corps", people=3, names=names
        )
    )
    session.commit()
    session.remove()
    return []


def employed(cast: Cast, ways: Ways) -> Pages:
    """An account of the team that was closed, with its sign-ins and links."""
    row, now = person(NAME, Role.FACILITATOR, cast.meeting.workshops[0].id), clock.now()
    row.email, row.password, row.totp_secret, row.disabled_at = ways.email, TRACE, TRACE, now
    session.add_all(
        [
            SignIn(
                person_id=row.id,
                digest=secrets.digest("a"),
                started_at=now,
                expires_at=now,
                browser=f"Browser {TRACE}",
            ),
            Invitation(
                person_id=row.id,
                door=Door.PASSWORD,
                digest=secrets.digest("b"),
                sent_at=now,
                expires_at=now,
            ),
        ]
    )
    [idea_id] = received(cast)
    asked = {"institution_id": cast.ministry.id, "due_on": now.date(), "referred_by": cast.salma.id}
    referral = Referral(idea_id=idea_id, referred_at=now, **asked)
    session.add(referral)
    session.flush()
    kept = {"kept_by": row.id, "begun_at": now, "kept_at": now}
    begun = {"reason_text": {"fr": f"{TRACE} answer_drafts fields"}}
    session.add(AnswerDraft(referral_id=referral.id, fields=begun, **kept))
    noted = {"author_id": row.id, "written_at": now, "body": f"{TRACE} notes body"}
    session.add(Note(idea_id=idea_id, waits=False, **noted))
    session.commit()
    session.remove()
    return []


def remarked(cast: Cast, ways: Ways) -> Pages:
    """A remark on a draft commitment, and a reply to somebody else's, by an account that is theirs."""
    now = clock.now()
    person_id = session.scalars(select(Person.id).where(Person.email == ways.email)).one()
    draft = {"reference": "2026-C77", "title": {"fr": "Un engagement"}, "latest": 1}
    document = Document(kind=DocumentKind.COMMITMENT, cycle_id=cast.cycle.id, **draft)
    session.add(document)
    session.flush()
    of = {"document_id": document.id, "version": 1, "said_at": now}
    own = {"words": f"{TRACE} remarks words", "said_by": person_id}
    answered = {"reply": f"{TRACE} remarks reply", "replied_by": person_id, "replied_at": now}
    other = {"words": "Pourquoi ?", "said_by": cast.mounia.id}
    session.add_all([DraftRemark(**of, **own), DraftRemark(**of, **other, **answered)])
    session.commit()
    session.remove()
    return []


def written_to(cast: Cast, ways: Ways) -> Pages:
    """Mails that failed, mails to others that name them, an entry of the journal that should not have."""
    now = clock.now()
    post(RECEIVED, to=ways.email, key=f"x:{ways.email}", receipt="", reference="x")
    post(DELEGATED, to=OTHER, key=f"y:{ways.email}", delegate=NAME, receipt="")
    post(DELEGATED, to=OTHER, key="z", delegate=NAME, receipt="")
    sent = f"meetings/delegated:1:{ways.email}:{now.isoformat()}"
    post(DELEGATED, to="", key=sent)
    session.execute(update(Mail).where(Mail.key == sent).values(sent_at=now))
    failed = update(Mail).where(Mail.key.startswith("x:"))
    session.execute(failed.values(tries=8, failure=f"refused: {ways.email}"))
    audit.record("theme: renamed", "2026", by=None, now=now, before={"fr": f"de {NAME}"}, after={"fr": "x"})
    session.commit()
    session.remove()
    return []
