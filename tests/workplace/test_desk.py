"""What awaits a member of the staff: their desks and no others, with what waits on each."""

import pytest

from cocreation.accounts.models import Role
from cocreation.core.database import session
from cocreation.ideas.models.idea import IdeaState
from cocreation.meetings.models.meeting import Meeting
from tests.html import hrefs, numbers, texts
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
def test_each_role_finds_its_pages_behind_one_line_or_waiting(cast, role):
    visitor = cast.visitor(cast.staff[role])
    links = visitor.get("/en/desk").text.split("<main")[1].split("</main>")[0].split('href="')[1:]
    desks = [link.split('"')[0] for link in links if link.startswith("/en/manage/")]
    assert {path.rsplit("/", 1)[1] for path in desks} >= set(MINE[role])
    assert bool(desks) == bool(MINE[role])


def test_the_first_one_of_the_staff_is_led_to_the_first_steps_until_a_meeting_is_announced(cast, app):
    steps = "/en/manage/first-steps"
    assert steps not in hrefs(cast.visitor(cast.amal).get("/en/desk").text)
    session.get_one(Meeting, cast.meeting.id).announced_at = None
    session.commit()
    session.remove()
    for one_who_runs_it in (cast.amal, cast.salma):
        page = cast.visitor(one_who_runs_it).get("/en/desk").text
        assert steps in hrefs(page)
        assert numbers(page, f".notice:has(a[href$='{steps}'])") == [5]  # of six, all but to announce it
    assert steps not in hrefs(cast.visitor(cast.karim).get("/en/desk").text)


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
    assert (
        len(asked) == 7
    )  # what waits in all rooms is one; two ask whether mail leaves, one for the first steps
