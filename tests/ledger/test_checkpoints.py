"""The daily checkpoint: signed once a day, verified by anyone with openssl, and what it gives away."""

import html
import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select, text

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ledger import chores, journal
from cocreation.ledger.checkpoints import sign_day
from cocreation.ledger.journal import Action
from cocreation.ledger.keys import private_key
from cocreation.ledger.models import Checkpoint, RegisterEntry
from tests.cast import THEN
from tests.html import texts
from tests.ledger.conftest import download, tamper, verify

DAY = timedelta(days=1)


def work(app, now=THEN):
    """One round of the worker."""
    with clock.frozen(now):
        done = app.test_cli_runner().invoke(
            args=["worker", "--once", "--trust-clock"], catch_exceptions=False
        )
    session.remove()
    return done.output


def days():
    session.remove()
    return [
        (str(checkpoint.day), checkpoint.number)
        for checkpoint in session.scalars(select(Checkpoint).order_by(Checkpoint.day))
    ]


def one_more(now):
    journal.append(Action.SCREENED, "2026-1", now)
    session.commit()
    session.remove()


def rewrite(number):
    """Write the chain anew from entry `number` on, as somebody could who has the database but not the key."""
    rows = session.scalars(select(RegisterEntry).order_by(RegisterEntry.number)).all()
    previous, statements, values = rows[number - 2].hash, [], {}
    for row in rows[number - 1 :]:
        content = row.content.replace("screened", "forged") if row.number == number else row.content
        n, link = row.number, journal.link_hash(previous, content)
        statements.append(
            f"UPDATE register SET content = :c{n}, previous = :p{n}, hash = :h{n} WHERE number = {n}"
        )
        values |= {f"c{n}": content, f"p{n}": previous, f"h{n}": link}
        previous = link
    tamper(*statements, "UPDATE register_head SET hash = :end", **values, end=previous)


def test_the_worker_signs_once_a_day_and_only_what_is_new(app, five):
    work(app)
    work(app)
    assert days() == [("2026-03-10", 5)]
    one_more(THEN)
    work(app)
    assert days() == [("2026-03-10", 5)]
    work(app, THEN + DAY)
    work(app, THEN + 2 * DAY)
    assert days() == [("2026-03-10", 5), ("2026-03-11", 6)]
    assert "2 checkpoints hold" in verify(app).output


def test_an_empty_register_is_not_signed(app, cast):
    work(app)
    assert days() == []
    assert texts(cast.visitor().get("/en/register").text, "[aria-labelledby=signed] .empty")


