"""Lists by pages: every row exactly once, forwards and backwards, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import delete, insert, select

from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.core.errors import Invalid
from cocreation.core.paging import page

START = datetime(2026, 3, 10, 9, 0, 0, 123456, tzinfo=UTC)
# Few different moments, so that many rows share one and the second key decides.
MOMENTS = st.lists(st.integers(0, 3), max_size=25)


def write(moments):
    session.execute(delete(AuditEntry))
    rows = [
        {"id": n, "at": START + timedelta(microseconds=moment), "action": "", "subject": str(moment)}
        for n, moment in enumerate(moments, start=1)
    ]
    if rows:
        session.execute(insert(AuditEntry), rows)


def walk(size, descending, keys, start=None, step="next"):
    """The pages from `start` on to the end, in one direction."""
    pages, cursor = [], start
    while True:
        found = page(select(AuditEntry), *keys, cursor=cursor, size=size, descending=descending)
        pages.append(found)
        cursor = getattr(found, step)
        if cursor is None:
            return pages
        assert len(pages) < 60


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(moments=MOMENTS, size=st.integers(1, 7), descending=st.booleans())
def test_every_row_once_and_backwards_is_forwards_reversed(app, moments, size, descending):
    write(moments)
    keys = (AuditEntry.at, AuditEntry.id)
    pairs = sorted(((m, n) for n, m in enumerate(moments, start=1)), reverse=descending)
    forwards = walk(size, descending, keys)
    assert [entry.id for found in forwards for entry in found] == [n for _, n in pairs]
    assert forwards[0].previous is None
    assert all(len(found) == size for found in forwards[:-1])
    if len(forwards) > 1:
        assert len(forwards[-1]) > 0
        backwards = walk(size, descending, keys, start=forwards[-1].previous, step="previous")
        before = [entry.id for found in reversed(backwards) for entry in found]
        assert before == [entry.id for found in forwards[:-1] for entry in found]
    session.rollback()


def test_a_row_that_goes_or_comes_moves_nothing_else(app):
    write([0, 0, 1, 1, 2, 2])
    first = page(select(AuditEntry), AuditEntry.at, AuditEntry.id, size=2)
    session.execute(delete(AuditEntry).where(AuditEntry.id == first.items[-1].id))
    session.execute(insert(AuditEntry), {"id": 99, "at": START + timedelta(1), "action": "", "subject": ""})
    second = page(select(AuditEntry), AuditEntry.at, AuditEntry.id, size=2, cursor=first.next)
    assert [entry.id for entry in second] == [4, 3]
    session.rollback()


@pytest.mark.parametrize(
    "cursor", ["x", "PA", "PFtd", "PlsxXQ", "=", "é", "Pm51bGw", "PlsxLDIsM10", "A" * 5000, "PlsidSIsInUiXQ"]
)
def test_a_cursor_nobody_gave_out_is_refused(app, cursor):
    with pytest.raises(Invalid):
        page(select(AuditEntry), AuditEntry.at, AuditEntry.id, cursor=cursor)
    session.rollback()


def test_a_strange_cursor_in_an_address_is_a_plain_sentence(client, cast):
    assert client.get("/fr/ideas?cursor=PlsxXQ").status_code == 400
