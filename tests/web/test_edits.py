"""Two people save one form: whatever the staff edits tells the second, and loses nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.web import edits, repeats
from cocreation.web.edits import ChangedMeanwhile
from tests.cast import sign_in
from tests.forms import _filled, csrf_token, fill, post_forms
from tests.html import parse
from tests.words import says

# What has marks of its own, and says by them what somebody else did.
OWN_MARKS = {"seen", "before", "version", "shown"}
# Filled in with a proposal, not with what stands somewhere.
PROPOSES = {
    "manage_cycles.new",
    "manage_outreach.outreach",
    "manage_meetings.add_item",
    "manage_meetings.new",
    "manage_plan.new",
    "manage_plan.new_part",
    "manage_screening.ask",
    "manage_study.criteria",
    "manage_study.referrals",
    "manage_appeals.hear",  # an appeal is heard once
    "manage_drafts.proposal",  # a proposal is decided once
    "manage_self_assessment.take_snapshot",  # today, or another day
    "manage_participants.participant",  # a decision, not an edit; its notes carry marks
}
EDITED = {
    "manage_coordination.edit",
    "manage_cycles.edit",
    "manage_cycles.part",
    "manage_directory.edit_institution",
    "manage_batches.batch",
    "manage_invitations.invitation",
    "manage_meetings.edit",
    "manage_meetings.edit_item",
    "manage_meetings.edit_part",
    "manage_meetings.edit_photo",
    "manage_meetings.edit_workshop",
    "manage_participants.edit_kept",
    "manage_participants.edit_question",
    "manage_plan.edit",
    "manage_plan.further",
    "manage_plan.part",
    "manage_preparation.rules",
    "manage_screening.edit_reason",
    "manage_answers.answer",
    "manage_travel_support.support_offer",
}
# What adds something and knows by itself that it was sent before: it refuses, or says the same once more.
KNOWS_THE_SECOND = {
    "manage_self_assessment.flags",  # a number that is meant is not flagged any more
    "manage_self_assessment.publish",
    "manage_adoption.carried",  # a section carries an idea once
    "manage_adoption.adopt",
    "manage_comment_answers.comment_case",
    "manage_comment_answers.comment_desk",
    "manage_answers.answer",
    "manage_appeals.hear",
    "manage_batches.add_ideas",
    "manage_batches.draft",
    "manage_coordination.show",
    "manage_drafts.proposal",
    "manage_directory.refuse",
    "manage_invitations.refuse_invitation",
    "manage_merges.link",
    "manage_merges.unlink",
    "manage_moderation.case",
    "manage_objections.object_to",
    "manage_participants.participant",
    "manage_participants.participants",
    "manage_privacy.index",
    "manage_screening.ask",
    "manage_screening.reopen",
    "manage_screening.screen",
    "manage_screening.screening",
    "manage_study.bundle",
    "manage_study.colleagues",
    "manage_study.criteria",
    "manage_study.referrals",
    "manage_travel_support.support",
    "manage_travel_support.support_request",
    "manage_workshops.edit",
}
# What tells one sending from another; a form with a file is told apart by its file.
NUMBERS = {repeats.NAME, edits.NAME, "once", "id", "file"}
WRITTEN = ("text", "number", "date", "datetime-local", "email", "tel", "url")
SEVERAL = 5  # pages of one address: the first meeting may have no photo yet


def staff(app: Flask, name: str) -> FlaskClient:
    """A browser of somebody of the demonstration, signed in."""
    person = session.scalars(select(Person).where(Person.email == f"{name}@demo.example")).one()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = sign_in(person), True
    return client


def pages(app: Flask, client: FlaskClient) -> Iterator[tuple[str, str]]:
    """A few pages of each address of the staff that the desk leads to, by its links."""
    ahead, visited = ["/fr/desk"], Counter[str]()
    opened: set[str] = set()
    adapter = app.url_map.bind("localhost")
    while ahead:
        url = ahead.pop(0)
        path = urlsplit(url).path
        if not adapter.test(path, "GET"):
            continue
        endpoint, _values = adapter.match(path, "GET")
        is_staff = endpoint.startswith("manage_") or endpoint == "portal.desk"
        if not is_staff or path in opened or visited[endpoint] >= SEVERAL:
            continue
        visited[endpoint] += 1
        opened.add(path)
        answer = client.get(url)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        yield endpoint, url
        links = (link.get("href", "") for link in parse(answer.text).iter("a"))
        ahead += [urljoin(url, href) for href in links if href.startswith(("/", "?"))]


def written(form: Element) -> list[Element]:
    """What somebody can write into in a form, in the order of the page."""
    return [
        field
        for field in form.iter()
        if field.tag == "textarea" or (field.tag == "input" and field.get("type", "text") in WRITTEN)
    ]


def value(field: Element) -> str:
    return (field.text or "").strip() if field.tag == "textarea" else field.get("value", "")


def test_every_form_of_the_staff_that_edits_something(own_demonstration):
    bare, tried, unnumbered = [], set(), []
    clients = [staff(own_demonstration, name) for name in ("secretariat", "focal")]
    opened = [(client, *page) for client in clients for page in pages(own_demonstration, client)]
    for client, endpoint, url in opened:
        for form in post_forms(client, url):
            names = {field.get("name") for field in form.iter("input")}
            words = [field for field in written(form) if value(field)]
            if "stood" in names and endpoint not in tried:
                tried.add(endpoint)
                _two_save(client, url, form)
            elif words and not names & {*OWN_MARKS, "stood"} and endpoint not in PROPOSES:
                bare.append((endpoint, [field.get("name") for field in words]))
            elif written(form) and not names & NUMBERS and endpoint not in KNOWS_THE_SECOND:
                unnumbered.append((endpoint, form.get("action")))
    assert not bare
    assert not unnumbered, "form.numbered keeps the same thing from being added twice (web/repeats.py)"
    assert tried >= EDITED, sorted(EDITED - tried)


def _two_save(client: FlaskClient, url: str, form: Element) -> None:
    """The same form opened twice, another word in one field each; then the second saves again."""
    action = urljoin(url, form.get("action") or url)
    opened = _filled(form)
    field = next(
        (f for f in written(form) if value(f) and (f.tag == "textarea" or f.get("type") == "text")), None
    )
    if field is None or "slug" in field.get("name", ""):
        return
    name = field.get("name")
    first, second = opened.copy(), opened.copy()
    first[name], second[name] = f"{value(field)} premier", f"{value(field)} second"
    if client.post(action, data=first).status_code != 302:
        return  # it cannot be saved now, by nobody
    refused = client.post(action, data=second)
    assert refused.status_code == 409, url
    assert says(refused, ChangedMeanwhile)
    assert f"{value(field)} premier" in refused.text
    assert f"{value(field)} second" in refused.text
    again = next(f for f in parse(refused.text).iter("form") if _filled(f).get("stood") not in (None, ""))
    stood = {"stood": _filled(again)["stood"]}
    assert client.post(action, data=MultiDict({**second.to_dict(flat=True), **stood})).status_code in (
        302,
        422,
    )


EDIT = "/fr/manage/meetings/OR1/edit"


def test_what_only_the_other_changed_is_taken_over(cast):
    """One changes the venue, the other, on an older page, the meals: one more press saves both."""
    salma = cast.visitor(cast.salma)
    older = _meeting_form(salma)
    assert fill(salma, EDIT, **{"venue-fr": "Salle municipale"}).status_code == 302
    refused = salma.post(EDIT, data={**older, "meals-fr": "Repas de midi"})
    assert refused.status_code == 409
    assert 'value="Salle municipale"' in refused.text
    assert 'value="Repas de midi"' in refused.text
    marks = re.search(r'name="stood" value="([^"]+)"', refused.text)[1]
    merged = {**older, "meals-fr": "Repas de midi", "venue-fr": "Salle municipale", "stood": marks}
    assert salma.post(EDIT, data=merged).status_code == 302
    now = _meeting_form(salma)
    assert (now["venue-fr"], now["meals-fr"]) == ("Salle municipale", "Repas de midi")


def test_a_mistake_in_between_hides_nothing(cast):
    """What is refused for a mistake keeps the marks of when it was opened."""
    salma = cast.visitor(cast.salma)
    older = _meeting_form(salma)
    assert fill(salma, EDIT, **{"venue-fr": "Salle municipale"}).status_code == 302
    mistaken = salma.post(EDIT, data={**older, "places": "none"})
    assert mistaken.status_code == 422
    assert f'name="stood" value="{older["stood"]}"' in mistaken.text
    assert salma.post(EDIT, data=older).status_code == 409


def test_the_same_words_are_no_conflict(cast):
    salma = cast.visitor(cast.salma)
    older = _meeting_form(salma)
    for _person in range(2):
        assert salma.post(EDIT, data={**older, "venue-fr": "Salle"}).status_code == 302


def _meeting_form(client: FlaskClient) -> dict[str, str | list[str]]:
    form = next(form for form in post_forms(client, EDIT) if "stood" in _filled(form))
    data = _filled(form)
    return {name: values if len(values := data.getlist(name)) > 1 else values[0] for name in data}


@pytest.mark.parametrize(
    ("path", "is_staff", "turns"),
    [
        ("/fr/manage/meetings/OR1/edit", False, []),
        ("/zz/manage/meetings/OR1/edit", False, []),  # leads nowhere, and ends like the form's own address
        ("/zz/manage/meetings/OR1/edit", True, []),
        ("/fr/meetings/OR1/register", False, []),
        ("/fr/manage/meetings/OR1/edit", True, ["edit manage/meetings/OR1/edit"]),
    ],
)
def test_who_may_not_edit_waits_in_no_turn(cast, client, monkeypatch, path, is_staff, turns):
    taken: list[str] = []
    monkeypatch.setattr(edits, "lock_name", taken.append)
    browser = cast.visitor(cast.salma) if is_staff else client
    browser.post(path, data={"csrf_token": csrf_token(browser), "stood": "x"})
    assert taken == turns
