"""The bundle of an institution on paper, for whoever signs it."""

from __future__ import annotations

import pytest

from cocreation.accounts.models import Grant, Role
from cocreation.core.database import session
from tests.cast import THEN
from tests.desk import BUNDLE
from tests.forms import fill
from tests.html import hrefs, texts
from tests.study.institutions import another, answered, sent

PAPER = "/en/manage/dispositions/papers"


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def test_it_holds_every_idea_with_its_answer_its_draft_or_room_to_write(cast, farid):
    first, _second, _third = sent(cast, 3)
    answered(cast, first)
    fill(farid, f"{BUNDLE}/2026-2/ministry", **{"reason_text-fr": "À moitié"}, act="keep")
    fill(farid, f"{BUNDLE}/2026-3/ministry", outcome="deferred/lacks_time", act="keep")
    assert any(link.endswith("/papers") for link in hrefs(farid.get(BUNDLE).text, ".head a"))
    page = farid.get(PAPER).text
    answers = texts(page, "section.signed td")
    assert len(texts(page, "section.signed tbody tr")) == 3
    assert "Voilà" in answers[0]
    assert "…" not in answers[0]
    assert "À moitié" in answers[1]
    assert "…" in answers[1]
    drafts = [bool(texts(page, f"tbody tr:nth-child({n}) td strong")) for n in (1, 2, 3)]
    assert drafts == [False, True, True]
    assert len(texts(page, "section.signed dl dt")) == 2, "where to sign"


def test_each_institution_has_a_sheet_of_its_own_and_no_other_sees_it(cast):
    nora = another(Role.FOCAL_POINT, "Nora", cast.ministry.id)
    session.add(Grant(person_id=nora.id, role=Role.FOCAL_POINT, scope_id=cast.finance.id, granted_at=THEN))
    session.commit()
    sent(cast, 1, cast.ministry)
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    assert nadia.get(PAPER).status_code == 404
    sent(cast, 1, cast.finance)
    assert len(texts(nadia.get(PAPER).text, "section.signed")) == 1
    assert len(texts(cast.visitor(nora).get(PAPER).text, "section.signed")) == 2


def test_it_is_of_one_cycle(cast, farid):
    sent(cast)
    assert farid.get(f"{PAPER}/{cast.cycle.code}").status_code == 200
    assert farid.get(f"{PAPER}/unknown").status_code == 404
