"""The two forms that everyone may send: with the keyboard alone, and without JavaScript."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.places.models.answers import WorkshopWish
from cocreation.places.models.registration import Registration, RegistrationState
from tests.browsers import PHONE, phone

MEETING, REGISTER, SEND = "/ar/meetings/OR1", "/ar/meetings/OR1/register", "/ar/ideas/new"
# A telephone in a village: bytes a second each way, milliseconds until an answer begins.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
FOCUSED = """() => {
    const { name = "", type = "", tagName: tag, outerHTML: html, pathname = "" } = document.activeElement;
    const seen = [document.activeElement, document.activeElement.closest("label")].some((element) => {
        const { outlineStyle, outlineWidth } = element ? getComputedStyle(element) : {};
        return element && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    return { name, type, tag, html, pathname, seen };
}"""

# What is tried is the browser's; the databases have been tried elsewhere.
pytestmark = [
    pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("cast"),
]


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


class Keyboard:
    """Somebody who has no mouse and wants to see where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab(self) -> dict[str, str]:
        """To the next thing; what it is."""
        self.page.keyboard.press("Tab")
        focused: dict[str, str] = self.page.evaluate(FOCUSED)
        assert focused["seen"], f"nobody sees that {focused['html']} has the focus"
        return focused

    def to(self, **wanted: str) -> None:
        """On to the next thing that has these properties."""
        passed = []
        for _ in range(60):
            focused = self.tab()
            if wanted.items() <= focused.items():
                return
            passed.append(focused["name"] or focused["tag"])
        raise AssertionError(f"no way to {wanted} with the keyboard: {passed}")

    def type(self, name: str, words: str) -> None:
        self.to(name=name)
        self.page.keyboard.type(words)

    def go_on(self) -> None:
        """Press the button that leads to the next question."""
        while "data-next" not in self.tab()["html"]:
            pass
        self.page.keyboard.press("Enter")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


def test_a_registration_with_the_keyboard_alone(keyboard, page):
    page.goto(REGISTER)
    assert keyboard.tab()["html"].startswith('<a class="skip"')
    keyboard.press("Enter")
    keyboard.type("name", "نادية")
    keyboard.type("email", "nadia@example.org")
    keyboard.to(name="capacity")
    keyboard.press("ArrowDown")
    keyboard.to(tag="SUMMARY")
    keyboard.press("Enter")
    keyboard.to(name="workshop")
    keyboard.press("ArrowDown")
    keyboard.to(name="consent")
    keyboard.press("Space")
    keyboard.to(type="submit")
    keyboard.press("Enter")
    expect(page.locator(".receipt")).to_be_visible()
    registration = session.query(Registration).one()
    assert (registration.name, registration.email, registration.state) == (
        "نادية",
        "nadia@example.org",
        RegistrationState.OFFERED,
    )
    assert session.query(WorkshopWish).count() == 1, "given with the confirmation"


@pytest.mark.words  # which are measured with the page
def test_from_the_page_of_a_meeting_to_the_receipt_on_a_slow_network(keyboard, page):
    """What must be said is one screen of a phone; two pages and little else come over the air."""
    page.goto(MEETING)  # what every page needs is on the phone from here on
    network = page.context.new_cdp_session(page)
    arrived: list[float] = []
    network.on("Network.loadingFinished", lambda event: arrived.append(event["encodedDataLength"]))
    documents: list[str] = []
    page.on(
        "request",
        lambda request: documents.append(request.method) if request.is_navigation_request() else None,
    )
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    began = time.perf_counter()
    keyboard.to(tag="A", pathname=REGISTER)
    keyboard.press("Enter")
    page.wait_for_url(f"**{REGISTER}")
    first, last = (
        page.locator(f"main {selector}").bounding_box() for selector in ("#name", "form [type=submit]")
    )
    assert first
    assert last
    assert last["y"] + last["height"] - first["y"] <= PHONE["height"]
    keyboard.type("name", "نادية")
    keyboard.type("email", "nadia@example.org")
    keyboard.to(name="capacity")
    keyboard.press("ArrowDown")
    keyboard.to(name="consent")
    keyboard.press("Space")
    keyboard.to(type="submit")
    keyboard.press("Enter")
    expect(page.locator(".receipt")).to_be_visible(timeout=30_000)
    print(f"on a slow network in {time.perf_counter() - began:.1f} s, {sum(arrived) / 1024:.1f} KB")
    assert documents == ["GET", "POST", "GET"]  # the form, what was sent, the receipt it leads to
    assert sum(arrived) <= 25_000


def test_an_idea_with_the_keyboard_alone(keyboard, page):
    page.goto(SEND)
    keyboard.type("proposal", "نشر لائحة المشاريع")
    for focused in ("problem", "expected_result", "theme"):
        keyboard.go_on()
        expect(page.locator(f"[name={focused}]")).to_be_focused()
    keyboard.press("ArrowDown")
    keyboard.go_on()
    keyboard.go_on()
    keyboard.press("ArrowDown")  # an association
    keyboard.type("name", "جمعية الجسر")
    keyboard.type("email", "bridge@example.org")
    keyboard.press("Enter")
    keyboard.to(name="consent")
    keyboard.press("Space")
    keyboard.to(type="submit")
    keyboard.press("Enter")
    page.wait_for_url("**/ideas/sent")
    sent = session.query(Idea).one()
    assert (sent.proposal, sent.state) == ("نشر لائحة المشاريع", IdeaState.UNCONFIRMED)
    assert sent.theme_id


def test_mistakes_are_read_out_first_and_lead_to_their_fields(keyboard, page):
    page.goto(REGISTER)
    page.locator("main form [type=submit]").press("Enter")
    errors = page.locator("#errors")
    expect(errors).to_be_focused()
    links = errors.get_by_role("link").all()
    fields = {"name": "name", "email": "email", "capacity": "capacity", "consent": "consent"}
    assert [link.get_attribute("href") for link in links] == [f"#{field}" for field in fields]
    for link, name in zip(links, fields.values(), strict=True):
        link.press("Enter")
        assert page.evaluate(FOCUSED)["name"] == name
    errors.focus()
    keyboard.tab()
    keyboard.press("Enter")
    page.keyboard.type("ليلى")
    expect(page.locator("#name")).to_have_value("ليلى")


@pytest.fixture
def plain(browser, live_server):
    """A phone's page without JavaScript."""
    with phone(browser, live_server, java_script_enabled=False) as context:
        yield context.new_page()


def test_a_registration_without_javascript(plain):
    plain.goto("/ar/meetings/OR1")
    plain.locator("main a[href$='/register']").click()
    plain.locator("[name=name]").fill("نادية")
    plain.locator("main form [type=submit]").click()
    expect(plain.locator("#errors")).to_be_visible()
    expect(plain.locator("[name=name]")).to_have_value("نادية")
    plain.locator("[name=phone]").fill("0612345678")
    plain.locator("[name=capacity]").select_option("citizen")
    plain.locator("[name=consent]").check()
    plain.locator("main form [type=submit]").click()
    expect(plain.locator(".receipt")).to_have_text(session.query(Registration).one().receipt)


def test_an_idea_without_javascript(plain):
    plain.goto("/ar/")
    plain.locator("main a[href$='/ideas/new']").first.click()
    plain.locator("[name=proposal]").fill("نشر لائحة المشاريع")
    plain.locator("[name=email]").fill("citizen@example.org")
    plain.locator("[name=consent]").check()
    plain.locator("main form .button[type=submit]:not([name])").click()
    plain.wait_for_url("**/ideas/sent")
    receipt = session.query(Idea).one().receipt
    session.remove()
    plain.goto(f"/ar/ideas/confirm/{receipt}")
    plain.locator("main form [type=submit]").click()
    expect(plain.locator(".receipt")).to_have_text(receipt)
    assert session.query(Idea).one().state is IdeaState.RECEIVED
