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
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from cocreation.accounts.models import Person, Role
from cocreation.web.access import anyone, by_secret, rule_of
from tests.cast import Cast
from tests.scene import set_up

ANYONE, SECRET = "anyone", "whoever holds the secret"
STAFF = frozenset(Role)
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
SECRETARIAT = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
COORDINATORS = SECRETARIAT | {Role.COORDINATOR}
FACILITATORS = COORDINATORS | {Role.FACILITATOR}
COMMITTEE = SECRETARIAT | {Role.COMMITTEE_MEMBER}
FOCAL_POINTS = frozenset({Role.FOCAL_POINT})
INSTITUTION = FOCAL_POINTS | {Role.COLLEAGUE}

ACCESS = {
    "accounts.accept": SECRET,
    "accounts.change_password": STAFF,
    "accounts.desk": STAFF,
    "accounts.end_others": STAFF,
    "accounts.end_sign_in": STAFF,
    "accounts.forgot": ANYONE,
    "accounts.link": SECRET,
    "accounts.prove": ANYONE,
    "accounts.show": STAFF,
    "accounts.sign_in": ANYONE,
    "accounts.sign_out": STAFF,
    "coordination.index": ANYONE,
    "coordination.show": ANYONE,
    "cycles.index": ANYONE,
    "cycles.show": ANYONE,
    "directory.associations": ANYONE,
    "directory.board": ANYONE,
    "directory.correct": SECRET,
    "directory.declare": ANYONE,
    "directory.institutions": ANYONE,
    "directory.show_declaration": SECRET,
    "dispositions.fates": ANYONE,
    "dispositions.narrow": ANYONE,
    "dispositions.screening": ANYONE,
    "dispositions.table": ANYONE,
    "health.alive": ANYONE,
    "health.ready": ANYONE,
    "ideas.appeal": SECRET,
    "ideas.associations": ANYONE,
    "ideas.back": ANYONE,
    "ideas.back_sent": ANYONE,
    "ideas.backing": SECRET,
    "ideas.challenge": ANYONE,
    "ideas.confirm": SECRET,
    "ideas.draft": SECRET,
    "ideas.draft_link": SECRET,
    "ideas.edit": SECRET,
    "ideas.erase": SECRET,
    "ideas.export": SECRET,
    "ideas.file": ANYONE,
    "ideas.find_receipt": ANYONE,
    "ideas.index": ANYONE,
    "ideas.narrow": ANYONE,
    "ideas.new": ANYONE,
    "ideas.paper": ANYONE,
    "ideas.receipt": SECRET,
    "ideas.reply": SECRET,
    "ideas.sent": ANYONE,
    "ideas.show": ANYONE,
    "ideas.similar": ANYONE,
    "ideas.unsubscribe": SECRET,
    "ideas.vouch": SECRET,
    "ideas.withdraw": SECRET,
    "language.choose": ANYONE,
    "manage_accounts.disable": ADMINISTRATOR,
    "manage_accounts.enable": ADMINISTRATOR,
    "manage_accounts.forget_device": ADMINISTRATOR,
    "manage_accounts.index": ADMINISTRATOR,
    "manage_accounts.take_back": ADMINISTRATOR,
    "manage_coordination.add": SECRETARIAT,
    "manage_coordination.attend": SECRETARIAT,
    "manage_coordination.decide": SECRETARIAT,
    "manage_coordination.edit": SECRETARIAT,
    "manage_coordination.fill": SECRETARIAT,
    "manage_coordination.index": COMMITTEE | FOCAL_POINTS,
    "manage_coordination.invite": SECRETARIAT,
    "manage_coordination.minutes": SECRETARIAT,
    "manage_coordination.move": SECRETARIAT,
    "manage_coordination.new": SECRETARIAT,
    "manage_coordination.publish": SECRETARIAT,
    "manage_coordination.remove": SECRETARIAT,
    "manage_coordination.show": COMMITTEE | FOCAL_POINTS,
    "manage_coordination.strike": SECRETARIAT,
    "manage_cycles.edit": SECRETARIAT,
    "manage_cycles.index": SECRETARIAT,
    "manage_cycles.move": SECRETARIAT,
    "manage_cycles.new": SECRETARIAT,
    "manage_cycles.part": SECRETARIAT,
    "manage_cycles.parts": SECRETARIAT,
    "manage_cycles.remove": SECRETARIAT,
    "manage_directory.associations": SECRETARIAT,
    "manage_directory.edit_institution": SECRETARIAT,
    "manage_directory.institutions": SECRETARIAT,
    "manage_directory.refuse": SECRETARIAT,
    "manage_directory.verify": SECRETARIAT,
    "manage_dispositions.add_ideas": SECRETARIAT,
    "manage_dispositions.answer": INSTITUTION,
    "manage_dispositions.appeals": COMMITTEE,
    "manage_dispositions.ask": SECRETARIAT,
    "manage_dispositions.batch": COMMITTEE,
    "manage_dispositions.batches": COMMITTEE,
    "manage_dispositions.bundle": INSTITUTION,
    "manage_dispositions.colleagues": FOCAL_POINTS,
    "manage_dispositions.criteria": SECRETARIAT,
    "manage_dispositions.criterion": SECRETARIAT,
    "manage_dispositions.decide": SECRETARIAT,
    "manage_dispositions.delegate": FOCAL_POINTS,
    "manage_dispositions.dismiss": FOCAL_POINTS,
    "manage_dispositions.draft": COMMITTEE,
    "manage_dispositions.edit_reason": SECRETARIAT,
    "manage_dispositions.hear": COMMITTEE,
    "manage_dispositions.import_answers": INSTITUTION,
    "manage_dispositions.late": SECRETARIAT,
    "manage_dispositions.lineage": SECRETARIAT,
    "manage_dispositions.link": SECRETARIAT,
    "manage_dispositions.move_criterion": SECRETARIAT,
    "manage_dispositions.new_batch": SECRETARIAT,
    "manage_dispositions.new_reason": SECRETARIAT,
    "manage_dispositions.publish": SECRETARIAT,
    "manage_dispositions.reasons": SECRETARIAT,
    "manage_dispositions.referrals": SECRETARIAT,
    "manage_dispositions.remind": SECRETARIAT,
    "manage_dispositions.remove": SECRETARIAT,
    "manage_dispositions.remove_criterion": SECRETARIAT,
    "manage_dispositions.remove_reason": SECRETARIAT,
    "manage_dispositions.review": COMMITTEE,
    "manage_dispositions.reword": SECRETARIAT,
    "manage_dispositions.screen": SECRETARIAT,
    "manage_dispositions.screening": SECRETARIAT,
    "manage_dispositions.send_for_review": SECRETARIAT,
    "manage_dispositions.set_embargo": SECRETARIAT,
    "manage_dispositions.sheet": INSTITUTION,
    "manage_dispositions.unlink": SECRETARIAT,
    "manage_dispositions.usual_criteria": SECRETARIAT,
    "manage_dispositions.workload": SECRETARIAT,
    "manage_ideas.enter": SECRETARIAT,
    "manage_ideas.restate": COORDINATORS,
    "manage_meetings.add_item": COORDINATORS,
    "manage_meetings.add_part": COORDINATORS,
    "manage_meetings.add_photo": COORDINATORS,
    "manage_meetings.add_workshop": COORDINATORS,
    "manage_meetings.add_question": COORDINATORS,
    "manage_meetings.allocation": COORDINATORS,
    "manage_meetings.announce": COORDINATORS,
    "manage_meetings.attendance": COORDINATORS,
    "manage_meetings.attendance_sheet": COORDINATORS,
    "manage_meetings.badges": COORDINATORS,
    "manage_meetings.call_off": COORDINATORS,
    "manage_meetings.compare": COORDINATORS,
    "manage_meetings.door": FACILITATORS,
    "manage_meetings.door_entries": FACILITATORS,
    "manage_meetings.door_list": FACILITATORS,
    "manage_meetings.door_worker": FACILITATORS,
    "manage_meetings.edit": COORDINATORS,
    "manage_meetings.edit_item": COORDINATORS,
    "manage_meetings.edit_kept": COORDINATORS,
    "manage_meetings.edit_photo": COORDINATORS,
    "manage_meetings.edit_question": COORDINATORS,
    "manage_meetings.checklist": COORDINATORS,
    "manage_meetings.edit_part": COORDINATORS,
    "manage_meetings.edit_workshop": COORDINATORS,
    "manage_meetings.enter_participant": COORDINATORS,
    "manage_meetings.export": COORDINATORS,
    "manage_meetings.import_participants": COORDINATORS,
    "manage_meetings.index": COORDINATORS,
    "manage_meetings.kept_places": COORDINATORS,
    "manage_meetings.move_photo": COORDINATORS,
    "manage_meetings.move_question_up": COORDINATORS,
    "manage_meetings.moving_up": COORDINATORS,
    "manage_meetings.move_item": COORDINATORS,
    "manage_meetings.new": SECRETARIAT,
    "manage_meetings.note_participant": COORDINATORS,
    "manage_meetings.note_arrival": FACILITATORS,
    "manage_meetings.participant": COORDINATORS,
    "manage_meetings.participants": COORDINATORS,
    "manage_meetings.photo": COORDINATORS,
    "manage_meetings.photos": COORDINATORS,
    "manage_meetings.questions": COORDINATORS,
    "manage_meetings.release_kept": COORDINATORS,
    "manage_meetings.remove_item": COORDINATORS,
    "manage_meetings.remove_photo": COORDINATORS,
    "manage_meetings.remove_question": COORDINATORS,
    "manage_meetings.plan": COORDINATORS,
    "manage_meetings.programme": COORDINATORS,
    "manage_meetings.remove_part": COORDINATORS,
    "manage_meetings.remove_task": COORDINATORS,
    "manage_meetings.remove_workshop": COORDINATORS,
    "manage_meetings.rules": SECRETARIAT,
    "manage_meetings.show": COORDINATORS,
    "manage_meetings.statistics": COORDINATORS,
    "manage_meetings.undo_arrival": FACILITATORS,
    "manage_meetings.walk_in": FACILITATORS,
    "manage_meetings.communication": COORDINATORS,
    "manage_meetings.hand_over_invitation": COORDINATORS,
    "manage_meetings.invitation": COORDINATORS,
    "manage_meetings.invitations": COORDINATORS,
    "manage_meetings.invite": COORDINATORS,
    "manage_meetings.invite_councils": COORDINATORS,
    "manage_meetings.mail": COORDINATORS,
    "manage_meetings.mails": COORDINATORS,
    "manage_meetings.outreach": COORDINATORS,
    "manage_meetings.outreach_sheet": COORDINATORS,
    "manage_meetings.print_invitation": COORDINATORS,
    "manage_meetings.refuse_invitation": SECRETARIAT,
    "manage_meetings.remind_invited": COORDINATORS,
    "manage_meetings.remove_invitation": COORDINATORS,
    "manage_meetings.remove_outreach": COORDINATORS,
    "manage_meetings.send_invitations": COORDINATORS,
    "manage_meetings.support": COORDINATORS,
    "manage_meetings.support_offer": COORDINATORS,
    "manage_meetings.support_proof": COORDINATORS,
    "manage_meetings.support_request": COORDINATORS,
    "manage_meetings.support_sheet": COORDINATORS,
    "manage_meetings.thank": COORDINATORS,
    "manage_meetings.validate_invitation": SECRETARIAT,
    "manage_meetings.tick": COORDINATORS,
    "manage_meetings.usual_rules": SECRETARIAT,
    "manage_moderation.case": SECRETARIAT,
    "manage_moderation.decide": SECRETARIAT,
    "manage_moderation.dismiss": SECRETARIAT,
    "manage_moderation.hide": SECRETARIAT,
    "manage_moderation.index": SECRETARIAT,
    "manage_plan.edit": SECRETARIAT,
    "manage_plan.index": SECRETARIAT,
    "manage_plan.new": SECRETARIAT,
    "manage_plan.publish": SECRETARIAT,
    "manage_workshops.edit": FACILITATORS,
    "manage_workshops.import_outputs": COORDINATORS,
    "manage_workshops.index": FACILITATORS,
    "manage_workshops.line": FACILITATORS,
    "manage_workshops.move": FACILITATORS,
    "manage_workshops.publish": FACILITATORS,
    "manage_workshops.remove": FACILITATORS,
    "meetings.calendar": ANYONE,
    "meetings.accept_place": SECRET,
    "meetings.cancel_registration": SECRET,
    "meetings.change_registration": SECRET,
    "meetings.delegate": ANYONE,
    "meetings.erase_registration": SECRET,
    "meetings.export_registration": SECRET,
    "meetings.photo": ANYONE,
    "meetings.photos": ANYONE,
    "meetings.wait_again": SECRET,
    "meetings.compare": ANYONE,
    "meetings.index": ANYONE,
    "meetings.item_calendar": ANYONE,
    "meetings.programme": ANYONE,
    "meetings.programme_calendar": ANYONE,
    "meetings.register": ANYONE,
    "meetings.answer_invitation": SECRET,
    "meetings.ask_for_support": SECRET,
    "meetings.change_support": SECRET,
    "meetings.withdraw_support": SECRET,
    "meetings.support": ANYONE,
    "meetings.show": ANYONE,
    "meetings.show_delegation": SECRET,
    "meetings.show_registration": SECRET,
    "meetings.statistics": ANYONE,
    "moderation.contest": SECRET,
    "moderation.index": ANYONE,
    "moderation.report": ANYONE,
    "moderation.reported": ANYONE,
    "plan.index": ANYONE,
    "portal.about": ANYONE,
    "portal.commitment": ANYONE,
    "portal.coverage": ANYONE,
    "portal.coverage_file": ANYONE,
    "portal.home": ANYONE,
    "portal.line": ANYONE,
    "portal.privacy": ANYONE,
    "portal.region": ANYONE,
    "portal.translations": ANYONE,
    "portal.workshop": ANYONE,
    "register.download": ANYONE,
    "register.download_checkpoints": ANYONE,
    "register.download_key": ANYONE,
    "register.entry": ANYONE,
    "register.index": ANYONE,
    "robots.robots": ANYONE,
    "robots.sitemap": ANYONE,
    "static": ANYONE,
}
# Staff pages that show each role what is its own, so that nobody is out of their scope.
OF_ONES_OWN = {
    "manage_dispositions.bundle",
    "manage_dispositions.colleagues",
    "manage_dispositions.delegate",
    "manage_coordination.index",
    "manage_meetings.compare",
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
            keys = (f"{rule.endpoint}:{name}", f"{room}:{name}", name)
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
            wrong.append(f"declare endpoint {endpoint} in ACCESS of tests/test_access.py")
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
            answer = (
                client.get(address) if method == "GET" else client.post(address, data={"csrf_token": token})
            )
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


def csrf_token(client: FlaskClient) -> str:
    """The token of this browser, so that what is refused is refused for who they are."""
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/en/sign-in/forgotten").text)[1]


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
