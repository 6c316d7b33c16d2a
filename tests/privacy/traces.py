"""A person who leaves a trace everywhere: what they do through the front door, and a mark of theirs in every
column that can hold a person's words. Everything of hers has TRACE in it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import JSON, Column, LargeBinary, Table, func, select, text, update

from cocreation.accounts.models import Door, Invitation, Person, Role, SignIn
from cocreation.comments.models import Comment, Commenter, Memorandum
from cocreation.coordination.models import CoordinationAttendance, CoordinationMeeting, Side
from cocreation.core import audit, clock, secrets
from cocreation.core.database import Base, session
from cocreation.core.outbox import Mail, post
from cocreation.core.personal_data import Keeper
from cocreation.documents.models import Document, DocumentKind
from cocreation.draft_commitments.models import DraftRemark
from cocreation.ideas.models.dialogue import Appeal, Question
from cocreation.ideas.models.idea import Attachment, Idea, Step, StepKind
from cocreation.imports import services
from cocreation.invitations.emails import DELEGATED
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.meetings.models.meeting import CommitteeMember
from cocreation.moderation.models import CommentHiding, CommentReport, Harm, Hiding
from cocreation.notes.models import Note
from cocreation.places.models.answers import AnswerType
from cocreation.places.models.registration import Registration, RegistrationEvent, RegistrationState
from cocreation.study.models import AnswerDraft, Referral
from cocreation.submission.emails import RECEIVED
from cocreation.travel_support.models import TravelSupportEvent, TravelSupportProof, TravelSupportRequest
from tests import scene_consultations
from tests.cast import Cast, T, person
from tests.desk import received
from tests.forms import fill, press
from tests.meeting_day import link_for, offer_help, registrations
from tests.participants.test_questions import ask as ask_question
from tests.senders import SENTENCE
from tests.travel_support.requests import ask as ask_for_help

TRACE = "zq77"
EMAIL, NAME = f"zineb.{TRACE}@example.org", f"Zineb {TRACE.title()}"
PHONE, TYPED = "+212661777712", "06 61 77 77 12"
PDF = f"%PDF-1.4\n1 0 obj\n{TRACE}\n%%EOF\n".encode()
OTHER = "omar@example.org"


@dataclass(frozen=True)
class Ways:
    """How the person said they can be reached."""

    email: str = EMAIL
    phone: str = TYPED


ALL, BY_PHONE = Ways(), Ways(email="")
# The pages that a receipt of theirs opens, in English and without the language.
Pages = list[str]


def registered(cast: Cast, ways: Ways) -> Pages:
    """Registered with needs, a wish, an answer, an association; asked for help, with a proof."""
    client = cast.visitor()
    offer_help(cast)
    number = ask_question(cast, AnswerType.TEXT)
    first = str(cast.meeting.workshops[0].id)
    page = fill(
        client,
        "/en/meetings/OR1/register",
        name=NAME,
        email=ways.email,
        phone=ways.phone,
        association=f"Association {TRACE}",
        capacity="citizen",
        consent="y",
        workshop=first,
        access=["wheelchair"],
        note=f"note {TRACE}",
        **{f"question_{number}": f"answer {TRACE}"},
    ).location
    own = session.scalar(select(Registration.id).where(Registration.name == NAME))
    session.remove()
    if ways.email:
        fill(client, link_for(ways.email))
    else:
        press(cast.visitor(cast.karim), f"/en/manage/meetings/OR1/participants/{own}", "/called")
    help_asked = ask_for_help(
        client, f"{page}/support", sentence=f"far {TRACE}", proofs=[(io.BytesIO(PDF), f"{TRACE}.pdf")]
    )
    assert help_asked.status_code == 302, help_asked.text
    of_hers = (
        (Registration, Registration.id, ("name", "email", "phone")),
        *(
            (kind, kind.registration_id, ())
            for kind in (RegistrationEvent, TravelSupportRequest, TravelSupportEvent, TravelSupportProof)
        ),
    )
    for kind, key, but in of_hers:
        mark(kind.__table__, key == own, but)
    needs = Base.metadata.tables["needs"]
    mark(needs, needs.c.registration_id == own)
    return [page, f"{page}/data.json", f"{page}/erase", f"{page}/change", f"{page}/support"]


def sent_an_idea(cast: Cast, ways: Ways) -> Pages:
    """Sent with a file and confirmed; asked, contested, hidden, contested again."""
    client = cast.visitor()
    fields = {"proposal": f"{SENTENCE} {TRACE}", "email": ways.email, "name": NAME, "consent": "y"}
    fill(client, "/en/ideas/new", **fields, files=[(io.BytesIO(PDF), f"{TRACE}.pdf")])
    own = session.scalars(select(Idea).where(Idea.proposal.contains(TRACE))).one()
    session.remove()
    fill(client, f"/en/ideas/confirm/{own.receipt}")
    now, by = clock.now(), cast.salma.id
    words = T("س", f"reply {TRACE}")
    session.add_all(
        [
            Question(
                idea_id=own.id, text=T("سؤال", "Quoi ?"), asked_by=by, asked_at=now, answer_by=now.date()
            ),
            Appeal(idea_id=own.id, text="x", language="fr", filed_at=now),
            *(Step(idea_id=own.id, kind=kind, at=now, text=words) for kind in SPOKEN),
            Hiding(
                idea_id=own.id,
                reason=Harm.OTHER,
                text=T("س", "Raison"),
                hidden_by=by,
                hidden_at=now,
                contest_until=now.date(),
                contested_words="x",
                contested_at=now,
            ),
        ]
    )
    session.commit()
    mark(Idea.__table__, Idea.id == own.id)
    steps = Step.__table__.c
    mark(Step.__table__, (steps.idea_id == own.id) & steps.kind.in_([kind.value for kind in SPOKEN]))
    for kind in (Question, Appeal, Hiding, Attachment):
        mark(kind.__table__, kind.__table__.c.idea_id == own.id)
    return [f"/en/receipts/{own.receipt}", f"/en/receipts/{own.receipt}/data"]


SPOKEN = (StepKind.ASKED, StepKind.REPLIED, StepKind.APPEALED)


def backed(cast: Cast, ways: Ways) -> Pages:
    bystander(cast)
    fill(cast.visitor(), "/en/ideas/2026-1", email=ways.email, supports="y", follows="")
    receipt = session.execute(text("SELECT receipt FROM backings ORDER BY id DESC")).scalar()
    session.remove()
    return [f"/en/backings/{receipt}"]


def followed(cast: Cast, ways: Ways) -> Pages:
    fill(cast.visitor(), "/en/consultations/follow", email=ways.email, subject="region-02")
    receipt = session.execute(text("SELECT receipt FROM followings ORDER BY id DESC")).scalar()
    session.remove()
    return [f"/en/consultations/following/{receipt}"]


def commented(cast: Cast, ways: Ways) -> Pages:
    """Commented on a consulted text for an association, with its memorandum, and supported the comment."""
    consultation = scene_consultations.a_consultation(cast, 9, is_open=True)
    said = scene_consultations.a_vouched_comment(consultation, cast.association.id)
    said.suggested_in, said.wording, said.commenter.email = "fr", TRACE, ways.email
    supporter = scene_consultations.a_supporter(said, ways.email)
    pages = [f"/en/comments/{said.receipt}", f"/en/comments/{said.receipt}/withdraw"]
    pages.append(f"/en/comments/supports/{supporter.receipt}")
    hiding = CommentHiding(
        comment_id=said.id,
        reason=Harm.OTHER,
        text=T("س", "Raison"),
        hidden_by=cast.salma.id,
        hidden_at=clock.now(),
        contest_until=clock.today(),
        contested_words="x",
        contested_at=clock.now(),
    )
    report = CommentReport(
        comment_id=said.id,
        once="trace",
        reason=Harm.OTHER,
        words=TRACE,
        email=ways.email,
        language="fr",
        made_at=clock.now(),
    )
    session.add_all([hiding, report])
    session.commit()
    mark(CommentHiding.__table__, CommentHiding.id == hiding.id)
    mark(Comment.__table__, Comment.id == said.id)
    for kind in (Commenter, Memorandum):
        mark(kind.__table__, kind.comment_id == said.id, but=("email",))
    session.remove()
    return pages


def drafted(cast: Cast, ways: Ways) -> Pages:
    """A form half filled in, with a file."""
    client = cast.visitor()
    fields = {"proposal": f"Draft {TRACE}", "email": ways.email.title()}
    answer = fill(client, "/en/ideas/new", **fields, files=[(io.BytesIO(PDF), f"{TRACE}.pdf")], act="keep")
    page = answer.location.removesuffix("/link")
    fill(client, f"{page}/link", email=ways.email)
    return [page, f"{page}/link"]


def reported(cast: Cast, ways: Ways) -> Pages:
    bystander(cast)
    words = {"reason": "other", "words": f"harm {TRACE}", "email": ways.email}
    assert fill(cast.visitor(), "/en/ideas/2026-1/report", **words).status_code == 302
    return []


def registered_others(cast: Cast, ways: Ways) -> Pages:
    """For an association: two delegates, who are others."""
    typed = {"association": "جمعية النور", "contact": NAME, "email": ways.email, "consent": "y"}
    delegates = {"name_0": "Aya", "email_0": "aya@example.org", "name_1": "Badr", "email_1": "b@example.org"}
    return [fill(cast.visitor(), "/en/meetings/OR1/delegation", **typed, **delegates).location]


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


def invited(cast: Cast, ways: Ways) -> Pages:
    """A speaker who accepted, an expert who was not validated."""
    now = clock.now()
    for kind, state in ((Invited.SPEAKER, InvitationState.SENT), (Invited.EXPERT, InvitationState.REFUSED)):
        row = MeetingInvitation(
            meeting_id=cast.meeting.id,
            kind=kind,
            state=state,
            name=T(NAME, NAME),
            role=f"role {TRACE}",
            email=ways.email,
            language="fr",
            receipt=secrets.new_receipt(),
            proposed_at=now,
            refusal=f"refusal {TRACE}" if state == InvitationState.REFUSED else None,
        )
        session.add(row)
        session.commit()
        if state == InvitationState.SENT:
            page = f"/en/invitations/{row.receipt}/meeting"
    session.remove()
    fill(cast.visitor(), page, answer="accepted", note=f"note {TRACE}")
    return [page]


def stood_in(cast: Cast, ways: Ways) -> Pages:
    """Comes instead of the person a council had thought of."""
    row = MeetingInvitation(
        meeting_id=cast.meeting.id,
        kind=Invited.COMMUNE,
        state=InvitationState.SENT,
        name=T("جماعة", "Commune"),
        email="commune@example.org",
        language="fr",
        receipt=secrets.new_receipt(),
        proposed_at=clock.now(),
    )
    session.add(row)
    session.commit()
    page = f"/en/invitations/{row.receipt}/meeting"
    session.remove()
    who = {"delegate": NAME, "delegate_email": ways.email, "note": f"note {TRACE}"}
    assert fill(cast.visitor(), page, answer="delegated", **who).status_code == 302
    return []


def organised(cast: Cast, ways: Ways) -> Pages:
    contact = f"{ways.email.title()} / {ways.phone}".strip(" /")
    session.add(CommitteeMember(meeting_id=cast.meeting.id, name=NAME, task=f"task {TRACE}", contact=contact))
    session.commit()
    session.remove()
    return []


def being_imported(cast: Cast, ways: Ways) -> Pages:
    """In a list that somebody of the staff has checked and not imported."""
    listed = f"Nom,E-mail,Téléphone\n{TRACE} kept_sheets content,{ways.email},{ways.phone}\n".encode()
    services.keep(cast.karim.id, "meetings/OR1", f"{TRACE} kept_sheets name.csv", listed, now=clock.now())
    session.commit()
    session.remove()
    return []


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


def bystander(cast: Cast) -> None:
    """Somebody else, who keeps all that is theirs."""
    if session.scalar(select(func.count()).select_from(Idea)):
        session.remove()
        return
    client = cast.visitor()
    fill(client, "/en/ideas/new", proposal=SENTENCE, email=OTHER, name="Omar Alaoui", consent="y")
    receipt = session.scalar(select(Idea.receipt))
    session.remove()
    fill(client, f"/en/ideas/confirm/{receipt}")


EVERYTHING: tuple[Callable[[Cast, Ways], Pages], ...] = (
    registered,
    sent_an_idea,
    backed,
    followed,
    commented,
    drafted,
    reported,
    registered_others,
    declared,
    invited,
    stood_in,
    organised,
    being_imported,
    attended,
    employed,
    remarked,
    written_to,
)


def mark(table: Table, condition: Any, but: tuple[str, ...] = ()) -> None:
    """Leave a trace in every column of these rows that a keeper says can hold a person's words."""
    names = {name for keeper in keepers() for name in keeper.columns.get(table.name, ())} - set(but)
    for name in sorted(names):
        column = table.c[name]
        session.execute(update(table).where(condition).values({name: _trace(column)}))
    session.commit()
    session.remove()


