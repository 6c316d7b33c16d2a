"""What moderation found in the current cycle: a report that waits, and an idea whose words are hidden."""

from __future__ import annotations

from datetime import date, timedelta

from cocreation.demonstration.content import at, load, translated
from cocreation.demonstration.stage import DemonstrationStage
from cocreation.ideas.models.idea import Idea
from cocreation.moderation.models import Harm
from cocreation.moderation.services import ideas as moderation
from cocreation.moderation.services.hidings import Complaint


def moderate(stage: DemonstrationStage, collected: list[tuple[Idea, str]], today: date) -> None:
    """Two ideas are reported; one of them is hidden, which its author may still contest."""
    said, ids = load("moderation"), {key: idea.id for idea, key in collected}
    for row in said["reports"]:
        reported_at = at(today + timedelta(days=row["day"]), 15)
        complaint = Complaint(Harm(row["reason"]), row["words"])
        moderation.report(ids[row["idea"]], complaint, once=f"demo report {row['idea']}", now=reported_at)
    hidden = said["hidden"]
    decided = at(today + timedelta(days=hidden["day"]), 10)
    harm, by = Harm(hidden["reason"]), stage.secretariat.id
    moderation.hide(ids["hidden"], harm, translated(hidden), by=by, now=decided)
