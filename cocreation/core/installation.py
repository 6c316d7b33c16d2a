"""What must be right before an installation serves people, and before a command touches its data."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from cocreation.core import migrate
from cocreation.core.database import only_reading
from cocreation.core.settings import Settings

ENVIRONMENT = Path("/etc/cocreation.env")
SHORTEST_SECRET = 32  # characters; `keys make` gives 64


def problems(settings: Settings) -> list[str]:
    """Everything that is wrong with an installation people rely on, a plain sentence each.

    Nothing is of a trial: it may be started as it is.
    """
    return list(_problems(settings)) if settings.in_production and not settings.testing else []


def _problems(settings: Settings) -> Iterator[str]:
    if not settings.secure:
        yield f"BASE_URL is {settings.base_url}: give the address people use, https://…"
    if len(settings.secret_key) < SHORTEST_SECRET:
        fault = "is too short" if settings.secret_key else "is missing"
        yield f"SECRET_KEY {fault}: `flask --app wsgi keys make` prints one to put into the environment."
    key = Path(settings.register_key)
    if not key.is_file():
        yield (
            f"REGISTER_KEY: there is no file {key}. Bring the key that signed before, from a backup or"
            " another node; `flask --app wsgi keys make` makes the first one of a new installation."
        )
    yield from _open_to_others(key)
    database = make_url(settings.database_url)
    if database.get_backend_name() == "sqlite" and database.database:
        for ending in ("", "-wal", "-shm"):
            yield from _open_to_others(Path(database.database + ending))
    yield from _open_to_others(ENVIRONMENT, stat.S_IRWXO)


def _open_to_others(path: Path, whom: int = stat.S_IRWXG | stat.S_IRWXO) -> Iterator[str]:
    """A sentence when somebody else may read or change this file."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if mode & whom:
        yield f"{path} can be read by others: chmod {stat.S_IMODE(mode & ~whom):o} {path}"


class Lack(NamedTuple):
    """Why a database cannot be used as it is, in a sentence that says what to run, and whether by its shape:
    bringing it up to date helps an `old` one, restoring a backup a `new` one.
    """

    sentence: str
    shape: Literal["", "old", "new"] = ""


def lacking(engine: Engine) -> Lack | None:
    """What the database lacks; None when it can be used."""
    url = engine.url
    if url.get_backend_name() == "sqlite" and url.database and (wrong := _not_writable(Path(url.database))):
        return Lack(wrong)
    try:
        with only_reading(), engine.connect() as connection:
            revision = migrate.revision_of(connection)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return Lack(f"The database does not answer: {said}")
    head, upgrade = migrate.head(), "run `flask --app wsgi db upgrade`."
    if revision is None:
        return Lack(f"The database is not made yet: {upgrade}", "old")
    if revision == head:
        return None
    if revision in migrate.revisions():
        return Lack(f"The database is older than this version ({revision}, not {head}): {upgrade}", "old")
    start = "start the version that made it, or restore a backup."
    return Lack(f"The database is newer than this version ({revision}, not {head}): {start}", "new")


def _not_writable(path: Path) -> str | None:
    """SQLite writes beside its file too."""
    place = path if path.exists() else path.parent
    while not place.exists():
        place = place.parent
    for location in (place, place.parent if place == path else place):
        if not os.access(location, os.W_OK):
            return f"{location} cannot be written: it must belong to the user who runs the platform."
    return None
