"""What one version of the code shows: run as a program inside a checkout of it, by `tests.compare`.

It knows of that code only what stays: `wsgi.app`, the commands, and that one module named `clock` holds its
clock still. So it visits a checkout of long ago and the one that is being written in the same way.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import importlib
import os
import pickle
import random
import re
import secrets
import sqlite3
import sys
import uuid
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

# Another visitor sees other things: raised with every change that matters to what is kept of old commits.
EDITION = 1
# A Tuesday outside Ramadan, the moment of the tests' own demonstration (tests/seeded.py).
MOMENT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
ORIGIN = "http://127.0.0.1:8000"
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
LINK = re.compile(rb'\s(?:href|src)="([^"#]+)')
IN_MAIL = re.compile(re.escape(ORIGIN) + r"(/[^\s<>\"')\]]+)")
# Who visits, in which languages. The others of the staff see a part of what these see.
VISITORS = {
    "anonymous": ("ar", "fr"),
    "secretariat": ("ar", "fr"),
    "focal": ("ar", "fr"),
    "coordinator": ("ar",),  # of an association: the one that coordinates a meeting
    "facilitator": ("ar",),
    "committee": ("ar",),
    "administrator": ("ar",),
}
# So many pages of one kind (addresses that one rule serves), and so many ways to ask one of them.
PAGES_OF_A_KIND = {"anonymous": 4}
PAGES_OF_A_KIND_FOR_STAFF = 2
WAYS_TO_ASK = 2
MAILS_OF_A_KIND = 6


def main() -> None:
    options = _options()
    _without_chance("start")
    sys.path.insert(0, os.getcwd())
    app = importlib.import_module("wsgi").app
    clock = _clock()
    with clock.frozen(MOMENT):
        given = pickle.loads(options.given.read_bytes()) if options.given else {}
        _word(given.get("words", {}))
        said = {"seed": seed, "upgrade": upgrade, "visit": visit, "post": post}[options.act](app, given)
    if options.said:
        options.said.write_bytes(pickle.dumps(said))
    sys.stdout.flush()
    os._exit(0)  # nothing is left to put away, and some servers take their time


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("act", choices=["seed", "upgrade", "visit", "post"])
    parser.add_argument("--given", type=Path)
    parser.add_argument("--said", type=Path)
    return parser.parse_args()


def _word(sentences: dict[str, Any]) -> None:
    """Say these sentences, by language, as they are given; asked of today's code alone."""
    for code, worded in sentences.items():
        importlib.import_module("cocreation.languages.i18n").catalogue(code)._catalog.update(worded)


def seed(app: Any, _given: Any) -> None:
    """A new database with the demonstration, whose mails stay although it takes them back."""
    upgrade(app, None)
    _without_chance("seed")
    with _nothing_leaves_the_outbox(app.extensions["engine"]):
        _run(app, "seed", "demo")


def upgrade(app: Any, _given: Any) -> None:
    _run(app, "db", "upgrade")


