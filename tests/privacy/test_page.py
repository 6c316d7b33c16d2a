"""The staff's page: somebody who asks is found, given a copy, erased; by whom and why is noted, not whom."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from sqlalchemy import select, update

from cocreation.accounts.models import Person
from cocreation.accounts.personal_data import STILL_OPEN
from cocreation.core import audit
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.core.outbox import Mail, post
from cocreation.invitations.emails import DELEGATED
from cocreation.places.models.registration import Registration
from cocreation.privacy.services import NoPersonNamed
from tests.cast import THEN
from tests.forms import csrf_token, fill
from tests.html import texts
from tests.privacy import traces as left
from tests.privacy.trace import ALL, EMAIL, NAME, PHONE, TRACE, keeper, traces
from tests.privacy.traces import codes
from tests.privacy.traces_of_ideas import bystander
from tests.words import says

DESK = "/en/manage/personal-data"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def look(visitor, who=EMAIL):
    return fill(visitor, DESK, who=who)


def erase(visitor, who=EMAIL, **given):
    """Send the form of the page that was found."""
    fields = {"who": who, "why": "asked", "note": "lettre 12", "sure": "y", **given}
    token = {"csrf_token": csrf_token(visitor)}
    return visitor.post(f"{DESK}/erase", data={**token, **{k: v for k, v in fields.items() if v is not None}})


def entries(action: str) -> list[AuditEntry]:
    session.remove()
    rows = list(session.scalars(select(AuditEntry).where(AuditEntry.action == action)))
    session.expunge_all()
    session.remove()
    return rows


def test_a_person_is_found_by_address_number_or_receipt_and_nothing_is_changed(cast, salma, app):
    page = left.registered(cast, ALL)[0]
    before = traces(app)
    for who in (EMAIL.upper(), "00212 661 77 77 12", *codes([page])):
        answer = look(salma, who)
        assert answer.status_code == 200
        assert says(answer, keeper("registrations").what)
    assert traces(app) == before
    # Mails by their address, the name in them (the first has none), or their receipt.
    counts = [{"registrations": 1, "mails": mails} for mails in (3, 2, 3)]
    noted = [(entry.actor, entry.details) for entry in entries("person looked up")]
    assert noted == [(cast.salma.id, {"counts": count}) for count in counts]


def test_nobody_is_found_where_nothing_is_kept(cast, salma):
    page = look(salma).text
    assert texts(page, "main .empty")
    assert not texts(page, "main table")
    answer = look(salma, "Zineb")
    assert answer.status_code == 422
    assert says(answer, NoPersonNamed)


def test_they_are_given_a_copy(cast, salma):
    left.registered(cast, ALL)
    answer = salma.post(f"{DESK}/export", data={"csrf_token": csrf_token(salma), "who": EMAIL})
    assert answer.mimetype == "application/zip"
    packed = zipfile.ZipFile(io.BytesIO(answer.data))
    assert json.loads(packed.read("data.json"))["registrations"]["rows"][0]["registration"]["name"] == NAME
    assert [name for name in packed.namelist() if name.startswith("registrations/")]
    assert len(entries("personal data exported")) == 1


def test_they_are_erased_and_the_journal_says_by_whom_and_why_and_not_whom(cast, salma, app):
    left.registered(cast, ALL)
    answer = erase(salma)
    assert answer.status_code == 200
    assert says(answer, keeper("registrations").what), "what was erased"
    assert says(answer, keeper("registrations").stays), "what stays"
    assert traces(app) == set()
    [entry] = entries("person erased")
    assert (entry.actor, entry.details["why"], entry.details["note"]) == (cast.salma.id, "asked", "lettre 12")
    assert entry.details["counts"] == {"registrations": 1, "mails": 3}


@pytest.mark.parametrize("note", [f"demande de {EMAIL}", f"{NAME}, le 3 mars", f"appel du {PHONE}"])
def test_a_note_that_names_them_is_not_kept(cast, salma, app, note):
    left.registered(cast, ALL)
    erase(salma, PHONE if PHONE in note else EMAIL, note=note)
    assert entries("person erased")[0].details["note"] == ""
    assert traces(app) == set()


@pytest.mark.parametrize("lacks", ["sure", "why"])
def test_it_is_confirmed_and_reasoned_or_not_done(cast, salma, app, lacks):
    left.registered(cast, ALL)
    before = traces(app)
    answer = erase(salma, **{lacks: None})
    assert answer.status_code == 422
    assert EMAIL in answer.text
    assert "lettre 12" in answer.text, "what was typed is kept"
    assert traces(app) == before


def test_the_words_of_their_ideas_may_stay_without_them(cast, salma, client):
    left.sent_an_idea(cast, ALL)
    erase(salma, leaves_ideas="y")
    page = client.get("/en/ideas/2026-1").text
    assert TRACE in page
    assert NAME not in page


def test_who_reached_an_association_through_them_is_told_and_not_whom(cast, salma):
    left.registered_others(cast, ALL)
    erase(salma)
    told = {
        mail.to: mail for mail in session.scalars(select(Mail).where(Mail.template.startswith("privacy")))
    }
    assert set(told) == {"karim@example.org"}
    assert TRACE not in json.dumps(told["karim@example.org"].context)
    session.remove()


def test_an_account_of_the_team_is_closed_by_an_administrator_first(cast, salma, app):
    answer = erase(salma, "fatima@example.org")
    assert answer.status_code == 200
    assert says(answer, STILL_OPEN)
    assert session.get_one(Person, cast.fatima.id).name == "Fatima"


def test_what_others_wrote_and_hold_stays(cast, salma, client):
    bystander(cast)
    left.backed(cast, ALL)
    erase(salma)
    assert client.get("/en/ideas/2026-1").status_code == 200
    assert left.bystanders()[1] == ["omar@example.org"]


def test_the_page_that_finds_them_has_what_its_forms_send(cast, salma):
    left.registered(cast, ALL)
    found = look(salma)
    assert 'action="/en/manage/personal-data/erase"' in found.text
    assert f'name="who" value="{EMAIL}"' in found.text
    assert DESK in cast.visitor(cast.salma).get("/en/desk").text


def test_it_is_all_or_nothing(cast, salma, app, monkeypatch):
    """What breaks at the end leaves everything as it was."""
    left.registered(cast, ALL)
    before = traces(app)

    def breaks(_subject):
        raise RuntimeError

    monkeypatch.setattr("cocreation.privacy.mails.take_back", breaks)
    assert erase(salma).status_code == 500
    assert traces(app) == before
    assert not entries("person erased")


def test_a_name_of_one_word_is_not_looked_for_in_lists(cast, salma, app):
    left.attended(cast, ALL)
    driss = update(Person).where(Person.id == cast.driss.id)
    session.execute(driss.values(name="Zineb", disabled_at=THEN))
    session.commit()
    session.remove()
    erase(salma, "driss@example.org")
    assert "attendances.names" in traces(app)


def test_nothing_of_others_goes_whose_words_hold_a_part_of_theirs(app, cast):
    """An address is the end of another's, a name stands inside longer ones."""
    page = left.registered(cast, ALL)[0]
    session.execute(update(Registration).where(Registration.receipt.in_(codes([page]))).values(name="e a"))
    others = {"said": f"el{EMAIL} {EMAIL}.example", "meeting": "Une alerte: the audit"}
    post(DELEGATED, to="other@example.org", key=f"a:el{EMAIL}", **others)
    sent = Mail(key=f"b:el{EMAIL}", to="", language="fr", template="x", queued_at=THEN, due_at=THEN)
    sent.sent_at = THEN
    session.add(sent)
    audit.record("a test", "a test", by=None, now=THEN, **others)
    session.commit()
    assert "Nothing is kept" not in left.invoke(app, "erase", EMAIL, "--yes")
    assert "Nothing is kept" in left.invoke(app, "find", EMAIL)
    assert session.scalar(select(Mail.context).where(Mail.key == f"a:el{EMAIL}")) == others
    assert session.scalar(select(Mail.id).where(Mail.key == f"b:el{EMAIL}")) is not None
    session.remove()
    assert entries("a test")[0].details == others
