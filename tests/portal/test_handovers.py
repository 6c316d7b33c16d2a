"""Who must act next, and do they know? Every state of every room, every kind of thing that can wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from cocreation.accounts.models import Door, Invitation, Person, Role
from cocreation.app import CHORES, MAILS, STATES, WAITING
from cocreation.batches.models import Batch, BatchReview, FateDraft, FateObjection, FateQuestion
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import clock, secrets
from cocreation.core.database import session
from cocreation.core.enums import Named
from cocreation.core.outbox import Mail
from cocreation.directory.models import Association
from cocreation.documents.models import Document
from cocreation.draft_commitments.models import (
    CommitmentProposal,
    CommitmentProposalState,
    DraftRemark,
    SharedDraft,
)
from cocreation.ideas.models.dialogue import Appeal, Question
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.moderation.models import CommentHiding, CommentReport, Harm, Hiding, Report
from cocreation.notes.models import Note
from cocreation.places.models.confirmation import Burst
from cocreation.places.models.registration import Registration
from cocreation.plan.services import commitments as drafts_of_plan
from cocreation.plan.services.commitments import CommitmentWords
from cocreation.preparation.models import Task, TaskKind
from cocreation.reasons.models import Fate, Reason
from cocreation.self_assessment.models import AssessmentKind, DueAssessment
from cocreation.self_assessment.services import reports, snapshots
from cocreation.study.models import AnswerDraft, Referral
from cocreation.tracking.models import ReportingPeriod, TrackedActivity
from cocreation.tracking.services import reports as progress
from cocreation.tracking.services.reports import ReportWords
from cocreation.travel_support.models import TravelSupportOffer, TravelSupportRequest, TravelSupportState
from cocreation.workplace.emails import DIGEST
from cocreation.workshops.models import LineKind, OutputLine
from tests import mails as post, scene_consultations, scene_consulted
from tests.cast import THEN, Cast, T, person
from tests.desk import BATCHES, batch_of, drafted, participant, published, received, waiting, work
from tests.forms import fill, press
from tests.html import hrefs, texts
from tests.scene_tracking import tracked
from tests.senders import messages as messages
from tests.words import said

MORNING = THEN - timedelta(hours=1)  # eight o'clock in Morocco
DAYS_AGO = THEN - timedelta(days=4)


def states() -> list[type[Named]]:
    """Every list of states or of stages that a room declares."""
    found = [enum for enum in Named.__subclasses__() if enum.__name__.endswith(("State", "Stage"))]
    assert len(found) > 7, "the rooms declare their states by such names"
    return found


@pytest.mark.parametrize("enum", states(), ids=lambda enum: enum.__name__)
def test_in_every_state_of_every_room_it_is_said_who_acts_next_and_how_they_know(enum):
    declared = Counter(actor.state for actor in STATES if type(actor.state) is enum)
    assert declared == Counter(enum), "each state once"
    for actor in (actor for actor in STATES if type(actor.state) is enum):
        assert set(actor.waits) <= set(WAITING), actor.state
        assert set(actor.told) <= set(MAILS), actor.state
        assert not actor.chore or actor.chore in {chore.name for chore in CHORES}, actor.state
        assert bool(actor.waits or actor.told or actor.chore) != bool(actor.nobody), actor.state


def test_every_kind_stands_on_the_desk_of_whose_turn_it_is_and_in_their_mail_of_the_day(cast, app, messages):
    assert {kind.name for kind in WAITING} == set(MAKERS), "what waits has a maker here"
    actors = {}
    for name, (make, actor) in MAKERS.items():
        make(cast)
        actors[name] = getattr(cast, actor)
    session.commit()
    session.remove()
    for someone in {actor.id: actor for actor in actors.values()}.values():
        visitor = cast.visitor(someone)
        desk = visitor.get("/en/desk").text
        links = hrefs(desk, "[aria-labelledby=waits] h3 a")
        names = texts(desk, "[aria-labelledby=waits] h3")
        for kind in (kind for kind in WAITING if actors[kind.name] == someone):
            assert any(said(name, kind.what) for name in names), (kind.name, someone.name)
        for link in links:
            assert visitor.get(link).status_code == 200, (someone.name, link)
    with clock.frozen(MORNING):
        work(app)
        work(app)
    session.remove()
    told = post.of(DIGEST, messages())
    assert len(told) == len({mail["To"] for mail in told}), "once a day"
    for kind in WAITING:
        [mail] = [mail for mail in told if mail["To"] == actors[kind.name].email]
        assert post.tells(mail, kind.what), (kind.name, mail["To"])


def test_what_is_late_stands_first_and_the_oldest_before_the_others(cast):
    received(cast)
    _late(cast)
    session.commit()
    session.remove()
    links = hrefs(cast.visitor(cast.salma).get("/en/desk").text, "[aria-labelledby=waits] h3 a")
    assert links == ["/en/manage/dispositions/referrals/late", "/en/manage/dispositions/screening"]
    assert waiting(cast.visitor(cast.farid), "/en/manage/dispositions/bundle") == [1, 1]


def test_a_batch_stands_on_the_desk_of_whose_turn_it_is(cast):
    batch_id = drafted(cast)
    session.execute(update(Batch).values(sent_by=None, sent_at=None, reviewed_by=None, reviewed_at=None))
    session.commit()
    page = f"{BATCHES}/{batch_id}"
    salma, mounia = cast.visitor(cast.salma), cast.visitor(cast.mounia)
    assert (waiting(salma, page), waiting(mounia, page)) == ([1], [])
    press(salma, page, "/send")
    assert (waiting(salma, page), waiting(mounia, page)) == ([], [1])
    fill(mounia, page, verdict="return", note="Pourquoi ?")
    assert (waiting(salma, page), waiting(mounia, page)) == ([1], [])
    press(salma, page, "/send")
    fill(mounia, page, verdict="approve")
    assert (waiting(salma, page), waiting(mounia, page)) == ([1], [])
    press(salma, page, "/publish")
    assert (waiting(salma, page), waiting(mounia, page)) == ([], [])


def test_the_mail_of_the_day_can_be_turned_off_and_comes_to_nobody_who_has_nothing_to_do(cast, app, messages):
    received(cast)
    salma = cast.visitor(cast.salma)
    session.add(person("Leila", Role.COMMITTEE_MEMBER))
    session.commit()
    press(salma, "/en/account", "/account/digest")
    with clock.frozen(MORNING):
        work(app)
    assert {mail["To"] for mail in post.of(DIGEST, messages())} == {cast.amal.email}
    press(salma, "/en/account", "/account/digest")
    with clock.frozen(MORNING + timedelta(days=1)):
        work(app)
    keys = session.scalars(select(Mail.key).where(Mail.template == DIGEST.name))
    assert len(set(keys)) == 3, "both of them the next day"
    with clock.frozen(THEN + timedelta(days=2)):
        work(app)
    assert len(list(session.scalars(select(Mail.key).where(Mail.template == DIGEST.name)))) == 3


def _add(*rows: object) -> None:
    session.add_all(rows)
    session.commit()


def _question(cast: Cast) -> None:
    [idea_id] = received(cast)
    asked = {"text": T("أين؟", "Où ?"), "asked_by": cast.salma.id, "asked_at": DAYS_AGO}
    _add(Question(idea_id=idea_id, answer_by=THEN.date(), reply="Ici", replied_at=THEN, **asked))


def _referral(cast: Cast, institution_id: int, due_on: datetime) -> None:
    [idea_id] = received(cast, state=IdeaState.REFERRED)
    sent = {"referred_by": cast.salma.id, "referred_at": DAYS_AGO}
    _add(Referral(idea_id=idea_id, institution_id=institution_id, due_on=due_on.date(), **sent))


def _late(cast: Cast) -> None:
    _referral(cast, cast.ministry.id, THEN - timedelta(days=1))


def _batch(**given: object) -> Callable[[Cast], None]:
    def make(cast: Cast) -> None:
        batch_id = batch_of(cast, received(cast, state=IdeaState.ANSWERED))
        blank = dict.fromkeys(("sent_by", "sent_at", "reviewed_by", "reviewed_at"))
        session.execute(update(Batch).where(Batch.id == batch_id).values(**{**blank, **given}))
        session.commit()

    return make


def _returned(cast: Cast) -> None:
    _batch()(cast)
    batch_id = session.scalar(select(Batch.id).order_by(Batch.id.desc()).limit(1))
    said = {"reader_id": cast.mounia.id, "read_at": THEN}
    _add(BatchReview(batch_id=batch_id, approves=False, note="Pourquoi ?", **said))


def _begun(cast: Cast) -> None:
    _referral(cast, cast.ministry.id, THEN)
    referral_id = session.scalar(select(Referral.id).order_by(Referral.id.desc()).limit(1))
    kept = {"kept_by": cast.farid.id, "begun_at": DAYS_AGO, "kept_at": THEN}
    _add(AnswerDraft(referral_id=referral_id, fields={"proof_url": "https://example.ma"}, **kept))


def _note(cast: Cast) -> None:
    [idea_id] = received(cast)
    written = {"author_id": cast.amal.id, "written_at": DAYS_AGO, "body": "Où ?"}
    _add(Note(idea_id=idea_id, to_id=cast.salma.id, waits=True, **written))


def _asked(cast: Cast, **given: object) -> None:
    _batch(sent_by=cast.salma.id, sent_at=THEN)(cast)
    idea_id = session.scalar(select(FateDraft.idea_id).order_by(FateDraft.idea_id.desc()).limit(1))
    asked = {"words": "Pourquoi ?", "asked_by": cast.mounia.id, "asked_at": DAYS_AGO}
    _add(FateQuestion(idea_id=idea_id, **asked, **given))


def _replied(cast: Cast) -> None:
    _asked(cast, answer="Parce que", answered_by=cast.salma.id, answered_at=THEN)


def _overruled(cast: Cast) -> int:
    """A batch that is planned to say something else in the ministry's name than it answered; its idea."""
    [idea_id] = received(cast, state=IdeaState.ANSWERED)
    sent = {"due_on": THEN.date(), "referred_by": cast.salma.id, "referred_at": DAYS_AGO}
    said = {"answer": Fate.NOT_INCLUDED, "reason": Reason.NOT_FEASIBLE, "reason_text": T("لا", "Non")}
    answer = {**said, "answered_at": THEN, "answered_by": cast.farid.id}
    _add(Referral(idea_id=idea_id, institution_id=cast.ministry.id, **sent, **answer))
    batch_id = batch_of(cast, [idea_id], why=T("لأن", "Parce que"))
    planned = update(Batch).where(Batch.id == batch_id).values(publishing_at=THEN + timedelta(days=1))
    session.execute(planned)
    session.commit()
    return idea_id


