"""All that was done with an idea, by whom and when, in one list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cocreation
from cocreation.accounts.models import Role
from cocreation.ideas.models.idea import StepKind
from cocreation.notes.history import ACTS
from tests.desk import BATCHES, BUNDLE
from tests.forms import fill, press
from tests.html import texts
from tests.study.institutions import LATER, another, sent
from tests.words import said

PAGE = "/en/manage/notes/2026-1"


@pytest.fixture
def lived(cast, salma):
    """An idea that was sent, answered, drafted, asked about, and whose batch was read."""
    sent(cast)
    farid, mounia = cast.visitor(cast.farid), cast.visitor(cast.mounia)
    fill(farid, f"{BUNDLE}/2026-1/ministry", **LATER)
    batch = fill(salma, f"{BATCHES}/new", **{"title-fr": "Lot"}).location
    press(salma, batch, "/send")
    fill(mounia, f"{batch}/2026-1/question", words="Pourquoi ?")
    fill(salma, f"{batch}/2026-1/reply", answer="Parce que")
    fill(mounia, batch, verdict="approve")


def rows(visitor):
    page = visitor.get(PAGE).text
    return list(zip(texts(page, ".history .row-meta"), texts(page, ".history .row-text"), strict=True))


def has(found, who, what):
    return any(who in meta and said(text, what) for meta, text in found)


def test_every_act_of_the_staff_stands_there_with_who_did_it(cast, salma, lived):
    found = rows(salma)
    assert has(found, cast.salma.name, StepKind.REFERRED.label)
    assert has(found, cast.farid.name, StepKind.ANSWERED.label)
    for who, act in (
        (cast.mounia, "fate questioned"),
        (cast.salma, "fate question answered"),
        (cast.salma, "batch sent for review"),
        (cast.mounia, "batch reviewed"),
    ):
        assert has(found, who.name, ACTS[act]), act


def test_a_public_step_and_its_entry_in_the_journal_are_one_row(cast, salma, lived):
    answers = [text for _meta, text in rows(salma) if said(text, StepKind.ANSWERED.label)]
    assert len(answers) == 1


def test_an_institution_sees_the_public_steps_and_its_own_people(cast, lived):
    farid = cast.visitor(cast.farid)
    found = rows(farid)
    assert has(found, cast.farid.name, StepKind.ANSWERED.label)
    assert has(found, "", StepKind.REFERRED.label)
    names = " ".join(meta for meta, _text in found)
    assert cast.salma.name not in names
    assert cast.mounia.name not in names
    assert not has(found, "", ACTS["fate questioned"])


def test_another_idea_s_acts_are_not_among_them(cast, salma, lived):
    before = rows(salma)
    sent(cast)
    fill(cast.visitor(cast.farid), f"{BUNDLE}/2026-2/ministry", **LATER)
    fill(salma, f"{BATCHES}/new", **{"title-fr": "Autre lot"})
    assert rows(salma) == before


def test_however_much_was_done_the_page_asks_as_little(cast, salma, lived, statements):
    salma.get(PAGE)
    with statements() as few:
        salma.get(PAGE)
    for text in ("Un", "Deux", "Trois"):
        fill(salma, f"{BATCHES}/1/2026-1", **{"reason_text-fr": text})
    with statements() as many:
        salma.get(PAGE)
    assert len(rows(salma)) > 6
    assert len(many) == len(few)


def test_every_act_that_the_journal_notes_of_an_idea_has_its_words():
    """What is recorded on the reference of an idea, anywhere in the code."""
    act = re.compile(r"audit\.record\(\s*\"([a-z ]+)\",\s*(?:str\()?(?:idea|source)\b")
    code = Path(cocreation.__file__).parent.rglob("*.py")
    noted = {name for path in code for name in act.findall(path.read_text())}
    assert len(noted) > 8
    assert noted <= set(ACTS)


def test_nobody_of_another_institution_reads_it(cast, lived):
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    assert nadia.get(PAGE).status_code == 404
