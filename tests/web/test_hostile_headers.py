"""No header, whatever stands in it, breaks a page; nor do bytes of an address that are no text."""

from __future__ import annotations

import pytest

from tests.access import ACCESS, ANYONE
from tests.scene import set_up
from tests.test_access import Scene

HEADERS = [
    {"Range": "bytes=0-0,5-1,x"},
    {"Range": "bytes=999999999999-"},
    {"If-None-Match": '"' * 3},
    {"If-Modified-Since": "yesterday"},
    {"Accept-Language": ",,;q=x," + "é" * 50},
    {"Cookie": "cocreation=" + "x" * 2000 + "; lang=\x7f"},
    {"Accept-Encoding": "br;q=2, gzip;q=x"},
    {"X-Request-Id": "\x7f" * 80},
]


@pytest.mark.parametrize("headers", HEADERS, ids=lambda given: f"{given}"[:40])
def test_no_header_breaks_a_page(cast, headers):
    samples, outsiders = set_up(cast)
    scene, client, wrong = Scene(cast, samples, outsiders), cast.visitor(), []
    for rule in scene.rules("GET"):
        if ACCESS[rule.endpoint] is ANYONE:
            answer = client.get(scene.address(rule), headers=headers)
            answer.close()
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} at {scene.address(rule)}")
    assert not wrong, "\n".join(wrong)


def test_bytes_that_are_no_text_in_an_address_break_no_page(client):
    answer = client.get(
        "/en/about", environ_overrides={"QUERY_STRING": "a=\xff\xfe", "PATH_INFO": "/en/about"}
    )
    assert answer.status_code == 200
    assert client.get("/", environ_overrides={"PATH_INFO": "/en/ideas/\xff\xfe"}).status_code == 404
