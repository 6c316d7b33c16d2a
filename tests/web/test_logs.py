"""Journals: one line a request, with its number, and nothing about people."""

import json

import pytest

from cocreation.web import logs

SECRET = "7F3K-QX9M-2BTD-0HWN"


@pytest.fixture
def journal(app, capsys):
    """What was written to the error stream since asked last."""
    logs.configure()
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_the_number_of_a_request_is_in_its_answer_and_its_line(trial_client, journal):
    answer = trial_client.get("/ar/about", headers={"X-Request-Id": "from-the-proxy-1"})
    assert answer.headers["X-Request-Id"] == "from-the-proxy-1"
    assert [line["request"] for line in journal()] == ["from-the-proxy-1"]


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space and more", "<script>alert(1)</script>"])
def test_a_number_that_is_not_one_is_replaced(client, given):
    assert client.get("/ar/about", headers={"X-Request-Id": given}).headers["X-Request-Id"] != given


def test_two_requests_have_two_numbers(client):
    assert client.get("/health").headers["X-Request-Id"] != client.get("/health").headers["X-Request-Id"]


def test_no_secret_address_or_person_is_written(trial_client, journal):
    trial_client.get(f"/ar/trial/secrets/{SECRET}?mail=someone@example.org")
    trial_client.post("/ar/trial/form", data={"name": "Aïcha", "email": "aicha@example.org"})
    trial_client.get(f"/ar/trial/secrets/{SECRET}/nowhere")
    told = journal()
    assert len(told) == 3
    written = json.dumps(told, ensure_ascii=False)
    for private in (SECRET, "example.org", "Aïcha", "127.0.0.1"):
        assert private not in written
    assert told[0]["rule"].endswith("/trial/secrets/<secret>")


def test_what_breaks_is_written_with_its_trace(trial_client, journal):
    number = trial_client.get("/ar/trial/break").headers["X-Request-Id"]
    failure = next(line for line in journal() if line["event"] == "request failed")
    assert failure["request"] == number
    assert failure["error"] == "RuntimeError"
    assert "conftest.py" in failure["exception"]
