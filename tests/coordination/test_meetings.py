"""A coordination meeting, from its agenda to its published minutes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.coordination.models import (
    AgendaItem,
    CoordinationDecision,
    CoordinationMeeting,
    CoordinationStage,
    Side,
)
from cocreation.coordination.services import (
    MISSING,
    AlreadyHeld,
    MinutesAlreadyPublished,
    NobodyToTell,
    NotHeldYet,
    NothingToDiscuss,
    NotReady,
    NotStudiedThere,
    OnTheAgenda,
)
from cocreation.core.database import Translated, session
from cocreation.core.outbox import Mail
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.languages.i18n import speaking
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Referral
from tests.cast import THEN, person
from tests.desk import entries, idea, received, steps
from tests.forms import fill, press
from tests.html import numbers, texts
from tests.ledger.conftest import verified
from tests.words import said, says

MANAGE, PUBLIC = "/en/manage/coordination", "/en/coordination"
DETAILS = {
    "title-fr": "Réunion sur les données",
    "place-fr": "Rabat",
    "starts_at": "2026-03-20T10:00",
    "ends_at": "2026-03-20T12:00",
}
HELD = {**DETAILS, "starts_at": "2026-03-09T10:00", "ends_at": "2026-03-09T12:00"}


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def referred(cast, count=1, *, institution=None, **values):
    """Ideas that an institution studies."""
    ids = received(cast, count, **{"state": IdeaState.REFERRED, **values})
    session.add_all(
        Referral(
            idea_id=idea_id,
            institution_id=(institution or cast.ministry).id,
            due_on=date(2026, 4, 30),
            referred_by=cast.salma.id,
            referred_at=THEN,
        )
        for idea_id in ids
    )
    session.commit()
    session.remove()


def plan(cast, salma, **fields):
    details = {"institution": str(cast.ministry.id), "cycle": str(cast.cycle.id), **DETAILS, **fields}
    return fill(salma, f"{MANAGE}/new", **details)


@pytest.fixture
def held(cast, salma):
    """A meeting that took place yesterday, on 2026-1 and 2026-2."""
    referred(cast, 2)
    plan(cast, salma, **HELD)
    press(salma, f"{MANAGE}/2026-M1", "/fill")
    return cast


def agenda():
    session.remove()
    statement = select(AgendaItem.id, Idea.reference).join(AgendaItem.idea).order_by(AgendaItem.position)
    return {reference: item_id for item_id, reference in session.execute(statement)}


def decide(salma, reference, **fields):
    typed = {"decision": "to_include", "text-fr": "Avec un calendrier", **fields}
    return fill(salma, f"{MANAGE}/2026-M1/agenda/{agenda()[reference]}", **typed)


def attend(salma, side="government", body="Le ministère", people="2", names=""):
    return fill(salma, f"{MANAGE}/2026-M1", side=side, body=body, people=people, names=names)


def complete(salma):
    decide(salma, "2026-1")
    decide(salma, "2026-2", decision="more_information", **{"text-fr": "Chiffrer le coût"})
    attend(salma, names="Farid Secret")
    attend(salma, "civil_society", "Association des données", "3")
    fill(salma, f"{MANAGE}/2026-M1/minutes", **{"minutes-fr": "La séance est ouverte.\nElle est close."})


# Planning and the agenda


def test_meetings_are_numbered_within_their_cycle(cast, salma):
    assert plan(cast, salma).location.endswith("/2026-M1")
    assert plan(cast, salma).location.endswith("/2026-M2")
    assert says(salma.get(f"{MANAGE}/2026-M1"), CoordinationStage.PLANNED.label)


@pytest.mark.parametrize(
    "fields", [{"ends_at": "2026-03-20T09:00"}, {"title-fr": ""}, {"link": "javascript:alert(1)"}]
)
def test_a_wrong_plan_is_refused(cast, salma, fields):
    assert plan(cast, salma, **fields).status_code == 422
    assert session.query(CoordinationMeeting).count() == 0


def test_the_agenda_is_made_of_the_open_ideas_of_the_institution(cast, salma):
    referred(cast, 2)
    referred(cast, institution=cast.finance)
    referred(cast, state=IdeaState.JOINED)
    settled = {
        "fate": Fate.DEFERRED,
        "reason": Reason.LACKS_TIME,
        "reason_text": Translated(fr="Plus tard"),
        "fate_at": THEN,
    }
    referred(cast, state=IdeaState.PUBLISHED, **settled)
    plan(cast, salma)
    assert numbers(salma.get(f"{MANAGE}/2026-M1").text, "form[action$='/fill'] button") == [2]
    press(salma, f"{MANAGE}/2026-M1", "/fill")
    assert list(agenda()) == ["2026-1", "2026-2"]
    again = salma.post(f"{MANAGE}/2026-M1/agenda/fill", data=token(salma))
    assert (again.status_code, says(again, NothingToDiscuss)) == (409, True)


def token(visitor):
    from tests.forms import csrf_token

    return {"csrf_token": csrf_token(visitor)}


def test_ideas_are_added_moved_and_taken_off(cast, salma):
    referred(cast, 3)
    referred(cast, institution=cast.finance)
    plan(cast, salma)
    page = f"{MANAGE}/2026-M1"
    assert fill(salma, page, ideas="2026-3 2026-1").status_code == 302
    assert list(agenda()) == ["2026-3", "2026-1"]
    refused = fill(salma, page, ideas="2026-2 2026-4")
    assert (refused.status_code, says(refused, NotStudiedThere)) == (422, True)
    twice = fill(salma, page, ideas="2026-1")
    assert (twice.status_code, says(twice, OnTheAgenda)) == (409, True)
    assert list(agenda()) == ["2026-3", "2026-1"]
    press(salma, page, f"/{agenda()['2026-1']}/move/up")
    assert list(agenda()) == ["2026-1", "2026-3"]
    salma.post(f"{page}/agenda/{agenda()['2026-1']}/move/up", data=token(salma))
    assert list(agenda()) == ["2026-1", "2026-3"]
    press(salma, page, f"/{agenda()['2026-1']}/remove")
    assert list(agenda()) == ["2026-3"]


# The invitation


def test_the_focal_points_and_the_committee_are_invited_with_a_calendar(cast, salma):
    plan(cast, salma, link="https://visio.example.org/1")
    press(salma, f"{MANAGE}/2026-M1", "/invite")
    sent = mails()
    assert set(sent) == {cast.farid.email, cast.mounia.email}
    assert "BEGIN:VCALENDAR" in sent[cast.farid.email].context["calendar"]
    assert "DTSTART:20260320T100000Z" in sent[cast.farid.email].context["calendar"]
    again = salma.post(f"{MANAGE}/2026-M1/invite", data=token(salma))
    assert says(again, NobodyToTell)  # and no button that could only be refused
    assert f'{MANAGE}/2026-M1/invite"' not in salma.get(f"{MANAGE}/2026-M1").text
    assert session.query(Mail).count() == 2
    fill(salma, f"{MANAGE}/2026-M1/edit", starts_at="2026-03-20T09:00")
    press(salma, f"{MANAGE}/2026-M1", "/invite")
    assert session.query(Mail).count() == 4


def mails():
    session.remove()
    return {mail.to: mail for mail in session.scalars(select(Mail))}


def test_the_mail_says_when_where_and_leads_to_the_agenda(app, cast, salma, tmp_path):
    from cocreation.core.delivery import mailbox

    plan(cast, salma, link="https://visio.example.org/1")
    press(salma, f"{MANAGE}/2026-M1", "/invite")
    app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
    mail = next(iter(mailbox(tmp_path / "mail")))
    text = mail.get_body(("plain",)).get_content()
    assert "Rabat" in text
    assert "https://visio.example.org/1" in text
    assert "/manage/coordination/2026-M1" in text
    assert [part.get_filename() for part in mail.iter_attachments()] == ["event.ics"]


def test_nobody_is_invited_to_what_has_begun(held, salma):
    answer = salma.post(f"{MANAGE}/2026-M1/invite", data=token(salma))
    assert (answer.status_code, says(answer, AlreadyHeld)) == (409, True)
    assert mails() == {}


# What was decided


def test_nothing_is_decided_before_the_meeting_begins(cast, salma):
    referred(cast)
    plan(cast, salma)
    press(salma, f"{MANAGE}/2026-M1", "/fill")
    answer = decide(salma, "2026-1")
    assert (answer.status_code, says(answer, NotHeldYet)) == (409, True)
    answer = fill(salma, f"{MANAGE}/2026-M1/minutes", **{"minutes-fr": "Trop tôt"})
    assert answer.status_code == 409


def test_a_decision_needs_its_kind_and_its_words(held, salma):
    assert decide(salma, "2026-1", decision=None).status_code == 422
    assert decide(salma, "2026-1", **{"text-fr": ""}).status_code == 422
    assert decide(salma, "2026-1").status_code == 302
    assert "Avec un calendrier" in salma.get(f"{MANAGE}/2026-M1").text


def test_the_page_names_what_is_missing_and_nothing_is_published_without_it(held, salma):
    page = salma.get(f"{MANAGE}/2026-M1")
    assert all(says(page, MISSING[key]) for key in ("government", "civil_society", "minutes"))
    answer = salma.post(f"{MANAGE}/2026-M1/publish", data=token(salma) | {"confirmed": "1"})
    assert answer.status_code == 409
    assert says(answer, NotReady)
    assert says(answer, MISSING["decision"], reference="2026-1")
    assert salma.get(f"{PUBLIC}/2026-M1").status_code == 404
    assert [step.kind.value for step in steps("2026-1")] == ["received"]
    assert not entries()


def test_published_minutes_are_for_everyone_and_on_each_idea(held, salma, client):
    complete(salma)
    assert client.get(f"{PUBLIC}/2026-M1").status_code == 404
    assert "2026-M1" not in client.get(PUBLIC).text
    assert press(salma, f"{MANAGE}/2026-M1", "/publish").status_code == 302
    answer = client.get(f"{PUBLIC}/2026-M1")
    assert says(answer, CoordinationDecision.TO_INCLUDE.label)
    page = answer.text
    for words in ("Avec un calendrier", "La séance est ouverte.", "Association des données"):
        assert words in page
    civil_society, government = texts(page, "dl.facts dt")
    assert said(government, Side.GOVERNMENT.label)
    assert said(civil_society, Side.CIVIL_SOCIETY.label)
    assert numbers(page, "dl.facts dt") == [3, 2]
    assert "Secret" not in page
    assert "visio" not in page
    assert "2026-M1" in client.get(PUBLIC).text
    last = steps("2026-2")[-1]
    assert (last.kind.value, last.institution_id) == ("discussed", held.ministry.id)
    assert last.text["fr"].endswith("– Chiffrer le coût")
    with speaking("en"):
        assert str(StepKind.DISCUSSED.label).capitalize() in client.get("/en/ideas/2026-2").text
    told = [json.loads(entry.content) for entry in entries()]
    assert [(entry["action"], entry["subject"], entry["decision"]) for entry in told] == [
        ("discussed", "2026-1", "to_include"),
        ("discussed", "2026-2", "more_information"),
    ]
    assert "Secret" not in str(told)
    assert verified()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/publish", {"confirmed": "1"}),
        ("/agenda/add", {"ideas": "2026-3"}),
        ("/agenda/fill", {}),
        ("/minutes", {"minutes-fr": "Autre"}),
        ("/attendance", {"side": "government", "body": "Autre", "people": "1"}),
        ("/edit", HELD),
    ],
)
def test_nothing_changes_after_publication(held, salma, path, data):
    complete(salma)
    press(salma, f"{MANAGE}/2026-M1", "/publish")
    referred(held)
    answer = salma.post(f"{MANAGE}/2026-M1{path}", data={**token(salma), **data})
    assert (answer.status_code, says(answer, MinutesAlreadyPublished)) == (409, True)
    assert len(entries()) == 2


def test_an_idea_withdrawn_since_needs_no_decision_and_shows_no_words(held, salma, client):
    complete(salma)
    words = idea("2026-2").proposal
    row = idea("2026-2")
    row.state, row.fate, row.reason, row.fate_at = (
        IdeaState.WITHDRAWN,
        Fate.WITHDRAWN,
        Reason.AUTHOR_WITHDREW,
        THEN,
    )
    row.reason_text = Translated(fr="Retirée")
    item = session.scalars(select(AgendaItem).where(AgendaItem.idea_id == row.id)).one()
    item.decision = item.text = None
    session.commit()
    assert press(salma, f"{MANAGE}/2026-M1", "/publish").status_code == 302
    page = client.get(f"{PUBLIC}/2026-M1").text
    assert "2026-2" in page
    assert words not in page
    assert [step.kind.value for step in steps("2026-2")] == ["received"]


# Who reads it before


def test_the_invited_read_it_before_and_others_do_not_know_of_it(held, salma):
    attend(salma, names="Farid Secret")
    fouad = person("Fouad", Role.FOCAL_POINT, held.finance.id)
    session.commit()
    for reader in (held.farid, held.mounia):
        page = held.visitor(reader).get(f"{MANAGE}/2026-M1")
        assert page.status_code == 200
        assert "Secret" not in page.text
        assert f'href="{MANAGE}/2026-M1/agenda/' not in page.text
        assert "2026-M1" in held.visitor(reader).get(MANAGE).text
    page = salma.get(f"{MANAGE}/2026-M1").text
    assert "Secret" in page
    assert f'href="{MANAGE}/2026-M1/agenda/' in page
    other = held.visitor(fouad)
    assert other.get(f"{MANAGE}/2026-M1").status_code == 404
    assert "2026-M1" not in other.get(MANAGE).text
    assert held.visitor(held.karim).get(f"{MANAGE}/2026-M1").status_code == 403


def test_an_item_of_another_meeting_is_not_found(held, salma):
    plan(held, salma, **HELD)
    item = agenda()["2026-1"]
    assert salma.get(f"{MANAGE}/2026-M2/agenda/{item}").status_code == 404
    assert salma.post(f"{MANAGE}/2026-M2/agenda/{item}/remove", data=token(salma)).status_code == 404
    assert len(agenda()) == 2


def test_a_page_asks_as_little_for_many_ideas_as_for_few(held, salma, client, statements):
    complete(salma)
    press(salma, f"{MANAGE}/2026-M1", "/publish")
    with statements() as few:
        client.get(f"{PUBLIC}/2026-M1")
    referred(held, 12)
    meeting_id = session.scalar(select(CoordinationMeeting.id))
    ids = session.scalars(select(Idea.id).where(Idea.number > 2)).all()
    session.add_all(AgendaItem(meeting_id=meeting_id, idea_id=i, position=i) for i in ids)
    session.commit()
    session.remove()
    with statements() as many:
        page = client.get(f"{PUBLIC}/2026-M1").text
    assert len(many) == len(few) <= 6
    assert page.count('class="row"') == 14
    assert len(page.encode()) <= 15 * 1024


def test_the_list_is_paged(cast, salma, client):
    session.add_all(
        CoordinationMeeting(
            cycle_id=cast.cycle.id,
            institution_id=cast.ministry.id,
            number=number,
            reference=f"2026-M{number}",
            title=Translated(fr=f"Réunion {number}"),
            starts_at=THEN - timedelta(days=number),
            ends_at=THEN - timedelta(days=number) + timedelta(hours=1),
            place=Translated(fr="Rabat"),
            minutes=Translated(fr="Procès-verbal"),
            created_at=THEN,
            published_at=THEN,
        )
        for number in range(1, 23)
    )
    session.commit()
    session.remove()
    first = client.get(PUBLIC).text
    assert first.count('class="row"') == 20
    following = first.split('rel="next" href="')[1].split('"')[0]
    assert client.get(following).text.count('class="row"') == 2
