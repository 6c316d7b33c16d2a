"""Every kind of step is told on the page of its idea (`ideas.chain.steps.STEPS`)."""

from __future__ import annotations

import pytest

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.ideas.models.idea import StepKind
from cocreation.ideas.services.steps import record_step
from tests.senders import write


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_kind_of_step_is_told_on_the_page_of_its_idea(cast, client, kind):
    [idea] = write(cast)
    before = client.get(f"/en/ideas/{idea.reference}").text.count('class="link-done"')
    record_step(idea, kind, at=clock.now())
    session.commit()
    page = client.get(f"/en/ideas/{idea.reference}")
    assert page.status_code == 200, f"say in cocreation/ideas/chain/steps.py how {kind} is told"
    assert page.text.count('class="link-done"') == before + 1
