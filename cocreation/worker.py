"""`flask worker`: sends the mails as they come, and does the chores of the rooms."""

from __future__ import annotations

import signal
import threading
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from cocreation.accounts import personal_data as accounts, tries
from cocreation.coordination import personal_data as coordination
from cocreation.core import delivery, outbox
from cocreation.core.chores import Chore, Round
from cocreation.directory import personal_data as directory
from cocreation.dispositions.services import publishing, reminding
from cocreation.ideas import chores as ideas, personal_data as ideas_data
from cocreation.ideas.services import attaching, drafts, tallies
from cocreation.meetings import personal_data as meetings
from cocreation.meetings.services import bursts, confirming, offering, replying, supporting, telling
from cocreation.moderation import personal_data as moderation
from cocreation.register.chores import SIGNING
from cocreation.web.post import compose

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)

# What the rooms ask the worker to do, in this order.
CHORES: tuple[Chore, ...] = (
    Chore("places of meetings", SECOND, offering.chore),
    Chore("many registrations at once", SECOND * 30, bursts.chore),
    Chore("mails to everyone of a meeting", SECOND * 10, telling.chore),
    Chore("publishing fates", SECOND, publishing.go_on),
    *ideas.CHORES,
    Chore("reminders", HOUR, reminding.remind),
    Chore("forget old drafts", HOUR, drafts.sweep),
    Chore("forget files never sent", HOUR, attaching.sweep),
    Chore("forget repeated registrations", HOUR, confirming.sweep),
    Chore("forget needs", HOUR, replying.forget_needs),
    Chore("erase proofs of support", HOUR, supporting.sweep),
    Chore("forget networks of sign-ins", HOUR, tries.sweep),
    Chore("forget participants", HOUR / 6, meetings.forget_participants),
    Chore("forget unconfirmed ideas", HOUR, ideas_data.forget_unconfirmed),
    Chore("forget authors", HOUR, ideas_data.forget_authors),
    Chore("forget reports", HOUR, moderation.forget_reports),
    Chore("forget who attended", HOUR, coordination.forget_names),
    Chore("forget refused declarations", HOUR, directory.forget_refused),
    Chore("forget closed accounts", HOUR, accounts.forget_closed),
    Chore("tallies", HOUR / 6, tallies.chore),
    SIGNING,
)


def send_mails(app: Flask) -> int:
    """Send what the outbox holds; how many left."""
    deliver = delivery.deliverer(app.extensions["settings"].mail_url)
    return outbox.send_due(lambda each: compose(app, each), deliver)


@click.command("worker")
@click.option("--every", default=2.0, help="Seconds between two looks.")
@click.option(
    "--once", is_flag=True, help="Look once, do every chore and send every mail that is due, then end."
)
@with_appcontext
def work(every: float, once: bool) -> None:
    """Send mails and do the chores as they come due, until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    chores = Round(CHORES)
    if once:
        click.echo(f"{chores.look()} done, {send_mails(app)} sent.")
        return
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    while not stop.wait(every):
        chores.look()
        send_mails(app)
