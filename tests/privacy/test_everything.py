"""A trace in every column that can hold a person's words; erased, none is left; exported, all are there."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Enum, make_url, text

from cocreation.core.database import Base, session
from cocreation.languages.i18n import speaking
from cocreation.privacy.inventory import MADE_HERE, NOT_OF_A_PERSON
from tests.privacy import traces as left
from tests.privacy.traces import (
    ALL,
    BY_PHONE,
    EMAIL,
    EVERYTHING,
    OTHER,
    TRACE,
    TYPED,
    bystander,
    bystanders,
    codes,
    invoke,
    keepers,
    traces,
)

# Made of what is exported, or a secret, or a mark of ours.
NOT_TAKEN_ALONG = {"registrations.folded", "ideas.tokens", "people.password", "people.totp_secret"}
NOT_TAKEN_ALONG |= {"outbox.key", "audit.details"}


def columns() -> set[str]:
    return {
        f"{table}.{column}"
        for keeper in keepers()
        for table, names in keeper.columns.items()
        for column in names
    }


@pytest.fixture
def everywhere(cast):
    """The person did all there is to do; the pages their receipts open."""
    bystander(cast)
    return [page for act in EVERYTHING for page in act(cast, ALL)]


def test_every_column_of_text_is_of_a_person_or_said_not_to_be():
    """A new table that can hold words stands in neither list: say in its room's personal_data.py how a person
    is found, exported and erased in it, or in privacy/inventory.py why it is of nobody.
    """
    spared = {name for keeper in keepers() for name in keeper.spared}
    of_people = {table for keeper in keepers() for table in keeper.columns}
    unsaid = []
    for table in Base.metadata.sorted_tables:
        if table.name in NOT_OF_A_PERSON:
            assert table.name not in of_people, f"{table.name} is in both lists"
            continue
        for column in table.columns:
            holds_words = column.type.python_type in (str, bytes, dict, list) or "JSON" in str(column.type)
            is_code = isinstance(column.type, Enum) or column.foreign_keys or column.name in MADE_HERE
            name = f"{table.name}.{column.name}"
            if holds_words and not is_code and name not in columns() | spared:
                unsaid.append(name)
        if table.name not in of_people and not unsaid and len(table.foreign_keys) < len(table.columns):
            unsaid.append(table.name)
    assert not unsaid
    existing = {
        f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns
    }
    assert columns() | spared <= existing
    assert set(NOT_OF_A_PERSON) <= set(Base.metadata.tables)


def test_erased_by_address_nothing_is_left_anywhere(app, cast, everywhere, client):
    assert columns() <= traces(app), "a trace in every column to begin with"
    said = invoke(app, "erase", EMAIL.upper(), "--yes")
    with speaking("en"):
        for keeper in keepers():
            assert str(keeper.what) in said
    assert traces(app, *codes(everywhere)) == set()
    assert bystanders() == (["Aya", "Badr"], [OTHER])
    for page in everywhere:
        answer = client.get(page)
        assert answer.status_code == 410, page
        assert TRACE not in answer.text.lower()
    assert client.get("/en/ideas/2026-2").status_code == 200, "its number, dates and fate stay"
    assert "Nothing is kept" in invoke(app, "find", EMAIL)
    assert app.test_cli_runner().invoke(args=["register", "verify"]).exit_code == 0


def test_erased_by_telephone_nothing_is_left_of_what_it_leads_to(app, cast, client):
    pages = [page for act in (left.registered, left.declared, left.organised) for page in act(cast, BY_PHONE)]
    assert traces(app)
    invoke(app, "erase", "00212 6.61.77.77.12", "--yes")
    assert traces(app, *codes(pages)) == set()
    assert {client.get(page).status_code for page in pages} == {410}


RECEIPTS = [left.registered, left.sent_an_idea, left.backed, left.drafted, left.registered_others]


@pytest.mark.parametrize("act", RECEIPTS, ids=lambda act: act.__name__)
def test_erased_by_receipt_nothing_is_left_of_what_it_opens(app, cast, client, act):
    pages = act(cast, ALL)
    assert traces(app)
    [code] = codes(pages)
    invoke(app, "erase", code.lower().replace("-", " "), "--yes")
    assert traces(app, code) == set()
    assert {client.get(page).status_code for page in pages} == {410}
    assert left_over(client, code) == 410


def left_over(client, code: str) -> int:
    """What the form for codes of receipts leads to."""
    from tests.forms import fill

    return client.get(fill(client, "/en/receipts", code=code).location).status_code


def test_a_receipt_leaves_what_else_is_of_its_holder(app, cast):
    """Who holds it has not shown that the address is theirs."""
    registered = left.registered(cast, ALL)
    left.sent_an_idea(cast, ALL)
    invoke(app, "erase", *codes(registered), "--yes")
    assert {"authors.email", "ideas.proposal"} <= traces(app)


def test_everything_is_in_the_file_to_take_along(app, cast, everywhere, tmp_path):
    file = tmp_path / "hers.zip"
    invoke(app, "export", EMAIL, str(file))
    assert file.stat().st_mode & 0o077 == 0
    packed = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
    held = packed.read("data.json").decode()
    exported = held + "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    missing = [
        name
        for name in sorted(columns() - NOT_TAKEN_ALONG)
        if f"{TRACE} {name.replace('.', ' ')}" not in exported and not _is_elsewhere(name, json.loads(held))
    ]
    assert not missing
    assert "omar@example.org" not in exported, "nothing of others"
    for secret in ("password", "totp_secret", "voucher"):
        assert f'"{secret}":' not in held


# What was typed through the front door says no name of a column: where it stands in the file.
ELSEWHERE = {
    "authors.name": ("ideas", "author", "name"),
    "authors.email": ("ideas", "author", "email"),
    "registrations.name": ("registrations", "registration", "name"),
    "registrations.email": ("registrations", "registration", "email"),
    "registrations.phone": ("registrations", "registration", "phone"),
    "meeting_replies.value": ("registrations", "replies", 0, "reply"),
}
TABLES = {
    "associations": "associations",
    "backings": "backings",
    "comment_supports": "comment_supports",
    "commenters": "comments",
    "comment_hidings": "comment contests",
    "comment_reports": "comment reports",
    "delegations": "delegations",
    "followings": "followings",
    "drafts": "drafts",
    "meeting_committee": "organisers",
    "meeting_invitations": "invited",
    "outbox": "mails",
    "people": "accounts",
    "reports": "reports",
    "attendances": "attendances",
    "sign_ins": "accounts",
}


def _is_elsewhere(name: str, held: dict) -> bool:
    if name in ELSEWHERE:
        kind, *path = ELSEWHERE[name]
        value = held[kind]["rows"][0]
        for step in path:
            value = value[step]
        return TRACE in str(value).lower() or TYPED[4:].replace(" ", "") in str(value)
    table, column = name.split(".")
    if table == "sign_ins":
        return any(TRACE in str(row["sign_ins"]).lower() for row in held["accounts"]["rows"])
    rows = held[TABLES[table]]["rows"] if table in TABLES else []
    said = [str(row.get(column)).lower() for row in rows]
    return any(TRACE in value or "777712" in value.replace(" ", "") for value in said)


def test_the_file_of_the_database_has_none_of_it_either(app, cast, everywhere, database_url):
    """On SQLite; on PostgreSQL old versions of rows go with the next vacuum."""
    invoke(app, "erase", EMAIL, "--yes")
    if make_url(database_url).get_backend_name() != "sqlite":
        session.get_bind().dispose()
        return
    session.execute(text("SELECT 1"))
    session.commit()
    with session.get_bind().connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    content = Path(make_url(database_url).database or "").read_bytes()
    assert TRACE.encode() not in content.lower()
    assert b"661777712" not in content
