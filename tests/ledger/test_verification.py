"""What was altered, taken out or moved is found and named, all of it, here and in a download."""

import html
import json
import re
import subprocess
import sys

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.ledger.models import RegisterEntry
from tests.cast import THEN
from tests.html import texts
from tests.ledger.conftest import download, tamper, verify

SET = "UPDATE register SET"
ALTER = SET + " content = replace(content, 'accepted', 'refused') WHERE number = {}"
FORGED = '{"action":"screened","at":"2026-03-10T09:00:00+00:00","subject":"2026-3"}'


def moved(number, other):
    return tuple(
        f"UPDATE register SET number = {new} WHERE number = {old}"
        for old, new in ((number, 99), (other, number), (99, other))
    )


def faults(app, *arguments):
    """The lines that name what is wrong, without the sum of them."""
    result = verify(app, *arguments)
    assert result.exit_code == 1, result.output
    return result.output.splitlines()[:-1]


def test_the_whole_register_holds(app, five):
    result = verify(app)
    assert result.exit_code == 0
    assert "5 entries, none altered" in result.output


def test_an_empty_register_holds_too(app, cast):
    assert verify(app).exit_code == 0
    assert download(cast.visitor()) == ""
    assert texts(cast.visitor().get("/en/register").text, "[aria-labelledby=latest] .empty")


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        ([ALTER.format(3)], ["Entry 3 (screened 2026-3) is altered."]),
        (
            [SET + " at = '2020-01-01 00:00:00+00:00' WHERE number = 3"],
            ["Entry 3 (screened 2026-3) is altered."],
        ),
        ([SET + " subject = '2026-9' WHERE number = 3"], ["Entry 3 (screened 2026-3) is altered."]),
        ([SET + " hash = 'x' WHERE number = 3"], ["Entry 3 (screened 2026-3) is altered."]),
        ([SET + " previous = 'x' WHERE number = 3"], ["Entry 3 (screened 2026-3) is altered."]),
        ([SET + " content = 'x' WHERE number = 3"], ["Entry 3 is altered."]),
        (
            [ALTER.format(2), ALTER.format(3), ALTER.format(5)],
            [f"Entry {n} (screened 2026-{n}) is altered." for n in (2, 3, 5)],
        ),
        (["DELETE FROM register WHERE number = 1"], ["Entry 1 is missing."]),
        (["DELETE FROM register WHERE number = 3"], ["Entry 3 is missing."]),
        (["DELETE FROM register WHERE number in (1, 4)"], ["Entry 1 is missing.", "Entry 4 is missing."]),
        (["DELETE FROM register WHERE number > 3"], ["Entries 4 to 5 are missing."]),
        (["DELETE FROM register"], ["Entries 1 to 5 are missing."]),
        (moved(3, 4), ["Entry 3 is out of place.", "Entry 4 is out of place."]),
        (moved(1, 5), ["Entry 1 is out of place.", "Entry 5 is out of place."]),
        (
            [*moved(3, 4), ALTER.format(2), "DELETE FROM register WHERE number = 5"],
            [
                "Entry 2 (screened 2026-2) is altered.",
                "Entry 3 is out of place.",
                "Entry 4 is out of place.",
                "Entry 5 is missing.",
            ],
        ),
        ([SET + " number = 8 WHERE number = 5"], ["Entry 5 is missing.", "Entry 8 is out of place."]),
        ([SET + " number = 0 WHERE number = 1"], ["Entry 0 is out of place.", "Entry 1 is missing."]),
    ],
)
def test_everything_done_to_the_database_is_named_and_nothing_else(app, five, statements, named):
    tamper(*statements)
    assert faults(app) == named


def test_an_entry_forged_with_a_hash_of_its_own_is_named(app, five):
    previous = session.scalar(select(RegisterEntry.previous).where(RegisterEntry.number == 3))
    forged = journal.link_hash(previous, FORGED)
    tamper(SET + " content = :content, hash = :hash WHERE number = 3", content=FORGED, hash=forged)
    [line] = faults(app)
    assert line.startswith("Entry 3 is altered, or entries after it are missing")


def test_an_entry_added_at_the_end_behind_our_back_is_named(app, five):
    last = session.scalar(select(RegisterEntry.hash).where(RegisterEntry.number == 5))
    tamper(
        "INSERT INTO register (number, at, subject, content, previous, hash)"
        " VALUES (6, '2026-03-10 09:00:00+00:00', '2026-3', :content, :last, :hash)",
        content=FORGED,
        last=last,
        hash=journal.link_hash(last, FORGED),
    )
    assert [line.split(" (")[0] for line in faults(app)] == ["Entry 6 is out of place."]


def test_a_last_entry_forged_with_its_hash_is_named(app, five):
    previous = session.scalar(select(RegisterEntry.previous).where(RegisterEntry.number == 5))
    forged = journal.link_hash(previous, FORGED.replace("2026-3", "2026-5"))
    tamper(
        SET + " content = :content, hash = :hash WHERE number = 5",
        content=FORGED.replace("2026-3", "2026-5"),
        hash=forged,
    )
    assert "Entry 5" in faults(app)[0]


def altered(lines):
    entry = json.loads(lines[2])
    entry["content"] = entry["content"].replace("accepted", "refused")
    return [*lines[:2], json.dumps(entry, ensure_ascii=False), *lines[3:]]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: lines, []),
        (altered, ["Entry 3 (screened 2026-3) is altered."]),
        (lambda lines: [*lines[:2], *lines[3:]], ["Entry 3 is missing."]),
        (
            lambda lines: [*altered(lines)[1:4]],
            ["Entry 1 is missing.", "Entry 3 (screened 2026-3) is altered."],
        ),
        (
            lambda lines: [lines[0], lines[1], lines[3], lines[2], lines[4]],
            ["Entry 3 is out of place.", "Entry 4 is out of place."],
        ),
        (lambda lines: [*lines, lines[4]], ["Entry 5 is out of place."]),
        (lambda lines: [*lines[:2], "not an entry", *lines[3:]], ["Entry 3 is altered."]),
        (lambda lines: [*lines[:2], "[]", *lines[3:]], ["Entry 3 is altered."]),
    ],
)
def test_a_download_is_verified_by_the_command_and_by_the_script_of_the_page(
    app, five, tmp_path, change, named
):
    visitor = five.visitor()
    lines = download(visitor).splitlines()
    assert len(lines) == 5
    (tmp_path / "register.jsonl").write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    page = visitor.get("/ar/register").text
    script = html.unescape(re.search(r'<code id="script">(.*?)</code>', page, re.DOTALL)[1])
    assert len(script.strip().splitlines()) == 10
    (tmp_path / "verify.py").write_text(script, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "verify.py"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
    )
    if named:
        assert ran.returncode == 1
        assert faults(app, tmp_path / "register.jsonl") == named
    else:
        assert (ran.returncode, verify(app, tmp_path / "register.jsonl").exit_code) == (0, 0)
        assert json.loads(lines[-1])["hash"] in ran.stdout


def test_a_million_missing_entries_are_named_in_one_line(app, cast, tmp_path):
    journal.append(Action.SCREENED, "2026-1", THEN)
    session.commit()
    entry = json.loads(download(cast.visitor()))
    (tmp_path / "far.jsonl").write_text(json.dumps({**entry, "number": 10**9}), encoding="utf-8")
    assert faults(app, tmp_path / "far.jsonl") == [
        "Entries 1 to 999999999 are missing.",
        "Entry 1000000000 is out of place.",
    ]
