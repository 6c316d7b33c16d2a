"""What awaits a member of the staff: what waits for them, then the pages of their roles.

The page belongs to accounts; it stands here because what waits, waits in the rooms above.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from flask.typing import ResponseReturnValue

from cocreation.accounts import scopes
from cocreation.accounts.handover_kinds import standing
from cocreation.accounts.models import Role
from cocreation.accounts.policy import SECRETARIAT, signed_in
from cocreation.core import backups, clock, pulse, undelivered
from cocreation.meetings import policy as meetings
from cocreation.participants.queries import BurstSummary, to_judge
from cocreation.portal.desk.desks import DESKS
from cocreation.portal.desk.digest import waiting_kinds
from cocreation.preparation import queries as preparation_queries
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(signed_in)
def desk() -> ResponseReturnValue:
    person, now, today = current_person(), clock.now(), clock.today()
    waiting = standing(person, waiting_kinds(), now)
    mail, due, pulses = None, None, {}
    many: Sequence[BurstSummary] = ()
    if person.has(*SECRETARIAT):
        mail, pulses = undelivered.standing(now), pulse.all_signs()
    if meetings.runners(person):
        # What the figures of these two count is named besides.
        due, many = preparation_queries.due(person, today), to_judge(person, now)
    settings = current_app.extensions["settings"]
    return render(
        "portal/desk.html",
        person=person,
        references=scopes.references(person.grants),
        desks=[desk for desk in DESKS if person.has(*desk.roles)],
        waiting=waiting,
        due=due,
        many=many,
        today=today,
        standing=mail,
        pulses=pulses,
        now=now,
        backup_late=person.has(Role.ADMINISTRATOR) and backups.is_late(settings, now),
    )
