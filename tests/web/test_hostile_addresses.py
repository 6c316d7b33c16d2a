"""No address, whatever stands in it, breaks a page: every parameter and every part of a path of every route.
Nor does a field of a form.

Which parameters a route reads is noted while it answers, so that a new one is tried as soon as it is there.
Each value comes to many places, in `make test-all` to every one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import Rule

from tests.access import ACCESS, ANYONE, SECRET
from tests.cast import Cast
from tests.scene import set_up
from tests.selection import shared_out
from tests.test_access import Scene

VALUES = [
    "%00",
    "a%00b",
    "%ED%A0%80",  # half a surrogate pair
    "%FF%FE",
    "%C2%B2",  # ², a digit that is no number
    "%D9%A3",  # ٣, one that is
    "-1",
    "0",
    "1.5",
    "1e400",
    "NaN",
    str(2**31),
    str(2**63),
    "9" * 5000,
    "0000-00-00",
    "9999-12-31",
    "%25%27%22%3B--",
    "..%2F..%2Fetc%2Fpasswd",
    "%0D%0AX-Injected%3A%201",
    "A" * 3000,
    "%E2%80%AE%CC%81" * 20,
]
PARTS = ["%00", "a%00b", "%ED%A0%80", "%C2%B2", "9" * 30, "2026-" + "9" * 30, "OR1-W9999999999", "x" * 2000]
PARTS += ["%E2%80%AE", "2026-C99999999999", "OR1-W1-S" + "9" * 20, "0000-00"]


def cursor(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def tampered(*edge: object) -> list[str]:
    return [cursor(way + json.dumps(edge)) for way in "<>"]


AT = {"at": "2026-03-10T09:00:00+00:00"}
CURSORS = [
    *tampered({"at": "2026-03-10T09:00:00"}, 1),  # without a zone
    *tampered({"at": "0001-01-01T00:00:00+14:00"}, 1),
    *tampered({"at": "9999-12-31T23:59:59-14:00"}, 1),
    *tampered({"at": "2026-13-45T09:00:00+00:00"}, 1),
    *tampered({"at": 3}, 1),
    *tampered({"on": "0000-01-01"}, 1),
    *tampered({"on": "2026-02-30"}, 1),
    *tampered({"on": None}, 1),
    *tampered({}, 1),
    *tampered(AT, 2**31),
    *tampered(AT, 2**63),
    *tampered(AT, 10**4000),
    *tampered(AT, 1.5),
    *tampered(AT, float("nan")),
    *tampered(AT, True),
    *tampered(AT, None),
    *tampered(AT, "1"),
    *tampered(AT, [1]),
    *tampered(AT),
    *tampered(2**31),
    *tampered(2**63),
    *tampered(-(2**63)),
    *tampered(True),
    *tampered("\0", 1),
    *tampered("\ud800", 1),
    *tampered("x" * 5000, 1),
    *tampered({"on": "2026-03-10"}, 2**40),
    *tampered({"on": "9999-12-31"}, 1),
    *tampered(AT, 1, 1),
    *tampered(2**31, 2**31),
    cursor(">"),
    cursor(">[" * 1500),
    cursor("[1]"),
    cursor(b"\xff>[1]"),
    "\u0663",
    "²",
    "-1",
    str(2**31),
    "9" * 5000,
]


class Noting(ImmutableMultiDict):
    """The parameters of a request, which notes those that are asked for."""

    asked: set[str] = set()

    def __getitem__(self, key):
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key, *args, **options):
        self.asked.add(key)
        return super().get(key, *args, **options)

    def getlist(self, key, *args, **options):
        self.asked.add(key)
        return super().getlist(key, *args, **options)

    def __contains__(self, key):
        self.asked.add(key)
        return super().__contains__(key)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    samples, outsiders = set_up(cast)
    return Scene(cast, samples, outsiders)


@pytest.fixture
def walk(scene: Scene):
    """(route, its address, a browser of somebody it is for) for every route that is read."""
    browsers: dict[object, FlaskClient] = {None: scene.cast.visitor()}

    def routes() -> Iterator[tuple[Rule, str, FlaskClient]]:
        for rule in scene.rules("GET"):
            allowed = ACCESS[rule.endpoint]
            role = None if allowed in (ANYONE, SECRET) else min(allowed)
            if role not in browsers:
                browsers[role] = scene.cast.visitor(scene.cast.staff[role])
            yield rule, scene.address(rule), browsers[role]

    return routes


def broken(client: FlaskClient, address: str) -> str | None:
    answer = client.get(address)
    answer.close()
    return f"{answer.status_code} at {address[:200]}" if answer.status_code >= 500 else None


READ: dict[str, list[str]] = {}  # names of parameters by route, noted once a process: all routes are walked


@pytest.fixture
def parameters(walk, app, monkeypatch):
    """(address, name of a parameter its route reads, browser)."""
    with monkeypatch.context() as noting:
        noting.setattr(app.request_class, "parameter_storage_class", Noting)
        for rule, address, client in walk() if not READ else ():
            Noting.asked.clear()
            client.get(address).close()
            READ[rule.rule] = sorted(Noting.asked - {"lang"})
    return [(address, name, client) for rule, address, client in walk() for name in READ[rule.rule]]


def test_no_parameter_breaks_a_page(parameters):
    assert len({name for _address, name, _client in parameters}) > 15, "the parameters are noted"
    wrong = []
    for place, (address, name, client) in enumerate(parameters):
        if name != "cursor":
            wrong += [broken(client, f"{address}?{name}={value}") for value in shared_out(VALUES, place)]
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_no_cursor_breaks_a_list_and_none_is_taken_that_no_page_gave_out(parameters):
    paged = [(address, client) for address, name, client in parameters if name == "cursor"]
    assert len(paged) > 20, "every list that is paged"
    wrong = []
    for place, (address, client) in enumerate(paged):
        for value in shared_out(CURSORS, place):
            answer = client.get(f"{address}?cursor={quote(value)}")
            if answer.status_code not in (200, 400):
                wrong.append(f"{answer.status_code} at {address}?cursor={value[:80]}")
    assert not wrong, "\n".join(wrong)


def test_no_part_of_a_path_breaks_a_page(scene, walk):
    wrong, sample, place = [], scene.samples, count()
    for rule, _address, client in walk():
        texts = [name for name in rule.arguments if rule._converters[name].regex == "[^/]{1,}"]
        for name in texts:
            for value in shared_out(PARTS, next(place)):
                scene.samples = {
                    **sample,
                    name: "@@",
                    f"{rule.endpoint}:{name}": "@@",
                }
                wrong.append(broken(client, scene.address(rule).replace("@@", value)))
        scene.samples = sample
    assert not any(wrong), "\n".join(filter(None, wrong))


FIELDS = ["a\0b", "²", str(2**63), "9999-12-31T23:59"]


def test_no_field_breaks_a_form(scene, app, monkeypatch):
    """Each form, with all its fields hostile at once."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    wrong = []
    for place, rule in enumerate(scene.rules("POST")):
        allowed = ACCESS[rule.endpoint]
        person = None if allowed in (ANYONE, SECRET) else scene.cast.staff[min(allowed)]
        client, address = scene.cast.visitor(person), scene.address(rule)
        with monkeypatch.context() as noting:
            noting.setattr(app.request_class, "parameter_storage_class", Noting)
            Noting.asked.clear()
            client.post(address, data={"any": "thing"}).close()
            names = sorted(Noting.asked)
        for value in shared_out(FIELDS, place) if names else ():
            answer = client.post(address, data=dict.fromkeys(names, value.encode("utf-8", "surrogatepass")))
            answer.close()
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} at {address} with {value!r}")
    assert not wrong, "\n".join(wrong)
