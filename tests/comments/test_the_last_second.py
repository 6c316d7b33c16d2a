"""Many comments in the last second of the window, through real web processes, one of which is killed: each is
accepted with a number or refused with a sentence, none after the minute, none lost. They are five hundred in
`make test-all`, sixty in `make test`.
"""

from __future__ import annotations

import re
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select, update

from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation
from cocreation.core.database import session
from tests import processes
from tests.comments.consulted import TEXT, comments, consult
from tests.registration.test_a_rush import PATIENCE, Browser
from tests.selection import crowd

PEOPLE, BROWSERS = crowd(500, 60), 20
WEB_PROCESSES = crowd(4, 2)
EACH = PEOPLE // BROWSERS
KILLED_AFTER = PEOPLE // 5  # answers
LAST = timedelta(seconds=1)
FORM = f"{TEXT}/comment"
ACCEPTED, REFUSED = "accepted", "refused"


class Commentator(Browser):
    """A browser that has the form open, and sends one after the other."""

    def __init__(self, port: int) -> None:
        self.port, self.cut_off = port, 0
        _status, headers, page = self.ask("GET", FORM)
        self.token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def send(self, words: str) -> str:
        """What became of a comment that says this; what else was answered, where it was neither."""
        fields = {
            "csrf_token": self.token,
            "once": secrets.token_hex(12),
            "kind": "person",
            "stance": "agree",
            "words": words,
            "email": f"{words}@example.org",
            "consent": "y",
        }
        status, headers, page = self.ask("POST", FORM, urlencode(fields))
        if status == 302 and headers["Location"].endswith("/comments/sent"):
            return ACCEPTED
        says_so = 'data-stage="closed"' in page and words in page  # and gives back what was typed
        return REFUSED if status == 409 and says_so else f"{status} {page[:300]}"


def closing(moment: datetime) -> None:
    session.execute(update(Consultation).values(closes_at=moment))
    session.commit()
    session.remove()


def rush(platform: processes.Platform) -> dict[str, str]:
    """All at once, in the last second: what became of each comment, by its words."""
    people = [Commentator(platform.port) for _ in range(BROWSERS)]
    ready, answered = threading.Barrier(BROWSERS + 1), count(1)

    def send_in_turn(number: int) -> list[tuple[str, str]]:
        ready.wait(PATIENCE)
        became = []
        for turn in range(EACH):
            words = f"p{number * EACH + turn}"
            became.append((words, people[number].send(words)))
            if next(answered) == KILLED_AFTER:
                platform.kill_a_web_process()
        return became

    with ThreadPoolExecutor(BROWSERS) as crowd_of_people:
        sending = [crowd_of_people.submit(send_in_turn, number) for number in range(BROWSERS)]
        closing(datetime.now(UTC) + LAST)
        ready.wait(PATIENCE)
        became = dict(pair for some in sending for pair in some.result())
    assert sum(person.cut_off for person in people) <= BROWSERS, (
        "nobody asks twice but those who were cut off"
    )
    return became


def test_everyone_in_the_last_second_is_accepted_or_refused(cast, database_url: str, tmp_path: Path):
    now = datetime.now(UTC)
    window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    consult(cast, **window, announced_at=now - timedelta(days=20))
    with processes.platform(database_url, tmp_path, WEB_WORKERS=str(WEB_PROCESSES)) as platform:
        platform.wait()
        early = Commentator(platform.port)
        assert early.send("early") == ACCEPTED
        became = rush(platform)
        # Whoever is quicker than the second goes on until it is over.
        for number in count(PEOPLE):
            became[f"p{number}"] = early.send(f"p{number}")
            if became[f"p{number}"] != ACCEPTED:
                break
        assert became[f"p{number}"] == REFUSED
    closes_at = session.scalars(select(Consultation.closes_at)).one()
    rows = comments()
    odd = {said for said in became.values() if said not in (ACCEPTED, REFUSED)}
    assert not odd
    assert len(became) > PEOPLE
    accepted = [words for words, said in became.items() if said == ACCEPTED]
    assert sorted(row.words for row in rows) == sorted(["early", *accepted]), "none lost, none twice"
    assert all(row.sent_at < closes_at for row in rows), "none after the minute"
    assert sorted(row.number for row in rows) == list(range(1, len(rows) + 1))
    in_order = session.scalars(select(Comment.number).order_by(Comment.sent_at, Comment.number)).all()
    assert list(in_order) == sorted(in_order), "numbered in the order in which they came"
