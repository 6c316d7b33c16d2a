"""What every test may ask for. Application code is imported late: tests of pure rules need none of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

pytest_plugins = ["tests.databases", "tests.browsers"]


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator:
    """The application on a database of this test's own, its mails in a folder of this test's own."""
    from cocreation.app import create_app

    from cocreation.core.database import session

    app = create_app(
        {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "for tests only",
            "MAIL_URL": f"file:{tmp_path / 'mail'}",
            "RATE_LIMITS": False,
            "TESTING": True,
        }
    )
    with app.app_context():
        yield app
    engine = session.get_bind()
    session.remove()
    engine.dispose()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def now() -> Iterator[datetime]:
    """The clock, held at a moment inside the intake phase of the cast's cycle."""
    from cocreation.core import clock

    with clock.frozen(datetime(2026, 3, 10, 9, 0, tzinfo=UTC)) as moment:
        yield moment
