"""An author contests a published fate: once, in time, in public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.models.dialogue import Appeal, Hearing
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.ideas.refusals import FateAlreadyContested, NothingToContest, TooLateToContest
from cocreation.ledger.models import RegisterEntry
from cocreation.reasons.models import Fate, Reason
from tests.cast import THEN, T
from tests.forms import csrf_token, fill, press
from tests.html import texts
from tests.senders import write
from tests.words import says

WORDS = "Le délai n'est pas un obstacle : la loi fixe déjà trente jours."
UNTIL = (THEN + timedelta(days=30)).date()


@pytest.fixture
def receipt(cast) -> str:
    """The receipt of an idea whose fate is published and may be contested until 9 April."""
    fate = {"fate": Fate.NOT_INCLUDED, "reason": Reason.LACKS_TIME, "reason_text": T("الوقت", "Le temps")}
    published = Step(kind=StepKind.FATE, at=THEN, outcome=Fate.NOT_INCLUDED, reason=Reason.LACKS_TIME)
    [idea] = write(
        cast, state=IdeaState.PUBLISHED, fate_at=THEN, appeal_until=UNTIL, steps=[published], **fate
    )
    return f"/en/receipts/{idea.receipt}"


def contest(client, receipt: str, words: str = WORDS):
    data = {"reasons": words, "csrf_token": csrf_token(client)}
    return client.post(f"{receipt}/appeal", data=data)


def appeals() -> list[str]:
    session.remove()
    return list(session.scalars(select(Appeal.text)))


def test_the_author_contests_and_everyone_reads_it(receipt, client, mails):
    [notice] = texts(client.get(receipt).text, ".notice")
    assert "9 April 2026" in notice
    assert fill(client, receipt, reasons=WORDS).location == receipt
    page = client.get(receipt).text
    assert texts(page, "#appeal .state-waiting")
    assert "<textarea" not in page
    answer = client.get("/en/ideas/2026-1")
    public = answer.text
    assert says(answer, STEPS[StepKind.APPEALED].sentence)
    assert "la loi fixe déjà trente jours" in public
    assert public.count('class="link-ahead"') == 1, "the answer to it is still to come"
    assert mails() == []


def test_the_register_seals_the_words(receipt, client):
    contest(client, receipt)
    [entry] = session.scalars(select(RegisterEntry.content))
    assert '"action":"appealed"' in entry
    assert '"subject":"2026-1"' in entry
    assert "trente" not in entry


def test_once(receipt, client):
    contest(client, receipt)
    refused = contest(client, receipt, "And another thing")
    assert refused.status_code == 409
    assert says(refused, FateAlreadyContested)
    assert "And another thing" in refused.text
    assert appeals() == [WORDS]


def test_the_same_words_twice_are_one_appeal(receipt, client):
    assert [contest(client, receipt).status_code for _ in range(2)] == [302, 302]
    assert appeals() == [WORDS]
    assert len(session.scalars(select(Step).where(Step.kind == StepKind.APPEALED)).all()) == 1


def test_the_last_day_counts_and_the_day_after_is_too_late(receipt, client):
    with clock.frozen(THEN + timedelta(days=31)):
        refused = contest(client, receipt)
        assert refused.status_code == 409
        assert says(refused, TooLateToContest, day=UNTIL)
        assert "trente jours" in refused.text, "what was typed is kept"
        page = client.get(receipt).text
        assert "<textarea" not in page
        assert ["9 April 2026" in text for text in texts(page, "#appeal > p")] == [True]
    assert appeals() == []
    with clock.frozen(THEN + timedelta(days=30, hours=12)):
        assert contest(client, receipt).status_code == 302


@pytest.mark.parametrize(
    "state",
    [IdeaState.RECEIVED, IdeaState.ASKED, IdeaState.ACCEPTED, IdeaState.NOT_ACCEPTED, IdeaState.REFERRED],
)
def test_before_its_fate_is_published_there_is_nothing_to_contest(cast, client, state):
    [idea] = write(cast, state=state)
    receipt = f"/en/receipts/{idea.receipt}"
    assert 'id="appeal"' not in client.get(receipt).text
    refused = contest(client, receipt)
    assert refused.status_code == 409
    assert says(refused, NothingToContest)
    assert appeals() == []


def test_a_withdrawn_idea_is_not_contested(cast, client):
    [idea] = write(cast)
    receipt = f"/en/receipts/{idea.receipt}"
    press(client, receipt, "/withdraw")
    assert contest(client, receipt).status_code == 409
    assert appeals() == []


def test_a_fate_without_a_day_to_contest_it_is_final(receipt, client):
    session.scalars(select(Idea)).one().appeal_until = None
    session.commit()
    session.remove()
    assert 'id="appeal"' not in client.get(receipt).text
    assert contest(client, receipt).status_code == 409


def test_empty_reasons_are_none(receipt, client):
    refused = contest(client, receipt, "  ")
    assert refused.status_code == 422
    assert appeals() == []


def test_another_secret_opens_nothing(receipt, client):
    assert contest(client, "/en/receipts/AAAA-AAAA-AAAA-AAAA").status_code == 404
    assert appeals() == []


def test_the_outcome_and_its_reason_are_read_on_both_pages(receipt, client, cast):
    contest(client, receipt)
    filed = session.get_one(Appeal, 1)
    filed.outcome, filed.reason_text = Hearing.DISMISSED, T("الأجل", "Le délai tient")
    filed.heard_by, filed.heard_at = cast.amal.id, THEN + timedelta(days=3)
    heard = {"outcome": "dismissed", "text": filed.reason_text}
    session.add(Step(idea_id=1, kind=StepKind.HEARD, at=filed.heard_at, **heard))
    session.commit()
    session.remove()
    for path in (receipt, "/en/ideas/2026-1"):
        page = client.get(path)
        assert "Le délai tient" in page.text
        assert says(page, Hearing.DISMISSED.label)
        assert 'class="link-ahead"' not in page.text
    assert "Amal" not in page.text


def test_the_words_of_a_hidden_idea_are_not_told_by_its_appeal(receipt, client):
    contest(client, receipt)
    session.get_one(Idea, 1).hidden_at = THEN
    session.commit()
    session.remove()
    page = client.get("/en/ideas/2026-1")
    assert says(page, STEPS[StepKind.APPEALED].sentence)
    assert "trente jours" not in page.text
