"""One transaction a request: all of it, or nothing."""

import pytest
from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Institution


def written():
    found = session.scalar(select(func.count()).select_from(Institution))
    mails = session.scalar(select(func.count()).select_from(Mail))
    session.remove()
    return found, mails


@pytest.mark.parametrize("status", [200, 201, 302])
def test_what_succeeds_is_kept_with_its_mail(trial_client, status):
    trial_client.post(f"/ar/trial/write/{status}")
    assert written() == (1, 1)


@pytest.mark.parametrize("status", [400, 403, 409, 422, 429, 500])
def test_what_fails_leaves_nothing_not_even_its_mail(trial_client, status):
    assert trial_client.post(f"/ar/trial/write/{status}").status_code == status
    assert written() == (0, 0)


def test_what_breaks_leaves_nothing(trial_client):
    assert trial_client.post("/ar/trial/break").status_code == 500
    assert written() == (0, 0)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_never_writes(trial_client, method):
    getattr(trial_client, method)("/ar/trial/write/200")
    assert written() == (0, 0)


def test_one_broken_request_does_not_spoil_the_next(trial_client):
    trial_client.post("/ar/trial/break")
    assert trial_client.post("/ar/trial/write/200").status_code == 200
    assert written() == (1, 1)