def _objected(cast: Cast) -> None:
    idea_id = _overruled(cast)
    objection = {"words": "Non", "objected_by": cast.farid.id, "objected_at": THEN}
    _add(FateObjection(idea_id=idea_id, institution_id=cast.ministry.id, **objection))
    blank = dict.fromkeys(("sent_by", "sent_at", "reviewed_by", "reviewed_at", "publishing_at"))
    of_idea = select(FateDraft.batch_id).where(FateDraft.idea_id == idea_id).scalar_subquery()
    session.execute(update(Batch).where(Batch.id == of_idea).values(**blank))


def _appeal(cast: Cast) -> None:
    published(cast)
    idea_id = session.scalar(select(Idea.id).where(Idea.state == IdeaState.PUBLISHED).limit(1))
    _add(Appeal(idea_id=idea_id, text="Pourquoi ?", language="fr", filed_at=THEN))


def _report(cast: Cast) -> None:
    [idea_id] = received(cast)
    _add(Report(idea_id=idea_id, once="r", reason=Harm.INSULT, language="fr", made_at=DAYS_AGO))


def _contest(cast: Cast) -> None:
    [idea_id] = received(cast)
    hidden = {"reason": Harm.INSULT, "text": T("سب", "Injure"), "hidden_by": cast.salma.id, "hidden_at": THEN}
    contested = {"contest_until": THEN.date(), "contested_words": "Non", "contested_at": THEN}
    _add(Hiding(idea_id=idea_id, **hidden, **contested))


