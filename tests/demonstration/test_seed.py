"""The demonstration: its figures on the public pages, the same every time, and no mail."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cocreation.accounts.models import Person, Role
from cocreation.core.database import Base, session
from cocreation.core.outbox import Mail
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.queries import current_cycle
from cocreation.demonstration.content import load
from cocreation.demonstration.services import NotEmpty
from cocreation.ideas.models.dialogue import Appeal
from cocreation.ideas.models.idea import Idea
from cocreation.reasons.models import Fate
from tests import words
from tests.application import running
from tests.databases import clone
from tests.html import numbers, parse
from tests.ledger.conftest import verified
from tests.seeded import SEEDED, seed

# Drawn anew each time; and in the register what a receipt makes of an entry and of the hashes after it.
SECRET = {"receipt", "once", "digest", "hash", "previous", "voucher"}
PROOF = re.compile(r'"proof":"[0-9a-f]{64}"')
CELLS = {
    "age": [6, 7, 19, 12, 5, 11],
    "gender": [27, 33],
    "capacity": [34, 9, 1, 4, 2, 5, 5],
}


@pytest.fixture
def rows(demonstration: Flask) -> Iterator[Any]:
    with demonstration.app_context():
        yield session
        session.remove()


@pytest.mark.parametrize("counts", CELLS.values(), ids=CELLS)
def test_the_sixty_of_oujda_are_told_as_they_were_counted(demonstration: Flask, counts: list[int]) -> None:
    page = parse(demonstration.test_client().get("/en/meetings/OR1").text)
    tables = [
        [int(found[0]) for row in table.iter("tr") if (found := re.findall(r"\d+$", last_cell(row)))]
        for table in page.iter("table")
    ]
    assert any(told[: len(counts)] == counts for told in tables), tables


def last_cell(row: Any) -> str:
    cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag == "td"]
    return next((cell for cell in cells if re.fullmatch(r"\d+", cell)), "")


@pytest.mark.parametrize(("number", "lines"), [(1, (21, 20, 17)), (2, (24, 26, 20)), (3, (13, 10, 5))])
def test_each_workshop_shows_every_line(demonstration: Flask, number: int, lines: tuple[int, ...]) -> None:
    page = demonstration.test_client().get(f"/ar/meetings/OR1/workshops/{number}").text
    shown = Counter(letter for letter, _ in set(re.findall(r'id="([PSR])(\d\d)"', page)))
    assert (shown["P"], shown["S"], shown["R"]) == lines


def test_every_fate_stands_on_a_page_with_its_reason(demonstration: Flask, rows: Any) -> None:
    for fate in Fate:
        # One whose words are as first published: what was reworded is shown beside what it replaced.
        kept = select(Idea).outerjoin(Appeal, Appeal.idea_id == Idea.id).where(Appeal.outcome.is_(None))
        idea = rows.scalar(kept.where(Idea.fate == fate).order_by(Idea.id).limit(1))
        page = demonstration.test_client().get(f"/fr/ideas/{idea.reference}").text
        if fate is Fate.WITHDRAWN:  # its words are its author's again
            assert idea.proposal not in said(page)
        else:
            assert idea.reason_text["fr"] in said(page)


def said(page: str) -> str:
    """What is read on a page, without the marks of direction."""
    return " ".join("".join(parse(page).itertext()).split())


def test_what_is_included_leads_to_a_commitment_that_is_public(rows: Any) -> None:
    of_past = rows.scalars(select(Idea).join(Cycle).where(Cycle.code == "2024")).all()
    linked = {idea.commitment_id for idea in of_past if idea.commitment_id}
    assert len(linked) == len(load("commitments")["commitments"]) == 22


def test_the_figures_of_a_real_plan_are_replayed(demonstration: Flask, rows: Any) -> None:
    """232 ideas, 143 accepted and 89 not; 24 drafts from 11 institutions; 22 commitments."""
    page = demonstration.test_client().get("/en/").text
    assert numbers(page, ".funnel strong") == [143, 24, 22]
    assert numbers(page, ".funnel span") == [89, 11], "not accepted, institutions"
    of_past = rows.scalars(select(Idea).join(Cycle).where(Cycle.code == "2024")).all()
    assert len(of_past) == 232
    assert all(idea.fate for idea in of_past)


@pytest.mark.parametrize("narrowed", ["", "?cycle=2024"])
def test_the_page_of_fates_and_its_tables_agree_on_them(demonstration: Flask, narrowed: str) -> None:
    client = demonstration.test_client()
    assert numbers(client.get(f"/en/fates{narrowed}").text, "figure.chart figcaption") == [232]
    told = json.loads(client.get(f"/en/fates.json{narrowed}").text)
    assert len(told) == 232
    in_csv = client.get(f"/en/fates.csv{narrowed}&fate=not_accepted".replace("csv&", "csv?")).text
    assert len(list(csv.DictReader(io.StringIO(in_csv.removeprefix("\ufeff"))))) == 89


def test_today_a_stranger_can_play_everything(rows: Any) -> None:
    today = SEEDED.date()
    cycle = rows.scalar(select(Cycle).where(Cycle.code == "2025"))
    assert cycle.starts_on == date(2025, 12, 13)
    running_now = current_cycle(today)
    assert running_now is not None
    assert running_now.code == "2025"
    for phase in (Phase.MEETINGS, Phase.INTAKE, Phase.SCREENING, Phase.STUDY, Phase.FATES):
        assert running_now.is_open(phase, today)
    roles = {grant.role for person in rows.scalars(people()) for grant in person.grants}
    assert roles == set(Role)


def people() -> Any:
    return select(Person).options(selectinload(Person.grants))


def test_the_register_holds(rows: Any) -> None:
    assert verified() > 400


def test_no_mail_of_the_demonstration_leaves(rows: Any) -> None:
    assert rows.scalars(select(Mail)).all() == []


def test_it_is_loaded_once_and_only_into_an_empty_database(own_demonstration: Flask) -> None:
    before = contents(own_demonstration)
    assert seed(own_demonstration, "--if-empty") == ""
    assert contents(own_demonstration) == before
    refused = own_demonstration.test_cli_runner().invoke(args=["seed", "demo"])
    assert refused.exit_code == 1
    assert words.said(refused.output, NotEmpty)
    assert contents(own_demonstration) == before


@pytest.mark.parametrize("seeded_url", ["sqlite"], indirect=True)
def test_the_same_day_gives_the_same_rows_on_both_databases(
    seeded_url: str, postgresql: str, postgresql_template: str, tmp_path: Path
) -> None:
    with running(seeded_url, tmp_path) as app:
        once = contents(app)
    with clone(postgresql, postgresql_template) as url, running(url, tmp_path) as app:
        assert "secretariat@demo.example" in seed(app)
        again = contents(app)
    assert set(once) == set(again)
    for table, told in once.items():
        assert again[table] == told, table


def contents(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, secrets left out."""
    with app.app_context():
        told = {
            table.name: sorted(
                (plain(row) for row in session.execute(select(*columns(table)))), key=lambda row: str(row)
            )
            for table in Base.metadata.sorted_tables
        }
        session.remove()
    return told


def plain(row: Any) -> tuple[object, ...]:
    return tuple(PROOF.sub("", value) if isinstance(value, str) else value for value in row)


def columns(table: Any) -> list[Any]:
    """All but the secrets; all but their ids of tallies, which one statement adds in any order, of arrivals,
    whose doors draw them, and of referrals: SQLite gives the id of one that was taken back to the next.
    """
    secret = {*SECRET, "referral_id"}
    secret |= {"id"} if table.name in ("idea_tallies", "arrivals", "referrals") else set()
    return [column for column in table.columns if column.name not in secret]


def test_many_ideas_are_added_with_their_steps(own_demonstration: Flask) -> None:
    before = contents(own_demonstration)
    done = own_demonstration.test_cli_runner().invoke(args=["seed", "scale", "--ideas", "250"])
    assert done.exit_code == 0, done.output
    after = contents(own_demonstration)
    assert len(after["ideas"]) == len(before["ideas"]) + 250
    assert len(after["steps"]) > len(before["steps"]) + 2 * 250


def test_many_ideas_need_a_cycle(app: Flask) -> None:
    refused = app.test_cli_runner().invoke(args=["seed", "scale", "--ideas", "5"])
    assert refused.exit_code == 1
    assert "seed demo" in refused.output
