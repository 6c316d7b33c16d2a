"""What awaits a member of the staff: what waits for them first, then what does not.

The page belongs to accounts; it stands here because what waits, waits in the rooms below.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from flask.typing import ResponseReturnValue

from cocreation.accounts import scopes
from cocreation.accounts.models import Role
from cocreation.accounts.policy import SECRETARIAT, signed_in
from cocreation.bursts.queries import BurstSummary, to_judge
from cocreation.core import backups, clock, pulse, undelivered
from cocreation.meetings import policy as meetings
from cocreation.portal.first_steps.queries import beginning
from cocreation.preparation import queries as preparation_queries
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render
from cocreation.workplace.menu import menu_of, waiting


@access(signed_in)
def desk() -> ResponseReturnValue:
    person, now, today = current_person(), clock.now(), clock.today()
    found = waiting(person.person)
    mail, due, pulses = None, None, {}
    many: Sequence[BurstSummary] = ()
    if person.has(*SECRETARIAT):
        mail, pulses = undelivered.standing(now), pulse.all_signs()
    if meetings.runners(person):
        # What the figures of these two count is named besides.
        due, many = preparation_queries.due(person, today), to_judge(person, now)
    settings = current_app.extensions["settings"]
    return render(
        "workplace/desk.html",
        person=person,
        references=scopes.references(person.grants),
        waiting=found,
        quiet=menu_of(person, found, "").quiet,
        beginning=beginning() if person.has(*SECRETARIAT) else None,
        due=due,
        many=many,
        today=today,
        standing=mail,
        pulses=pulses,
        now=now,
        backup_late=person.has(Role.ADMINISTRATOR) and backups.is_late(settings, now),
    )
