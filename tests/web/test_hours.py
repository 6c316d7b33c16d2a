"""An hour that the clock of Morocco skips is refused rather than moved."""

from __future__ import annotations

import pytest

from tests.web.test_forms import send


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("2026-03-22T01:59", 200),
        ("2026-03-22T02:30", 422),  # Ramadan is over: at 02:00 it is 03:00
        ("2026-03-22T03:00", 200),
        ("2026-02-15T02:30", 200),  # twice, and the first is meant
        ("2026-09-20T02:30", 200),
    ],
)
def test_an_hour_that_is_skipped(trial_client, typed, status):
    assert send(trial_client, at=typed).status_code == status
