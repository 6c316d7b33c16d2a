"""Help with transport and lodging at the meetings of the demonstration: offered, asked for, decided on."""

from __future__ import annotations

import io
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.core.database import session
from cocreation.delegations import queries as delegations_queries
from cocreation.delegations.services import help_to_come
from cocreation.demonstration.content import at, load, translated
from cocreation.files.content import inspect
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Delegation, EntryChannel, Registration, RegistrationState
from cocreation.text.language_guess import guess_language
from cocreation.travel_support import queries as travel_support_queries
from cocreation.travel_support.models import TravelSupportCriterion, TravelSupportOffer, TravelSupportState
from cocreation.travel_support.services import decisions, requests

PAPER, INK = (250, 248, 240), (40, 60, 60)


def offer(meeting: Meeting, today: date, *, by: int) -> None:
    """What the meeting helps with, published with its criteria when registration opens."""
    said = load("support").get(meeting.reference)
    if said is None:
        return
    given = requests.Help(
        province_code=said["venue"],
        closes_on=today + timedelta(days=said["closes"]),
        explained=translated(said),
        payer=said.get("payer"),
        nights=said["nights"],
        night_cost=Decimal(said["night_cost"]) if "night_cost" in said else None,
        tickets=said["tickets"],
        ticket_cost=Decimal(said["ticket_cost"]) if "ticket_cost" in said else None,
    )
    weights = {TravelSupportCriterion(key): weight for key, weight in said["weights"].items()}
    requests.offer(meeting.id, given, weights, by=by, now=at(today + timedelta(days=said["opens"]), 9))


def ask_and_decide(meeting: Meeting, today: date, *, by: int) -> None:
    """Requests of those who come, each in its own words, and what the organisers decided."""
    said = load("support").get(meeting.reference, {})
    if "requests" in said:
        _ask_one_by_one(meeting, said, today, by)
    if "together" in said:
        _ask_for_delegation(meeting, said["together"], today)
    if "provinces" in said:
        _ask_and_rank(meeting, said, today, by)


def _ask_one_by_one(meeting: Meeting, said: dict[str, Any], today: date, by: int) -> None:
    """The rows of the content, each asked by somebody who speaks its language and comes from far or near."""
    free, now = _people(meeting), at(today - timedelta(days=1), 8)
    for n, row in enumerate(said["requests"]):
        language = guess_language(row["words"])
        person, province = next(
            candidate
            for candidate in free
            if candidate[0].language == language and (candidate[1] != said["venue"]) == row["far"]
        )
        free.remove((person, province))
        wanted = requests.Wanted(province, row["words"], row["facts"], row["nights"], row["tickets"])
        proofs = [inspect(*PROOFS[row["proof"]](person.name))] if "proof" in row else []
        later = now + timedelta(minutes=20 * n)
        asked = requests.ask(person.receipt, wanted, proofs, now=later)
        decided: dict[str, Any] = {"seen": decisions.mark(asked), "by": by, "now": now + timedelta(hours=5)}
        if row.get("decided") == "granted":
            decisions.grant(meeting.id, person.id, row["nights"], row["tickets"], **decided)
        elif row.get("decided") == "refused":
            decisions.refuse(meeting.id, person.id, said["refusal"], **decided)


def _ask_for_delegation(meeting: Meeting, row: dict[str, Any], today: date) -> None:
    """An association asks for all of its people who come."""
    of_association = (Delegation.meeting_id == meeting.id, Delegation.association == row["association"])
    receipt = session.scalars(select(Delegation.receipt).where(*of_association)).one()
    _delegation, people = delegations_queries.get_delegation(receipt)
    numbers = [number for number, person in enumerate(people, 1) if person.seems_live]
    wanted = requests.Wanted(row["province"], row["words"], row["facts"], row["nights"], row["tickets"])
    help_to_come.ask(receipt, numbers, wanted, now=at(today - timedelta(days=1), 15))


def _ask_and_rank(meeting: Meeting, said: dict[str, Any], today: date, by: int) -> None:
    """Everybody of some provinces asked; the first of the proposed order were granted, the others refused."""
    asked = at(today + timedelta(days=said["closes"] - 2), 12)
    those = [row for row in _people(meeting) if row[1] in said["provinces"]]
    for n, (person, province) in enumerate(those):
        facts = ["rural"] if province in said["rural"] else []
        facts += [fact for fact, step in (("no_funds", 3), ("first_time", 5)) if n % step == 0]
        words, now = said["words"][n % len(said["words"])], asked + timedelta(minutes=10 * n)
        requests.ask(person.receipt, requests.Wanted(province, words, facts, 0, 2), now=now)
    offered = session.get_one(TravelSupportOffer, meeting.id)
    ranked = travel_support_queries.ranked(
        offered, travel_support_queries.left_of(meeting.id), TravelSupportState.REQUESTED
    )
    seen = [
        (
            request.asked.number,
            decisions.mark(travel_support_queries.entry(offered, request.asked.number).request),
        )
        for request in ranked
    ]
    decided = at(today + timedelta(days=said["closes"]), 18)
    decisions.grant_all(meeting.id, dict(seen[: said["granted"]]), by=by, now=decided)
    decisions.refuse_all(meeting.id, dict(seen[said["granted"] :]), said["refusal"], by=by, now=decided)


def _people(meeting: Meeting) -> list[tuple[Registration, str]]:
    """Those who have a place and registered by themselves, with their province."""
    statement = select(Registration).where(
        Registration.meeting_id == meeting.id,
        Registration.state == RegistrationState.CONFIRMED,
        Registration.entry == EntryChannel.WEB,
    )
    rows = session.scalars(statement.options(joinedload(Registration.demographics)).order_by(Registration.id))
    return [(row, code) for row in rows if (code := row.demographics and row.demographics.province_code)]


def _page(name: str) -> Image.Image:
    """A sheet that says what it is for, with lines where words would be."""
    page = Image.new("RGB", (595, 842), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((40, 40, 555, 802), outline=INK, width=2)
    pen.text((60, 60), "DEMONSTRATION", fill=INK, font_size=28)
    for n, top in enumerate(range(140, 700, 40)):
        pen.line((60, top, 535 - (n * 37 + len(name) * 11) % 160, top), fill=INK, width=3)
    return page


def _pdf(name: str) -> tuple[str, bytes]:
    written, then = io.BytesIO(), time.gmtime(0)
    _page(name).save(written, "PDF", creationDate=then, modDate=then)
    return "justificatif.pdf", written.getvalue()


def _png(name: str) -> tuple[str, bytes]:
    drawn = io.BytesIO()
    _page(name).save(drawn, "PNG")
    return "carte-etudiante.png", drawn.getvalue()


PROOFS = {"pdf": _pdf, "png": _png}