def _coordination(starts_at: datetime, number: int) -> Callable[[Cast], None]:
    def make(cast: Cast) -> None:
        where = {"place": T("الرباط", "Rabat"), "title": T("اجتماع", "Réunion"), "created_at": DAYS_AGO}
        when = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
        of = {"cycle_id": cast.cycle.id, "institution_id": cast.ministry.id}
        _add(CoordinationMeeting(number=number, reference=f"2026-M{number}", **of, **when, **where))

    return make


def _proposal(cast: Cast, **given: object) -> None:
    words = dict.fromkeys(("title", "problem", "solution", "expected_result"), T("التزام", "Engagement"))
    of = {"cycle_id": cast.cycle.id, "institution_id": cast.ministry.id, "proposed_by": cast.farid.id}
    _add(CommitmentProposal(**words, **of, proposed_at=DAYS_AGO, **given))


def _returned_proposal(cast: Cast) -> None:
    asked = {"question": "Où ?", "decided_by": cast.salma.id, "decided_at": DAYS_AGO}
    _proposal(cast, state=CommitmentProposalState.RETURNED, **asked)


def _shared_draft(cast: Cast) -> Document:
    number = 50 + (session.scalar(select(func.count()).select_from(SharedDraft)) or 0)
    words = dict.fromkeys(("title", "problem", "solution", "expected_result"), T("التزام", "Engagement"))
    of = {"axis_id": cast.axis.id, "institution_id": cast.ministry.id}
    written = CommitmentWords(number=number, **of, **words)
    document = drafts_of_plan.draft(cast.cycle.id, written, by=cast.salma.id, now=DAYS_AGO).document
    _add(SharedDraft(document_id=document.id, shared_at=DAYS_AGO, shared_by=cast.salma.id))
    return document


