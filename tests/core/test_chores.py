"""What the worker does by itself: one row or one chore that cannot be done stops nothing behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from cocreation.core import chores, clock, outbox
from cocreation.core.chores import Chore, DatabaseAway, Round, each_of
from cocreation.core.database import session
from cocreation.core.mail_kinds import MailKind
from cocreation.core.outbox import Mail

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def write(row):
    """Something done for a row; the second is poisoned, after it has written."""
    outbox.post(MailKind("any"), to=f"{row}@example.org", key=str(row), language="fr")
    session.flush()
    if row == 2:
        raise ValueError("the row of two@example.org")
    return 1


def written():
    session.remove()
    return list(session.scalars(select(Mail.key).order_by(Mail.id)))


def test_a_poisoned_row_stops_none_behind_it_and_leaves_nothing_half_done(app, now):
    with capture_logs() as said:
        assert each_of("rows", [1, 2, 3], write, now=now) == 2
    assert written() == ["1", "3"]
    (line,) = said
    assert (line["event"], line["chore"], line["row"]) == ("row failed", "rows", "2")
    assert isinstance(line["exc_info"], ValueError)  # told by its kind and place: see tests/web/test_logs.py


def test_it_is_left_alone_for_a_while_that_grows_and_then_tried_again(app, now):
    tried = []

    def fail(row):
        tried.append((row, clock.now()))
        raise ValueError

    all_chores = Round([Chore("a chore", SECOND, lambda at: each_of("rows", [1], fail, now=at))])
    for minutes in range(16):
        with clock.frozen(now + minutes * MINUTE):
            all_chores.look()
    assert [(moment - now) // MINUTE for _row, moment in tried] == [0, 1, 3, 7, 15]


def test_what_succeeds_again_is_as_new(app, now):
    fails = [True, False, True, True]
    moments = []

    def sometimes(_row):
        moments.append(clock.now())
        if fails.pop(0):
            raise ValueError
        return 1

    all_chores = Round([Chore("a chore", SECOND, lambda at: each_of("rows", [1], sometimes, now=at))])
    for minutes in range(4):
        with clock.frozen(now + minutes * MINUTE):
            all_chores.look()
    assert len(moments) == 4


def test_a_chore_that_breaks_stops_none_behind_it_and_does_not_fill_the_log(app, now):
    done = []

    def break_down(_now):
        raise ValueError

    all_chores = Round(
        [Chore("bad", SECOND, break_down), Chore("good", SECOND, lambda _: done.append(1) or 1)]
    )
    with capture_logs() as said:
        for seconds in range(60):
            with clock.frozen(now + seconds * SECOND):
                all_chores.look()
    assert len(done) == 60
    assert 3 <= len(said) <= 6


@pytest.mark.parametrize(
    "jump", [timedelta(hours=1), timedelta(days=1), -timedelta(hours=1), -timedelta(days=1)]
)
def test_a_clock_that_jumps_keeps_no_chore_waiting(app, now, jump):
    done = []
    all_chores = Round([Chore("hourly", timedelta(hours=1), lambda _: done.append(1) or 1)])
    with clock.frozen(now + jump):
        all_chores.look()
    all_chores.look()
    assert len(done) == 2


def test_a_database_that_is_away_is_no_fault_of_a_row(app, now, monkeypatch):
    tried = []

    def gone(row):
        tried.append(row)
        raise OperationalError("select", {}, Exception("server closed the connection"))

    away = Round([Chore("a chore", SECOND, lambda at: each_of("rows", [1, 2], gone, now=at))])
    real = session.execute
    monkeypatch.setattr(session, "execute", lambda *_: gone("the question whether it is there"))
    for _ in range(2):
        with pytest.raises(DatabaseAway):
            away.look()
    assert (
        tried == [1, "the question whether it is there"] * 2
    )  # at once, not after the pause of a failed row
    monkeypatch.setattr(session, "execute", real)
    away.look()
    assert tried[-2:] == [1, 2]  # it is there: then it was the rows


def test_patience_has_an_end():
    patience = chores.Patience()
    pauses = [patience.note_failure("x", clock.now(), chores.OF_ROW) for _ in range(40)]
    assert pauses[-1] == timedelta(hours=1)
