"""Pages as they are sent: without the indentation of their templates, each tag on one line."""

from __future__ import annotations

import re


def test_no_tag_is_broken_and_nothing_is_indented(client, cast):
    page = client.get("/ar/").text
    assert not re.search(r"<[a-z][^<>]*\n", page)
    assert not re.search(r"\n {2,}", page)
    assert "\n<" in page
