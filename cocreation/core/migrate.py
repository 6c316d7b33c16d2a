"""Bring a database to the shape the code expects."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from cocreation.core.settings import ROOT


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Apply the migrations up to `revision` to the database at `url`."""
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Undo the migrations back to `revision`; "base" leaves an empty database."""
    command.downgrade(_config(url), revision)


def revise(url: str, message: str) -> None:
    """Write a new migration from what the models say and the database at `url` does not."""
    command.revision(_config(url), message=message, autogenerate=True)
