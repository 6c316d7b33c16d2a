"""The cast with one thing of every kind, for tests that walk through all routes."""

from __future__ import annotations

from datetime import timedelta

from cocreation.accounts import services
from cocreation.accounts.models import Grant, Person, Role
from cocreation.backing.models import Backing
from cocreation.batches.models import Batch, FateDraft
from cocreation.core import clock, secrets
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import (
    Attachment,
    Author,
    AuthorKind,
    IdeaState,
)
from cocreation.ideas.models.lineage import Kinship, Lineage
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.meetings.models.meeting import Workshop
from cocreation.notes.models import Note
from cocreation.places.models.confirmation import AddressLink, Burst
from cocreation.plan.services import sheets
from cocreation.plan.sheet import Activity
from cocreation.privacy.receipts import token_for
from cocreation.reasons.models import Fate, Reason
from cocreation.screening.models import ReasonTemplate
from cocreation.study.models import Criterion, Referral
from cocreation.submission.models import Draft
from tests import (
    scene_answers,
    scene_assessment,
    scene_consultations,
    scene_consulted,
    scene_meetings,
    scene_plan,
)
from tests.cast import THEN, Cast, person
from tests.scene_ideas import a_coordination_meeting, an_idea, an_overruled_idea

# Rooms whose routes speak of the same things share their samples.
FAMILIES = {
    **dict.fromkeys(
        (
            "attendance",
            "bursts",
            "delegations",
            "invitations",
            "outreach",
            "participants",
            "preparation",
            "registration",
            "statistics",
            "travel_support",
        ),
        "meetings",
    ),
    **dict.fromkeys(
        ("screening", "study", "bundle_sheets", "answers", "notes", "questions", "merges", "batches"),
        "decisions",
    ),
    **dict.fromkeys(("submission", "backing"), "ideas"),
}


