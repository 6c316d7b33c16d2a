"""The things of the plan in the scene of tests that walk through all routes."""

from __future__ import annotations

from datetime import timedelta

from cocreation.coordination.models import CoordinationMeeting, DraftDiscussed
from cocreation.core.database import session
from cocreation.documents import papers
from cocreation.documents.models import Document, DocumentKind
from cocreation.draft_commitments.models import (
    CommitmentProposal,
    CommitmentProposalState,
    DraftRemark,
    SharedDraft,
)
from cocreation.plan.services.commitments import CommitmentWords, draft
from tests.cast import THEN, Cast, T

OF_A_PAPER = [
    f"manage_documents.{name}:reference"
    for name in [
        "arrange",
        "bring",
        "drop_section",
        "new_section",
        "publish",
        "retitle",
        "section",
        "show",
        "write",
    ]
]
WORDS = dict.fromkeys(("title", "problem", "solution", "expected_result"), T("التزام", "Engagement"))


def a_shared_draft(cast: Cast) -> DraftRemark:
    """The draft 2026-C02 of the ministry, which the committee reads, and a remark on it."""
    of = {"axis_id": cast.axis.id, "institution_id": cast.ministry.id}
    words = CommitmentWords(number=2, **of, **WORDS)
    commitment = draft(cast.cycle.id, words, by=cast.salma.id, now=THEN)
    document_id = commitment.document.id
    shared = SharedDraft(document_id=document_id, shared_at=THEN, shared_by=cast.salma.id)
    said = {"version": 1, "words": "Pourquoi ?", "said_by": cast.mounia.id, "said_at": THEN}
    remark = DraftRemark(document_id=document_id, **said)
    session.add_all([shared, remark])
    session.flush()
    return remark


def a_proposal(cast: Cast) -> CommitmentProposal:
    of = {"cycle_id": cast.cycle.id, "institution_id": cast.ministry.id, "proposed_by": cast.farid.id}
    made = {"state": CommitmentProposalState.PROPOSED, "proposed_at": THEN - timedelta(days=1)}
    proposal = CommitmentProposal(**WORDS, **of, **made)
    session.add(proposal)
    session.flush()
    return proposal


def on_the_agenda(cast: Cast, meeting: CoordinationMeeting) -> DraftDiscussed:
    item = DraftDiscussed(meeting_id=meeting.id, commitment_id=cast.commitment.id, position=1)
    session.add(item)
    session.flush()
    return item


def a_paper(cast: Cast) -> Document:
    """A report of one section, not public yet."""
    section = papers.WrittenSection(T("مقدمة", "Introduction"), T("نص", "Un texte"))
    title = T("تقرير", "Un rapport")
    said = DocumentKind.REPORT, cast.cycle.id, title, [section]
    return papers.begin_paper(*said, by=cast.salma.id, now=THEN)