@pytest.mark.own_database
def test_two_workers_at_once_make_one_checkpoint(app, five):
    def sign():
        with app.app_context():
            chores.sign(THEN)
        session.remove()

    workers = [Thread(target=sign) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert days() == [("2026-03-10", 5)]


@pytest.mark.own_database
def test_the_key_is_made_at_set_up_and_readable_by_its_owner_only(app):
    path = Path(app.extensions["settings"].register_key)
    assert not path.exists()
    assert app.test_cli_runner().invoke(args=["db", "upgrade"]).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    key = path.read_text()
    app.test_cli_runner().invoke(args=["db", "upgrade"])
    assert path.read_text() == key
    assert key not in app.test_client().get("/en/register").text


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here")
def test_the_commands_of_the_page_verify_a_checkpoint_with_openssl(app, five, tmp_path):
    work(app)
    visitor, folder = five.visitor(), tmp_path / "stranger"
    folder.mkdir()
    page = visitor.get("/ar/register").text
    commands = html.unescape(re.search(r'<code id="commands">(.*?)</code>', page, re.DOTALL)[1])
    (folder / "register-key.pem").write_text(download(visitor, "register-key.pem"))

    def run(script):
        return subprocess.run(["sh", "-e", "-c", script], cwd=folder, capture_output=True, text=True)

    assert "Signature Verified Successfully" in run(commands).stdout
    assert run(commands.replace("2026-03-10", "2026-03-11")).returncode != 0
    fingerprint = run(
        "openssl pkey -pubin -in register-key.pem -outform DER | openssl dgst -sha256 -r"
    ).stdout
    assert fingerprint.split()[0] in page


def test_what_is_downloaded_is_verified_elsewhere(app, five, tmp_path):
    work(app)
    one_more(THEN)
    work(app, THEN + DAY)
    visitor, files = five.visitor(), {}
    for name in ("register.jsonl", "register-checkpoints.jsonl", "register-key.pem"):
        files[name] = tmp_path / name
        files[name].write_text(download(visitor, name), encoding="utf-8")
    register, kept, key = files.values()
    result = verify(app, register, "--checkpoints", kept, "--key", key)
    assert result.exit_code == 0, result.output
    assert "6 entries" in result.output
    assert "2 checkpoints hold" in result.output

    lines = kept.read_text().splitlines()
    kept.write_text("\n".join([lines[0].replace('"number": 5', '"number": 4'), lines[1]]))
    changed = verify(app, register, "--checkpoints", kept, "--key", key)
    assert changed.exit_code == 1
    assert "The checkpoint of 2026-03-10 is not signed with this key, or was altered." in changed.output
    assert "2026-03-11" not in changed.output

    kept.write_text("\n".join(lines))
    other = private_key(str(tmp_path / "other.pem")).public_key()
    from cocreation.ledger.keys import pem

    key.write_text(pem(other))
    stranger = verify(app, register, "--checkpoints", kept, "--key", key)
    assert stranger.exit_code == 1
    assert stranger.output.count("is not signed with this key") == 2

    for name, words in ((kept, "[]"), (key, "no key")):
        name.write_text(words)
        unreadable = verify(app, register, "--checkpoints", kept, "--key", key)
        assert unreadable.exit_code == 1
        assert "cannot be read" in unreadable.output


def test_a_chain_written_anew_without_the_key_is_found(app, five):
    work(app)
    rewrite(3)
    result = verify(app)
    assert result.exit_code == 1
    assert "The checkpoint of 2026-03-10 signed another entry 5: something from 1 to 5 was written anew." in (
        result.output
    )


def test_the_checkpoints_say_between_which_entries_it_was_written_anew(app, five):
    work(app)
    for days_later in (1, 2):
        one_more(THEN)
        work(app, THEN + days_later * DAY)
    rewrite(7)
    output = verify(app).output
    assert (
        "The checkpoint of 2026-03-12 signed another entry 7: something from 7 to 7 was written anew"
        in output
    )
    assert output.count("The checkpoint of") == 1


def test_entries_cut_off_at_the_end_with_the_head_are_found(app, five):
    work(app)
    fourth = session.scalar(select(RegisterEntry.hash).where(RegisterEntry.number == 4))
    tamper(
        "DELETE FROM register WHERE number = 5",
        "UPDATE register_head SET number = 4, hash = :hash",
        hash=fourth,
    )
    assert "signed entry 5, which is missing" in verify(app).output


def test_a_checkpoint_changed_in_the_database_is_found(app, five):
    work(app)
    tamper("UPDATE register_checkpoints SET number = 4")
    assert "The checkpoint of 2026-03-10 is not signed with this key" in verify(app).output


def test_nothing_more_is_signed_once_what_was_signed_is_gone(app, five):
    work(app)
    rewrite(3)
    one_more(THEN)
    work(app, THEN + DAY)
    assert days() == [("2026-03-10", 5)]


@pytest.mark.parametrize(
    "act", ["UPDATE register_checkpoints SET number = 4", "DELETE FROM register_checkpoints"]
)
def test_the_database_itself_refuses_to_change_a_checkpoint(app, five, act):
    work(app)
    with pytest.raises(Exception, match="append-only"):
        session.execute(text(act))
    session.rollback()


def test_a_day_is_a_day_of_morocco(app, five):
    midnight = THEN.replace(hour=23, minute=30)  # half past midnight there, outside Ramadan
    key = private_key(app.extensions["settings"].register_key)
    assert str(sign_day(key, now=midnight + 30 * DAY).day) == "2026-04-10"


def test_every_checkpoint_can_be_downloaded(app, five):
    work(app)
    [line] = download(five.visitor(), "register-checkpoints.jsonl").splitlines()
    kept = json.loads(line)
    assert (kept["day"], kept["number"]) == ("2026-03-10", 5)
    assert {"hash", "made_at", "signature"} <= kept.keys()
