"""The comparison of two versions says what differs, and nothing else."""

from __future__ import annotations

import re
import zlib
from typing import Any

import pytest

from tests.compare.__main__ import Report, compare_mails, compare_pages, compare_rows

TOKEN = 'value="{}.ag2KXA.5KZ8m1QhU0Y2f8m1QhU0Y2f8m1Q"'
PAGE = "<h1>Ideas</h1><p class=a>Ten of them.</p><a href='/ar/plan'>Plan</a><input name=csrf_token {}>"


def shown(
    page: str = PAGE, *, token: str = "a" * 60, status: int = 200, asked=("SELECT ideas",), links=()
) -> Any:
    body = page.format(TOKEN.format(token)).encode()
    answer = (status, "text/html; charset=utf-8", "", zlib.compress(body), tuple(asked))
    return {
        "pages": {("anonymous", "/ar/ideas"): answer},
        "links": {("anonymous", "ar"): dict.fromkeys(links, "/ar/ideas")},
    }


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (shown(), {}),
        (shown(token="b" * 60), {}),
        (shown(PAGE.replace("class=a", "class=b")), {}),
        (shown(asked=()), {}),
        (shown(PAGE.replace("Ten", "Nine")), {"page": 1}),
        (shown(PAGE.replace("/ar/plan", "/ar/plans")), {"page": 1}),
        (shown(status=404), {"page": 1}),
        (shown(asked=["SELECT ideas"] * 2), {"statements": 1}),
        (shown(links=["/ar/plan"]), {"link": 1}),
    ],
)
def test_what_people_see_of_a_page_is_compared(now, found, capsys):
    report = Report([])
    compare_pages("sqlite", shown(), now, report)
    assert dict(report.found) == found


def test_a_difference_that_is_meant_is_none(capsys):
    now = shown(PAGE.replace("Ten", "Nine"))
    for what, found in [("of them", 0), ("Nine of", 1)]:
        report = Report([(re.compile("/ar/ideas"), re.compile(what))])
        compare_pages("sqlite", shown(), now, report)
        assert report.found.total() == found


def test_mails_and_rows_are_compared(capsys):
    report = Report([])
    compare_mails(
        "sqlite",
        {"a": ("Subject: Yes", "text/plain\nTen")},
        {"a": ("Subject: No", "text/plain\nTen")},
        report,
    )
    compare_rows({"ideas": ["1", "2"]}, {"ideas": ["1", "3"]}, report)
    assert dict(report.found) == {"mail": 1, "rows": 1}
    assert "-Subject: Yes" in capsys.readouterr().out
