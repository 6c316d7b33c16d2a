"""The whole database into one file and back, by what each database has for it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, inspect, make_url, text

from cocreation.core.database import only_reading
from cocreation.upkeep.refusals import DumpFailed

FAILED = "The database could not be copied: {}"
# Rows of these say that somebody has worked here; territories come with every new database.
PRECIOUS = ("people", "cycles", "meetings", "registrations", "ideas", "register")

# In the transaction that puts the backup's tables in their place. What an extension made is the server's.
CLEARED = """
DO $$ DECLARE it record; BEGIN
  FOR it IN SELECT oid::regclass AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
  LOOP
    EXECUTE format('DROP TABLE %s CASCADE', it.name);
  END LOOP;
  FOR it IN SELECT oid::regprocedure AS name FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', it.name);
  END LOOP;
END $$;
"""


def kind(url: str) -> str:
    """ "sqlite" or "postgresql"."""
    return make_url(url).get_backend_name()


def dump(url: str, target: Path, programs: str = "") -> None:
    """Copy the database at `url`, as it stands at one moment, into the new file `target`, while others write.
    `programs` is the folder of PostgreSQL's. Raises DumpFailed.
    """
    parsed = make_url(url)
    if kind(url) == "sqlite":
        try:
            with closing(_opened(parsed)) as database, closing(sqlite3.connect(target)) as copy:
                database.backup(copy)  # all pages in one step: in pieces, each write would begin it anew
        except sqlite3.Error as error:
            raise DumpFailed(FAILED.format(error)) from error
    else:
        _run(
            "pg_dump",
            programs,
            parsed,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--file={target}",
        )


def look_through(source: Path, kind: str, programs: str = "") -> None:
    """Read all of what `dump` wrote, restoring nothing. Raises DumpFailed."""
    if kind == "postgresql":
        _run("pg_restore", programs, None, "--file=/dev/null", str(source))
        return
    try:
        with closing(sqlite3.connect(source)) as copy:
            _check_integrity(copy)
    except sqlite3.Error as error:
        raise DumpFailed(FAILED.format(error)) from error


def load(source: Path, url: str, programs: str = "") -> None:
    """Put what `dump` wrote in the place of all there is in the database at `url`, or leave that as it was.
    Raises DumpFailed.
    """
    parsed = make_url(url)
    if kind(url) == "sqlite":
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(sqlite3.connect(source)) as copy, closing(_opened(parsed)) as database:
                _check_integrity(copy)
                copy.backup(database)
        except sqlite3.Error as error:
            raise DumpFailed(FAILED.format(error)) from error
        return
    script, cleared = source.with_name("script.sql"), source.with_name("cleared.sql")
    cleared.write_text(CLEARED)
    _run("pg_restore", programs, None, "--no-owner", "--no-privileges", f"--file={script}", str(source))
    at_once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--no-psqlrc", "--quiet")
    _run("psql", programs, parsed, *at_once, f"--file={cleared}", f"--file={script}")


def _check_integrity(database: sqlite3.Connection) -> None:
    if (said := database.execute("PRAGMA integrity_check").fetchone()) != ("ok",):
        raise DumpFailed(FAILED.format(said[0]))


def rows(engine: Engine) -> dict[str, int]:
    """How many rows there are of what somebody would miss; none in a database that was never used."""
    with only_reading(), engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        counts = {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0  # noqa: S608 — names of our own
            for name in PRECIOUS
            if name in tables
        }
    return {name: count for name, count in counts.items() if count}


def _opened(url: URL) -> sqlite3.Connection:
    return sqlite3.connect(str(url.database), timeout=30)


def _run(name: str, programs: str, url: URL | None, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. The password goes where no list of processes shows it."""
    program = shutil.which(name, path=programs or None)
    if program is None:
        raise DumpFailed(
            f"{name} is missing: install the client programs of PostgreSQL, or say in PG_BIN where they are."
        )
    environment, at = dict(os.environ), []
    if url is not None:
        plain = url.set(drivername="postgresql", password=None)
        at = [f"--dbname={plain.render_as_string(hide_password=False)}"]
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(  # noqa: S603 — a program of the machine's, arguments of our own
        [program, *at, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if "server version mismatch" in done.stderr:
        raise DumpFailed(
            f"{program} is of another version than the server: install that of its version, or say in PG_BIN"
            f" where it is. It said: {' '.join(done.stderr.split()[-20:])}"
        )
    if done.returncode:
        raise DumpFailed(FAILED.format(" ".join(done.stderr.split()[-40:]) or done.returncode))