def _remark(cast: Cast, **given: object) -> None:
    said = {"words": "Pourquoi ?", "said_by": cast.mounia.id, "said_at": DAYS_AGO, "version": 1}
    _add(DraftRemark(document_id=_shared_draft(cast).id, **said, **given))


def _replied_remark(cast: Cast) -> None:
    _remark(cast, reply="Parce que", replied_by=cast.salma.id, replied_at=THEN)


def _task(cast: Cast) -> None:
    _add(Task(meeting_id=cast.meeting.id, kind=TaskKind.OWN, title="Salle", due_on=THEN.date()))


def _burst(cast: Cast) -> None:
    moments = {"began_at": DAYS_AGO, "last_at": THEN, "found_at": THEN}
    burst = Burst(meeting_id=cast.meeting.id, network="", **moments)
    _add(burst)
    participant(cast, "one@example.org")
    session.execute(update(Registration).values(burst_id=burst.id))


def _invitation(state: InvitationState) -> Callable[[Cast], None]:
    def make(cast: Cast) -> None:
        name = {"name": T("خبيرة", "Une experte"), "language": "fr", "receipt": secrets.new_receipt()}
        of_meeting = {"meeting_id": cast.meeting.id, "kind": Invited.SPEAKER, "proposed_at": THEN}
        _add(MeetingInvitation(state=state, **of_meeting, **name))

    return make


def _travel_support(cast: Cast) -> None:
    participant(cast, "two@example.org")
    registration_id = session.scalar(select(Registration.id).order_by(Registration.id.desc()).limit(1))
    asked = {"nights": 1, "tickets": 0, "requested_at": THEN, "state": TravelSupportState.REQUESTED}
    place = {"province_code": "02.251", "sentence": "De loin"}
    lines = {"closes_on": THEN.date(), "nights": 5, "tickets": 5}
    _add(TravelSupportOffer(meeting_id=cast.meeting.id, province_code="02.411", **lines))
    row = {"registration_id": registration_id, "meeting_id": cast.meeting.id}
    _add(TravelSupportRequest(**row, **asked, **place))


