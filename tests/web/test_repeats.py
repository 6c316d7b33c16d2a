"""The same form of the staff sent twice: what it adds is added once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cocreation.batches.models import Batch
from cocreation.core import repeats
from cocreation.core.database import session
from cocreation.core.repeats import SentForm
from cocreation.cycles.models import Theme
from cocreation.ideas.models.idea import IdeaState
from cocreation.meetings.models.meeting import CommitteeMember, Room
from cocreation.notes.models import Note
from cocreation.preparation.models import Task
from cocreation.web.repeats import NAME, SENT_BEFORE
from tests.cast import THEN
from tests.desk import received
from tests.forms import filled_in, say_yes
from tests.words import says

MEETING = "/fr/manage/meetings/OR1"
ADDS = [
    (f"{MEETING}/checklist", Task, {"title": "Louer la salle", "due_on": "2026-03-20"}),
    ("/fr/manage/cycles/2026/themes", Theme, {"name-fr": "L'eau", "name-ar": "الماء"}),
    (f"{MEETING}/committee/new", CommitteeMember, {"name": "Aya"}),
    (f"{MEETING}/rooms/new", Room, {"name-fr": "Salle A", "name-ar": "قاعة", "seats": "20"}),
    ("/fr/manage/notes/2026-1", Note, {"body": "À relire"}),
]


@pytest.fixture
def salma(cast):
    received(cast)
    session.remove()
    return cast.visitor(cast.salma)


def count(model) -> int:
    session.remove()
    return session.scalar(select(func.count()).select_from(model))


def opened(visitor, page, name):
    """What a browser would send of the form of a page that has this field, and goes on holding after Back."""
    answer = visitor.get(page)
    assert answer.status_code == 200
    return filled_in(answer, name)


def send(visitor, page, form, fields):
    data = form.copy()
    for name, value in fields.items():
        data.setlist(name, [value])
    return visitor.post(page, data=data)


@pytest.mark.parametrize(("page", "model", "fields"), ADDS, ids=[page for page, *_ in ADDS])
def test_sent_twice_it_is_added_once_and_leads_to_the_same_page(salma, page, model, fields):
    form, before = opened(salma, page, next(iter(fields))), count(model)
    first = send(salma, page, form, fields)
    again = send(salma, page, form, fields)
    assert (first.status_code, again.status_code, again.location) == (302, 302, first.location)
    assert count(model) == before + 1
    assert says(salma.get(again.location), SENT_BEFORE)
    other = send(salma, page, form, {**fields, next(iter(fields)): "Autre"})
    assert (other.status_code, count(model)) == (302, before + 2), "Back, change, send is another one"
    fresh = send(salma, page, opened(salma, page, next(iter(fields))), fields)
    assert (fresh.status_code, count(model)) == (302, before + 3), "and so is a form opened anew"


def test_what_was_refused_was_not_sent_yet(salma):
    page = f"{MEETING}/checklist"
    form = opened(salma, page, "title")
    refused = send(salma, page, form, {"title": "", "due_on": "2026-03-20"})
    assert (refused.status_code, filled_in(refused, "title")[NAME]) == (422, form[NAME])
    assert send(salma, page, form, {"title": "Louer", "due_on": "2026-03-20"}).status_code == 302
    assert count(SentForm) == 1


def test_what_is_asked_about_first_was_not_done_yet(salma, cast):
    page, fields = "/fr/manage/dispositions/batches/new", {"title-fr": "Un lot"}
    received(cast, 2, state=IdeaState.ANSWERED)
    session.remove()
    form = opened(salma, page, "title-fr")
    for _time in range(2):  # asked, answered with no, and sent again
        assert send(salma, page, form, fields).status_code == 200
        assert count(SentForm) == 0
    done = say_yes(salma, page, send(salma, page, form, fields))
    assert (done.status_code, count(Batch)) == (302, 1)


def test_of_two_colleagues_each_adds_theirs(salma, cast):
    page, fields = f"{MEETING}/checklist", {"title": "Louer la salle", "due_on": "2026-03-20"}
    form, before = opened(salma, page, "title"), count(Task)
    send(salma, page, form, fields)
    karim = cast.visitor(cast.karim)
    own = opened(karim, page, "title")
    own[NAME] = form[NAME]
    assert send(karim, page, own, fields).status_code == 302
    assert count(Task) == before + 2


def test_forms_of_long_ago_are_forgotten(salma):
    page = f"{MEETING}/checklist"
    send(salma, page, opened(salma, page, "title"), {"title": "Louer", "due_on": "2026-03-20"})
    assert repeats.sweep(THEN + repeats.KEPT) == 0
    assert repeats.sweep(THEN + repeats.KEPT + timedelta(minutes=1)) == 1
    assert count(SentForm) == 0
