"""Every table of the platform: who imports this module knows them all.

The application, the migrations and whoever compares them with a database need them all. Who defines a
table stands in this list; `tests/core/test_migrations.py` says so.
"""

import cocreation.accounts.models
import cocreation.adoption.models
import cocreation.attendance.models
import cocreation.backing.models
import cocreation.batches.models
import cocreation.comment_answers.models
import cocreation.comments.models
import cocreation.consultations.models
import cocreation.coordination.models
import cocreation.core.audit
import cocreation.core.hours
import cocreation.core.outbox
import cocreation.core.personal_data
import cocreation.core.pulse
import cocreation.core.repeats
import cocreation.cycles.models
import cocreation.demographics.models
import cocreation.directory.models
import cocreation.documents.models
import cocreation.draft_commitments.models
import cocreation.ideas.models
import cocreation.imports.models
import cocreation.invitations.models
import cocreation.ledger.models
import cocreation.meetings.models
import cocreation.moderation.models
import cocreation.notes.models
import cocreation.outreach.models
import cocreation.places.models
import cocreation.plan.models
import cocreation.preparation.models
import cocreation.screening.models
import cocreation.self_assessment.models
import cocreation.study.models
import cocreation.submission.models
import cocreation.tracking.models
import cocreation.travel_support.models
import cocreation.workshops.models  # noqa: F401 — importing it is what it is for
from cocreation.core.database import Base

METADATA = Base.metadata
