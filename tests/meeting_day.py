"""What the tests of the rooms of a meeting stand on: its people, its browsers, its moments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from cocreation.core import clock, secrets
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.core.outbox import Mail
from cocreation.demographics.models import APART, Capacity
from cocreation.files.sheets.writer import write_xlsx
from cocreation.languages.i18n import Lazy, gettext, speaking
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.registration.services.answers import Participant
from cocreation.registration.services.registrations import add
from cocreation.travel_support.models import CriterionWeight, TravelSupportCriterion, TravelSupportOffer
from tests.cast import THEN, Cast, T
from tests.forms import fill, post_forms, press
from tests.html import numbers, texts
from tests.words import says

REGISTER = "/en/meetings/OR1/register"
TURN = (
    "You are number %(turn)s in the waiting list. When somebody cancels, "
    "the place is offered to the first in the list, then to the next."
)
# What the pages of a meeting say once it has ended.
OVER = "This meeting is over. Thank you to everyone who took part."
CALLED_OFF_ON = "This meeting was called off on %(day)s."
OUJDA = "02.411"


@pytest.fixture
def send(cast: Cast, client: FlaskClient) -> Callable[..., Any]:
    """Fill in the public form, whole unless told otherwise; the answer."""

    def fill_in(**fields: Any) -> Any:
        with client.session_transaction() as cookie:  # somebody else's browser each time
            cookie.pop("sendings", None)
        defaults = {"name": "Nadia", "email": "nadia@example.org", "capacity": "citizen", "consent": "y"}
        return fill(client, REGISTER, **{**defaults, **fields})

    return fill_in


@pytest.fixture
def register(client: FlaskClient, send: Callable[..., Any]) -> Callable[..., Any]:
    """The same, and then, where the address was written to, the button of the link in its mail."""

    def register_and_confirm(**fields: Any) -> Any:
        answer = send(**fields)
        link = link_for(fields.get("email", "nadia@example.org").lower())
        if answer.status_code == 302 and link and post_forms(client, link):
            client.get(press(client, link, link).location)  # what it says is said once
        return answer

    return register_and_confirm


def link_for(email: str) -> str | None:
    """The page that the latest mail to `email` which asks to confirm opens, before that mail is sent."""
    asked = select(Mail.context).where(Mail.to == email, Mail.sent_at.is_(None))
    asked = asked.where(
        Mail.template.in_(
            ["meetings/to_confirm", "meetings/confirm_soon", "meetings/yielded", "meetings/let_go"]
        )
    )
    context = session.scalar(asked.order_by(Mail.id.desc()).limit(1))
    session.remove()
    return f"/en/registrations/confirm/{context['token']}" if context else None


@pytest.fixture
def karim(cast: Cast) -> FlaskClient:
    """The browser of the coordinator of the meeting."""
    return cast.visitor(cast.karim)


@pytest.fixture
def day(cast: Cast) -> Iterator[datetime]:
    """The morning of the meeting."""
    change(cast, places=400)
    with later(days=20) as moment:
        yield moment


@pytest.fixture
def salma(cast: Cast) -> FlaskClient:
    """The browser of the secretariat."""
    return cast.visitor(cast.salma)


@pytest.fixture
def offered(cast: Cast) -> None:
    """Three nights and two tickets; distance 30, student 10."""
    offer_help(cast)


@pytest.fixture
def receipt(offered: None, register: Callable[..., Any]) -> str:
    """The address of the page on which Nadia asks."""
    return register().location + "/support"


@pytest.fixture
def mails(app, tmp_path: Path) -> Callable[[], list[EmailMessage]]:
    """Let the worker send what is due; all mails so far, newest first."""

    def sent() -> list[EmailMessage]:
        app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
        return list(mailbox(tmp_path / "mail"))

    return sent


def worded(sentence: Lazy | str, language: str = "en") -> str:
    """A sentence or a label as a page in `language` shows it."""
    with speaking(language):
        return str(sentence) if isinstance(sentence, Lazy) else gettext(sentence)


def has_turn(answer: TestResponse, turn: int | None = None) -> bool:
    """Whether the page of a receipt says that it has this turn in the waiting list; any turn, for None."""
    return says(answer, TURN, **({} if turn is None else {"turn": f"{turn:,}"}))


def places_left(client: FlaskClient) -> int:
    """How many places the page of the meeting says are left."""
    page = client.get("/en/meetings/OR1").text
    return 0 if texts(page, ".places.is-full") else numbers(page, ".places strong")[0]


def on_the_list(client: FlaskClient) -> int:
    """How many it says wait, beside how many places there are."""
    beside = numbers(client.get("/en/meetings/OR1").text, ".places span")
    return beside[1] if len(beside) > 1 else 0


def registrations() -> list[Registration]:
    """All registrations as they are in the database now, in the order they came."""
    session.remove()
    rows = list(session.scalars(select(Registration).order_by(Registration.id)))
    session.expunge_all()
    session.remove()
    return rows


def states() -> list[str]:
    return [registration.state.value for registration in registrations()]


def write(cast: Cast, count: int, first: int = 0, **values: Any) -> None:
    """Confirmed registrations straight into the database."""
    meeting = session.get_one(Meeting, cast.meeting.id)
    for number in range(first, first + count):
        details = {"name": f"P {number}", "email": f"p{number}@example.org", "phone": None}
        details |= {"capacity": Capacity.CITIZEN, "language": "fr", **values}
        apart = {question.name: details.pop(question.name, None) for question in APART}
        add(
            meeting,
            Participant(**details, apart=apart),
            once=secrets.new_token(),
            now=clock.now(),
            confirmed=True,
        )
    session.commit()
    session.remove()


def change(cast: Cast, **values: Any) -> None:
    """Another value in the columns of the meeting."""
    meeting = session.get_one(Meeting, cast.meeting.id)
    for name, value in values.items():
        setattr(meeting, name, value)
    session.commit()
    session.remove()


def offer_help(cast: Cast, nights: int = 3, tickets: int = 2) -> None:
    """What the meeting helps with; distance weighs 30, student 10."""
    session.add(
        TravelSupportOffer(
            meeting_id=cast.meeting.id,
            province_code=OUJDA,
            closes_on=THEN.date() + timedelta(days=10),
            explained=T("مساعدة", "Une aide"),
            payer="Fonds d'essai",
            nights=nights,
            night_cost=Decimal("300"),
            tickets=tickets,
            ticket_cost=Decimal("120.50"),
        )
    )
    for criterion, weight in ((TravelSupportCriterion.DISTANCE, 30), (TravelSupportCriterion.STUDENT, 10)):
        session.add(CriterionWeight(meeting_id=cast.meeting.id, criterion=criterion, weight=weight))
    session.commit()
    session.remove()


@contextmanager
def later(**by: float) -> Iterator[datetime]:
    with clock.frozen(THEN + timedelta(**by)) as moment:
        yield moment


def sheet(tmp_path: Path, headers: list[str], *rows: list[str], name: str = "list.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(write_xlsx({"Feuille": (headers, rows)}))
    return path


CONFIRMED, WAITING = RegistrationState.CONFIRMED.value, RegistrationState.WAITING.value
OFFERED, LAPSED = RegistrationState.OFFERED.value, RegistrationState.LAPSED.value
DECLINED = RegistrationState.DECLINED.value
