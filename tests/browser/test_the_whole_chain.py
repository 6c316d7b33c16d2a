"""One meeting, from a spreadsheet of what its tables said to the register of what became of each sentence.

In Arabic, on a phone, through the pages, everybody in their turn.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from cocreation.batches.services import publication
from cocreation.core import clock
from cocreation.core.database import session
from tests.cast import Cast
from tests.files.spreadsheets import xlsx
from tests.stage import Stage, words

ACCESS, DIGITAL = "الحصول على المعلومات", "الرقمنة"
PROBLEM, SOLUTION, RESULT = "إشكالية", "حل مقترح", "نتيجة منتظرة"
OUTPUTS = [
    ("الورشة", "النوع", "المجال", "الرقم", "النص"),
    (ACCESS, PROBLEM, "القانون", 1, "لا يعرف الناس أن لهم الحق في طلب المعلومات"),
    (ACCESS, PROBLEM, "القانون", 2, "تبقى طلبات كثيرة بلا جواب"),
    (ACCESS, PROBLEM, "النشر", 3, "تنشر الجماعات مقرراتها متأخرة"),
    (ACCESS, PROBLEM, "النشر", 4, "لا تنشر ميزانيات المشاريع المحلية"),
    (ACCESS, SOLUTION, "", 1, "نشر ميزانية كل مشروع محلي في بوابة واحدة"),
    (ACCESS, SOLUTION, "", 2, "تكوين شخص مكلف بالمعلومات في كل جماعة"),
    (ACCESS, SOLUTION, "", 3, "نشر مقررات المجالس خلال أسبوع"),
    (ACCESS, RESULT, "", 1, "يعرف كل ساكن كلفة مشاريع جماعته"),
    (ACCESS, RESULT, "", 2, "يصل الجواب داخل الأجل القانوني"),
    (DIGITAL, PROBLEM, "", 1, "لا تعمل مواقع الإدارات على الهاتف"),
    (DIGITAL, PROBLEM, "", 2, "لا تقرأ الوثائق المصورة بالبرامج الناطقة"),
    (DIGITAL, SOLUTION, "", 1, "اختبار المواقع العمومية على هاتف بسيط"),
    (DIGITAL, SOLUTION, "", 2, "أن تصير الأمور أحسن"),
    (DIGITAL, RESULT, "", 1, "تفتح الخدمات من الهاتف"),
    (DIGITAL, RESULT, "", 2, "يقرأ المكفوفون الوثائق بأنفسهم"),
]
BUDGETS, TRAINING, WISH, ONLINE = "2026-1", "2026-2", "2026-5", "2026-6"
NOT_CLEAR = "لم نفهم ما المطلوب تغييره"
IN_THE_PLAN = "تدخل الفكرة في بوابة المعطيات"
NO_BUDGET = "لا توجد مناصب مالية كافية في مدة الخطة"
MINISTRY = "وزارة الاختبار"
ASSOCIATION, CITIZEN = "bridge@example.org", "citizen@example.org"
DESK = "/ar/manage/dispositions"


def test_a_sentence_is_followed_from_the_table_to_its_fate_and_back(stage: Stage, cast: Cast) -> None:
    import_the_outputs(stage, cast)
    link_and_publish(stage, cast)
    restate_as_ideas(stage, cast)
    register_for_the_meeting(stage, cast)
    send_an_idea(stage)
    screen(stage, cast)
    refer_and_answer(stage, cast)
    publish_the_fates(stage, cast)
    everyone_is_told_once(stage)
    the_chain_holds_both_ways(stage)
    anyone_can_verify(stage)


def import_the_outputs(stage: Stage, cast: Cast) -> None:
    stage.enter(cast.salma)
    stage.page.goto("/ar/manage/workshops/OR1/import")
    sheet = {"name": "outputs.xlsx", "mimeType": "application/zip", "buffer": xlsx(OUTPUTS)}
    stage.page.locator("[name=file]").set_input_files(sheet)  # type: ignore[arg-type]
    stage.send()
    shown = stage.page.get_by_role("region").filter(has=stage.page.locator("#understood"))
    expect(shown.locator("h4")).to_have_text([ACCESS, DIGITAL])
    send = stage.page.locator("main button[value=import]")
    expect(send).to_contain_text(str(len(OUTPUTS) - 1))
    send.click()
    stage.page.wait_for_url("**/ar/manage/workshops")


def link_and_publish(stage: Stage, cast: Cast) -> None:
    """The table's facilitator says what answers what; the secretariat publishes the other table's."""
    stage.enter(cast.fatima)
    stage.page.goto("/ar/manage/workshops")
    stage.follow("/OR1/1")
    expect(stage.page.locator("#problem h3")).to_have_text(["القانون", "النشر"])
    for line, sources in {"S01": [3, 2], "R01": [0]}.items():
        stage.page.locator(f"#{line} .line-acts a").click()
        for source in sources:
            stage.page.locator("[name=sources]").nth(source).check()
        stage.send("main form.form")
    expect(stage.page.locator("#S01 .line-links a")).to_have_text(["P03", "P04"])
    stage.send("form[action$='/publish']")
    stage.enter(cast.salma)
    stage.page.goto("/ar/manage/workshops/OR1/2")
    stage.send("form[action$='/publish']")


def restate_as_ideas(stage: Stage, cast: Cast) -> None:
    for number in (1, 2):
        stage.page.goto(f"/ar/manage/workshops/OR1/{number}")
        stage.follow(f"/restate/OR1/{number}")
        stage.send()
    expect(stage.page.locator("main a[href*='/ideas/2026-']")).to_have_text(["2026-4", WISH])


def register_for_the_meeting(stage: Stage, cast: Cast) -> None:
    stage.enter(None)
    stage.page.goto("/ar/meetings/OR1")
    stage.follow("/register")
    stage.page.locator("main summary").click()
    stage.fill(name="فاطمة", email=ASSOCIATION, association="جمعية الجسر")
    stage.choose(capacity="association", workshop=cast.meeting.workshops[0].id)
    stage.page.locator("[name=consent]").check()
    stage.send()
    code = re.compile(r"\w{4}(-\w{4}){3}")
    expect(stage.page.locator(".receipt")).to_have_text(code)
    mail = next(letter for letter in stage.post() if letter["To"] == ASSOCIATION)
    stage.page.goto(re.findall(r"https?://\S+/registrations/confirm/\S+", words(mail))[0])
    stage.send()
    expect(stage.page.locator(".receipt")).to_have_text(code)


def send_an_idea(stage: Stage) -> None:
    stage.send_an_idea("نشر لوائح الجمعيات المدعمة كل سنة", CITIZEN)
    stage.follow(ONLINE)
    expect(stage.page.locator("h1")).to_contain_text(ONLINE)


def screen(stage: Stage, cast: Cast) -> None:
    stage.enter(cast.salma)
    stage.page.goto(f"{DESK}/screening")
    stage.tick_all_but(WISH)
    stage.send(".acts-bar > p")
    stage.follow(f"/screening/{WISH}")
    stage.tick(clarity="0", precision="1", openness="2")
    stage.fill(clarity_note="ما المطلوب؟", precision_note="أين؟", reason_text_ar=NOT_CLEAR)
    stage.page.locator("[type=submit][form=screening]").click()
    stage.page.wait_for_url("**/screening")


def refer_and_answer(stage: Stage, cast: Cast) -> None:
    stage.follow("/referrals")
    stage.tick_all_but()
    stage.page.locator(".acts-bar > details > summary").click()
    stage.tick(institutions=cast.ministry.id)
    stage.fill(due_on="2026-04-15")
    stage.send()
    stage.enter(cast.farid)
    stage.page.goto(f"{DESK}/bundle")
    stage.tick_all_but(TRAINING)
    stage.choose(outcome="included/fits_the_plan", commitment=cast.commitment.id)
    stage.fill(reason_text_ar=IN_THE_PLAN)
    stage.send()
    stage.page.goto(f"{DESK}/bundle")
    stage.follow(f"/bundle/{TRAINING}/ministry")
    stage.choose(outcome="not_included/lacks_budget")
    stage.fill(reason_text_ar=NO_BUDGET)
    stage.send()
    stage.page.goto(f"/ar/ideas/{TRAINING}")
    expect(stage.page.locator("main")).not_to_contain_text(NO_BUDGET)  # not before the fates are published


def publish_the_fates(stage: Stage, cast: Cast) -> None:
    """Publication names what is missing, a reason here and a body there, and publishes nothing till then."""
    stage.post()
    stage.enter(cast.salma)
    stage.page.goto(f"{DESK}/batches/new")
    stage.fill(title_ar="الدفعة الأولى")
    stage.send()
    stage.follow(TRAINING)
    stage.fill(reason_text_ar="")
    stage.send("main form.desk")
    missing = stage.page.locator("tr:has(.lacks)")
    expect(missing.filter(has_text=TRAINING)).to_have_count(1)
    expect(missing.filter(has_text=WISH)).to_have_count(1)
    expect(missing.filter(has_text=BUDGETS)).to_have_count(0)
    expect(stage.page.locator("form[action$='/send']")).to_have_count(0)  # it would only be refused
    stage.follow(TRAINING)
    stage.fill(reason_text_ar=NO_BUDGET)
    stage.send("main form.desk")
    stage.follow(WISH)
    stage.choose(body=cast.ministry.id)
    stage.send("main form.desk")
    stage.send("form[action$='/send']")
    batch = stage.page.url
    stage.enter(cast.mounia)
    stage.page.goto(batch)
    stage.page.locator("[name=verdict][value=approve]").check()
    stage.send("form[action$='/review']")
    stage.enter(cast.salma)
    stage.page.goto(batch)
    stage.send("form[action$='/publish']")
    expect(stage.page.locator(".progress")).to_have_count(2)
    publication.go_on(clock.now())
    session.remove()
    stage.page.goto(batch)
    expect(stage.page.locator(".notice-done")).to_be_visible()


def everyone_is_told_once(stage: Stage) -> None:
    told = [(letter["To"], set(re.findall(r"/ideas/(2026-\d)", words(letter)))) for letter in stage.post()]
    assert sorted(told) == [(ASSOCIATION, {BUDGETS, TRAINING, "2026-3"}), (CITIZEN, {ONLINE})]


def the_chain_holds_both_ways(stage: Stage) -> None:
    stage.enter(None)
    chain, fate = stage.page.locator(".chain"), stage.page.locator(".verdict")
    for reference, kind, reason in (
        (TRAINING, "not_included", NO_BUDGET),
        (WISH, "not_accepted", NOT_CLEAR),
        (ONLINE, "included", IN_THE_PLAN),
    ):
        stage.page.goto(f"/ar/ideas/{reference}")
        expect(fate.locator(f".fate-{kind}")).to_be_visible()
        expect(fate).to_contain_text(MINISTRY)
        expect(chain).to_contain_text(reason)
    stage.page.goto("/ar/meetings/OR1/workshops/1")
    stage.page.locator("#S01 .line-fate a").click()
    expect(stage.page.locator("h1")).to_contain_text(BUDGETS)
    for said in ("OR1-W1-S01", MINISTRY, IN_THE_PLAN, "2026-C01"):
        expect(chain).to_contain_text(said)
    stage.follow("/plan/commitments/2026-C01")
    stage.follow("/lines/OR1-W1-S01")
    stage.page.wait_for_url("**/ar/meetings/OR1/workshops/1#S01")
    expect(stage.page.locator("#S01")).to_contain_text("نشر ميزانية كل مشروع محلي في بوابة واحدة")


def anyone_can_verify(stage: Stage) -> None:
    stage.page.goto("/ar/register")
    with stage.page.expect_download() as download:
        stage.page.locator("main a[download]").click()
    file = Path(download.value.path())
    verify = stage.app.test_cli_runner().invoke
    assert verify(args=["register", "verify", str(file)]).exit_code == 0
    file.write_text(file.read_text("utf-8").replace("lacks_budget", "lacks_time"), "utf-8")
    assert verify(args=["register", "verify", str(file)]).exit_code == 1
