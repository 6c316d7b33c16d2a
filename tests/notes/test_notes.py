"""Colleagues write to each other on an idea: who reads what, whom it waits for, how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from cocreation.notes.models import Note
from cocreation.notes.refusals import TooLateToTakeBack
from tests.cast import THEN
from tests.desk import insist, received, waiting
from tests.forms import fill, press
from tests.html import parse, texts
from tests.study.institutions import another, sent
from tests.words import says

PAGE = "/en/manage/notes/2026-1"


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def write(visitor, whom, body):
    answer = fill(visitor, PAGE, whom=whom, body=body)
    assert answer.status_code == 302, answer.text
    session.remove()
    return session.scalar(select(Note.id).order_by(Note.id.desc()))


def read(visitor):
    return texts(visitor.get(PAGE).text, ".notes .row-text")


def offered(visitor):
    tree = parse(visitor.get(PAGE).text)
    [choice] = [field for field in tree.iter("select") if field.get("name") == "whom"]
    return [option.get("value") for option in choice.iter("option")]


def test_the_secretariat_reads_all_and_an_institution_its_own_and_those_to_it(cast, salma, farid, client):
    sent(cast, 1, cast.ministry, cast.finance)
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    ministry, finance = cast.ministry.id, cast.finance.id
    write(salma, "nobody", "Entre nous")
    write(salma, f"i{ministry}", "Au ministère")
    write(farid, f"nobody{ministry}", "Au sein du ministère")
    write(nadia, f"secretariat{finance}", "Des finances au secrétariat")
    own = ["Au ministère", "Au sein du ministère"]
    assert read(salma) == ["Entre nous", *own, "Des finances au secrétariat"]
    assert read(farid) == own
    assert read(nadia) == ["Des finances au secrétariat"]
    for page in ("/en/ideas/2026-1", "/en/ideas/2026-1.json", "/en/register"):
        text = client.get(page).text
        assert "Au ministère" not in text
        assert "Entre nous" not in text


def test_nobody_else_opens_the_page(cast):
    sent(cast)
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    assert nadia.get(PAGE).status_code == 404
    assert cast.visitor(cast.driss).get(PAGE).status_code == 404, "it was not given to him"
    assert cast.visitor(cast.mounia).get(PAGE).status_code == 403
    assert cast.visitor(cast.salma).get("/en/manage/notes/2026-9").status_code == 404


def test_whom_it_is_for_finds_it_on_the_desk_until_it_is_settled(cast, salma, farid):
    sent(cast)
    amal = cast.visitor(cast.amal)
    note = write(salma, f"p{cast.amal.id}", "Qu’en penses-tu ?")
    assert (waiting(amal, PAGE), waiting(salma, PAGE)) == ([1], [])
    press(amal, PAGE, f"/{note}/settle")
    session.remove()
    settled = session.get(Note, note)
    assert (settled.resolved_by, settled.resolved_at) == (cast.amal.id, THEN)
    assert waiting(amal, PAGE) == []
    write(salma, f"i{cast.ministry.id}", "Où en êtes-vous ?")
    write(salma, f"i{cast.ministry.id}p{cast.farid.id}", "Et vous ?")
    assert waiting(farid, PAGE) == [2]
    write(farid, f"secretariat{cast.ministry.id}", "Bientôt")
    assert (waiting(salma, PAGE), waiting(amal, PAGE)) == ([1], [1])
    write(farid, f"nobody{cast.ministry.id}", "Pour mémoire")
    assert waiting(salma, PAGE) == [1], "what is for nobody waits for nobody"


def test_one_writes_to_those_who_can_read_it_and_not_to_oneself(cast, salma, farid):
    sent(cast)
    ministry = cast.ministry.id
    assert offered(salma) == ["nobody", f"p{cast.amal.id}", f"i{ministry}", f"i{ministry}p{cast.farid.id}"]
    assert offered(farid) == [f"nobody{ministry}", f"secretariat{ministry}"]
    refused = fill(farid, PAGE, whom=f"p{cast.amal.id}", body="Bonjour")
    assert refused.status_code == 422
    assert session.query(Note).count() == 0


def test_its_author_takes_it_back_for_a_quarter_of_an_hour(cast, salma):
    received(cast, state=IdeaState.ACCEPTED)
    note = write(salma, "nobody", "Par erreur")
    amal = cast.visitor(cast.amal)
    assert f"/{note}/back" not in amal.get(PAGE).text
    with clock.frozen(THEN + timedelta(minutes=15)):
        assert press(salma, PAGE, f"/{note}/back").status_code == 302
    assert read(salma) == []


def test_later_it_stays(cast, salma):
    received(cast)
    note = write(salma, "nobody", "Trop tard")
    with clock.frozen(THEN + timedelta(minutes=16)):
        assert "/back" not in salma.get(PAGE).text
        answer = insist(salma, PAGE, f"/{note}/back")
        assert (answer.status_code, says(answer, TooLateToTakeBack)) == (409, True)
    assert read(salma) == ["Trop tard"]


def test_nobody_acts_on_a_note_they_do_not_read(cast, salma, farid):
    sent(cast)
    note = write(salma, "nobody", "Entre nous")
    assert insist(farid, PAGE, f"/{note}/settle").status_code == 404
    assert insist(farid, PAGE, f"/{note}/back").status_code == 404


def test_the_staff_pages_of_the_idea_lead_there(cast, salma, farid):
    sent(cast)
    assert "/manage/notes/2026-1" in farid.get("/en/manage/dispositions/bundle/2026-1/ministry").text
    assert "/manage/notes/2026-1" in salma.get("/en/manage/dispositions/screening/2026-1").text
    assert "/manage/notes/2026-1" in salma.get("/en/ideas/2026-1").text
    assert "/manage/notes" not in cast.visitor().get("/en/ideas/2026-1").text
