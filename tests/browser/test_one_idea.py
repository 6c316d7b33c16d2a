"""A person without an account: an idea sent from a phone, a question, a fate, an appeal, at one address."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from cocreation.batches.services import publication
from cocreation.core import clock
from cocreation.core.database import session
from tests.cast import Cast
from tests.stage import Stage, words

CITIZEN = "nadia@example.org"
DESK = "/ar/manage/dispositions"
PROPOSAL = "نشر أوقات مرور حافلات القرى"
QUESTION = "أي خطوط تقصدون، ومن يديرها؟"
REPLY = "خطوط النقل المدرسي التي تديرها الجماعات"
TOO_SOON = "لا تتوفر المعطيات قبل نهاية الخطة"
CONTESTED = "الجماعات تتوفر على هذه المعطيات اليوم"
HEARD = "تحققنا من الأمر: المعطيات متوفرة في ثلاث جماعات"
IN_PART = "ستنشر الجماعات الثلاث أوقات الحافلات هذه السنة"


def test_a_person_is_asked_answered_heard_and_shows_it_all_at_one_address(stage: Stage, cast: Cast) -> None:
    stage.send_an_idea(PROPOSAL, CITIZEN)
    receipt = stage.page.url
    ask(stage, cast)
    reply(stage)
    study(stage, cast)
    publish(stage, cast)
    contest(stage, receipt)
    hear(stage, cast)
    the_whole_story_stands_at_one_address(stage, receipt)


def ask(stage: Stage, cast: Cast) -> None:
    stage.enter(cast.salma)
    stage.page.goto(f"{DESK}/screening/2026-1/question")
    stage.fill(text_ar=QUESTION)
    stage.send()


def reply(stage: Stage) -> None:
    """The mail's link opens the page on which the question waits."""
    stage.enter(None)
    [mail] = [letter for letter in stage.post() if QUESTION in words(letter)]
    assert mail["To"] == CITIZEN
    stage.page.goto(re.findall(r"https?://\S*receipts\S+", words(mail))[0])
    expect(stage.page.locator("#question")).to_contain_text(QUESTION)
    stage.fill(reply=REPLY)
    stage.send("#question form")


def study(stage: Stage, cast: Cast) -> None:
    stage.enter(cast.salma)
    stage.page.goto(f"{DESK}/screening")
    stage.tick_all_but()
    stage.send(".acts-bar > p")
    stage.page.goto(f"{DESK}/referrals")
    stage.tick_all_but()
    stage.page.locator(".acts-bar > details > summary").click()
    stage.tick(institutions=cast.ministry.id)
    stage.fill(due_on="2026-04-15")
    stage.send()
    stage.enter(cast.farid)
    stage.page.goto(f"{DESK}/bundle/2026-1/ministry")
    stage.choose(outcome="deferred/lacks_time")
    stage.fill(reason_text_ar=TOO_SOON)
    stage.send()


def publish(stage: Stage, cast: Cast) -> None:
    stage.enter(cast.salma)
    stage.page.goto(f"{DESK}/batches/new")
    stage.fill(title_ar="الدفعة الأولى")
    stage.send()
    batch = stage.page.url
    stage.send("form[action$='/send']")
    stage.enter(cast.mounia)
    stage.page.goto(batch)
    stage.page.locator("[name=verdict][value=approve]").check()
    stage.send("form[action$='/review']")
    stage.enter(cast.salma)
    stage.page.goto(batch)
    stage.send("form[action$='/publish']")
    publication.go_on(clock.now())
    session.remove()


def contest(stage: Stage, receipt: str) -> None:
    stage.enter(None)
    [mail] = [letter for letter in stage.post() if letter["To"] == CITIZEN]
    assert TOO_SOON in words(mail)
    stage.page.goto(receipt)
    stage.fill(reasons=CONTESTED)
    stage.send("#appeal form")
    expect(stage.page.locator("#appeal form")).to_have_count(0)


def hear(stage: Stage, cast: Cast) -> None:
    """Salma published it: Amal, who took no part, answers."""
    stage.enter(cast.salma)
    stage.page.goto(f"{DESK}/appeals/2026-1")
    expect(stage.page.locator("main form")).to_have_count(0)
    stage.enter(cast.amal)
    stage.page.goto(f"{DESK}/appeals/2026-1")
    stage.tick(hearing="upheld")
    stage.fill(answer_ar=HEARD, reason_text_ar=IN_PART)
    stage.choose(outcome="partly_included/fits_in_part", commitment=cast.commitment.id)
    stage.send()


def the_whole_story_stands_at_one_address(stage: Stage, receipt: str) -> None:
    stage.enter(None)
    [mail] = [letter for letter in stage.post() if letter["To"] == CITIZEN]
    assert HEARD in words(mail)
    stage.page.goto(receipt)
    expect(stage.page.locator("#appeal")).to_contain_text(HEARD)
    stage.page.goto("/ar/ideas/2026-1")
    expect(stage.page.locator(".verdict .fate-partly_included")).to_be_visible()
    chain = stage.page.locator(".chain")
    for said in (QUESTION, REPLY, TOO_SOON, CONTESTED, HEARD, IN_PART):
        expect(chain).to_contain_text(said)
    expect(stage.page.locator("main")).not_to_contain_text(CITIZEN)
