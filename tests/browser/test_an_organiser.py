"""One meeting from an empty cycle to the thanks and the attendance sheet, through the pages alone.

In Arabic on a phone and, in `make test-all`, in French on a desktop, everybody in their turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import Dialog, expect

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from tests.browsers import phone
from tests.cast import THEN, Cast
from tests.desk import work
from tests.files.spreadsheets import xlsx
from tests.stage import Stage, words

DESKTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
# The day of the meeting, at nine in Morocco, which is an hour ahead of UTC then.
DAY = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
NADIA, YOUSSEF, SANAA, OMAR = (f"{name}@example.org" for name in ("nadia", "youssef", "sanaa", "omar"))
SPEAKER, DELEGATE = "speaker@example.org", "kamal@example.org"
HALLS = {"القاعة الكبرى": 80, "قاعة الأطلس": 30}
OUTPUTS = [
    ("الورشة", "النوع", "المجال", "الرقم", "النص"),
    ("الميزانية المفتوحة", "إشكالية", "", 1, "لا تنشر ميزانية الجماعة في صيغة مفهومة"),
    ("الميزانية المفتوحة", "حل مقترح", "", 1, "نشر ميزانية المواطن كل سنة"),
    ("الميزانية المفتوحة", "نتيجة منتظرة", "", 1, "يعرف السكان أين تصرف الأموال"),
]
THEMES = ("الميزانية المفتوحة", "خدمات القرب")
OPEN = datetime(2026, 4, 12, 10, 0, tzinfo=UTC)


class Organiser(Stage):
    """The stage, in one language, at the moment the story has come to."""

    code: str
    nadia: str
    youssef: str

    def go(self, path: str) -> None:
        self.page.goto(f"/{self.code}{path}")

    def to(self, path: str = "") -> None:
        """One of the staff's pages of the meeting."""
        self.go(f"/manage/meetings/FM1{path}")

    def say(self, **words: object) -> None:
        """Type into fields, in both languages where they have several."""
        for name, said in words.items():
            for field in self.page.locator(
                f"main [name='{name}'], main [name='{name}-ar'], main [name='{name}-fr']"
            ).all():
                field.fill(str(said))

    def add(self, path: str, tick: dict[str, object] | None = None, **words: object) -> None:
        """Fill in the form of a staff's page of the meeting and send it."""
        self.to(path)
        self.tick(**(tick or {}))
        self.say(**words)
        self.send()

    def choose_by_words(self, **words: str) -> None:
        for name, said in words.items():
            choice = self.page.locator(f"main select[name='{name}'] option", has_text=said).first
            self.choose(**{name: choice.get_attribute("value")})

    def sees(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.locator("main")).to_contain_text(sentence)

    def reads(self, *titles: str) -> None:
        """The parts of the programme, in this order."""
        expect(self.page.locator("[data-slot] h2")).to_have_text([re.compile(title) for title in titles])

    def letters(self) -> dict[str, EmailMessage]:
        """The worker comes by: the mail each person is sent, the last where there are several."""
        for old in self.mails.glob("*.eml"):
            old.unlink()
        work(self.app)
        return {str(mail["To"]): mail for mail in reversed(list(mailbox(self.mails)))}

    def follow_letter(self, mail: EmailMessage, to: str) -> None:
        """Open the first link of a mail whose address holds `to`."""
        self.page.goto(next(address for address in re.findall(r"https?://\S+", words(mail)) if to in address))

    def fetch(self, link: str) -> bytes:
        """What a link of the page leads to, when it is a file."""
        address = self.page.locator(f"main a[href*='{link}']").first.get_attribute("href")
        return self.page.request.get(str(address)).body()

    @contextmanager
    def on(self, moment: datetime) -> Iterator[None]:
        """What happens then, by the clock of the house and of the browser."""
        with clock.frozen(moment):
            self.page.clock.set_fixed_time(moment)
            yield
        session.remove()