def set_up(cast: Cast) -> tuple[dict[str, object], dict[Role, Person]]:
    """Write one thing of every kind; samples for the arguments of routes, and holders of scopes elsewhere.

    A sample goes by "endpoint:argument", else by "room:argument", else by the argument alone.
    """
    meeting = cast.meeting
    line, item, room, task, photo = scene_meetings.programmed(cast)
    asked, kept, delegation, registration = scene_meetings.registered(cast)
    other = scene_meetings.another_meeting(cast)
    waiting, referred, unconfirmed = (
        an_idea(cast, 1, IdeaState.RECEIVED),
        an_idea(cast, 2, IdeaState.REFERRED),
        an_idea(cast, None, IdeaState.UNCONFIRMED),
    )
    batch = Batch(cycle_id=cast.cycle.id, title=Translated(fr="Premier lot"), created_at=THEN)
    contested = an_idea(cast, 3, IdeaState.PUBLISHED)
    contested.fate, contested.fate_at, contested.reason = Fate.DEFERRED, THEN, Reason.LACKS_TIME
    contested.reason_text, contested.institution_id = Translated(fr="Plus tard"), cast.ministry.id
    template = ReasonTemplate(
        reason=Reason.NOT_CLEAR, title=Translated(fr="Paragraphe"), text=Translated(fr="Le [paragraphe] …")
    )
    mail = Mail(
        key="a mail that did not arrive",
        to="nobody@example.org",
        language="fr",
        template="meetings/waiting",
        context={"reference": meeting.reference},
        queued_at=THEN,
        due_at=THEN,
        failed_at=THEN,
        failure="550 5.1.1",
    )
    session.add(mail)
    session.add_all([waiting, referred, unconfirmed, contested, batch, template])
    session.flush()
    proof, guest, outreach = scene_meetings.helped_invited_and_told(cast, registration)
    token = secrets.new_token()
    link = AddressLink(digest=secrets.digest(token), registration_id=registration.id, sent_at=THEN)
    burst = Burst(meeting_id=meeting.id, network="", began_at=THEN, last_at=THEN, found_at=THEN)
    session.add_all([link, burst])
    session.flush()
    registration.burst_id = burst.id
    backing = Backing(
        idea_id=waiting.id,
        email="backer@example.org",
        language="fr",
        supports=True,
        receipt=secrets.new_receipt(),
        asked_at=THEN,
    )
    session.add(backing)
    session.add(Appeal(idea_id=contested.id, text="Pourquoi ?", language="fr", filed_at=THEN))
    draft = Draft(receipt=secrets.new_receipt(), once="scene", content={"proposal": "Publier"}, saved_at=THEN)
    author = Author(
        idea_id=waiting.id,
        kind=AuthorKind.ASSOCIATION,
        language="fr",
        consented_at=THEN,
        association_id=cast.association.id,
        voucher=secrets.new_receipt(),
    )
    file = Attachment(
        idea_id=waiting.id,
        once="scene 1",
        name="plan.pdf",
        kind="application/pdf",
        size=4,
        digest="-",
        content=b"%PDF",
        added_at=THEN,
    )
    session.add_all([draft, author, file])
    session.flush()
    session.add(FateDraft(idea_id=referred.id, batch_id=batch.id))
    note = Note(
        idea_id=referred.id,
        author_id=cast.salma.id,
        written_at=clock.now(),
        for_id=cast.ministry.id,
        waits=True,
        body="Où en êtes-vous ?",
    )
    session.add(note)
    overruled = an_overruled_idea(cast)
    journal.append(Action.SCREENED, "2026-2", THEN, accepted=True)
    session.add(
        Referral(
            idea_id=referred.id,
            institution_id=cast.ministry.id,
            due_on=clock.today() + timedelta(days=20),
            referred_by=cast.salma.id,
            referred_at=THEN,
            delegate_id=cast.driss.id,
        )
    )
    criterion = Criterion(cycle_id=cast.cycle.id, position=1, name=Translated(fr="Budget"), weight=20)
    session.add(criterion)
    kin = Lineage(
        kind=Kinship.RESTATED_AS,
        source_id=waiting.id,
        target_id=referred.id,
        reason=Translated(fr="La même demande"),
        linked_by=cast.salma.id,
        linked_at=THEN,
    )
    remark, proposal = scene_plan.a_shared_draft(cast), scene_plan.a_proposal(cast)
    coordination, published = (
        a_coordination_meeting(cast, 1, referred),
        a_coordination_meeting(cast, 2, referred),
    )
    published.published_at, published.minutes = THEN, Translated(fr="Procès-verbal")
    session.add_all([kin, coordination, published])
    session.flush()
    prepared = scene_consultations.a_consultation(cast, 1)
    opened = scene_consultations.a_consultation(cast, 2, is_open=True)
    following = scene_consultations.a_following(opened)
    said = scene_consultations.a_vouched_comment(opened, cast.association.id)
    supporter = scene_consultations.a_supporter(said)
    to_read = scene_answers.an_answer(cast, 3)
    public_answer = scene_answers.an_answer(cast, 4, is_public=True)
    answer_template = scene_answers.a_template()
    on_agenda = scene_plan.on_the_agenda(cast, coordination)
    outsiders = {
        Role.COORDINATOR: person("Omar", Role.COORDINATOR, other.id),
        Role.FACILITATOR: person("Fadwa", Role.FACILITATOR, other.workshops[0].id),
        Role.FOCAL_POINT: person("Fouad", Role.FOCAL_POINT, cast.finance.id),
        Role.COLLEAGUE: person("Ilham", Role.COLLEAGUE, cast.finance.id),
    }
    newcomer = person("Leila", Role.COMMITTEE_MEMBER)
    # Not the grant that lets the administrator in, or the walk would saw off its own branch.
    grant = session.query(Grant.id).filter_by(person_id=newcomer.id).scalar()
    _, invitation = services.invite(
        newcomer.email, Role.COMMITTEE_MEMBER, scope_id=None, by=None, now=clock.now()
    )
    _, link = services.new_sign_in_link(newcomer.email, now=clock.now())
    with cast.app.app_context():
        everything = token_for(registration.receipt, now=clock.now())
    samples = {
        "privacy.everything:token": everything,
        "accounts.accept:token": invitation,
        "privacy:token": everything,
        "accounts.link:token": link,
        "accounts:sign_in_id": 0,
        "accounts:person_id": newcomer.id,
        "accounts:grant_id": grant,
        "comments:reference": opened.reference,
        "comments:document": f"{cast.cycle.code}-L2",
        "comments:number": said.number,
        "comments:receipt": said.receipt,
        "comments:voucher": said.commenter.voucher,
        "comments.supporting:receipt": supporter.receipt,
        "comment_answers:reference": to_read.consultation.reference,
        "comment_answers:answer_id": to_read.id,
        "comment_answers:number": 1,
        "comment_answers.answer:reference": public_answer.consultation.reference,
        "comment_answers.answer:answer_id": public_answer.id,
        "manage_comment_answers.reword:reference": public_answer.consultation.reference,
        "manage_comment_answers.reword:answer_id": public_answer.id,
        "dispositions:reference": public_answer.consultation.reference,
        "dispositions:kind": "csv",
        "answer_templates:template_id": answer_template.id,
        "consultations:receipt": following.receipt,
        "consultations.show:reference": opened.reference,
        "consultations.event:reference": opened.reference,
        "manage_consultations.extend:reference": opened.reference,
        "manage_consultations.call_off:reference": opened.reference,
        "consultations:reference": prepared.reference,
        "consultations:text_id": prepared.texts[0].id,
        "consultations:way": "up",
        "coordination.show:reference": published.reference,
        "coordination:attendance_id": coordination.attendances[0].id,
        "coordination:item_id": coordination.agenda[0].id,
        "coordination:reference": coordination.reference,
        "manage_coordination.decide_draft:item_id": on_agenda.id,
        "manage_coordination.take_off:item_id": on_agenda.id,
        "manage_documents.section:uid": "section-1",
        "manage_documents.drop_section:uid": "section-1",
        **scene_assessment.an_assessment(cast),
        **dict.fromkeys(scene_plan.OF_A_PAPER, scene_plan.a_paper(cast).reference),
        "drafts:reference": "2026-C02",
        "drafts:proposal_id": proposal.id,
        "drafts:remark_id": remark.id,
        "coordination:way": "up",
        "cycles:code": cast.cycle.code,
        "cycles:kind": "themes",
        "cycles:part_id": cast.access.id,
        "cycles:way": "down",
        "directory:receipt": cast.association.receipt,
        "directory:association_id": cast.association.id,
        "directory:institution_id": cast.ministry.id,
        "decisions:reference": referred.reference,
        "manage_screening.screen:reference": waiting.reference,
        "manage_screening.ask:reference": waiting.reference,
        "decisions:template_id": template.id,
        "decisions:link_id": kin.id,
        "decisions:note_id": note.id,
        "manage_merges.link:way": "merge",
        "decisions:batch_id": batch.id,
        "manage_objections.object_to:reference": overruled.reference,
        "manage_appeals.hear:reference": contested.reference,
        "manage_batches.reword:reference": contested.reference,
        "fates.table:kind": "csv",
        "decisions:slug": cast.ministry.slug,
        "decisions:code": cast.cycle.code,
        "decisions:criterion_id": criterion.id,
        "decisions:person_id": cast.driss.id,
        "decisions:institution_id": cast.ministry.id,
        "decisions:way": "down",
        "ideas:reference": waiting.reference,
        "portal.idea:reference": waiting.reference,
        "manage_outreach.mail:event": "confirmed",
        "ideas:receipt": waiting.receipt,
        "backing.backing:receipt": backing.receipt,
        "submission.confirm:receipt": unconfirmed.receipt,
        "backing.unsubscribe:receipt": backing.receipt,
        "submission.draft:receipt": draft.receipt,
        "submission.draft_link:receipt": draft.receipt,
        "ideas:file_id": file.id,
        "ideas:voucher": author.voucher,
        "ideas:meeting": meeting.reference,
        "meetings:reference": meeting.reference,
        "manage_travel_support.support_request:number": registration.id,
        "manage_travel_support.support_proof:number": registration.id,
        "meetings:photo_id": photo.id,
        "mail_id": mail.id,
        "meetings:mark": photo.mark,
        "meetings:size": "large",
        "meetings:proof_id": proof.id,
        "meetings:invitation_id": guest.id,
        "invitations.answer_invitation:receipt": guest.receipt,
        "meetings:outreach_id": outreach.id,
        "meetings:code": cast.cycle.code,
        "meetings:item_id": item.id,
        "meetings:kind": "rooms",
        "meetings:part_id": room.id,
        "meetings:task_id": task.id,
        "meetings:receipt": registration.receipt,
        "privacy:receipt": waiting.receipt,
        "privacy.erase_registration:receipt": registration.receipt,
        "meetings:token": token,
        "meetings:burst_id": burst.id,
        "meetings:question_id": asked.id,
        "meetings:quota_id": kept.id,
        "delegations:receipt": delegation.receipt,
        "moderation:receipt": waiting.receipt,
        "moderation:reference": waiting.reference,
        "moderation.report_comment:reference": opened.reference,
        "moderation.report_comment:number": said.number,
        "moderation.contest_comment:receipt": said.receipt,
        **dict.fromkeys(
            (f"manage_moderation.{act}_comment:reference" for act in ("decide", "dismiss", "hide")),
            said.reference,
        ),
        "manage_moderation.comment_case:reference": said.reference,
        "plan:reference": "2026-C01",
        "plan:kind": "activities",
        "plan:uid": "activity-1",
        "documents:reference": "2026-C01",
        "adoption:reference": "2026-C01",
        "adoption:cycle": cast.cycle.code,
        "adoption:code": "fr",
        "adoption:section": "solution",
        "adoption:idea": waiting.reference,
        "portal:form": "csv",
        "portal.commitment:reference": "2026-C01",
        "portal:reference": meeting.reference,
        "portal:line_reference": "OR1-W1-S01",
        "portal:code": "02",
        "workshops:reference": meeting.reference,
        "workshops:line_id": line.id,
        "number": 1,
    }
    activity = Activity(number=1, title=Translated(fr="Une activité"))
    sheets.put(cast.commitment.id, activity, by=cast.salma.id, now=clock.now())
    scene_consulted.adopted_plan(cast)
    workshop = session.get_one(Workshop, cast.meeting.workshops[0].id)
    workshop.published_at = THEN
    session.commit()
    session.remove()
    return samples, outsiders
