"""Which tests run on which databases, how large the largest are, and in what order all of them run.

Every test runs on SQLite. On PostgreSQL runs whatever touches locks, search, paging, migrations, constraints,
counts or time, and whatever else nobody has named in `ON_SQLITE_ALONE`: a new test runs on both.
`make test-all` (the variable EVERYTHING=yes) runs everything on both, the tests of crowds at their full size,
each hostile value at every place, and what is marked `in_full`; it is run before the last commit of what is
handed in.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

Value = TypeVar("Value")

EVERYTHING = os.environ.get("EVERYTHING", "no") == "yes"
FOLDER = Path(__file__).parent

# What these try is done by our code before or after the database is asked, in statements that other tests of
# the same rooms send to both.
ON_SQLITE_ALONE = {
    "the words, links and headers around every page": """
        submission/test_proof.py test_access.py test_app.py web/test_csrf.py web/test_discreet_logs.py
        web/test_edits.py web/test_errors.py web/test_exports.py web/test_forms.py web/test_headers.py
        web/test_hostile_headers.py web/test_language.py web/test_limits.py web/test_logs.py
        web/test_mailboxes.py web/test_menu.py web/test_post.py web/test_rendering.py web/test_robots.py
    """,
    "files that are read, drawn or written": """
        answers/test_paper.py attendance/test_printouts.py bundle_sheets/test_sheets.py imports/test_flow.py
        documents/test_imports.py
        imports/test_kinds.py meetings/test_photos.py participants/test_import.py plan/test_import.py
        submission/test_files.py submission/test_paper.py web/test_uploads.py workshops/test_browser.py
        workshops/test_import.py
    """,
    "what the demonstration shows; each page is asked of both by web/test_hostile_addresses.py": """
        demonstration/test_meetings.py demonstration/test_rooms.py demonstration/test_seed.py
        imports/test_values.py ledger/test_personal_data.py test_pages.py workshops/test_import_links.py
    """,
    "what pages and mails say, and to whom": """
        accounts/test_account.py accounts/test_invitations.py answers/test_neighbours.py
        appeals/test_appeals.py batches/test_honest_publication.py consultations/test_pages.py
        coordination/test_meetings.py
        cycles/test_manage.py cycles/test_pages.py delegations/test_help_to_come.py
        delegations/test_people.py directory/test_associations.py directory/test_institutions.py
        draft_commitments/test_proposals.py
        fates/test_all_fates.py fates/test_otherwise.py ideas/test_edits.py ideas/test_pages.py
        invitations/test_guests.py invitations/test_invitations.py meetings/test_management.py
        meetings/test_organisers.py meetings/test_programme.py moderation/test_hidden_words.py
        moderation/test_no_leak.py notes/test_history.py notes/test_notes.py outreach/test_mail_texts.py
        participants/test_questions.py plan/test_manage.py plan/test_partners.py
        plan/test_sheets.py plan/test_two_editors.py plan/test_weights.py portal/test_find.py
        portal/test_first_steps.py portal/test_handovers.py portal/test_mails.py portal/test_meeting.py
        portal/test_pages.py preparation/test_checklist.py preparation/test_rules.py privacy/test_page.py
        registration/test_alike.py registration/test_bad_input.py registration/test_first_mails.py
        screening/test_screening_room.py study/test_answers.py study/test_criteria.py
        submission/test_addresses.py submission/test_public_form.py submission/test_vouchers.py
        test_mails.py travel_support/test_changes.py travel_support/test_requests.py upkeep/test_page.py
        workplace/test_desk.py workplace/test_menu.py workshops/test_room.py
    """,
    "what a browser does, each step of which other tests send to both": """
        browser/test_one_idea.py browser/test_the_whole_chain.py browser/test_typed.py
    """,
}

# The longest come first in the share of a worker, so that what is left at the end is short (who is done takes
# from the others) and all end together: those in a browser or on the demonstration in the share of the first
# worker, so that it is seeded once, those with processes and the long walks in the shares of the others.
LONG_IN_THE_FIRST = """
    browser/test_axe.py browser/test_axe_meetings.py browser/test_an_organiser.py
    browser/test_the_whole_chain.py
"""
LONG_IN_THE_OTHERS = """
    registration/test_a_rush.py test_worker.py web/test_hostile_addresses.py test_serving.py
    participants/test_killed_import.py upkeep/test_start.py test_proxy.py
"""


def crowd(full: int, usual: int) -> int:
    """How many people a test of a crowd has: the `full` crowd in `make test-all`, else the `usual` one."""
    return full if EVERYTHING else usual


def shared_out(values: Sequence[Value], place: int) -> Sequence[Value]:
    """Which of these hostile values one of many like places gets: a third in turn, so that each value comes
    to a third of the places and each place gets a third of them; in `make test-all` all come to all.
    """
    return values if EVERYTHING else values[place % 3 :: 3]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "in_full: is run by `make test-all` alone")


@pytest.hookimpl(tryfirst=True)  # what pytest shares among tests is put together after this
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not EVERYTHING:
        alone = {path for paths in ON_SQLITE_ALONE.values() for path in _files(paths)}
        left_out = {
            item
            for item in items
            if item.get_closest_marker("in_full") or (item.path in alone and _kind(item) == "postgresql")
        }
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items[:] = _in_shares(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _in_shares(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The items in the order in which they are cut into as many pieces of one length."""
    first, others = _files(LONG_IN_THE_FIRST), _files(LONG_IN_THE_OTHERS)
    heads: list[list[pytest.Item]] = [[item for item in items if item.path in first]]
    heads[0] += [item for item in items if item.path not in first and "seeded_url" in _fixtures(item)]
    long = sorted((item for item in items if item.path in others), key=lambda item: others.index(item.path))
    heads += [long[number :: workers - 1] for number in range(workers - 1)] or [long]
    taken = {item for head in heads for item in head}
    rest = [item for item in items if item not in taken]
    found: list[pytest.Item] = []
    for number, head in enumerate(heads, 1):
        room = max(0, len(items) * number // len(heads) - len(found) - len(head))
        found += head + rest[:room]
        del rest[:room]
    return found + rest


def _files(paths: str) -> list[Path]:
    found = [FOLDER / path for path in paths.split()]
    if missing := [path for path in found if not path.exists()]:
        raise pytest.UsageError(f"tests/selection.py names what is not there: {missing}")
    return found


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def _kind(item: pytest.Item) -> object:
    """The kind of database it runs on, be it of its own or of the demonstration."""
    called = getattr(item, "callspec", None)
    return called and (called.params.get("database_kind") or called.params.get("seeded_url"))
