"""Backing up and restoring the database, and the keys that old links and the register need."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from cocreation.core import backups, migrate
from cocreation.core.database import only_reading
from cocreation.core.settings import ROOT, Settings
from cocreation.upkeep import dumps, seals
from cocreation.upkeep.refusals import DatabaseNotEmpty, NotRestorable, NotWritten
from cocreation.upkeep.seals import DATABASE, REGISTER_KEY, SECRET_KEY, Contents

WORKING = ".backup-"  # how the folders begin in which a backup is made; what a killed one left is removed


def back_up(settings: Settings, engine: Engine, target: Path, key: object, *, now: datetime) -> int:
    """Write the backup `target` for the public `key` while everybody goes on; its size in bytes.

    Raises NotWritten, DumpFailed.
    """
    try:
        with _working(target.parent) as folder:
            files = {DATABASE: folder / DATABASE}
            dumps.dump(settings.database_url, files[DATABASE], settings.pg_bin)
            with only_reading(), engine.connect() as connection:
                revision = migrate.revision_of(connection)
            if Path(settings.register_key).is_file():
                files[REGISTER_KEY] = folder / REGISTER_KEY
                shutil.copyfile(settings.register_key, files[REGISTER_KEY])
            files[SECRET_KEY] = folder / SECRET_KEY
            files[SECRET_KEY].write_text(settings.secret_key)
            told = {
                "version": version(),
                "revision": revision,
                "made_at": now.isoformat(),
                "kind": dumps.kind(settings.database_url),
                "base_url": settings.base_url,
            }
            seals.seal(files, told, key, target)
    except FileExistsError as error:
        raise NotWritten(f"{target} is there already: it stays as it is.") from error
    except OSError as error:
        raise NotWritten(
            f"No backup was written, and nothing of it is left: {error.strerror or error}."
        ) from error
    return target.stat().st_size


def restore(settings: Settings, engine: Engine, contents: Contents, *, over: bool) -> list[str]:
    """Put an opened backup in the place of what is here: the database, and keys where there are none.

    Sentences for whoever does it. Raises NotRestorable, DatabaseNotEmpty, before anything is changed, and
    DumpFailed: then the database is as it was.
    """
    check(settings, contents)
    rows = dumps.rows(engine)
    if rows and not over:
        raise DatabaseNotEmpty(rows)
    engine.dispose()
    dumps.load(contents.folder / DATABASE, settings.database_url, settings.pg_bin)
    return [*_bring_register_key(settings, contents), *_bring_secret_key(settings, contents, fresh=not rows)]


def check(settings: Settings, contents: Contents) -> None:
    """Whether a backup can be restored here. Raises NotRestorable."""
    own_kind, backup_kind = dumps.kind(settings.database_url), contents.manifest["kind"]
    if own_kind != backup_kind:
        raise NotRestorable(
            f"This backup is of {backup_kind}, and DATABASE_URL of {own_kind}: it goes into its own kind"
            " only."
        )
    if contents.manifest["revision"] not in migrate.revisions():
        raise NotRestorable(
            f"A newer version made this backup ({contents.manifest['version']}): install that one first."
        )
    key, register_key = contents.path(REGISTER_KEY), Path(settings.register_key)
    if key and register_key.exists() and register_key.read_bytes() != key.read_bytes():
        raise NotRestorable(
            f"{register_key} is another key than the one that signed the register of this backup. Nothing was"
            " changed: move it away, or point REGISTER_KEY elsewhere."
        )


def remove_old(folder: Path, rule: str, but: Path) -> int:
    """Remove the backups that `rule` does not keep; how many. `but` is the one just made: it stays, whatever
    the clock of this machine says. Raises ValueError for what is no rule.
    """
    found = backups.find_all(str(folder))
    stay = backups.kept([backup.made_at for backup in found], rule)
    gone = [backup for backup in found if backup.made_at not in stay and backup.path != but]
    for backup in gone:
        backup.path.unlink()
        backup.path.with_name(backup.path.name + backups.TRIED).unlink(missing_ok=True)
    return len(gone)


def version() -> str:
    """The version of this code."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


@contextmanager
def opening(sealed: Path, key: object) -> Iterator[Contents]:
    """An opened backup, for as long as the block lasts. Raises NotABackup, OSError."""
    with tempfile.TemporaryDirectory(prefix="cocreation-restore-") as folder:
        yield seals.unseal(sealed, key, Path(folder))


@contextmanager
def _working(parent: Path) -> Iterator[Path]:
    """A folder of our own beside the backup to be; gone afterwards, with what an earlier one left."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NotWritten(f"Another backup is being made in {parent}.") from error
        for left in parent.glob(f"{WORKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=WORKING, dir=parent) as folder:
            yield Path(folder)
    finally:
        os.close(lock)


def _bring_register_key(settings: Settings, contents: Contents) -> list[str]:
    key, target = contents.path(REGISTER_KEY), Path(settings.register_key)
    if key is None or target.exists():
        return []
    _write(target, key.read_text())
    return [f"The key of the register is back: {target}"]


def _bring_secret_key(settings: Settings, contents: Contents, *, fresh: bool) -> list[str]:
    """It comes from the environment where it is given; else from a file, which starting this very command may
    have made: that one protects nothing yet.
    """
    key = contents.path(SECRET_KEY)
    secret, target = key.read_text() if key else "", ROOT / "var" / "secret_key"
    if not secret or secret == settings.secret_key:
        return []
    if os.environ.get("SECRET_KEY") or settings.in_production or not fresh:
        beside = Path(settings.register_key).with_name("secret_key.restored")
        with suppress(FileNotFoundError):
            beside.unlink()
        _write(beside, secret)
        return [
            f"SECRET_KEY is another one than when the backup was made: until the one in {beside} is put into"
            " the environment, people have to sign in anew and links of before do not open."
        ]
    with suppress(FileNotFoundError):
        target.unlink()
    _write(target, secret)
    return [f"The key of sessions and links is back: {target}. Start the web and the worker anew."]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
