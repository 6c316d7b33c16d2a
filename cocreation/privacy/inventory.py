"""What holds words and is not of a person whom an address, a telephone or a receipt would find: table by
table, with why. A table is here or among the `columns` of a keeper; a test fails on one that is in neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from cocreation.demographics.models import APART
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

# Columns of any table that hold what the platform makes itself: secrets, marks, codes of languages.
MADE_HERE = frozenset({"language", "receipt", "once", "digest"})

STAFF = "written by the staff in office, about things and not about whom it came from"
PUBLIC = "published by the staff"
LISTED = "a list of the country or of the platform"
REGISTER = "the register: it holds no person and no words of one (test_personal_data of the register)"
COUNTS = "counts"

NOT_OF_A_PERSON = {
    "campaigns": COUNTS,
    "comment_signatures": "hashes by which copies of a comment are found, gone with its words",
    "address_links": "digests of links, gone with the registration they confirm",
    "adopted_papers": PUBLIC,
    "adopted_texts": PUBLIC,
    "adoptions": PUBLIC,
    "agenda_items": STAFF,
    "answer_publications": COUNTS,
    "answer_templates": STAFF,
    "answered_comments": COUNTS,
    "assessments": STAFF,
    "axes": PUBLIC,
    "batch_reviews": STAFF,
    "batches": STAFF,
    "bursts": "a keyed digest of a network, forgotten after some days",
    "commitment_proposals": "proposed by an institution in its name",
    "commitments": PUBLIC,
    "carried_ideas": STAFF,
    "changes": PUBLIC,
    "comment_answer_revisions": PUBLIC,
    "comment_answers": STAFF,
    "communes": LISTED,
    "consultation_tellings": COUNTS,
    "consultations": PUBLIC,
    "consulted_texts": PUBLIC,
    "coordination_meetings": STAFF,
    "criteria": PUBLIC,
    "cycles": PUBLIC,
    "deadline_changes": STAFF,
    "document_sections": PUBLIC,
    "document_versions": STAFF,
    "documents": PUBLIC,
    "draft_readings": "who of the staff has read a draft, and no words",
    "drafts_discussed": STAFF,
    "erased_receipts": "digests that open nothing and lead to nobody",
    "evidence": STAFF,
    "evidence_standings": COUNTS,
    "fate_drafts": STAFF,
    "fate_objections": STAFF,
    "fate_questions": STAFF,
    "idea_tallies": COUNTS,
    "indicator_values": STAFF,
    "institutions": "a body, with the address of its office",
    "known_offsets": "the hours of Morocco",
    "lineages": STAFF,
    "meeting_notices": COUNTS,
    "meeting_organisers": "bodies and associations, published with the meeting",
    "meeting_questions": STAFF,
    "meeting_rules": PUBLIC,
    "meeting_tasks": STAFF,
    "meetings": PUBLIC,
    "obstacles": STAFF,
    "output_lines": "said at a workshop’s table by nobody in particular, published as its output",
    "outreach": STAFF,
    "phase_periods": PUBLIC,
    "photos": "chosen by the organisers with the consent of those in them; they remove one on request",
    "programme_items": "the published programme: who speaks is announced and changed by the organisers",
    "progress_marks": COUNTS,
    "progress_reports": STAFF,
    "provinces": LISTED,
    "published_progress": PUBLIC,
    "pulses": "signs of life of the worker, and what a mail server said of itself, without addresses",
    "quotas": PUBLIC,
    "readings": STAFF,
    "reason_templates": STAFF,
    "referrals": STAFF,
    "regions": LISTED,
    "register": REGISTER,
    "register_checkpoints": REGISTER,
    "register_head": REGISTER,
    "reporting_periods": PUBLIC,
    "rooms": PUBLIC,
    "screenings": STAFF,
    "section_texts": PUBLIC,
    "shared_drafts": "which drafts the committee reads, and no words",
    "sent_forms": "digests of forms, and the pages of the staff they led to, forgotten after a day",
    "sign_in_networks": "keyed digests that lead to nobody, forgotten by accounts.tries",
    "support_criteria": PUBLIC,
    "support_offers": PUBLIC,
    "themes": PUBLIC,
    "assessment_papers": PUBLIC,
    "assessment_reports": PUBLIC,
    "assessment_versions": PUBLIC,
    "due_assessments": PUBLIC,
    "meant_numbers": STAFF,
    "plan_snapshots": PUBLIC,
    "tracked_activities": PUBLIC,
    "tracked_commitments": PUBLIC,
    "tracked_plans": PUBLIC,
    "weight_settings": STAFF,
    "workshops": PUBLIC,
}


@dataclass(frozen=True)
class Unfindable:
    """Something of people that no address leads to, for the public page."""

    what: Lazy
    why: Lazy
    seen_by: Lazy
    term: Lazy


# What the forms ask for the figures alone, as they ask it.
ASKED_APART = Lazy(
    " · ".join(f"%({question.name})s" for question in APART),
    {question.name: question.asks or question.label for question in APART},
)

UNFINDABLE = (
    Unfindable(
        _l("A mark of the network from which a registration, or a wrong password, came: not its address"),
        _l("To notice that a script takes the places of a meeting, or tries passwords"),
        _l("Nobody: only that several came from the same one"),
        _l("%(days)s days; of a network from which somebody signed in, 90 days").filled(days=7),
    ),
    Unfindable(
        _l("What you say of yourself for the figures, if you wish: %(answers)s", answers=ASKED_APART),
        _l("To know who could take part and who could not"),
        _l(
            "Nobody sees them beside your name: they are kept apart and shown only as totals. What a list of"
            " the organisers already said of you stands in their own spreadsheet"
        ),
        _l("They stay as figures, without your name"),
    ),
    Unfindable(
        _l("Photos taken at a meeting"),
        _l("To show how it was held"),
        _l("Everyone, if the people in them agreed; how they agreed is read by the organisers only"),
        _l("Until the organisers remove them; tell them if you do not agree any more"),
    ),
)