def post(app: Any, _given: Any) -> dict[str, tuple[str, ...]]:
    """The mails of the outbox as they leave, by key of their row: subject, text, HTML, what hangs on them."""
    engine = app.extensions["engine"]
    kinds: Counter[tuple[str, str]] = Counter()
    with engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT id, key, template, language FROM outbox ORDER BY id")
        keys = {}
        for number, key, template, language in rows.fetchall():
            kinds[template, language] += 1
            if kinds[template, language] <= MAILS_OF_A_KIND:
                keys[number] = key
        listed = ", ".join(map(str, keys)) or "0"
        connection.exec_driver_sql(f"DELETE FROM outbox WHERE id NOT IN ({listed})")
        # What a mail says of its row differs from version to version; whom it goes to is in every one.
        connection.exec_driver_sql("UPDATE outbox SET \"to\" = 'row-' || id || '@demo.example'")
    _run(app, "mail", "send")
    mails = {}
    for path in sorted(Path(os.environ["MAIL_URL"].removeprefix("file:")).glob("**/*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        number = int(str(message["To"]).removeprefix("row-").partition("@")[0])
        parts = [part for part in message.walk() if not part.is_multipart()]
        heads = {name: message[name] for name in ("Subject", "Content-Language", "List-Unsubscribe")}
        mails[keys.pop(number)] = (
            "\n".join(f"{name}: {value}" for name, value in heads.items() if value),
            *(_part(part) for part in parts),
        )
    return mails | dict.fromkeys(keys.values(), ("not sent",))


def _part(part: Any) -> str:
    content = part.get_content()
    if isinstance(content, bytes):
        content = f"{zlib.crc32(content):08x}" if part.get_content_maintype() == "image" else content.decode()
    return f"{part.get_content_type()}\n{content}"


def visit(app: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Every page there is a way to, for each visitor; or those `given` of an earlier visit, in order."""
    visitors = {name: _Visitor(app, name, given) for name in VISITORS}
    told = given.get("order")
    said: dict[str, Any] = {"pages": {}, "links": {}, "order": {}}
    for name, languages in VISITORS.items():
        for language in languages:
            if told and (name, language) not in told:
                continue
            pages = visitors[name].go_round(language)
            said["pages"] |= pages
            said["order"][name, language] = [address for _, address in pages]
            said["links"][name, language] = visitors[name].seen
    return said


class _Visitor:
    """Somebody who looks at everything: signed in, unless anonymous."""

    def __init__(self, app: Any, name: str, given: dict[str, Any]) -> None:
        self.app, self.name, self.given = app, name, given
        self.client = app.test_client()
        self.rules = app.url_map.bind("127.0.0.1:8000")
        if name != "anonymous":
            self._sign_in()

    def go_round(self, language: str) -> dict[tuple[str, str], tuple[Any, ...]]:
        """The pages in one language: (status, type, place it sends on to, content, statements)."""
        self.language, self.seen = language, dict[str, str]()
        self.taken: Counter[str] = Counter()
        self.ways: dict[str, Counter[str]] = defaultdict(Counter)
        told = self.given.get("order", {}).get((self.name, language))
        waiting = deque(told or filter(self._is_wanted, self._beginnings()))
        pages = {}
        while waiting:
            address = waiting.popleft()
            if (self.name, address) in pages:
                continue  # a beginning that was linked to as well: a second look might find another answer
            answer = self._ask(address)
            pages[self.name, address] = answer
            for link in self._links(address, answer):
                if link not in self.seen:
                    self.seen[link] = address
                    if told is None and self._is_wanted(link):
                        waiting.append(link)
        return pages

    def _sign_in(self) -> None:
        _without_chance(f"sign in {self.name}")
        said = _run(self.app, "user", "link", f"{self.name}@demo.example")
        address = urlsplit(said.split()[-1]).path
        page = self.client.get(address, base_url=ORIGIN).get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        done = self.client.post(address, data={"csrf_token": token[1] if token else ""}, base_url=ORIGIN)
        assert done.status_code in (302, 303), f"{self.name} cannot sign in: {done.status_code}"

    def _ask(self, address: str) -> tuple[Any, ...]:
        _without_chance(f"{self.name} {address}")
        with _statements() as asked:
            answer = self.client.get(address, base_url=ORIGIN)
            body = answer.get_data()
        sent_on = answer.headers.get("Location", "").removeprefix(ORIGIN)
        kind = answer.headers.get("Content-Type", "")
        answer.close()
        return answer.status_code, kind, sent_on, zlib.compress(body, 1), tuple(asked)

    def _links(self, address: str, answer: tuple[Any, ...]) -> Iterator[str]:
        status, kind, sent_on, body, _ = answer
        if sent_on:
            found = [sent_on]
        elif kind.startswith("text/html") and status == 200:
            found = [unescape(link.decode()) for link in LINK.findall(zlib.decompress(body))]
        elif address == "/sitemap.txt":
            found = zlib.decompress(body).decode().split()
        else:
            found = []
        for link in found:
            joined = urljoin(ORIGIN + address, link)
            parts = urlsplit(joined)
            if joined.startswith(ORIGIN) and parts.path.startswith(f"/{self.language}"):
                yield parts.path + (f"?{parts.query}" if parts.query else "")

    def _beginnings(self) -> list[str]:
        """Where they start: what needs no reference, by its address; and what mails lead to."""
        fixed = [f"/{self.language}"]
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.arguments <= {"lang"}:
                path = re.sub(r"<any\([^>]*:lang>", self.language, rule.rule)
                if rule.arguments or self.language == "ar":  # one without a language is visited once
                    fixed.append(path)
        mails = self.given.get("mailed", []) if self.name == "anonymous" else []
        fixed = sorted(set(fixed) - {"/health", "/ready"})  # how the machine does, which is not ours
        return [*fixed, *(link for link in mails if link.startswith(f"/{self.language}/"))]

    def _is_wanted(self, address: str) -> bool:
        """Whether there is room for one more of its kind."""
        parts = urlsplit(address)
        try:
            rule = str(self.rules.match(parts.path, return_rule=True)[0])
        except Exception:  # leads nowhere, or on: it is worth one look
            rule = "nowhere"
        names = " ".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
        if names:
            self.ways[rule][names] += 1
            return self.ways[rule][names] <= WAYS_TO_ASK
        self.taken[rule] += 1
        return self.taken[rule] <= PAGES_OF_A_KIND.get(self.name, PAGES_OF_A_KIND_FOR_STAFF)


def _run(app: Any, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=list(words))
    if done.exit_code:
        raise SystemExit(f"flask {' '.join(words)}: {done.output}") from done.exception
    return done.output


def _clock() -> Any:
    """The module that holds this code's clock, wherever it stands."""
    for path in sorted(Path("cocreation").glob("**/clock.py")):
        if "def frozen(" in path.read_text():
            return importlib.import_module(".".join(path.with_suffix("").parts))
    raise SystemExit("No module clock.py of cocreation holds a clock still.")


def _without_chance(beginning: str) -> None:
    """Let every secret to come follow from `beginning`, so that two versions give the same."""
    chance = random.Random(beginning)
    secrets._sysrand = chance  # type: ignore[attr-defined]
    secrets.choice, secrets.randbits = chance.choice, chance.getrandbits  # type: ignore[assignment]
    uuid.uuid4 = lambda: uuid.UUID(int=chance.getrandbits(128), version=4)


@contextmanager
def _statements() -> Iterator[list[str]]:
    """The statements of a block, each as its verb and its first table."""
    from sqlalchemy import Engine, event

    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            table = re.search(r"\b(?:FROM|INTO|UPDATE)\s+(\w+)", statement)
            asked.append(f"{statement.split()[0]} {table[1] if table else ''}")

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def _nothing_leaves_the_outbox(engine: Any) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        before = ["CREATE TRIGGER kept BEFORE DELETE ON outbox BEGIN SELECT RAISE(IGNORE); END"]
        after = ["DROP TRIGGER kept"]
    else:
        before = [
            "CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER kept BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION kept()",
        ]
        after = ["DROP TRIGGER kept ON outbox", "DROP FUNCTION kept()"]
    for statements in (before, after):
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        if statements is before:
            yield


def rows(path: Path) -> dict[str, list[str]]:
    """The rows of every table of an SQLite database, as texts, in their order."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [str(dict(row)) for row in database.execute(f"SELECT * FROM {name}")]
            for name in sorted(names)
        }


if __name__ == "__main__":
    main()