@pytest.fixture(params=["ar-phone", pytest.param("fr-desktop", marks=pytest.mark.in_full)])
def organiser(request, app, cast, browser, live_server, tmp_path) -> Iterator[Organiser]:
    code, device = request.param.split("-")
    with phone(browser, live_server, **(DESKTOP if device == "desktop" else {})) as context:
        page = context.new_page()
        page.on("dialog", Dialog.accept)
        organiser = Organiser(app, page, tmp_path / "mail")
        organiser.code = code
        yield organiser


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_meeting_from_an_empty_cycle_to_the_thanks(organiser: Organiser, cast: Cast) -> None:
    with organiser.on(THEN):
        begin_the_cycle(organiser, cast)
        draft_the_meeting(organiser, cast)
        entrust_it(organiser, cast)
        plan(organiser, cast)
        write_the_programme(organiser)
        prepare_the_form(organiser)
        offer_help(organiser, cast)
        announce(organiser)
        invite(organiser, cast)
    with organiser.on(OPEN):
        people_register(organiser)
        a_place_goes_on(organiser)
        help_is_granted(organiser, cast)
    with organiser.on(DAY - timedelta(days=7)):
        remind(organiser, cast)
        print_the_sheet(organiser)
    with organiser.on(DAY):
        receive_people(organiser, cast)
    with organiser.on(DAY + timedelta(days=3)):
        count(organiser, cast)
        publish_what_was_said(organiser, cast)
        thank(organiser, cast)


def begin_the_cycle(organiser: Organiser, cast: Cast) -> None:
    """A cycle with its calendar, two themes, and the usual rules of its meetings."""
    organiser.enter(cast.salma)
    organiser.go("/manage/cycles/new")
    organiser.say(title="خطة 2027", code="2027", starts_on="2026-03-01", ends_on="2028-12-31")
    organiser.say(meetings_opens_on="2026-03-01", meetings_closes_on="2026-12-31")
    organiser.send()
    for theme in THEMES:
        organiser.go("/manage/cycles/2027/themes")
        organiser.say(name=theme)
        organiser.send("main form.panel")
    organiser.look("themes")
    organiser.follow("/manage/meetings/rules/2027")
    organiser.send("form[action$='/usual']")
    organiser.look("rules")


def draft_the_meeting(organiser: Organiser, cast: Cast) -> None:
    """A window that breaks a rule of the cycle is refused with the rule; mended, it is taken."""
    organiser.go("/manage/meetings/new")
    organiser.say(title="لقاء فاس", city="فاس", venue="دار الجمعيات", reference="FM1", places=2)
    organiser.say(starts_at="2026-05-12T09:00", ends_at="2026-05-12T15:00")
    organiser.say(registration_opens_at="2026-04-25T09:00", registration_closes_at="2026-05-02T18:00")
    organiser.page.locator("main form details.more > summary").click()
    organiser.say(how_to_come="الحافلة رقم 9", themes_reason="اختارتها جمعيات الجهة")
    organiser.tick(region_codes="03", attendance="in_person")
    organiser.choose(coordinating_association_id=cast.association.id)
    cycle = organiser.page.locator("main [name=cycle]")
    cycle.select_option(
        index=next(
            n
            for n, option in enumerate(cycle.locator("option").all())
            if "2027" in (option.text_content() or "")
        )
    )
    for theme in THEMES:
        organiser.page.get_by_label(theme).check()
    organiser.page.locator("main form [type=submit]").last.click()
    expect(organiser.page.locator("#errors")).to_contain_text("15")
    organiser.look("rule-broken")
    organiser.say(registration_opens_at="2026-04-10T09:00", registration_closes_at="2026-05-04T18:00")
    organiser.send()
    organiser.page.wait_for_url("**/manage/meetings/FM1")


def entrust_it(organiser: Organiser, cast: Cast) -> None:
    """The administrator makes a member of the coordinating association its coordinator."""
    organiser.enter(cast.amal)
    organiser.go("/manage/accounts/invite")
    organiser.say(email=cast.karim.email, name="Karim")
    organiser.choose(role="coordinator", reference="FM1", language=organiser.code)
    organiser.send()
    organiser.look("accounts")


def plan(organiser: Organiser, cast: Cast) -> None:
    """Partners, the committee, two rooms, and what has to be done by when."""
    organiser.enter(cast.karim)
    organiser.go("/manage/meetings")
    organiser.follow("/manage/meetings/FM1")
    organiser.add("/organisers/new", {"kind": "partner"}, name="مؤسسة داعمة")
    organiser.add("/committee/new", name="سعاد", task="الاستقبال", contact="0612345678")
    for hall, seats in HALLS.items():
        organiser.add("/rooms/new", name=hall, seats=seats, equipment="سبورة، عارض")
    organiser.sees("مؤسسة داعمة", "سعاد", *HALLS)
    organiser.look("planning")
    organiser.to("/checklist")
    organiser.look("checklist-draft")


