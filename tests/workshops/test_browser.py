"""The room in a browser: lines arrive in place, and bad Wi-Fi loses nothing."""

import pytest
from playwright.sync_api import expect

from tests.browsers import enter

ROOM = "/ar/manage/workshops/OR1/1"


@pytest.fixture
def room(app, cast, page):
    enter(page.context, app, cast.fatima)
    page.goto(ROOM)
    return page


def box(page, kind="problem"):
    return page.locator(f"#{kind}-new textarea")


def add(page, kind="problem"):
    page.locator(f"#{kind}-new button").click()


def test_lines_arrive_in_place(room):
    room.evaluate("window.stayed = true")
    box(room, "solution").fill("حل لم يرسل بعد")
    room.locator("#problem-new input[type=text]").fill("القانون")
    box(room).fill("أول\nثان")
    add(room)
    expect(room.locator("#problem li")).to_have_count(2)
    expect(box(room)).to_have_value("")
    expect(room.locator("#problem-new input[type=text]")).to_have_value("القانون")
    expect(box(room, "solution")).to_have_value("حل لم يرسل بعد")
    box(room).fill("ثالث")
    add(room)
    expect(room.locator("#problem li")).to_have_count(3)
    box(room).fill("رابع، لم يرسل بعد")
    room.locator("#P02 button[value=up]").click()
    expect(room.locator("#P01 p").first).to_have_text("ثان")
    expect(box(room)).to_have_value("رابع، لم يرسل بعد")
    assert room.evaluate("window.stayed")


def test_what_could_not_be_sent_stays_and_goes_when_the_network_is_back(room):
    room.context.set_offline(True)
    box(room).fill("سطر بلا شبكة")
    add(room)
    expect(room.locator("#problem-new [data-unsent]")).to_be_visible()
    expect(box(room)).to_have_value("سطر بلا شبكة")
    room.context.set_offline(False)
    expect(room.locator("#problem li")).to_have_count(1)
    expect(box(room)).to_have_value("")


def test_a_closed_tab_forgets_nothing_until_it_arrived(room):
    box(room).fill("مسودة")
    room.goto("about:blank")
    room.goto(ROOM)
    expect(box(room)).to_have_value("مسودة")
    add(room)
    expect(room.locator("#problem li")).to_have_count(1)
    room.goto(ROOM)
    expect(box(room)).to_have_value("")


def test_what_is_refused_comes_back_in_place(room):
    long = "س" * 1001
    box(room).fill(long)
    add(room)
    expect(room.locator("#problem-new .errors")).to_be_visible()
    expect(box(room)).to_have_value(long)
