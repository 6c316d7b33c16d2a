"""The secretariat drafts commitments and publishes them."""

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.plan.models import Commitment
from cocreation.plan.refusals import CommitmentAlreadyPublished, NumberIsPublic, NumberTaken
from tests.forms import fill, post_forms, press
from tests.words import says

LIST, NEW, EDIT = "/en/manage/plan", "/en/manage/plan/new?cycle=2026", "/en/manage/plan/2026-C01"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def words(**more):
    typed = {
        "title-ar": "التزام جديد",
        "problem-fr": "Un problème",
        "solution-fr": "Une solution",
        "expected_result-fr": "Un résultat",
    }
    return typed | more


def commitment(number):
    found = session.scalar(select(Commitment).where(Commitment.number == number))
    session.remove()
    return found


def test_only_the_secretariat_and_administrators_come_in(cast):
    for role, person in cast.staff.items():
        allowed = role in (Role.SECRETARIAT, Role.ADMINISTRATOR)
        for url in (LIST, NEW, EDIT):
            assert cast.visitor(person).get(url).status_code == (200 if allowed else 403), (role, url)
    assert cast.visitor().get(LIST).status_code == 302


def test_a_commitment_is_drafted_changed_and_published(cast, salma, client):
    answer = fill(salma, NEW, **words(number="2", institution=str(cast.finance.id)))
    assert answer.headers["Location"] == "/en/manage/plan/2026-C02"
    row = commitment(2)
    assert row.title == {"ar": "التزام جديد"}
    assert (row.axis_id, row.institution_id, row.published_at) == (cast.axis.id, cast.finance.id, None)
    assert client.get("/en/plan/commitments/2026-C02").status_code == 404
    fill(salma, "/en/manage/plan/2026-C02", number="7", **{"title-fr": "Nouvel engagement"})
    assert commitment(7).title == {"ar": "التزام جديد", "fr": "Nouvel engagement"}
    press(salma, "/en/manage/plan/2026-C07", "/publish")
    assert "Nouvel engagement" in client.get("/fr/plan/commitments/2026-C07").text
    acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    session.remove()
    assert acts == ["commitment drafted", "commitment changed", "commitment published"]


def test_the_next_number_is_offered(salma):
    form = next(f for f in post_forms(salma, NEW) if any(i.get("name") == "number" for i in f.iter("input")))
    assert next(i.get("value") for i in form.iter("input") if i.get("name") == "number") == "2"


def test_a_number_is_taken_once(salma):
    answer = fill(salma, NEW, **words(number="1"))
    assert answer.status_code == 409
    assert says(answer, NumberTaken, number=1)
    assert "Une solution" in answer.text
    assert len(session.scalars(select(Commitment)).all()) == 1
    session.remove()


def test_a_public_number_stays(salma):
    answer = fill(salma, EDIT, number="9")
    assert answer.status_code == 409
    assert says(answer, NumberIsPublic)
    assert commitment(1) is not None


def test_published_twice_is_said(salma):
    sent = {i.get("name"): i.get("value") for i in post_forms(salma, EDIT)[0].iter("input")}
    answer = salma.post(f"{EDIT}/publish", data={"csrf_token": sent["csrf_token"], "confirmed": "1"})
    assert answer.status_code == 409
    assert says(answer, CommitmentAlreadyPublished)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "0"},
        {"number": "many"},
        {"axis": "9999"},
        {"institution": "9999"},
        {"title-ar": ""},
        {"problem-fr": "x" * 5001},
    ],
    ids=str,
)
def test_what_cannot_be_used_is_kept_and_refused(salma, wrong):
    answer = fill(salma, NEW, **words(number="2") | wrong)
    assert answer.status_code == 422
    assert "Une solution" in answer.text
    assert commitment(2) is None
