"""Who sits at the desks where ideas are screened, studied, linked and decided, and how ideas stand there."""

from __future__ import annotations

import pytest


@pytest.fixture
def salma(cast):
    """The browser of the secretariat."""
    return cast.visitor(cast.salma)


@pytest.fixture
def three(cast):
    """2026-1 of Nadia, 2026-2 of Omar, 2026-3 of Sara; all received."""
    from tests.desk import received

    for email in ("nadia@example.org", "omar@example.org", "sara@example.org"):
        received(cast, email=email)
    return cast


@pytest.fixture
def two_readers(cast):
    """From now on, not accepting takes two."""
    from cocreation.core.database import session
    from cocreation.cycles.models import Cycle

    session.get_one(Cycle, cast.cycle.id).readers_to_refuse = 2
    session.commit()
    session.remove()