def _outputs(cast: Cast) -> None:
    ended = {"starts_at": DAYS_AGO, "ends_at": DAYS_AGO + timedelta(hours=1)}
    held = Meeting(
        reference="OR0",
        **ended,
        **{
            name: getattr(cast.meeting, name)
            for name in ("cycle_id", "title", "city", "venue", "places", "announced_at")
        },
        registration_opens_at=DAYS_AGO - timedelta(days=2),
        registration_closes_at=DAYS_AGO - timedelta(days=1),
        workshops=[Workshop(number=1, theme=T("موضوع", "Thème"))],
    )
    _add(held)
    line = {"kind": LineKind.PROBLEM, "number": 1, "text": "Rien n'est publié", "language": "fr"}
    _add(OutputLine(workshop_id=held.workshops[0].id, **line))


def _declaration(cast: Cast) -> None:
    row = {"name": "Nouvelle", "city": "Oujda", "region_code": "02", "receipt": secrets.new_receipt()}
    _add(Association(declared_at=DAYS_AGO, **row))


def _failed_mail(cast: Cast) -> None:
    times = {"queued_at": DAYS_AGO, "due_at": DAYS_AGO, "failed_at": DAYS_AGO}
    row = {"key": "failed", "to": "x@example.org", "language": "fr", "template": "ideas/received"}
    _add(Mail(**row, **times, failure="550", context={"reference": "2026-1"}))


def _invited(cast: Cast) -> None:
    late = Person(email="zineb@example.org", name="Zineb", language="fr", created_at=DAYS_AGO)
    _add(late)
    ended = {"sent_at": DAYS_AGO, "expires_at": THEN - timedelta(hours=2), "door": Door.PASSWORD}
    _add(Invitation(person_id=late.id, digest="-", **ended))


def _changed(cast: Cast) -> None:
    """A commitment whose words were changed after its consultation, nobody saying why."""
    scene_consulted.consulted(cast)
    fill(cast.visitor(cast.salma), "/en/manage/plan/2026-C01", **{"solution-fr": "Deux portails"})


def _commented(number: int, **given: object) -> Callable[[Cast], None]:
    """A comment on a consultation of its own, answered as `given` says where it says anything."""

    def make(cast: Cast) -> None:
        consultation = scene_consulted.consulted(cast, closes_at=DAYS_AGO, number=number)
        comment = scene_consulted.comment(consultation)
        if given:
            scene_consulted.answer(cast, consultation, comment, **given)

    return make


def _approved_answer(cast: Cast) -> None:
    _commented(74, sent_at=DAYS_AGO, approved_at=DAYS_AGO, approved_by=cast.mounia.id)(cast)


def _reported_comment(cast: Cast) -> None:
    said = scene_consultations.a_comment(scene_consultations.a_consultation(cast, 61, is_open=True))
    _add(CommentReport(comment_id=said.id, once="c", reason=Harm.INSULT, language="fr", made_at=DAYS_AGO))


def _contested_comment(cast: Cast) -> None:
    said = scene_consultations.a_comment(scene_consultations.a_consultation(cast, 62, is_open=True))
    hidden = {"reason": Harm.INSULT, "text": T("سب", "Injure"), "hidden_by": cast.salma.id, "hidden_at": THEN}
    contested = {"contest_until": THEN.date(), "contested_words": "Non", "contested_at": THEN}
    _add(CommentHiding(comment_id=said.id, **hidden, **contested))


def _assessment_due(cast: Cast) -> None:
    tracked(cast)
    session.add(DueAssessment(cycle_id=cast.cycle.id, kind=AssessmentKind.FINAL, due_on=THEN.date()))


def _assessment(cast: Cast) -> None:
    """A report on the figures of four days ago, with a typed number."""
    snapshot = snapshots.take(cast.cycle.id, DAYS_AGO.date(), by=cast.salma.id, now=DAYS_AGO)
    begun = reports.begin(AssessmentKind.ANNUAL, snapshot.id, by=cast.salma.id, now=DAYS_AGO)
    reports.write(begun.document_id, "lessons", T("٤٧", "47 %"), by=cast.salma.id, now=DAYS_AGO)


def _nothing_more(cast: Cast) -> None:
    """What was made for another kind waits as this one too."""


