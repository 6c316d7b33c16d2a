"""Reminders and thanks, told once though the worker dies; every mail as it reads; the outreach log."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from cocreation.app import MAILS
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.meetings.models.meeting import AttendanceMode, Workshop
from cocreation.outreach import services as outreach_services
from cocreation.outreach.emails import REMINDER_DAY, REMINDER_WEEK
from cocreation.outreach.models import Channel, Notice, Outreach
from cocreation.outreach.refusals import FutureOutreach, NotOverYet
from cocreation.places.emails import CONFIRMED, TO_CONFIRM
from cocreation.places.models.registration import Registration
from tests.cast import THEN, T
from tests.desk import work
from tests.forms import fill, press
from tests.html import numbers, texts
from tests.mails import of, text, told
from tests.meeting_day import change, later, registrations, worded, write
from tests.words import says

COMMUNICATION = "/en/manage/meetings/OR1/communication"
OUTREACH = "/en/manage/meetings/OR1/outreach"


@pytest.fixture
def karim(cast):
    return cast.visitor(cast.karim)


def posted(event: str) -> list[str]:
    """The addresses that were written to of an event, or would be."""
    session.remove()
    mails = select(Mail.key).where(Mail.template == f"meetings/{event}").order_by(Mail.id)
    return list(session.scalars(mails))


def notices() -> list[tuple[str, int, bool]]:
    session.remove()
    rows = session.scalars(select(Notice).order_by(Notice.id))
    return [(notice.event, notice.told, notice.ended_at is not None) for notice in rows]


def publish(cast) -> None:
    """The first workshop has published its outputs."""
    conditions = (Workshop.meeting_id == cast.meeting.id, Workshop.number == 1)
    session.scalars(select(Workshop).where(*conditions)).one().published_at = THEN
    session.commit()
    session.remove()


# Reminders


def test_everyone_with_a_place_is_reminded_a_week_and_a_day_before(register, app, cast, mails):
    for name in "abc":
        register(name=name, email=f"{name}@example.org", language="fr")  # c waits
    with later(days=12):
        work(app)
        assert notices() == []
    with later(days=13, hours=-3):  # six in the morning there
        work(app)
        assert notices() == []
    with later(days=13):
        work(app)
        work(app)
        assert notices() == [("reminder_week 2026-03-30", 2, True)]
    with later(days=19):
        work(app)
        assert notices()[1:] == [("reminder_day 2026-03-30", 2, True)]
        work(app)
        sent = told(mails())
    assert len(posted("reminder_week")) == len(posted("reminder_day")) == 2
    for kind in (REMINDER_WEEK, REMINDER_DAY):
        with_a_place = [("a@example.org", kind.name), ("b@example.org", kind.name)]
        assert sorted(mail for mail in sent if mail[1] == kind.name) == with_a_place


def test_a_round_goes_on_where_it_was_killed(cast, app, monkeypatch):
    change(cast, places=500)
    write(cast, 25)
    monkeypatch.setattr(outreach_services, "CHUNK", 10)
    tell_all, left = outreach_services.emails.tell_all, [1]

    def dies(*args, **values):
        told = tell_all(*args, **values)
        if not left:
            raise SystemError("killed")
        left.pop()
        return told

    monkeypatch.setattr(outreach_services.emails, "tell_all", dies)
    with later(days=13):
        work(app)  # ten are told, then it dies in the middle of the next ten
        assert notices() == [("reminder_week 2026-03-30", 10, False)]
        assert len(posted("reminder_week")) == 10
        monkeypatch.setattr(outreach_services.emails, "tell_all", tell_all)
        work(app)
    assert notices() == [("reminder_week 2026-03-30", 25, True)]
    assert len(set(posted("reminder_week"))) == len(posted("reminder_week")) == 25


def test_a_round_costs_a_few_statements_a_chunk(cast, app, statements):
    change(cast, places=500)
    write(cast, 200)
    with later(days=13) as now, app.app_context():
        with statements() as asked:
            outreach_services.chore(now)
        session.remove()
    assert len(posted("reminder_week")) == 200
    assert len(asked) <= 15


@pytest.mark.parametrize("what", ["called off", "not announced"])
def test_nobody_is_reminded_of_a_meeting_that_is_not(cast, app, what):
    write(cast, 1)
    change(cast, **({"cancelled_at": THEN} if what == "called off" else {"announced_at": None}))
    with later(days=13):
        work(app)
    assert notices() == []


def test_a_meeting_that_moved_is_reminded_of_again(cast, app):
    write(cast, 1)
    with later(days=13):
        work(app)
    starts_at = cast.meeting.starts_at + timedelta(days=7)
    change(cast, starts_at=starts_at, ends_at=starts_at + timedelta(hours=5))
    with later(days=20):
        work(app)
    assert [notice[0] for notice in notices()] == ["reminder_week 2026-03-30", "reminder_week 2026-04-06"]
    assert len(posted("reminder_week")) == 2


# Confirmation


def test_the_confirmation_says_how_to_come(register, cast, mails):
    change(cast, how_to_come=T("الحافلة رقم 4", "Le bus 4"), attendance=AttendanceMode.HYBRID)
    change(cast, link="https://visio.example.org/or1")
    register(language="fr")
    sent = mails()
    [first], [mail] = of(TO_CONFIRM, sent), of(CONFIRMED, sent)
    for part in first.walk():
        if part.get_content_maintype() == "text":
            assert "visio" not in part.get_content()
            assert "Le bus 4" not in part.get_content()
    for words in (
        "Le bus 4",
        "https://visio.example.org/or1",
        "/meetings/OR1/programme",
        "Maison des jeunes",
    ):
        assert words in text(mail)
    html = mail.get_body(("html",)).get_content()
    assert 'src="cid:ticket"' in html
    pictures = [attachment for attachment in mail.walk() if attachment.get_content_type() == "image/png"]
    assert [picture["Content-ID"] for picture in pictures] == ["<ticket>"]
    assert pictures[0].get_content().startswith(b"\x89PNG")
    assert any(attachment.get_content_type() == "text/calendar" for attachment in mail.walk())


TWO = ("nadia@example.org", "b@example.org")


def test_who_waits_is_not_told_the_link(register, cast, mails):
    change(cast, link="https://visio.example.org/or1", attendance=AttendanceMode.REMOTE, places=1)
    register()
    register(name="b", email="b@example.org")
    by = {to: "".join(mail.as_string() for mail in mails() if mail["To"] == to) for to in TWO}
    assert "visio.example.org" in by["nadia@example.org"]
    assert "cid:ticket" not in by["nadia@example.org"]  # there is no door
    assert "visio.example.org" not in by["b@example.org"]


# Thanks


def test_those_who_came_are_thanked_once(karim, cast, app, mails):
    change(cast, places=10)
    write(cast, 3)
    publish(cast)
    assert "/thank" not in karim.get(COMMUNICATION).text
    token = karim.get(OUTREACH).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = karim.post("/en/manage/meetings/OR1/thank", data={"csrf_token": token})
    assert answer.status_code == 409
    assert says(answer, NotOverYet)
    first = registrations()[0].id
    session.get_one(Registration, first).present_at = THEN
    session.commit()
    with later(days=21):
        karim = cast.visitor(cast.karim)
        assert press(karim, COMMUNICATION, "/thank").status_code == 302
        assert texts(karim.get(COMMUNICATION).text, "[aria-labelledby=rounds] .state-open")
        work(app)
        page = karim.get(COMMUNICATION).text
        assert not texts(page, "[aria-labelledby=rounds] .state-open")
        assert numbers(page, "[aria-labelledby=rounds] .row-meta") == [1]
        token = karim.get(OUTREACH).text.split('name="csrf_token" value="')[1].split('"')[0]
        assert karim.post("/en/manage/meetings/OR1/thank", data={"csrf_token": token}).status_code == 409
        work(app)
        assert posted("thanks") == [f"meetings/thanks:{first}:thanks"]
        (mail,) = [letter for letter in mails() if letter["To"] == "p0@example.org"]
    assert "/meetings/OR1/workshops/1" in mail.get_body(("plain",)).get_content()
    assert "/meetings/OR1/workshops/2" not in mail.get_body(("plain",)).get_content()


def test_everyone_is_thanked_where_attendance_was_not_noted(cast, app):
    change(cast, places=10)
    write(cast, 3)
    publish(cast)
    with later(days=21):
        press(cast.visitor(cast.karim), COMMUNICATION, "/thank")
        work(app)
    assert len(posted("thanks")) == 3


def test_without_outputs_nobody_is_thanked(cast):
    write(cast, 1)
    with later(days=21):
        karim = cast.visitor(cast.karim)
        page = karim.get(COMMUNICATION)
        assert says(page, "The thanks lead to the outputs: publish those of a workshop first.")
        assert "/thank" not in page.text
        token = karim.get(OUTREACH).text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = karim.post("/en/manage/meetings/OR1/thank", data={"csrf_token": token})
    assert answer.status_code == 409
    assert notices() == []


# Every mail as it reads


def test_every_mail_can_be_read_before_it_is_sent(karim):
    kinds = [kind for kind in MAILS if kind.name.startswith("meetings/")]
    assert len(kinds) >= 31
    for code, place in (("ar", "دار الشباب"), ("fr", "Maison des jeunes"), ("en", "Maison des jeunes")):
        page = karim.get(f"/en/manage/meetings/OR1/mails?in={code}").text
        assert page.count('<div class="letter"') == len(kinds)
        assert page.count(place) == len(kinds)
        assert "None" not in page
        assert f"/{code}/registrations/0000-0000-0000-0000" in page


def test_every_mail_is_drawn_in_a_frame_that_runs_and_fetches_nothing(karim, client):
    page = karim.get("/ar/manage/meetings/OR1/mails?in=ar")
    kinds = [kind for kind in MAILS if kind.name.startswith("meetings/")]
    frames = re.findall(r'<iframe[^>]* sandbox [^>]*src="([^"]+)"', page.text)
    assert len(frames) == len(kinds)
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    [confirmed] = [frame for frame in frames if "/mails/confirmed" in frame]
    for address in frames:
        mail = karim.get(address.replace("&amp;", "&"))
        assert mail.status_code == 200
        assert '<html lang="ar" dir="rtl">' in mail.text
        assert "دار الشباب" in mail.text
        assert not re.search(r'(src|href)="(?!http|data:|mailto:)', mail.text)
        assert "cid:" not in mail.text
        policy = mail.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        assert policy.endswith("frame-ancestors 'self'; sandbox")
    assert "data:image/png" in karim.get(confirmed.replace("&amp;", "&")).text
    assert karim.get("/en/manage/meetings/OR1/mails/none").status_code == 404
    assert client.get(frames[0]).status_code == 302


# The outreach log


def test_the_outreach_log_is_kept_and_exported(karim, cast):
    line = {"channel": "press", "audience": "Les jeunes ruraux", "reached": "1200", "on": "2026-03-09"}
    assert fill(karim, OUTREACH, **line, proof="https://example.org/article").status_code == 302
    answer = fill(karim, OUTREACH, **{**line, "on": "2026-03-11"})
    assert answer.status_code == 422
    assert says(answer, FutureOutreach)
    assert "Les jeunes ruraux" in answer.text
    fill(karim, OUTREACH, **{**line, "channel": "poster", "reached": "", "proof": "javascript:alert(1)"})
    page = karim.get(OUTREACH).text
    assert 'href="https://example.org/article"' in page
    assert 'href="javascript' not in page
    content = karim.get(f"{OUTREACH}.xlsx").data
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][1:] == [
        "2026-03-09",
        worded(Channel.PRESS.label),
        "Les jeunes ruraux",
        1200.0,
        "https://example.org/article",
    ]
    number = session.scalar(select(Outreach.id).order_by(Outreach.id))
    assert press(karim, OUTREACH, f"/{number}/remove").status_code == 302
    session.remove()
    assert len(list(session.scalars(select(Outreach.id)))) == 1


def test_wrong_people_find_nothing(cast):
    for person in (cast.fatima, cast.farid, cast.mounia, cast.hicham):
        for url in (COMMUNICATION, OUTREACH, f"{OUTREACH}.xlsx", "/en/manage/meetings/OR1/mails"):
            assert cast.visitor(person).get(url).status_code in (403, 404)


def test_pages_cost_the_same_for_many(karim, cast, statements):
    def cost(url: str) -> int:
        with statements() as asked:
            assert karim.get(url).status_code == 200
        return len(asked)

    urls = (COMMUNICATION, OUTREACH, "/en/manage/meetings/OR1/mails")
    line = {"channel": "press", "audience": "Tous", "on": "2026-03-09"}
    fill(karim, OUTREACH, **line)
    few = [cost(url) for url in urls]
    change(cast, places=500)
    write(cast, 30)
    for _ in range(4):
        fill(karim, OUTREACH, **line)
    assert [cost(url) for url in urls] == few
