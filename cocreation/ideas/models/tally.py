"""How many public ideas there are of each kind, kept by the database itself."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, choice
from cocreation.ideas.models.idea import IdeaState, Origin
from cocreation.reasons.models import Fate


class Tally(Base):
    """So many public ideas more (or fewer) of one kind: the sum of `count` is how many there are.

    Triggers of the table of ideas add rows, in the transaction that changes an idea, and never change one: so
    nobody waits for anybody, and counting costs the same for a thousand ideas as for a million. The worker
    folds the rows of a kind into one (`ideas.services.tallies.fold_tallies`).
    """

    __tablename__ = "idea_tallies"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Indexed since the few rows of now lie behind the many that were folded away.
    cycle_id: Mapped[int] = mapped_column(index=True)
    theme_id: Mapped[int | None]
    region_code: Mapped[str | None]
    origin: Mapped[Origin] = mapped_column(choice(Origin))
    state: Mapped[IdeaState] = mapped_column(choice(IdeaState))
    fate: Mapped[Fate | None] = mapped_column(choice(Fate))
    accepted: Mapped[bool | None]
    count: Mapped[int]