def _reported_since(cast: Cast) -> None:
    activity = select(TrackedActivity.id).where(TrackedActivity.number == 1).limit(1)
    period = select(ReportingPeriod.id).where(ReportingPeriod.number == 1)
    words = ReportWords(40, actions="Fait", language="fr")
    given = session.scalars(activity).one(), session.scalars(period).one(), words
    progress.report(*given, by=cast.hicham.id, now=THEN - timedelta(hours=2), stands_on=0)


MAKERS: dict[str, tuple[Callable[[Cast], object], str]] = {
    "study.to_answer": (_late, "farid"),
    "study.late": (_late, "salma"),
    "study.unspoken_for": (lambda cast: _referral(cast, cast.finance.id, THEN), "salma"),
    "study.to_refer": (lambda cast: received(cast, state=IdeaState.ACCEPTED), "salma"),
    "answers.to_send": (_begun, "farid"),
    "notes.to_read": (_note, "salma"),
    "draft_commitments.to_decide": (
        lambda cast: _proposal(cast, state=CommitmentProposalState.PROPOSED),
        "salma",
    ),
    "draft_commitments.returned": (_returned_proposal, "farid"),
    "draft_commitments.to_read": (_shared_draft, "mounia"),
    "draft_commitments.to_reply": (_remark, "salma"),
    "draft_commitments.replied": (_replied_remark, "mounia"),
    "questions.asked": (_asked, "salma"),
    "questions.answered": (_replied, "mounia"),
    "objections.to_object": (_overruled, "farid"),
    "objections.objected": (_objected, "salma"),
    "fates.to_read": (_batch(sent_by=2, sent_at=THEN), "mounia"),
    "fates.returned": (_returned, "salma"),
    "fates.to_publish": (_batch(sent_by=2, sent_at=THEN, reviewed_by=7, reviewed_at=THEN), "salma"),
    "fates.to_send": (_batch(), "salma"),
    "appeals.to_hear": (_appeal, "mounia"),
    "fates.to_prepare": (lambda cast: received(cast, state=IdeaState.ANSWERED), "salma"),
    "screening.to_screen": (received, "salma"),
    "screening.replied": (_question, "salma"),
    "moderation.reported": (_report, "salma"),
    "moderation.contested": (_contest, "amal"),
    "moderation.comments_reported": (_reported_comment, "salma"),
    "moderation.comments_contested": (_contested_comment, "amal"),
    "consultations.to_announce": (lambda cast: scene_consultations.a_consultation(cast, 63), "salma"),
    "consultations.to_answer": (
        lambda cast: scene_consulted.consulted(cast, closes_at=DAYS_AGO, number=64),
        "salma",
    ),
    "coordination.to_invite": (_coordination(THEN + timedelta(days=3), 1), "salma"),
    "coordination.to_minute": (_coordination(DAYS_AGO, 2), "salma"),
    "preparation.due": (_task, "karim"),
    "participants.bursts": (_burst, "karim"),
    "invitations.to_validate": (_invitation(InvitationState.PROPOSED), "salma"),
    "invitations.to_send": (_invitation(InvitationState.READY), "karim"),
    "travel_support.to_decide": (_travel_support, "karim"),
    "workshops.to_publish": (_outputs, "salma"),
    "comment_answers.to_answer": (_commented(70), "salma"),
    "comment_answers.to_send": (_commented(71, drafted_at=DAYS_AGO), "salma"),
    "comment_answers.returned": (_commented(72, returned_at=DAYS_AGO, returned_why="?"), "salma"),
    "comment_answers.to_read": (_commented(73, sent_at=DAYS_AGO), "mounia"),
    "comment_answers.to_publish": (_approved_answer, "salma"),
    "directory.to_verify": (_declaration, "salma"),
    "mails.not_arrived": (_failed_mail, "salma"),
    "accounts.not_come_in": (_invited, "amal"),
    "self_assessment.to_begin": (_assessment_due, "salma"),
    "self_assessment.to_publish": (_assessment, "salma"),
    "self_assessment.flagged": (_nothing_more, "salma"),
    "self_assessment.outdated": (_reported_since, "salma"),
    "adoption.to_explain": (_changed, "salma"),  # last: a consultation after it takes the change as it is
}