def write_the_programme(organiser: Organiser) -> None:
    """An opening, two parallel workshops; a hall cannot hold two things at once; then the order changes."""
    organiser.add(
        "/programme/new",
        starts_at="2026-05-12T09:00",
        ends_at="2026-05-12T10:00",
        title="الافتتاح",
        speaker="رئيسة الجمعية",
    )
    for theme, hall in zip(THEMES, [next(iter(HALLS))] * 2, strict=True):
        organiser.to("/programme/new")
        organiser.say(starts_at="2026-05-12T10:30", ends_at="2026-05-12T12:30")
        organiser.choose_by_words(workshop_id=theme, room_id=hall)
        organiser.page.locator("main form [type=submit]").last.click()
    expect(organiser.page.locator("#errors")).to_be_visible()
    organiser.look("programme-overlap")
    organiser.choose_by_words(room_id=list(HALLS)[1])
    organiser.send()
    organiser.add(
        "/programme/new", starts_at="2026-05-12T14:00", ends_at="2026-05-12T15:00", title="الخلاصات"
    )
    organiser.look("programme")
    organiser.page.locator(".slot-move").last.locator("button[value='-1']").click()
    organiser.reads("الافتتاح", "الخلاصات", *THEMES)
    organiser.page.locator(".slot-move").nth(1).locator("button[value='1']").click()
    organiser.reads("الافتتاح", *THEMES, "الخلاصات")


def prepare_the_form(organiser: Organiser) -> None:
    """A question of the organiser, and a place kept for women until a day."""
    organiser.add("/questions/new", {"asks": "text"}, label="من أين تأتون؟")
    organiser.look("questions")
    organiser.add("/kept-places", places=1, reason="نصف الجمعيات تقودها نساء", release_on="2026-04-20")
    organiser.sees("نصف الجمعيات تقودها نساء")
    organiser.look("kept-places")


def offer_help(organiser: Organiser, cast: Cast) -> None:
    """Nights and tickets with published weights."""
    organiser.to("/support/offer")
    organiser.page.locator("main select[name=province_code]").select_option(index=1)
    organiser.say(
        closes_on="2026-04-30",
        nights=4,
        tickets=6,
        night_cost=300,
        ticket_cost=120,
        weight_distance=5,
        weight_rural=3,
    )
    organiser.send()
    organiser.look("support-offer")


def announce(organiser: Organiser) -> None:
    organiser.to()
    organiser.look("draft")
    organiser.send("form[action$='/announce']")
    organiser.to("/checklist")
    organiser.look("checklist")
    organiser.page.locator("form[action*='/checklist/'] [type=submit]").first.click()
    organiser.add("/outreach", audience="جمعيات الجهة", reached=120, on="2026-03-10")
    organiser.sees("جمعيات الجهة")
    organiser.look("outreach")


def invite(organiser: Organiser, cast: Cast) -> None:
    """A council from the directory; a speaker whom the secretariat validates, and who sends somebody else."""
    organiser.to("/invitations/councils")
    organiser.page.locator("main [name=chosen]").first.check()
    organiser.send()
    organiser.add("/invitations/new", {"kind": "speaker"}, name="الأستاذة مريم", role="مداخلة", email=SPEAKER)
    organiser.look("invitations-proposed")
    organiser.enter(cast.salma)
    organiser.to("/invitations")
    organiser.send("form[action$='/validate']")
    organiser.enter(cast.karim)
    organiser.to("/invitations")
    organiser.send("form[action$='/send']")
    letter = organiser.letters()[SPEAKER]
    organiser.enter(None)
    organiser.follow_letter(letter, "/invitations/")
    organiser.look("invitation")
    organiser.tick(answer="delegated")
    organiser.say(delegate="الأستاذ كمال", delegate_email=DELEGATE)
    organiser.send()
    organiser.enter(cast.karim)
    organiser.to("/invitations")
    organiser.sees("الأستاذ كمال")
    assert set(organiser.letters()) == {DELEGATE}
    organiser.look("invitations")


def people_register(organiser: Organiser) -> None:
    """Nadia takes the place kept for women; Youssef the other; Sanaa and Omar wait."""
    organiser.enter(None)
    organiser.go("/meetings/FM1")
    organiser.look("meeting")
    for name, address in (("ناديا", NADIA), ("يوسف", YOUSSEF), ("سناء", SANAA), ("عمر", OMAR)):
        organiser.go("/meetings/FM1/register")
        organiser.say(name=name, email=address)
        organiser.choose(capacity="citizen")
        if name == "ناديا":
            organiser.look("register")
            organiser.page.locator("main [name=claims][value=women]").check()
        organiser.page.locator("[name=consent]").check()
        organiser.send()
        organiser.look(f"receipt-{address[:4]}")
    letters = organiser.letters()
    assert set(letters) == {NADIA, YOUSSEF, SANAA, OMAR}
    own = []
    for address in (NADIA, YOUSSEF, SANAA, OMAR):
        organiser.follow_letter(letters[address], "/registrations/confirm/")
        organiser.look(f"confirm-{address[:4]}")
        organiser.send()
        own.append(organiser.page.url)
        organiser.look(f"confirmed-{address[:4]}")
    organiser.nadia, organiser.youssef = own[:2]
    assert set(organiser.letters()) == {NADIA, YOUSSEF, SANAA, OMAR}


