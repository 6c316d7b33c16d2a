"""The register: append-only, chained, downloadable, verified by anyone."""

import html
import json
import re
import subprocess
import sys
from threading import Thread

import pytest
from sqlalchemy import text

from cocreation.core.database import session
from cocreation.register import journal
from cocreation.register.journal import Action
from tests.cast import THEN
from tests.dispositions.desk import SCREENING, received
from tests.forms import fill

CHANGE = "UPDATE register SET content = replace(content, 'accepted', 'refused') WHERE number = 3"
DELETE = "DELETE FROM register WHERE number = 3"
DELETE_LAST = "DELETE FROM register WHERE number = 5"
CHANGE_MOMENT = "UPDATE register SET at = '2020-01-01 00:00:00+00:00' WHERE number = 3"
SWAP = (
    "UPDATE register SET number = 99 WHERE number = 3;"
    "UPDATE register SET number = 3 WHERE number = 4;"
    "UPDATE register SET number = 4 WHERE number = 99"
)


@pytest.fixture
def five(cast):
    """A register of five entries, one of them with words of every kind."""
    ids = received(cast, 5)
    salma = cast.visitor(cast.salma)
    no = {"clarity": "0", "clarity_note": "?", "precision": "0", "precision_note": "?", "openness": "2"}
    odd = 'ليست "واضحة"\nسطر \\ ثان <b>ⵜ</b> 😀'
    fill(salma, f"{SCREENING}/2026-1", **no, **{"reason_text-ar": odd})
    fill(salma, SCREENING, chosen=ids[1:])
    return cast


def tamper(statement):
    """Change the register behind the back of the platform."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER register_no_update"))
        session.execute(text("DROP TRIGGER register_no_delete"))
    else:
        session.execute(text("DROP TRIGGER register_append_only ON register"))
    for each in statement.split(";"):
        session.execute(text(each))
    session.commit()
    session.remove()


def verify(app, *arguments):
    return app.test_cli_runner().invoke(args=["register", "verify", *map(str, arguments)])


def download(client):
    answer = client.get("/en/register.jsonl")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.text


def test_the_whole_register_holds(app, five):
    result = verify(app)
    assert result.exit_code == 0
    assert "5 entries, none altered" in result.output


def test_an_empty_register_holds_too(app, cast):
    assert verify(app).exit_code == 0
    assert download(cast.visitor()) == ""
    assert "No decision" in cast.visitor().get("/en/register").text


@pytest.mark.parametrize("statement", [CHANGE, DELETE])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(five, statement):
    with pytest.raises(Exception, match="append-only"):
        session.execute(text(statement))
    session.rollback()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (CHANGE, "Entry 3 is altered"),
        (CHANGE_MOMENT, "Entry 3 is altered"),
        (DELETE, "Entry 3 is missing"),
        (DELETE_LAST, "Entry 5 is missing"),
        (SWAP, "Entry 3 is out of place"),
    ],
)
def test_what_was_done_to_the_database_is_named(app, five, statement, named):
    tamper(statement)
    result = verify(app)
    assert result.exit_code == 1
    assert named in result.output


def altered(lines):
    entry = json.loads(lines[2])
    entry["content"] = entry["content"].replace("accepted", "refused")
    return [*lines[:2], json.dumps(entry, ensure_ascii=False), *lines[3:]]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda lines: lines, None),
        (altered, "Entry 3"),
        (lambda lines: [*lines[:2], *lines[3:]], "Entry 3 is missing"),
        (lambda lines: [lines[0], lines[1], lines[3], lines[2], lines[4]], "Entry 3 is missing"),
        (lambda lines: [*lines, lines[4]], "Entry 6"),
        (lambda lines: [*lines[:2], "not an entry", *lines[3:]], "Entry 3"),
        (lambda lines: [*lines[:2], "[]", *lines[3:]], "Entry 3"),
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
    result = verify(app, tmp_path / "register.jsonl")
    if named is None:
        assert (ran.returncode, result.exit_code) == (0, 0)
        assert json.loads(lines[-1])["hash"] in ran.stdout
    else:
        assert (ran.returncode, result.exit_code) == (1, 1)
        assert named in result.output


def test_the_public_page_shows_the_latest_entries_and_the_last_fingerprint(five):
    page = five.visitor().get("/en/register").text
    assert json.loads(download(five.visitor()).splitlines()[-1])["hash"] in page
    assert "/en/ideas/2026-5" in page


def test_the_page_costs_the_same_for_many_entries_and_the_download_comes_in_pieces(
    cast, statements, monkeypatch
):
    visitor = cast.visitor()
    journal.append(Action.SCREENED, "2026-1", THEN, accepted=True)
    session.commit()
    with statements() as few:
        visitor.get("/ar/register")
    journal.append_all([(Action.SCREENED, "2026-1", {"n": n}) for n in range(2500)], THEN)
    session.commit()
    session.remove()
    with statements() as many:
        assert "cursor=" in visitor.get("/ar/register").text
    assert len(many) == len(few) <= 6
    with statements() as asked:
        assert len(download(visitor).splitlines()) == 2501
    assert len(asked) == 4  # three pieces, and one that finds nothing more


def test_a_download_gives_its_connection_back(app, five):
    session.remove()
    assert app.test_client().get("/en/register.jsonl").text
    assert not app.extensions["engine"].pool.checkedout()


def test_many_entries_are_added_with_few_statements(cast, statements):
    with statements() as asked:
        journal.append_all([(Action.SCREENED, "2026-1", {"n": n}) for n in range(500)], THEN)
        session.commit()
    assert len(asked) <= 5


def test_writers_at_once_never_fork_the_chain(app, cast):
    def write(name):
        for n in range(5):
            journal.append(Action.SCREENED, f"{name}-{n}", THEN)
            session.commit()
        session.remove()

    writers = [Thread(target=write, args=(name,)) for name in "abcd"]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    session.remove()
    assert journal.verify_database()[0] == 20


def test_what_is_rolled_back_leaves_no_trace(app, cast):
    journal.append(Action.SCREENED, "2026-1", THEN)
    session.rollback()
    assert journal.verify_database()[0] == 0
