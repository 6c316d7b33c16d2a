"""The page of an idea in a browser, and the form with its proof of work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.ideas.services import steps
from cocreation.languages.i18n import LANGUAGES
from cocreation.reasons.models import Fate, Reason
from tests.browsers import go_on
from tests.cast import T
from tests.senders import SENTENCE, ideas, write


@pytest.fixture
def settled(cast):
    """An idea included in a commitment, with every step."""
    write(cast, proposal=SENTENCE, language="ar", region_code="02", theme_id=cast.access.id)
    idea, now = session.get_one(Idea, 1), clock.now()
    words = {"reason": Reason.FITS_THE_PLAN, "text": T("ستنشر القرارات", "Elles seront publiées")}
    body = {"institution_id": cast.ministry.id}
    steps.record_step(idea, StepKind.SCREENED, at=now, outcome=IdeaState.ACCEPTED)
    steps.record_step(idea, StepKind.REFERRED, at=now, due_on=now.date(), **body)
    steps.record_step(idea, StepKind.ANSWERED, at=now, **body)
    steps.record_step(idea, StepKind.FATE, at=now, outcome=Fate.INCLUDED, **body, **words)
    idea.state, idea.fate, idea.fate_at = IdeaState.PUBLISHED, Fate.INCLUDED, now
    idea.reason, idea.reason_text = words["reason"], words["text"]
    idea.institution_id, idea.commitment_id = cast.ministry.id, cast.commitment.id
    session.commit()
    session.remove()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_chain_in_four_languages(settled, client, lang):
    page = client.get(f"/{lang}/ideas/2026-1").text
    assert f'<html lang="{lang}"' in page
    assert f'<p lang="ar" dir="rtl">{SENTENCE}' in page  # the sentence stays in its own language
    chain = page[page.index('<ol class="chain"') :]
    assert chain.count('<li class="link-done"') == 6
    assert chain.count('<li class="link-fate"') == 1
    assert 'class="link-ahead"' not in chain
    assert f"/{lang}/plan/commitments/2026-C01" in chain
    assert ("ستنشر القرارات" if lang == "ar" else "Elles seront publiées") in chain


def test_a_stable_address_that_others_can_show(settled, client):
    page = client.get("/fr/ideas/2026-1").text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/fr/ideas/2026-1">' in page
    assert re.search(r'<meta name="description" property="og:description" content="[^"]*المجلس', page)
    assert 'class="qr"' in page
    assert client.get("/fr/ideas/2026-999").status_code == 404
    assert len(page.encode()) < 20_000


def test_what_comes_next_is_shown_hollow(cast, client):
    write(cast)
    write(cast, state=IdeaState.ACCEPTED)
    write(cast, state=IdeaState.NOT_ACCEPTED)
    ahead = [client.get(f"/fr/ideas/2026-{n}").text.count('class="link-ahead"') for n in (1, 2, 3)]
    assert ahead == [3, 2, 1]


def test_the_form_works_for_its_right_to_send(cast, page: Page):
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    page.goto("/en/ideas/new")
    page.locator("[name=proposal]").fill(SENTENCE)
    go_on(page, 5)
    page.locator("[name=email]").fill("nadia@example.org")
    go_on(page)
    page.locator("[name=consent]").check()
    page.locator("[data-screen]:visible button[type=submit]").click()
    page.wait_for_url("**/ideas/sent")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert re.search(r'name="altcha"\s+[A-Za-z0-9+/]{200}', sent[-1])
    [idea] = ideas()
    assert idea.proposal == SENTENCE
    page.goto("/en/ideas/new")
    left = page.locator("[name=proposal]").input_value()
    assert left == SENTENCE, "the draft stays until the address is confirmed"


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_nothing_sticks_out_of_a_phone(settled, page: Page, lang):
    for path in ("ideas", "ideas/new", "ideas/2026-1", "receipts", "ideas/sent"):
        page.goto(f"/{lang}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        page.add_script_tag(url="/static/vendor/axe.min.js")
        faults = page.evaluate(
            "axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.target)))"
        )
        assert faults == [], path
