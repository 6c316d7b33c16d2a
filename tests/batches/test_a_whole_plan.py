"""232 ideas from intake to published fates: the figures of a real plan, two spreadsheets, no detour."""

from __future__ import annotations

import csv
import io
import json
import re

from flask.testing import FlaskClient
from tests.study.test_sheets import put, send, taken

from cocreation.core.database import session
from cocreation.files.sheets.reader import read
from cocreation.reasons.models import Fate, Reason
from tests.cast import Cast
from tests.desk import BATCHES, REFERRALS, SCREENING, publish, received
from tests.forms import fill
from tests.html import texts

IDEAS, ACCEPTED, INCLUDED = 232, 143, 101
NOT_ACCEPTED, DEFERRED = IDEAS - ACCEPTED, ACCEPTED - INCLUDED
KINDS = {"included": INCLUDED, "deferred": DEFERRED, "not_accepted": NOT_ACCEPTED}


def test_a_plan_goes_from_intake_to_fates_and_every_figure_agrees(cast: Cast) -> None:
    ids = received(cast, IDEAS, email="nadia@example.org")
    salma = cast.visitor(cast.salma)
    screen(salma, ids)
    refer(salma, ids[NOT_ACCEPTED:], cast)
    answer_in_a_spreadsheet(cast)
    title = {"title-fr": "Toutes les suites", "body": cast.ministry.id}
    batch = fill(salma, f"{BATCHES}/new", **title).location
    publish(cast, batch)
    every_page_and_table_agrees(cast.visitor())


def screen(salma: FlaskClient, ids: list[int]) -> None:
    why = {"reason": "not_openness", "reason_text-ar": "لا علاقة مباشرة لها بالانفتاح"}
    refused = fill(salma, SCREENING, chosen=ids[:NOT_ACCEPTED], act="refuse", **why)
    accepted = fill(salma, SCREENING, chosen=ids[NOT_ACCEPTED:])
    assert (refused.status_code, accepted.status_code) == (302, 302)


def refer(salma: FlaskClient, ids: list[int], cast: Cast) -> None:
    sent = fill(salma, REFERRALS, chosen=ids, institutions=[cast.ministry.id], due_on="2026-04-15")
    assert sent.status_code == 302


def answer_in_a_spreadsheet(cast: Cast) -> None:
    """The focal point takes the bundle away, answers 143 rows and sends them back."""
    farid = cast.visitor(cast.farid)
    rows = taken(farid)
    assert len(rows) == 1 + ACCEPTED
    yes = {"answer": Fate.INCLUDED, "reason": Reason.FITS_THE_PLAN, "commitment": "2026-C01"}
    later = {"answer": Fate.DEFERRED, "reason": Reason.LACKS_BUDGET}
    for line in range(1, len(rows)):
        answer = yes if line <= INCLUDED else later
        put(rows, line, **answer, explanation=f"Motif de la réponse {line}")
    sent = send(farid, rows)
    assert sent.status_code == 302, sent.text


def every_page_and_table_agrees(anyone: FlaskClient) -> None:
    home = anyone.get("/en/").text
    assert texts(home, ".figures dd") == [str(IDEAS), str(IDEAS), "100%"]
    page = anyone.get("/en/fates").text
    for kind, count in KINDS.items():
        assert re.search(rf'part-{kind}"[^>]*>.*?<td[^>]*>{count}</td>', page, re.S)
    in_csv = list(csv.DictReader(io.StringIO(anyone.get("/en/fates.csv").text.lstrip("\ufeff"))))
    in_json = json.loads(anyone.get("/en/fates.json").text)
    (in_xlsx,) = read(anyone.get("/en/fates.xlsx").data, "fates.xlsx")
    assert len(in_csv) == len(in_json) == len(in_xlsx.rows) - 1 == IDEAS
    assert anyone.get("/en/coverage.json").status_code == 200
    session.remove()
