"""What awaits a member of the staff: the desks of their roles, and how much waits on each.

The page belongs to accounts; it stands here because what waits, waits in the rooms above.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from flask.typing import ResponseReturnValue

from cocreation.accounts import scopes
from cocreation.accounts.models import Role
from cocreation.accounts.policy import SECRETARIAT, signed_in
from cocreation.core import backups, clock, pulse, undelivered
from cocreation.directory.models import AssociationState
from cocreation.directory.queries import declaration_counts
from cocreation.meetings import policy as meetings
from cocreation.moderation import queries as moderation
from cocreation.participants.queries import BurstSummary, to_judge
from cocreation.portal.desk import queries
from cocreation.portal.desk.desks import DESKS
from cocreation.portal.mails.subjects import of_grants
from cocreation.preparation import queries as preparation_queries
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render


@access(signed_in)
def desk() -> ResponseReturnValue:
    person, now, today = current_person(), clock.now(), clock.today()
    desks = [desk for desk in DESKS if person.has(*desk.roles)]
    waiting, due, standing, pulses = queries.desk(person, today), None, None, {}
    many: Sequence[BurstSummary] = ()
    if person.has(*SECRETARIAT):
        waiting["to_moderate"] = sum(moderation.waiting_counts())
        waiting["to_verify"] = declaration_counts()[AssociationState.WAITING]
        standing, pulses = undelivered.standing(now), pulse.all_signs()
        waiting["not_arrived"] = standing.failed
    elif meetings.runners(person):
        waiting["not_arrived"] = undelivered.failed_count(of_grants(person.grants))
    if meetings.runners(person):
        due = preparation_queries.due(person, today)
        many = to_judge(person, now)
        waiting["to_do"] = due.count
    settings = current_app.extensions["settings"]
    references = scopes.references(person.grants)
    return render(
        "portal/desk.html",
        person=person,
        references=references,
        desks=desks,
        waiting=waiting,
        due=due,
        many=many,
        today=today,
        standing=standing,
        pulses=pulses,
        now=now,
        backup_late=person.has(Role.ADMINISTRATOR) and backups.is_late(settings, now),
    )
