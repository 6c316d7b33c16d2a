"""A form kept for later: by link, without an account, for a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from cocreation.app import CHORES
from cocreation.core import clock
from cocreation.core.chores import Round
from cocreation.core.database import session
from cocreation.cycles.models import Phase, PhasePeriod
from cocreation.submission.forms.idea import TOO_LONG
from cocreation.submission.models import Draft
from cocreation.submission.services import drafts
from tests.forms import fill, press
from tests.html import texts
from tests.senders import SENTENCE, ideas, link
from tests.words import errors, says

NEW = "/en/ideas/new"


@pytest.fixture
def keep(cast, client):
    """Keep what is typed; the address of the draft."""

    def fill_in(**fields):
        answer = fill(client, NEW, **{"proposal": SENTENCE, **fields}, act="keep")
        assert answer.location.endswith("/link"), answer.text
        return answer.location.removesuffix("/link")

    return fill_in


def kept() -> list[Draft]:
    session.remove()
    rows = list(session.scalars(select(Draft)))
    session.expunge_all()
    return rows


def test_half_a_form_is_kept_and_opens_as_it_was_left(cast, client, keep):
    draft = keep(
        email="not yet whol", kind="association", theme=str(cast.access.id), region="02", is_named="y"
    )
    page = client.get(f"{draft}/link")
    assert draft in page.text
    assert "<svg" in page.text
    form = client.get(draft).text
    assert SENTENCE in form
    assert 'value="not yet whol"' in form
    assert 'value="02" selected' in form.replace('selected value="02"', 'value="02" selected')
    assert not ideas()


def test_kept_again_is_the_same_draft(cast, client, keep):
    draft = keep()
    again = fill(client, draft, proposal="Autre chose", act="keep")
    assert again.location == f"{draft}/link"
    assert [draft.content["proposal"] for draft in kept()] == ["Autre chose"]


def test_confirming_the_idea_ends_the_draft(cast, client, keep, mails):
    draft = keep()
    assert fill(client, draft, email="a@b.org", consent="y").location == "/en/ideas/sent"
    assert [idea.proposal for idea in ideas()] == [SENTENCE]
    assert kept()  # the address may be mistyped, and the words would be nowhere
    confirm = link(mails()[0], "confirm")
    press(client, confirm, confirm)
    assert not kept()
    assert client.get(draft).status_code == client.get(f"{draft}/link").status_code == 404


def test_a_refused_sending_leaves_it(cast, client, keep):
    draft = keep()
    assert fill(client, draft, email="nobody", consent="y").status_code == 422
    assert client.get(draft).status_code == 200


def test_no_consent_is_kept(cast, client, keep):
    keep(consent="y", email="a@b.org")
    assert set(kept()[0].content) == {"proposal", "email", "kind"}


def test_what_is_too_long_is_said_not_cut(cast, client):
    answer = fill(client, NEW, proposal="x" * 5001, act="keep")
    assert answer.status_code == 422
    assert errors(answer) == {"proposal"}
    assert says(answer, TOO_LONG, max=5000)
    assert "x" * 5001 in answer.text
    assert not kept()


def test_the_link_is_mailed_without_the_words_once_a_day(cast, client, keep, mails):
    draft = keep(email="a@b.org")
    for _ in range(2):
        answer = fill(client, f"{draft}/link", email="a@b.org")
        assert answer.location == f"{draft}/link"
    [notice] = texts(client.get(f"{draft}/link").text, ".flash")
    assert "a@b.org" in notice
    [mail] = mails()
    assert link(mail, "drafts") == draft
    assert SENTENCE not in mail
    assert fill(client, f"{draft}/link", email="nobody").status_code == 422


def test_a_draft_while_intake_is_closed_still_shows_its_words(cast, client, keep):
    draft = keep()
    session.execute(
        update(PhasePeriod).where(PhasePeriod.phase == Phase.INTAKE).values(closes_on=date(2026, 3, 9))
    )
    session.commit()
    page = client.get(draft)
    assert page.status_code == 200
    assert 'name="proposal"' not in page.text
    assert SENTENCE in page.text


def test_a_draft_nobody_came_back_to_is_gone_after_a_month(cast, client, keep, now):
    draft = keep()
    with clock.frozen(now + timedelta(days=20)):
        fill(client, draft, proposal="Encore", act="keep")
    assert drafts.sweep(now + timedelta(days=49)) == 0
    with clock.frozen(now + timedelta(days=50)):
        Round(CHORES).look()
    assert not kept()


def test_erasing_an_address_erases_its_drafts(cast, client, keep, app):
    keep(email="Nadia@example.org")
    keep(email="other@example.org")
    app.test_cli_runner().invoke(args=["data", "erase", "nadia@example.org", "--yes"], catch_exceptions=False)
    assert [draft.content["email"] for draft in kept()] == ["other@example.org"]


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "x", "link"])
def test_a_wrong_link_opens_nothing(cast, client, code):
    assert client.get(f"/en/ideas/drafts/{code}").status_code == 404
    assert client.get(f"/en/ideas/drafts/{code}/link").status_code == 404
