"""Every table of the platform: who imports this module knows them all.

The application, the migrations and whoever compares the two with a database need them all, since tables name
each other by a word. A module that defines a table stands in this list; `tests/core/test_migrations.py` says so.
"""

import cocreation.accounts.models
import cocreation.coordination.models
import cocreation.core.audit
import cocreation.core.hours
import cocreation.core.outbox
import cocreation.core.personal_data
import cocreation.core.pulse
import cocreation.cycles.models
import cocreation.directory.models
import cocreation.dispositions.models
import cocreation.ideas.models.backing
import cocreation.ideas.models.dialogue
import cocreation.ideas.models.idea
import cocreation.ideas.models.lineage
import cocreation.ideas.models.sending
import cocreation.ideas.models.tally
import cocreation.meetings.models.answering
import cocreation.meetings.models.confirming
import cocreation.meetings.models.inviting
import cocreation.meetings.models.media
import cocreation.meetings.models.meeting
import cocreation.meetings.models.programme
import cocreation.meetings.models.registration
import cocreation.meetings.models.support
import cocreation.moderation.models
import cocreation.plan.models
import cocreation.register.models
import cocreation.workshops.models  # noqa: F401 — importing it is what it is for
from cocreation.core.database import Base

METADATA = Base.metadata
