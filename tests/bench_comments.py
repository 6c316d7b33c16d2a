"""The part of `make bench` about public comment: a text with 50 comments beside the same with 5,000, and how
long the worker takes to find the copies among them.
"""

from __future__ import annotations

import random
import statistics
from types import SimpleNamespace
from typing import Any

from sqlalchemy import func, select

from cocreation.app import create_app
from cocreation.comments.models import Campaign
from cocreation.comments.services import campaigns
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from tests.bench_meetings import timed
from tests.comments.consulted import DOCUMENT, consult, crowd_of_comments, say

REFERENCE = "2026-PC99"
PATH = f"/ar/consultations/{REFERENCE}/texts/{DOCUMENT}"
LETTER = (
    "نطالب بنشر قرارات المجالس الجماعية كاملة على مواقعها داخل أجل خمسة عشر يوما، بالعربية والأمازيغية، "
    "في صيغة قابلة لإعادة الاستعمال، مع محاضر الدورات وتصويت كل عضو."
)


def consulted(url: str, count: int) -> None:
    """Put a text to public comment in the database `url`, with so many comments."""
    app = create_app(database_url=url)
    with app.app_context():
        crowd_of_comments(_text(), count, signed=count // 5)
    app.extensions["engine"].dispose()


def _text() -> Any:
    cycle = session.scalars(select(Cycle).order_by(Cycle.starts_on.desc())).first()
    return consult(SimpleNamespace(cycle=cycle), number=99, reference=REFERENCE)  # type: ignore[arg-type]


def beside(small: Any, large: Any, rounds: int) -> None:
    """How many times longer the page of the text takes on `large` than on `small`, asked in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 5):
        for server, taken in zip((small, large), times, strict=True):
            seconds = server.ask(PATH)
            if turn >= 5:
                taken.append(seconds)
    few, many = (statistics.median(taken) for taken in times)
    shown = f"{few * 1000:.1f} and {many * 1000:.1f} ms"
    print(f"\na consulted text with 50 and with 5,000 comments: {shown}, {many / few:.2f}")


def copies(url: str, count: int = 5_000) -> None:
    """Find the copies of one letter, two in five comments, each with a word of its own."""
    app = create_app(database_url=url)
    with app.app_context():
        text, chance, words = _text(), random.Random(1), LETTER.split()
        said = []
        for number in range(count):
            own = chance.sample(words, len(words)) if number % 5 > 1 else [*words]
            own[chance.randrange(len(own))] = f"كلمة{number}"
            said.append(" ".join(own))
        say(text, *said)
        took = timed(lambda: [None for _round in iter(lambda: campaigns.group(clock.now()), 0)])
        ours = Campaign.consultation_id == text.consultation_id
        signed = session.scalar(select(func.sum(Campaign.signatures)).where(ours))
        session.remove()
    app.extensions["engine"].dispose()
    print(f"{signed} of {count * 2 // 5} copies found among {count} comments in {took:.1f} s")
