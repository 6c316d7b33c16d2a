"""Who gets in where: every route, against a table written by hand as a second opinion.

A route that is not in ACCESS fails: say there whom it is for, and compare with what it declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import url_for
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from cocreation.accounts.models import Person, Role
from cocreation.web.access import anyone, by_secret, rule_of
from tests.access import ACCESS, ANYONE, SECRET, STAFF
from tests.cast import Cast
from tests.forms import csrf_token
from tests.scene import FAMILIES, set_up

OF_ONES_OWN = {
    "manage_answers.drafts",
    "manage_study.bundle",
    "manage_study.colleagues",
    "manage_study.delegate",
    "manage_coordination.index",
    "manage_drafts.index",
    "manage_drafts.new",
    "manage_drafts.proposals",
    "manage_objections.index",
    "manage_mails.index",
    "manage_mails.retry_all",
    "manage_statistics.compare",
    "manage_meetings.index",
    "manage_workshops.index",
}
WRITES = re.compile(r"\s*(insert|update|delete)\b", re.IGNORECASE)


@dataclass
class Scene:
    """The cast with one thing of every kind, and values for the arguments of every route."""

    cast: Cast
    samples: dict[str, object]
    outsiders: dict[Role, Person]  # the scoped roles, each for another object

    def rules(self, method: str) -> list[Rule]:
        """The routes that take `method`, in the order of their names; static files apart."""
        rules = (rule for rule in self.cast.app.url_map.iter_rules() if rule.endpoint != "static")
        return sorted((rule for rule in rules if method in (rule.methods or ())), key=lambda r: r.endpoint)

    def staff_rules(self, method: str) -> list[tuple[str, frozenset[Role], str]]:
        """(endpoint, who is let in, address) of the staff's routes that take `method`."""
        return [
            (rule.endpoint, allowed, self.address(rule))
            for rule in self.rules(method)
            if isinstance(allowed := ACCESS.get(rule.endpoint), frozenset)
        ]

    def address(self, rule: Rule) -> str:
        """Where this route stands for the things of the scene; samples go by endpoint, else by room."""
        values = {"lang": "en"} if "lang" in rule.arguments else {}
        room = rule.endpoint.split(".")[0].removeprefix("manage_")
        for name in rule.arguments - {"lang"}:
            keys = (f"{rule.endpoint}:{name}", f"{room}:{name}", f"{FAMILIES.get(room)}:{name}", name)
            key = next((key for key in keys if key in self.samples), None)
            assert key, f"give the samples of tests/scene.py a value for {name} of {rule.endpoint}"
            values[name] = self.samples[key]
        with self.cast.app.test_request_context():
            return url_for(rule.endpoint, **values)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    samples, outsiders = set_up(cast)
    return Scene(cast, samples, outsiders)


def test_every_route_says_whom_it_is_for_and_the_table_agrees(app):
    wrong = []
    for endpoint in sorted({rule.endpoint for rule in app.url_map.iter_rules()}):
        rule, expected = rule_of(app, endpoint), ACCESS.get(endpoint)
        if rule is None:
            wrong.append(f"{endpoint} declares no rule: put @access(…) under its route")
        elif expected is None:
            wrong.append(f"declare endpoint {endpoint} in ACCESS of tests/access.py")
        elif expected is ANYONE:
            open_to_all = rule is anyone or (not hasattr(rule, "roles") and rule(None))
            wrong += (
                []
                if open_to_all and rule is not by_secret
                else [f"{endpoint} is for anyone, not {rule.__name__}"]
            )
        elif expected is SECRET:
            wrong += [] if rule is by_secret else [f"{endpoint} opens with a secret, not {rule.__name__}"]
        elif frozenset(getattr(rule, "roles", ()) or Role) != expected or rule in (anyone, by_secret):
            wrong.append(f"{endpoint} is for {sorted(expected)}, not {rule.__name__}")
    gone = ACCESS.keys() - {rule.endpoint for rule in app.url_map.iter_rules()}
    wrong += [f"{endpoint} is in ACCESS but is no route any more" for endpoint in sorted(gone)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_pages_and_no_others(scene, role):
    client, wrong = scene.cast.visitor(scene.cast.staff[role]), []
    for endpoint, allowed, address in scene.staff_rules("GET"):
        status = client.get(address).status_code
        if role in allowed and status != 200:
            wrong.append(f"{endpoint} keeps out the {role}: {status} at {address}")
        if role not in allowed and status not in (403, 404):
            wrong.append(f"{endpoint} lets in the {role}: {status} at {address}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FACILITATOR, Role.FOCAL_POINT, Role.COLLEAGUE])
def test_a_role_held_for_one_thing_opens_nothing_of_another(scene, role):
    client = scene.cast.visitor(scene.outsiders[role])
    token, wrong = csrf_token(client), []
    for method in ("GET", "POST"):
        for endpoint, allowed, address in scene.staff_rules(method):
            if role not in allowed or allowed == STAFF or endpoint in OF_ONES_OWN:
                continue
            sent = {"csrf_token": token, "confirmed": "1"}
            answer = client.get(address) if method == "GET" else client.post(address, data=sent)
            if answer.status_code != 404:
                wrong.append(f"{method} {endpoint} knows a {role} of elsewhere: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_acts_where_they_may_not(scene, role):
    client = scene.cast.visitor(scene.cast.staff[role] if role else None)
    token, wrong = csrf_token(client), []
    for endpoint, allowed, address in scene.staff_rules("POST"):
        if role in allowed:
            continue
        with writes() as written:
            status = client.post(address, data={"csrf_token": token}).status_code
        if status not in ((403,) if role is None else (403, 404)) or written:
            wrong.append(f"{endpoint} lets {role or 'a stranger'} act: {status} {written}")
    assert not wrong, "\n".join(wrong)


def test_strangers_are_led_from_staff_pages_to_sign_in_and_back(scene):
    client, wrong = scene.cast.visitor(), []
    for endpoint, _allowed, address in scene.staff_rules("GET"):
        answer = client.get(address)
        if answer.status_code != 302 or not answer.location.startswith("/en/sign-in?next="):
            wrong.append(f"{endpoint}: {answer.status_code} {answer.location}")
    assert not wrong, "\n".join(wrong)


def test_what_is_public_opens_for_strangers_and_what_is_secret_is_kept_out_of_sight(scene):
    client, wrong = scene.cast.visitor(), []
    for rule in scene.rules("GET"):
        if isinstance(ACCESS.get(rule.endpoint), frozenset):
            continue
        answer = client.get(scene.address(rule))
        if answer.status_code not in (200, 302):
            wrong.append(f"{rule.endpoint}: {answer.status_code} at {scene.address(rule)}")
        if ACCESS.get(rule.endpoint) is SECRET and answer.headers.get("Cache-Control") != "no-store":
            wrong.append(f"{rule.endpoint} may be kept by a cache")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", [None, *Role])
def test_reading_writes_nothing(scene, role):
    client, wrong = scene.cast.visitor(scene.cast.staff[role] if role else None), []
    for rule in scene.rules("GET"):
        with writes() as written:
            client.get(scene.address(rule))
        wrong += [f"{rule.endpoint} writes when read: {statement}" for statement in written]
    assert not wrong, "\n".join(wrong)


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements of a block that write."""
    written: list[str] = []

    def note(_connection, _cursor, statement, *_) -> None:
        if WRITES.match(statement):
            written.append(statement[:120])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(Engine, "before_cursor_execute", note)
