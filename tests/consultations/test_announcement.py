"""A public consultation from its preparation to its announcement, and what still changes of it after."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from cocreation.accounts.models import Role
from cocreation.consultations.models import ConsultationStage, Telling
from cocreation.consultations.services import announcement
from cocreation.consultations.services.announcement import (
    AlreadyAnnounced,
    AnnouncedLate,
    AnswersBeforeClosing,
    BelowTheFloor,
    ConsultationClosed,
    ConsultedElsewhere,
    HasOpened,
    NoTextChosen,
    NotLonger,
    OpensInThePast,
    OpenTooShort,
    ReasonInEachLanguage,
    SummaryMissing,
    WordsOfLanguageMissing,
)
from cocreation.consultations.services.preparation import ConsultationWindowReversed
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.directory.models import Association
from cocreation.documents.models import Change, Document, DocumentVersion
from cocreation.ledger.models import RegisterEntry
from tests.cast import THEN
from tests.consultations.consultations import (
    CLOSES,
    DAY,
    DETAILS,
    MANAGE,
    ONE,
    OPENS,
    PAGE,
    PUBLIC,
    WHY,
    announced,
    consultation,
    draft,
    news,
    prepare,
    text_ids,
    work,
)
from tests.forms import csrf_token, fill, press
from tests.html import hrefs, texts
from tests.ledger.conftest import verified
from tests.words import errors, says


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def the_document(reference="2026-C02"):
    row = session.scalars(select(Document).where(Document.reference == reference)).one()
    session.remove()
    return row


def test_a_consultation_is_prepared_unseen_then_announced_for_everyone(cast, client, salma):
    reference = draft(cast, salma)
    prepare(salma, reference)
    assert client.get(PAGE).status_code == 404
    assert client.get(PUBLIC).text.count("2026-PC1") == 0
    assert client.get(f"/en/documents/{reference}/versions/1").status_code == 404
    answer = press(salma, ONE, "/announce")
    assert answer.location == ONE
    row = consultation()
    assert (row.announced_at, row.opens_at, row.closes_at) == (THEN, OPENS, CLOSES)
    page = client.get(PAGE).text
    assert "Un résumé" in page
    assert f"{PAGE}/texts/{reference}" in hrefs(page)
    assert PAGE in hrefs(client.get(PUBLIC).text)
    assert client.get(f"/en/documents/{reference}/versions/1").status_code == 200


def test_it_is_asked_about_with_how_many_are_told(cast, salma):
    prepare(salma, draft(cast, salma))
    token = csrf_token(salma)
    asked = salma.post(f"{ONE}/announce", data={"csrf_token": token})
    assert (asked.status_code, consultation().announced_at) == (200, None)
    # one text, the focal point of one institution, the address of the other
    assert 'value="3"' in asked.text
    assert texts(asked.text, ".reference") == ["2026-C02"]
    no = salma.post(f"{ONE}/announce", data={"csrf_token": token, "confirmed": "no"})
    assert (no.location, consultation().announced_at) == (ONE, None)
    session.execute(update(Association).values(email="asso@example.org"))
    session.commit()
    again = salma.post(f"{ONE}/announce", data={"csrf_token": token, "confirmed": "3"})
    assert (again.status_code, consultation().announced_at) == (200, None), "another number is asked anew"
    done = salma.post(f"{ONE}/announce", data={"csrf_token": token, "confirmed": "4"})
    assert (done.status_code, consultation().announced_at) == (302, THEN)


def test_the_version_that_is_consulted_stays_whatever_is_saved_later(cast, client, salma):
    announced(cast, salma)
    edit = "/en/manage/plan/2026-C02"
    assert (
        fill(salma, edit, **{"title-fr": "Un autre titre", "solution-fr": "Autre chose"}).status_code == 302
    )
    document = the_document()
    assert (document.latest, document.consulted, document.published) == (2, 1, None)
    page = client.get(PAGE).text
    assert "Engagement 2" in page
    assert "Un autre titre" not in page
    version = client.get("/en/documents/2026-C02/versions/1")
    assert "Une solution" in version.text
    assert client.get("/en/documents/2026-C02/versions/2").status_code == 404
    assert client.get("/en/plan/commitments/2026-C02").status_code == 404, "nothing is adopted by it"


def test_the_register_holds_the_digest_of_each_version(cast, client, salma):
    announced(cast, salma)
    entry = session.scalars(select(RegisterEntry).where(RegisterEntry.subject == "2026-PC1")).one()
    digest = session.scalars(
        select(DocumentVersion.digest).join(Document, Document.id == DocumentVersion.document_id)
    ).one()
    content = json.loads(entry.content)
    assert content["texts"] == [{"text": "2026-C02", "version": 1, "digest": digest}]
    assert verified()
    assert PAGE in hrefs(client.get(f"/en/register/{entry.number}").text)
    assert PAGE in hrefs(client.get("/en/register").text)


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"opens_at": "2026-03-20T09:00"}, AnnouncedLate),
        ({"closes_at": "2026-04-19T09:00"}, OpenTooShort),
        (
            {"closes_at": "2026-04-10T09:00", "shortened_why-ar": "عجلة", "shortened_why-fr": "Urgence"},
            BelowTheFloor,
        ),
        ({"opens_at": "2026-03-09T09:00"}, OpensInThePast),
        ({"note-ar": ""}, WordsOfLanguageMissing),
        ({"shortened_why-fr": "Urgence"}, WordsOfLanguageMissing),
    ],
)
def test_the_rules_of_the_cycle_are_kept(cast, salma, fields, because):
    prepare(salma, draft(cast, salma), **fields)
    assert says(salma.get(ONE), because)
    refused = salma.post(f"{ONE}/announce", data={"csrf_token": csrf_token(salma), "confirmed": "3"})
    assert (refused.status_code, says(refused, because)) == (409, True)
    assert consultation().announced_at is None


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": "2026-03-20T09:00"},
        {"closes_at": "2026-04-14T08:59"},
        # 23:59 is until midnight
        {"opens_at": "2026-03-30T00:00", "closes_at": "2026-04-13T23:59"},
        # the clock is set forward on 22 March 2026
        {"opens_at": "2026-03-15T09:00", "closes_at": "2026-03-30T09:00"},
    ],
)
def test_a_published_reason_shortens_them_to_the_floor(cast, client, salma, fields):
    why = {"shortened_why-ar": "موعد القانون", "shortened_why-fr": "L’échéance de la loi"}
    prepare(salma, draft(cast, salma), **fields, **why)
    assert press(salma, ONE, "/announce").status_code == 302
    assert "L’échéance de la loi" in client.get(PAGE).text


def test_a_reason_that_is_not_needed_is_not_published(cast, client, salma):
    prepare(salma, draft(cast, salma), **{"shortened_why-ar": "سبب", "shortened_why-fr": "Sans objet"})
    press(salma, ONE, "/announce")
    assert consultation().shortened_why is None
    assert "Sans objet" not in client.get(PAGE).text


def test_the_days_of_the_cycle_are_its_own(cast, salma):
    prepare(salma, draft(cast, salma))
    cycle = "/en/manage/cycles/2026"
    assert fill(salma, cycle, consultation_days="14").status_code == 422, "no cycle goes below the decree"
    assert fill(salma, cycle, consultation_days="30", announce_days="21").status_code == 302
    page = salma.get(ONE)
    assert says(page, OpenTooShort)
    assert says(page, AnnouncedLate)


def test_nothing_to_comment_on_and_no_summary(cast, salma):
    assert fill(salma, f"{MANAGE}/new", **DETAILS).status_code == 302
    assert says(salma.get(ONE), NoTextChosen)
    fill(salma, f"{ONE}/texts", documents=[draft(cast, salma)])
    assert says(salma.get(ONE), SummaryMissing, references="2026-C02")
    fill(salma, f"{ONE}/texts/{text_ids()[0]}", **{"summary-fr": "Un résumé"})
    assert says(salma.get(ONE), SummaryMissing, references="2026-C02", in_language="العربية")


def test_a_text_is_in_one_consultation_at_a_time(cast, salma):
    announced(cast, salma)
    assert fill(salma, f"{MANAGE}/new", **DETAILS).status_code == 302
    second = f"{MANAGE}/2026-PC2"
    assert fill(salma, f"{second}/texts", documents=["2026-C02"]).status_code == 302
    assert says(salma.get(second), ConsultedElsewhere, text="2026-C02", reference="2026-PC1")


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"closes_at": "2026-03-30T09:00"}, ConsultationWindowReversed),
        ({"answers_by": "2026-04-19"}, AnswersBeforeClosing),
        ({"opens_at": ""}, {"opens_at"}),
        ({"title-ar": "", "title-fr": ""}, {"title"}),
    ],
)
def test_what_cannot_be_is_refused(cast, salma, fields, because):
    answer = fill(salma, f"{MANAGE}/new", **{**DETAILS, **fields})
    assert answer.status_code == 422
    assert errors(answer) == because if isinstance(because, set) else says(answer, because)


def test_all_can_be_changed_until_it_is_announced(cast, salma):
    first, second = draft(cast, salma), draft(cast, salma, 3)
    prepare(salma, first, second)
    before, after = text_ids()
    press(salma, ONE, f"/texts/{after}/move/up")
    assert text_ids() == [after, before]
    fill(salma, "/en/manage/plan/2026-C03", **{"solution-fr": "Mieux"})
    press(salma, ONE, f"/texts/{after}/latest")
    assert {text.id: text.version for text in consultation().texts} == {before: 1, after: 2}
    press(salma, ONE, f"/texts/{before}/remove")
    assert text_ids() == [after]
    assert fill(salma, f"{ONE}/edit", **{"title-fr": "Autrement"}).status_code == 302
    assert consultation().title["fr"] == "Autrement"
    press(salma, ONE, "/remove")
    assert salma.get(ONE).status_code == 404


def test_nothing_of_it_changes_once_it_is_announced(cast, salma):
    announced(cast, salma)
    [text_id] = text_ids()
    refused = [
        fill(salma, f"{ONE}/edit", **{"title-fr": "Autrement"}),
        fill(salma, f"{ONE}/texts/{text_id}", **{"summary-fr": "Autrement"}),
    ]
    token = {"csrf_token": csrf_token(salma)}
    for act in ("announce", "remove", *(f"texts/{text_id}/{act}" for act in ("latest", "remove", "move/up"))):
        refused.append(salma.post(f"{ONE}/{act}", data=token))
    draft(cast, salma, 3)
    refused.append(fill(salma, f"{ONE}/texts", documents=["2026-C03"]))
    assert [(answer.status_code, says(answer, AlreadyAnnounced)) for answer in refused] == [(409, True)] * 8
    assert [text.version for text in consultation().texts] == [1]


def test_who_saves_second_sees_both(cast, salma):
    prepare(salma, draft(cast, salma))
    opened = salma.get(f"{ONE}/edit")
    from tests.forms import filled_in, post

    data = filled_in(opened, "title-fr")
    fill(salma, f"{ONE}/edit", **{"title-fr": "La première"})
    data["title-fr"] = "La seconde"
    answer = post(salma, f"{ONE}/edit", data)
    assert answer.status_code == 409
    assert "La première" in answer.text
    assert "La seconde" in answer.text


def test_it_is_open_for_longer_with_a_reason_and_never_shorter(cast, client, salma):
    announced(cast, salma)
    extend = f"{ONE}/extend"
    shorter = fill(salma, extend, closes_at="2026-04-20T08:59", **WHY)
    assert says(shorter, NotLonger)
    early = fill(salma, extend, closes_at="2026-06-30T09:00", **WHY)
    assert says(early, AnswersBeforeClosing)
    half = fill(salma, extend, closes_at="2026-04-27T09:00", **{"why-fr": "Du temps"})
    assert says(half, ReasonInEachLanguage)
    assert fill(salma, extend, closes_at="2026-04-27T09:00", **WHY).status_code == 302
    row = consultation()
    assert (row.closes_at, row.closed_at_first) == (CLOSES + 7 * DAY, CLOSES)
    assert WHY["why-fr"] in client.get(PAGE).text
    with clock.frozen(CLOSES + 7 * DAY):
        late = fill(cast.visitor(cast.salma), extend, closes_at="2026-05-27T09:00", **WHY)
    assert says(late, ConsultationClosed)
    assert verified()


def test_it_is_called_off_before_it_opens(cast, client, salma):
    announced(cast, salma)
    assert says(fill(salma, f"{ONE}/call-off", **{"why-fr": "Report"}), ReasonInEachLanguage)
    with clock.frozen(OPENS):
        assert says(fill(cast.visitor(cast.salma), f"{ONE}/call-off", **WHY), HasOpened)
    assert fill(salma, f"{ONE}/call-off", **WHY).status_code == 302
    assert consultation().stage(OPENS) is ConsultationStage.CALLED_OFF
    assert WHY["why-fr"] in client.get(PAGE).text
    work()
    assert {what for what, _to, _as in news()} == {"announced", "called_off"}
    assert verified()


@pytest.mark.parametrize(
    "path", ["", "/new", "/2026-PC1", "/2026-PC1/edit", "/2026-PC1/texts", "/2026-PC1/extend"]
)
def test_only_the_secretariat_prepares(cast, client, salma, path):
    announced(cast, salma)
    assert client.get(f"{MANAGE}{path}").status_code == 302
    for role, member in cast.staff.items():
        may = role in (Role.ADMINISTRATOR, Role.SECRETARIAT)
        assert cast.visitor(member).get(f"{MANAGE}{path}").status_code == (200 if may else 403), role


def test_what_was_saved_between_the_frozen_version_and_the_announcement_needs_a_cause(cast, salma):
    prepare(salma, draft(cast, salma))
    fill(salma, "/en/manage/plan/2026-C02", **{"solution-fr": "Une solution meilleure"})
    press(salma, ONE, "/announce")
    fill(salma, "/en/manage/plan/2026-C02", **{"solution-fr": "Une solution bien meilleure"})
    changes = session.execute(select(Change.removed, Change.added).order_by(Change.id)).all()
    assert [(removed.strip(), added.strip()) for removed, added in changes] == [
        ("", "meilleure"),
        ("", "bien"),
    ]


@pytest.mark.own_database
def test_of_two_who_announce_at_once_one_does(cast, salma):
    prepare(salma, draft(cast, salma))
    key = consultation().id

    def act(person):
        try:
            announcement.announce(key, by=person.id, now=THEN)
            session.commit()
        except AlreadyAnnounced:
            session.rollback()
        finally:
            session.remove()

    with ThreadPoolExecutor(2) as crowd:
        list(crowd.map(act, [cast.salma, cast.amal] * 3))
    entries = session.scalars(select(RegisterEntry).where(RegisterEntry.subject == "2026-PC1")).all()
    assert len(entries) == 1
    assert session.scalars(select(Telling)).one()