def _trace(column: Column[Any]) -> Any:
    words = f"{TRACE} {column.table.name} {column.name}"
    if isinstance(column.type, LargeBinary):
        return words.encode()
    if "TranslatedText" in type(column.type).__name__:
        return {"fr": words}
    return [words] if isinstance(column.type, JSON) else words


def keepers() -> tuple[Keeper, ...]:
    from cocreation.app import KEEPERS

    return KEEPERS


def keeper(name: str) -> Keeper:
    """The one of this name."""
    [found] = [keeper for keeper in keepers() if keeper.name == name]
    return found


def traces(app: Flask, *more: str) -> set[str]:
    """Where in the whole database something of the person stands, as table.column: in every table there is,
    those of the index of words too.
    """
    session.remove()
    needles = [needle.lower() for needle in (TRACE, PHONE[4:], *more)]
    found = set()
    for table, columns, rows in _everything():
        for row in rows:
            for name, value in zip(columns, row, strict=True):
                if any(needle in _said(value) for needle in needles):
                    found.add(f"{table}.{name}")
    session.remove()
    return found


def _said(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").lower()
    written = str(value).lower()
    return written + re.sub(r"[\s.-]", "", written)  # a number, however it is typed


def _everything() -> Iterator[tuple[str, list[str], Any]]:
    engine = session.get_bind()
    if engine.dialect.name == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    for table in session.execute(text(names)).scalars().all():
        result = session.execute(text(f'SELECT * FROM "{table}"'))
        yield table, list(result.keys()), result.all()


def invoke(app: Flask, *args: str) -> str:
    done = app.test_cli_runner().invoke(args=["data", *args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    session.remove()
    return done.output


def codes(pages: Pages) -> list[str]:
    """The receipts in these addresses."""
    return sorted({code for page in pages for code in re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", page)})


def bystanders() -> tuple[list[str], list[str]]:
    """The names of the delegates and the address of the other author, as they are now."""
    session.remove()
    live = [
        registration.name
        for registration in registrations()
        if registration.state != RegistrationState.INVITED
    ]
    authors = session.execute(text("SELECT email FROM authors ORDER BY email")).scalars().all()
    session.remove()
    return sorted(name for name in live if name), list(authors)
