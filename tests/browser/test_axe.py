"""axe-core on every page of the spine, on a phone, and no page wider than a small phone.

In Arabic by day and in French by night (the dark colours): between them both directions and both themes. By
night `make test` asks the rules that colours and widths can break, `make test-all` every one.
"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from cocreation.batches.models import Batch
from cocreation.comments.models import Comment
from cocreation.coordination.models import AgendaItem
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association
from cocreation.documents.models import Document, DocumentKind
from cocreation.draft_commitments.models import CommitmentProposal, DraftRemark
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.ideas.models.idea import Idea, IdeaState, Origin
from cocreation.ideas.models.lineage import Lineage
from cocreation.invitations.models import InvitationState, MeetingInvitation
from cocreation.meetings.models.meeting import ProgrammeItem
from cocreation.meetings.models.photos import Photo
from cocreation.moderation.models import Report
from cocreation.places.models.registration import Delegation, Registration, RegistrationState
from cocreation.reasons.models import Fate
from cocreation.screening.models import ReasonTemplate
from cocreation.study.models import Criterion
from cocreation.submission.models import Draft
from cocreation.travel_support.models import TravelSupportRequest
from cocreation.workshops.models import LineKind, OutputLine
from tests.browser.axe import AXE, BY_DAY_AND_NIGHT, found, of, staff
from tests.browsers import enter, phone, served
from tests.cast import sign_in
from tests.forms import fill, press

PUBLIC = [
    "",
    "meetings",
    "meetings?region=04",
    "meetings/OR1",
    "meetings/TG1",
    "meetings/SM1",
    "meetings/SM1/programme",
    "meetings/SM1/register",
    "meetings/SM1/register !",
    "meetings/TG1/register",
    "meetings/OR1/register",
    "registrations/{confirmed}",
    "registrations/{waiting}",
    "meetings/OR1/workshops/1",
    "meetings/OR1/statistics",
    "meetings/OR1/photos",
    "meetings/FM1",
    "meetings/FM1/statistics",
    "meetings/FM1/support",
    "meetings/RS1",
    "meetings/SM1/support",
    "meetings/SM1/delegation",
    "delegations/{delegation}",
    "invitations/{invitation}/meeting",
    "registrations/{offered}",
    "registrations/{lapsed}",
    "registrations/{helped}",
    "registrations/{helped}/support",
    "meetings/compare?by=capacity",
    "meetings/compare?by=province",
    "consultations/2024-PC1/dispositions",
    "consultations/2024-PC1/dispositions?outcome=taken_up",
    "consultations/2024-PC1/dispositions/filters",
    "consultations/2024-PC1/figures",
    "consultations/2024-PC1/answers/1",
    "ideas",
    "ideas?q=الشفافية&outcome=included",
    "ideas?q=nothing+has+these+words",
    "ideas/{said_and_included}",
    "ideas/{not_included}",
    "ideas/{not_accepted}",
    "ideas/{withdrawn}",
    "ideas/{received}",
    "ideas/{referred}",
    "ideas/{appealed}",
    "ideas/{hidden}",
    "ideas/{joined}",
    "ideas/{received}/report",
    "ideas/{received}/report !",
    "moderation",
    "moderation/thanks",
    "receipts/{hidden_receipt}",
    "receipts/{hidden_receipt}/contest",
    "receipts/{hidden_receipt}/contest !",
    "consultations",
    "consultations/2024-PC1",
    "consultations/{cycle}-PC1",
    "consultations/follow",
    "consultations/follow !",
    "consultations/follow/sent",
    "plan/2024/adopted",
    "plan/2024/progress",
    "plan/2024/progress/late",
    "plan/commitments/2024-C07/progress",
    "documents/2024-C07/why#why-1",
    "consultations/2024-PC1/texts/2024-C13",
    "consultations/2024-PC1/texts/2024-C13/comment",
    "consultations/2024-PC1/comments/1",
    "consultations/2024-PC1/comments/137/signatures",
    "consultations/{cycle}-PC1/texts/{cycle}-C01",
    "consultations/{cycle}-PC1/texts/{cycle}-C01/comment",
    "consultations/{cycle}-PC1/texts/{cycle}-C01/comment?section=solution",
    "consultations/{cycle}-PC1/texts/{cycle}-C01/comment?section=solution !",
    "consultations/{cycle}-PC1/comments/9",
    "consultations/{cycle}-PC1/comments/1/reply",
    "consultations/{cycle}-PC1/comments/1/reply !",
    "consultations/{cycle}-PC1/comments/1/support",
    "consultations/{cycle}-PC1/comments/1/support !",
    "comments/sent",
    "comments/{comment_receipt}",
    "comments/{comment_receipt}/withdraw",
    "consultations/2024-PC1/comments/1/report",
    "consultations/2024-PC1/comments/1/report !",
    "coordination",
    "coordination/2024-M1",
    "ideas/new",
    "ideas/new !",
    "ideas/sent",
    "ideas/paper",
    "ideas/drafts/{draft}",
    "ideas/drafts/{draft}/link",
    "ideas/drafts/{draft}/link !",
    "ideas/filters?region=02",
    "fates",
    "fates/filters?fate=deferred",
    "ideas/confirm/{unconfirmed}",
    "receipts",
    "receipts !",
    "receipts/{receipt}",
    "plan",
    "plan?cycle=2024",
    "plan/commitments/2024-C01",
    "self-assessments",
    "documents",
    "documents?kind=law",
    "documents/2024-C01",
    "documents/2024-C01/compare",
    "documents/2024-C01/compare?view=sides",
    "documents/2024-C01/versions/2",
    "documents/{paper}/versions/2",
    "cycles",
    "cycles/{cycle}",
    "register",
    "screening",
    "regions/04",
    "about",
    "privacy",
    "translations",
    "associations",
    "associations/new",
    "associations/new !",
    "associations/{association}",
    "associations/{association}/correct",
    "institutions",
    "institutions/board?cycle=2024",
    "sign-in",
    "sign-in !",
    "sign-in/forgotten",
    "there-is-no-such-page",
    "manage/accounts",
]
SECRETARIAT = [
    "manage/comment-answers",
    "manage/consultations/{cycle}-PC1/answers",
    "manage/consultations/{cycle}-PC1/answers/comments/1",
    "manage/consultations/2024-PC1/answers/list",
    "manage/consultations/2024-PC1/answers/1",
    "manage/consultations/2024-PC1/answers/1/reword",
    "manage/consultations/2024-PC1/answers/1/reword !",
    "manage/answer-templates",
    "manage/answer-templates/new",
    "manage/answer-templates/new !",
    "desk",
    "account",
    "account/password",
    "manage/first-steps",
    "manage/mails",
    "manage/meetings",
    "manage/meetings/new",
    "manage/meetings/SM1",
    "manage/meetings/SM1/edit",
    "manage/meetings/SM1/participants",
    "manage/meetings/SM1/participants/import",
    "manage/meetings/SM1/door",
    "manage/meetings/OR1/door?q=001",
    "manage/meetings/RS1/door",
    "manage/meetings/SM1/attendance",
    "manage/meetings/FM1/attendance",
    "manage/meetings/OR1/statistics",
    "manage/meetings/OR1/photos",
    "manage/meetings/OR1/photos/new",
    "manage/meetings/OR1/photos/new !",
    "manage/meetings/OR1/photos/{photo}",
    "manage/meetings/SM1/photos",
    "manage/meetings/FM1/statistics",
    "manage/meetings/FM1/communication",
    "manage/meetings/SM1/participants/{helped_id}",
    "manage/meetings/SM1/invitations",
    "manage/meetings/SM1/outreach",
    "manage/meetings/SM1/mails",
    "manage/meetings/SM1/questions",
    "manage/meetings/SM1/kept-places",
    "manage/meetings/SM1/workshops",
    "manage/meetings/SM1/support",
    "manage/meetings/SM1/support/{helped_id}",
    "manage/meetings/TG1/participants?state=offered",
    "manage/meetings/TG1/moving-up",
    "manage/meetings/compare?by=age",
    "manage/meetings/SM1/planning",
    "manage/meetings/SM1/organisers/new",
    "manage/meetings/SM1/rooms/new",
    "manage/meetings/SM1/checklist",
    "manage/meetings/rules/{cycle}",
    "manage/meetings/SM1/programme",
    "manage/meetings/SM1/programme/new",
    "manage/meetings/SM1/programme/{item}",
    "manage/meetings/SM1/workshops/new",
    "manage/meetings/SM1/workshops/1",
    "manage/workshops",
    "manage/workshops/SM1/1",
    "manage/workshops/SM1/1 !",
    "manage/workshops/OR1/1",
    "manage/workshops/OR1/1/lines/{line}",
    "manage/workshops/SM1/import",
    "manage/workshops/SM1/import !",
    "manage/ideas/enter",
    "manage/ideas/restate/OR1/1",
    "manage/search",
    "manage/dispositions/screening",
    "manage/dispositions/screening/{received}",
    "manage/dispositions/screening/{received} !",
    "manage/dispositions/screening/{received}?template={template}",
    "manage/dispositions/screening/{not_accepted}",
    "manage/dispositions/screening/{received}/question",
    "manage/dispositions/screening?pile=second",
    "manage/dispositions/screening?pile=asked",
    "manage/dispositions/screening/decided",
    "manage/dispositions/screening/{accepted}/reopen",
    "manage/dispositions/workload",
    "manage/dispositions/reasons",
    "manage/dispositions/reasons/new",
    "manage/dispositions/reasons/new !",
    "manage/dispositions/reasons/{template}",
    "manage/dispositions/referrals",
    "manage/dispositions/referrals?studied=1",
    "manage/dispositions/referrals/late",
    "manage/dispositions/criteria/{cycle}",
    "manage/dispositions/criteria/2024",
    "manage/dispositions/criteria/{cycle}/{criterion}",
    "manage/dispositions/batches",
    "manage/dispositions/batches/new",
    "manage/dispositions/batches/{batch}",
    "manage/dispositions/batches/{batch}/ideas",
    "manage/dispositions/batches/{batch}/{answered}",
    "manage/dispositions/batches/1",
    "manage/dispositions/batches/1/sheet",
    "manage/dispositions/batches/{review}",
    "manage/notes/{accepted}",
    "manage/notes/{accepted} !",
    "manage/dispositions/appeals",
    "manage/dispositions/appeals?answered=1",
    "manage/dispositions/appeals/{contested}",
    "manage/dispositions/appeals/{appealed}",
    "manage/dispositions/fates/{not_included}",
    "manage/dispositions/fates/{not_included} !",
    *(
        f"manage/dispositions/lineage/{{accepted}}{way}"
        for way in ("", "/merge", "/gather", "/split", "/restate")
    ),
    "manage/dispositions/lineage/{accepted}/merge !",
    "manage/dispositions/lineage/{not_included}/carry",
    "manage/dispositions/lineage/{joined}/undo/{link}",
    "manage/moderation",
    "manage/moderation?contested=1",
    "manage/moderation/{reported}",
    "manage/moderation/{hidden}",
    "manage/moderation/comments",
    "manage/moderation/comments?contested=1",
    "manage/moderation/comments/2024-PC1-0001",
    "manage/moderation/comments/2024-PC1-0001 !",
    "manage/consultations",
    "manage/consultations/new",
    "manage/consultations/new !",
    "manage/consultations/2024-PC1",
    "manage/consultations/{cycle}-PC1",
    "manage/consultations/{cycle}-PC1/extend",
    "manage/consultations/{cycle}-PC1/extend !",
    "manage/coordination",
    "manage/coordination/new",
    "manage/coordination/new !",
    "manage/coordination/2024-M1",
    "manage/coordination/{cycle}-M1",
    "manage/coordination/{cycle}-M1/edit",
    "manage/coordination/{cycle}-M1/agenda/{agenda_item}",
    "manage/coordination/{cycle}-M1/minutes",
    "manage/cycles",
    "manage/cycles/new",
    "manage/cycles/new !",
    "manage/cycles/{cycle}",
    "manage/cycles/{cycle}/themes",
    "manage/cycles/{cycle}/axes",
    "manage/cycles/2024/axes/1/remove",
    "manage/cycles/2024/themes/1/remove",
    "manage/plan",
    "manage/plan/new",
    "manage/plan/{cycle}-C01",
    "manage/adoption?cycle=2024",
    "manage/adoption?cycle={cycle}",
    "manage/adoption/2024/adopt !",
    "manage/adoption/2024-C02/causes",
    "manage/adoption/{cycle}-C01/ideas !",
    "manage/plan/{cycle}-C01/further",
    "manage/plan/{cycle}-C01/activities",
    "manage/plan/{cycle}-C01/activities/activity-1",
    "manage/plan/{cycle}-C01/activities/new !",
    "manage/plan/{cycle}-C01/activities/weights",
    "manage/plan/{cycle}-C01/indicators",
    "manage/plan/{cycle}-C01/indicators/new !",
    "manage/plan/{cycle}-C01/publish",
    "manage/drafts",
    "manage/drafts/proposals",
    "manage/drafts/proposals/{proposal}",
    "manage/drafts/{cycle}-C01",
    "manage/drafts/{cycle}-C01/remarks/{remark}",
    "manage/drafts/{cycle}-C01/remarks/{remark} !",
    "manage/self-assessments",
    "manage/documents",
    "manage/documents/new",
    "manage/documents/new !",
    "manage/documents/import",
    "manage/documents/import !",
    "manage/documents/{paper}",
    "manage/documents/{paper}/title",
    "manage/documents/{paper}/sections/new",
    "manage/documents/{paper}/sections/section-1",
    "manage/documents/{paper}/publish",
    "manage/documents/{paper}/import",
    "manage/directory/associations",
    "manage/directory/associations/{association_id}/refuse",
    "manage/directory/institutions",
    "manage/directory/institutions/1",
]
STAFF = {
    "secretariat": SECRETARIAT,
    "administrator": ["manage/accounts", "manage/accounts/invite"],
    "focal": [
        "desk",
        "manage/dispositions/bundle",
        "manage/dispositions/bundle !",
        "manage/dispositions/bundle?answered=1",
        "manage/dispositions/bundle/{for_focal}/digital",
        "manage/dispositions/drafts",
        "manage/dispositions/papers",
        "manage/notes/{for_focal}",
        "manage/dispositions/colleagues",
        "manage/dispositions/sheets/{cycle}",
        "manage/dispositions/sheets/{cycle} !",
        "manage/coordination",
        "manage/coordination/{cycle}-M1",
        "manage/drafts",
        "manage/drafts/proposals",
        "manage/drafts/proposals/new",
        "manage/drafts/proposals/new !",
        "manage/drafts/proposals/{proposal}",
        "manage/drafts/proposals/{proposal}/edit",
    ],
    "committee": [
        "desk",
        "manage/dispositions/batches",
        "manage/dispositions/batches/{review}",
        "manage/dispositions/batches/{review} !",
        "manage/dispositions/batches/{batch}/{answered}",
        "manage/dispositions/batches/{batch}/{answered}/question !",
        "manage/dispositions/appeals",
        "manage/coordination/{cycle}-M1",
        "manage/drafts",
        "manage/drafts/{cycle}-C01",
    ],
    "committee2": ["manage/dispositions/appeals/{contested}", "manage/dispositions/appeals/{contested} !"],
    "facilitator": ["desk", "manage/workshops"],
}
pytestmark = pytest.mark.parametrize("seeded_url", ["sqlite"], indirect=True)


@pytest.fixture
def samples(own_demonstration: Flask) -> dict[str, object]:
    """What the demonstration has of everything that a page is about; what it lacks is added."""
    visitor, desk = own_demonstration.test_client(), own_demonstration.test_client()
    with desk.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = sign_in(staff("secretariat")), True
    sent = fill(
        visitor, "/ar/ideas/new", proposal="نشر لوائح الجمعيات المدعمة", email="a@example.org", consent="y"
    )
    assert sent.status_code == 302, sent.text
    kept = fill(visitor, "/ar/ideas/new", proposal="نشر لوائح الجمعيات المدعمة", act="keep")
    assert kept.status_code == 302, kept.text
    answer = fill(desk, "/ar/manage/dispositions/batches/new", **{"title-ar": "دفعة", "title-fr": "Lot"})
    assert answer.status_code == 302, answer.text
    _writes_a_report(desk)
    deferred = session.scalars(select(Idea).where(Idea.fate == Fate.DEFERRED).order_by(Idea.id)).first()
    words = "الميزانية تكفي لفضاء واحد في كل جهة."
    session.add(Appeal(idea_id=deferred.id, text=words, language="ar", filed_at=clock.now()))
    session.commit()
    found = {name: session.scalar(statement.limit(1)) for name, statement in SAMPLES.items()}
    session.remove()
    assert None not in found.values(), found
    return found


def _writes_a_report(desk: FlaskClient) -> None:
    """A report of two sections, the second version of which is a draft."""
    report = {"kind": "report", "title-ar": "تقرير", "heading-ar": "مقدمة", "text-ar": "نص"}
    page = fill(desk, "/ar/manage/documents/new", **report).headers["Location"]
    fill(desk, f"{page}/sections/new", kind="free", **{"heading-ar": "خاتمة", "text-ar": "نص"})
    press(desk, f"{page}/publish", "/publish")
    fill(desk, f"{page}/sections/section-1", **{"text-ar": "نص آخر"})
    session.remove()


SAMPLES = {
    "confirmed": of(
        Registration.receipt, Registration.state == RegistrationState.CONFIRMED, Registration.meeting_id == 3
    ),
    "waiting": of(Registration.receipt, Registration.state == RegistrationState.WAITING),
    "offered": of(Registration.receipt, Registration.state == RegistrationState.OFFERED),
    "lapsed": of(Registration.receipt, Registration.state == RegistrationState.LAPSED),
    "helped": of(
        Registration.receipt,
        Registration.id == TravelSupportRequest.registration_id,
        Registration.meeting_id == 3,
    ),
    "helped_id": of(TravelSupportRequest.registration_id, TravelSupportRequest.meeting_id == 3),
    "delegation": of(Delegation.receipt),
    "invitation": of(MeetingInvitation.receipt, MeetingInvitation.state == InvitationState.SENT),
    "said_and_included": of(Idea.reference, Idea.fate == Fate.INCLUDED, Idea.origin == Origin.WORKSHOP),
    "not_included": of(Idea.reference, Idea.fate == Fate.NOT_INCLUDED),
    "not_accepted": of(Idea.reference, Idea.state == IdeaState.NOT_ACCEPTED),
    "withdrawn": of(Idea.reference, Idea.state == IdeaState.WITHDRAWN),
    "received": of(Idea.reference, Idea.state == IdeaState.RECEIVED),
    "referred": of(Idea.reference, Idea.state == IdeaState.REFERRED),
    "answered": of(Idea.reference, Idea.state == IdeaState.ANSWERED),
    "unconfirmed": of(Idea.receipt, Idea.state == IdeaState.UNCONFIRMED),
    "draft": of(Draft.receipt),
    "receipt": of(Idea.receipt, Idea.state == IdeaState.RECEIVED, Idea.hidden_at.is_(None)),
    "comment_receipt": of(Comment.receipt, Comment.confirmed_at.is_not(None), Comment.answered_at.is_(None)),
    "hidden": of(Idea.reference, Idea.hidden_at.is_not(None)),
    "hidden_receipt": of(Idea.receipt, Idea.hidden_at.is_not(None)),
    "reported": of(Idea.reference, Idea.id == Report.idea_id, Report.decided_at.is_(None)),
    "accepted": of(Idea.reference, Idea.state == IdeaState.ACCEPTED),
    "appealed": of(Idea.reference, Idea.id == Appeal.idea_id, Appeal.outcome == Hearing.UPHELD),
    "contested": of(Idea.reference, Idea.id == Appeal.idea_id, Appeal.outcome.is_(None)),
    "joined": of(Idea.reference, Idea.id == Lineage.source_id),
    "link": of(Lineage.id),
    "criterion": of(Criterion.id),
    "agenda_item": of(AgendaItem.id, AgendaItem.decision.is_(None)),
    "association": of(Association.receipt, Association.verified_at.is_not(None)),
    "association_id": of(Association.id, Association.verified_at.is_(None)),
    "cycle": select(Cycle.code).order_by(Cycle.starts_on.desc()),
    "proposal": of(CommitmentProposal.id),
    "remark": of(DraftRemark.id, DraftRemark.replied_at.is_(None)),
    "paper": of(Document.reference, Document.kind == DocumentKind.REPORT),
    "photo": of(Photo.id),
    "item": of(ProgrammeItem.id, ProgrammeItem.meeting_id == 3),
    "line": of(OutputLine.id, OutputLine.kind == LineKind.SOLUTION),
    "batch": of(Batch.id, Batch.published_at.is_(None), Batch.sent_at.is_(None)),
    "review": of(Batch.id, Batch.published_at.is_(None), Batch.sent_at.is_not(None)),
    "template": of(ReasonTemplate.id),
    "for_focal": of(Idea.reference, Idea.state == IdeaState.REFERRED),
}


@pytest.mark.parametrize(("lang", "colours"), BY_DAY_AND_NIGHT)
def test_pages_for_everyone(own_demonstration, samples, browser, lang, colours):
    with served(own_demonstration) as address, phone(browser, address, color_scheme=colours) as context:
        context.add_init_script(path=AXE)
        wrong = list(found(context.new_page(), lang, PUBLIC, samples))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("lang", "colours"), BY_DAY_AND_NIGHT)
def test_pages_of_the_staff(own_demonstration, samples, browser, lang, colours):
    with served(own_demonstration) as address, phone(browser, address, color_scheme=colours) as context:
        context.add_init_script(path=AXE)
        page, wrong = context.new_page(), []
        for name, pages in STAFF.items():
            enter(context, own_demonstration, staff(name))
            wrong += found(page, lang, pages, samples)
    assert not wrong, "\n".join(wrong)
