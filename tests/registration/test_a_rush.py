"""Many people at once for few places, through real web processes and a real worker, some of which are
killed meanwhile: all register, then all confirm by the links of their mails. They are two thousand for
sixty places in `make test-all`, eighty for forty in `make test`.
"""

from __future__ import annotations

import http.client
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import func, select, update

from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.core.outbox import Mail
from cocreation.cycles.models import PhasePeriod
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration, RegistrationEvent
from tests import processes
from tests.meeting_day import CONFIRMED, OFFERED, REGISTER, WAITING
from tests.selection import crowd

PEOPLE, PLACES, BROWSERS = crowd(2000, 80), crowd(60, 40), 40
WEB_PROCESSES = crowd(4, 2)
EACH = PEOPLE // BROWSERS  # people a browser registers, one after the other
# People answered, each time: while places are given, and later.
KILLED_AFTER = (PLACES // 2, PEOPLE * 50 // 100, PEOPLE * 75 // 100)
HELD, NONE_LEFT = "open", "waiting"  # the shapes of the state that the page of a receipt shows
PATIENCE = 180  # seconds until an answer is given up for lost


class Platform(processes.Platform):
    """The web and the worker, of which one each is killed now and then."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.killed: list[int] = []
        super().__init__(database_url, folder, WEB_WORKERS=str(WEB_PROCESSES))

    def kill_one_of_each(self) -> None:
        self.kill_worker()
        self.killed.append(self.kill_a_web_process(but=self.killed))


class Browser:
    """One that sends forms one after the other; what was cut off it sends again, as people do."""

    def __init__(self, port: int) -> None:
        self.port, self.cut_off = port, 0
        status, headers, page = self.ask("GET", REGISTER)
        assert status == 200, page
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def register(self, number: int) -> tuple[int, str]:
        """Status of the form's answer and what the receipt's page shows: a place held, or none."""
        fields = {
            "csrf_token": self.token,
            "once": secrets.token_hex(12),
            "name": f"Nom {number}",
            "email": address(number),
            "capacity": "citizen",
            "language": "fr",
            "consent": "y",
        }
        status, headers, page = self.ask("POST", REGISTER, urlencode(fields))
        if status != 302:
            return status, page
        status, _headers, page = self.ask("GET", headers["Location"])
        shapes = re.findall(r'class="state state-(\w+)"', page)
        is_to_confirm = '/link"' in page  # the mail can be sent again
        return status, shapes[0] if is_to_confirm and len(shapes) == 1 else page

    def confirm(self, link: str) -> tuple[int, str]:
        """Status of the last answer and what the receipt's page says: a place (0) or a turn."""
        status, headers, page = self.ask("POST", link, urlencode({"csrf_token": self.token}))
        if status != 302:
            return status, page
        status, _headers, page = self.ask("GET", headers["Location"])
        if re.search('class="state state-done"', page):
            return status, "0"
        turn = re.search(r'class="notice notice-waiting">.*?<p>\D*([\d,]+)\D*</p>', page, re.DOTALL)
        return status, turn[1].replace(",", "") if turn else page

    def ask(
        self, method: str, path: str, body: str | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        until = time.monotonic() + PATIENCE
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        headers |= {"Cookie": self.cookie} if hasattr(self, "cookie") else {}
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            except (OSError, http.client.HTTPException):
                self.cut_off += 1
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
            finally:
                connection.close()


@contextmanager
def serving(cast, database_url: str, folder: Path) -> Iterator[Platform]:
    """The platform on the cast's database, its meeting open for registration by the clock of the machine."""
    now = datetime.now(UTC)
    days = {"opens_on": now.date() - timedelta(days=9), "closes_on": now.date() + timedelta(days=9)}
    session.execute(update(PhasePeriod).values(**days))
    session.execute(
        update(Meeting).values(
            places=PLACES,
            registration_opens_at=now - timedelta(days=1),
            registration_closes_at=now + timedelta(days=5),
            starts_at=now + timedelta(days=8),
            ends_at=now + timedelta(days=8, hours=5),
        )
    )
    session.commit()
    session.remove()
    platform = Platform(database_url, folder)
    platform.wait()
    try:
        yield platform
    finally:
        platform.stop()


def rush(platform: Platform, act: Callable[[Browser, int], tuple[int, str]]) -> list[tuple[int, str]]:
    """All at once: a crowd of browsers that begin together. What each person was answered."""
    browsers = [Browser(platform.port) for _ in range(BROWSERS)]
    ready, answered = threading.Barrier(len(browsers)), count(1)

    def act_in_turn(number: int) -> list[tuple[int, str]]:
        answers = []
        ready.wait(PATIENCE)
        for turn in range(EACH):
            answers.append(act(browsers[number], number * EACH + turn))
            if next(answered) in KILLED_AFTER:
                platform.kill_one_of_each()
        return answers

    with ThreadPoolExecutor(len(browsers)) as crowd:
        answers = [answer for some in crowd.map(act_in_turn, range(len(browsers))) for answer in some]
    # Nobody had to ask twice but those whose process was killed under them, one request of each browser.
    assert sum(browser.cut_off for browser in browsers) <= len(KILLED_AFTER) * len(browsers)
    return answers


def address(number: int) -> str:
    return f"p{number}@example.org"


def links(folder: Path) -> dict[str, str]:
    """The page that the mail to each address opens: of mails still to leave, and of those that have."""
    until, found = time.monotonic() + PATIENCE, {}
    while len(found) < PEOPLE and time.monotonic() < until:
        waiting = select(Mail.to, Mail.context).where(Mail.template == "meetings/to_confirm")
        for to, context in session.execute(waiting.where(Mail.sent_at.is_(None))):
            found[to] = context["token"]
        session.remove()
        for mail in mailbox(folder / "mail"):
            token = re.search(r"/registrations/confirm/([\w-]+)", mail.get_body(("plain",)).get_content())
            if token:
                found[mail["To"]] = token[1]
    return {to: f"/en/registrations/confirm/{token}" for to, token in found.items()}


def check_held(answers: list[tuple[int, str]]) -> None:
    """As many as there are hold a place, all others none, in the order they came; nobody lost or doubled."""
    odd = [(status, said[:300]) for status, said in answers if status != 200 or said not in (HELD, NONE_LEFT)]
    assert not odd, odd[:3]
    rows = session.execute(
        select(Registration.id, Registration.state, Registration.email).order_by(Registration.id)
    ).all()
    assert [row.state.value for row in rows] == [OFFERED] * PLACES + [WAITING] * (PEOPLE - PLACES)
    assert len({row.email for row in rows}) == PEOPLE
    held = {address(number) for number, (_status, said) in enumerate(answers) if said == HELD}
    assert held == {row.email for row in rows[:PLACES]}
    assert session.scalar(select(func.count()).select_from(RegistrationEvent)) == PEOPLE
    assert mails("to_confirm") == PEOPLE
    session.remove()


def check(answers: list[tuple[int, str]]) -> None:
    """As many as there are have a place, all others a turn of their own, in the order they confirmed; nobody
    lost or doubled.
    """
    odd = [(status, said[:300]) for status, said in answers if status != 200 or not said.isdecimal()]
    assert not odd, odd[:3]
    turns = sorted(int(said) for _status, said in answers)
    assert turns == [0] * PLACES + list(range(1, PEOPLE - PLACES + 1))
    rows = session.execute(
        select(Registration.id, Registration.state, Registration.email, Registration.queued_at).order_by(
            Registration.id
        )
    ).all()
    assert [row.state.value for row in rows] == [CONFIRMED] * PLACES + [WAITING] * (PEOPLE - PLACES)
    assert len({row.email for row in rows}) == PEOPLE
    queue = sorted(rows[PLACES:], key=lambda row: (row.queued_at, row.id))
    assert len({row.queued_at for row in queue}) == PEOPLE - PLACES
    told = {address(number): int(said) for number, (_status, said) in enumerate(answers)}
    assert [told[row.email] for row in queue] == list(range(1, PEOPLE - PLACES + 1))
    assert session.scalar(select(func.count()).select_from(RegistrationEvent)) == PEOPLE + PLACES
    assert (mails("to_confirm"), mails("confirmed"), mails("waiting")) == (PEOPLE, PLACES, PEOPLE - PLACES)
    session.remove()


def mails(event: str) -> int:
    keys = select(func.count()).select_from(Mail).where(Mail.key.startswith(f"meetings/{event}:"))
    return session.scalar(keys)


def test_many_people_at_once_while_processes_are_killed(cast, database_url, tmp_path):
    with serving(cast, database_url, tmp_path) as platform:
        held = rush(platform, lambda browser, number: browser.register(number))
        check_held(held)
        link = links(tmp_path)
        answers = rush(platform, lambda browser, number: browser.confirm(link[address(number)]))
        assert len(set(platform.killed)) == 2 * len(KILLED_AFTER)
        assert not set(platform.killed) & set(platform.web.children())
        assert platform.worker.is_alive()
    check(answers)