def a_place_goes_on(organiser: Organiser) -> None:
    """Youssef cannot come: Sanaa, the first who waits, is asked by mail and takes the place."""
    organiser.page.goto(organiser.youssef)
    organiser.send("form[action$='/cancel']")
    letter = organiser.letters()[SANAA]
    organiser.follow_letter(letter, "/registrations/")
    organiser.look("offered")
    organiser.send("form[action$='/accept']")
    organiser.look("accepted")


def help_is_granted(organiser: Organiser, cast: Cast) -> None:
    organiser.page.goto(organiser.nadia)
    organiser.follow("/support")
    organiser.page.locator("main select[name=province]").select_option(index=3)
    organiser.say(nights=1, tickets=2, sentence="أسكن بعيدا عن فاس")
    organiser.look("support-ask")
    organiser.send()
    organiser.enter(cast.karim)
    organiser.to("/support")
    organiser.look("support-requests")
    organiser.page.locator("main [name=chosen]").check()
    with organiser.page.expect_navigation():
        organiser.page.locator("main [name=act][value=grant]").click()
    assert NADIA in organiser.letters()
    organiser.page.goto(organiser.nadia)
    organiser.look("support-answer")


def remind(organiser: Organiser, cast: Cast) -> None:
    """Everyone who has a place is reminded once."""
    assert {NADIA, SANAA} <= set(organiser.letters())
    assert not set(organiser.letters()) & {NADIA, SANAA}
    organiser.enter(cast.karim)
    organiser.to("/communication")
    organiser.look("communication")


def print_the_sheet(organiser: Organiser) -> None:
    organiser.to("/attendance")
    organiser.look("attendance-before")
    for link in ("attendance.pdf", "badges.pdf"):
        assert organiser.fetch(link).startswith(b"%PDF-")


def receive_people(organiser: Organiser, cast: Cast) -> None:
    """Nadia is found by three letters; Ilham walks in, and a chair is found for her."""
    organiser.enter(cast.karim)
    organiser.to("/door")
    organiser.page.locator("#door.is-ready").wait_for()
    organiser.page.locator("#q").fill("ناد")
    organiser.page.locator("[data-found] button").first.click()
    expect(organiser.page.locator("[data-present]")).to_have_text("1")
    organiser.page.locator("details.door-walk-in summary").click()
    organiser.say(name="إلهام")
    organiser.page.locator("[name=seat_found]").check()
    organiser.page.locator("[data-walk-in] [type=submit]").click()
    expect(organiser.page.locator("[data-present]")).to_have_text("2")
    organiser.look("door")


def count(organiser: Organiser, cast: Cast) -> None:
    """Sanaa signed the sheet on paper; then three people were present."""
    organiser.enter(cast.karim)
    organiser.to("/attendance")
    organiser.page.get_by_label("سناء").check()
    organiser.send()
    organiser.look("attendance")
    organiser.to("/statistics")
    organiser.look("statistics")
    organiser.go("/meetings/FM1/statistics")
    organiser.look("statistics-public")


def publish_what_was_said(organiser: Organiser, cast: Cast) -> None:
    organiser.enter(cast.salma)
    organiser.go("/manage/workshops/FM1/import")
    sheet = {"name": "outputs.xlsx", "mimeType": "application/zip", "buffer": xlsx(OUTPUTS)}
    organiser.page.locator("[name=file]").set_input_files(sheet)  # type: ignore[arg-type]
    organiser.send()
    organiser.page.locator("main button[value=import]").click()
    organiser.page.wait_for_url("**/manage/workshops")
    organiser.go("/manage/workshops/FM1/1")
    organiser.send("form[action$='/publish']")


def thank(organiser: Organiser, cast: Cast) -> None:
    """Who came is thanked, and the mail leads to the sentence said at the table."""
    organiser.enter(cast.karim)
    organiser.to("/communication")
    organiser.send("form[action$='/thank']")
    letters = organiser.letters()
    assert {NADIA, SANAA} <= set(letters)
    assert not {YOUSSEF, OMAR} & set(letters)
    organiser.to("/communication")
    organiser.look("thanked")
    organiser.enter(None)
    organiser.follow_letter(letters[NADIA], "FM1")
    organiser.look("outputs")
    organiser.sees(OUTPUTS[1][-1])
