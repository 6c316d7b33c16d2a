"""What awaits a member of the staff: their desks and no others, with what waits on each."""

import pytest

from cocreation.accounts.models import Role
from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from tests.html import numbers, texts
from tests.senders import write

MINE = {
    Role.ADMINISTRATOR: ["screening", "accounts", "associations"],
    Role.SECRETARIAT: ["screening", "referrals", "batches", "enter", "associations"],
    Role.COORDINATOR: ["meetings", "workshops"],
    Role.FACILITATOR: ["workshops"],
    Role.FOCAL_POINT: ["bundle"],
    Role.COLLEAGUE: ["bundle"],
    Role.COMMITTEE_MEMBER: ["batches"],
    Role.PROJECT_LEAD: [],
}


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_desks_and_every_one_opens(cast, role):
    visitor = cast.visitor(cast.staff[role])
    links = visitor.get("/en/desk").text.split("<main")[1].split("</main>")[0].split('href="')[1:]
    desks = [link.split('"')[0] for link in links if link.startswith("/en/manage/")]
    assert {path.rsplit("/", 1)[1] for path in desks} >= set(MINE[role])
    assert bool(desks) == bool(MINE[role])
    for path in desks:
        assert visitor.get(path).status_code == 200, path


def waiting(page: str, desk: str) -> list[int]:
    """What waits at a desk, and how much of it is late."""
    return numbers(page, f"[aria-labelledby=waits] li:has(a[href$='/{desk}']) .state")


def test_what_waits_is_counted(cast, statements):
    write(cast, 3)
    write(cast, 2, state=IdeaState.ACCEPTED)
    session.remove()
    salma = cast.visitor(cast.salma)
    with statements() as asked:
        page = salma.get("/en/desk").text
    assert waiting(page, "screening") == [3]
    assert waiting(page, "referrals") == [2]
    assert not texts(page, ".state-refused"), "nothing is late"
    assert len(asked) == 6  # what waits in all rooms is one; two ask whether mail leaves
