"""The register: append-only, chained, downloadable, verified by anyone."""

from threading import Thread

import pytest
from sqlalchemy import text

from cocreation.core.database import session
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from tests.cast import THEN
from tests.ledger.conftest import download, verified

CHANGE = "UPDATE register SET content = 'x' WHERE number = 3"
DELETE = "DELETE FROM register WHERE number = 3"


@pytest.mark.parametrize("statement", [CHANGE, DELETE])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(five, statement):
    with pytest.raises(Exception, match="append-only"):
        session.execute(text(statement))
    session.rollback()


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


@pytest.mark.own_database
def test_a_download_gives_its_connection_back(app, five):
    session.remove()
    assert app.test_client().get("/en/register.jsonl").text
    assert not app.extensions["engine"].pool.checkedout()


def test_many_entries_are_added_with_few_statements(cast, statements):
    with statements() as asked:
        journal.append_all([(Action.SCREENED, "2026-1", {"n": n}) for n in range(500)], THEN)
        session.commit()
    assert len(asked) <= 5


@pytest.mark.own_database
def test_writers_at_once_never_fork_the_chain(app, cast):
    def write(name):
        for n in range(5):
            journal.append(Action.SCREENED, f"{name}-{n}", THEN)
            session.commit()
        session.remove()

    writers = [Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    session.remove()
    assert verified() == 20


def test_what_is_rolled_back_leaves_no_trace(app, cast):
    journal.append(Action.SCREENED, "2026-1", THEN)
    session.rollback()
    assert verified() == 0
