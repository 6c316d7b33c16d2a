"""Commands: `flask --app wsgi …`, and what all of them need that `app.py` lists."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from cocreation.batches.models import Batch
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import (
    audit,
    clock,
    database,
    delivery,
    hours,
    installation,
    migrate,
    pulse,
    undelivered,
)
from cocreation.core.outbox import Mail
from cocreation.directory.services import load_territories
from cocreation.ledger.keys import fingerprint, key_of, private_key
from cocreation.meetings.models.meeting import Meeting, ProgrammeItem
from cocreation.worker import send_mails

db = AppGroup("db", help="The database.")
keys = AppGroup("keys", help="The keys of this installation.")
mail = AppGroup("mail", help="Mails waiting to be sent, and those sent.")
SHOWN = 50  # failed mails that a command lists
Given = ParamSpec("Given")
Result = TypeVar("Result")

# What people typed as an hour in Morocco, and were told: it stays that hour when Morocco moves its clock.
PROMISED = (
    Meeting.starts_at,
    Meeting.ends_at,
    Meeting.registration_opens_at,
    Meeting.registration_closes_at,
    ProgrammeItem.starts_at,
    ProgrammeItem.ends_at,
    CoordinationMeeting.starts_at,
    CoordinationMeeting.ends_at,
    Batch.embargo_until,
)


def init_app(app: Flask, commands: Sequence[click.Command]) -> None:
    for command in commands:
        app.cli.add_command(command)
        _guard(command, command.name or "")


# What puts in order what the others need.
NEEDS_NO_DATABASE = ("keys make", "backup key", "backup try")
NEEDS_NO_KEYS = ("keys make", "backup key", "backup try", "restore")
MENDS = {"db upgrade": ("old",), "db downgrade": ("old",), "db revise": ("old",), "restore": ("old", "new")}


def _guard(command: click.Command, name: str) -> None:
    """Let a command say in a sentence what it lacks, and not break half-way."""
    if isinstance(command, click.Group):
        for subcommand in command.commands.values():
            _guard(subcommand, f"{name} {subcommand.name}")
    elif command.callback and not getattr(command.callback, "guarded", False):
        command.callback = _guarded(command.callback, name)


def _guarded(act: Callable[Given, Result], name: str) -> Callable[Given, Result]:
    @with_appcontext
    @wraps(act)
    def checked(*args: Given.args, **given: Given.kwargs) -> Result:
        wrong = [] if name in NEEDS_NO_KEYS else installation.problems(current_app.extensions["settings"])
        offline = name in NEEDS_NO_DATABASE or (name == "register verify" and given.get("file"))
        lack = None if offline else installation.lacking(current_app.extensions["engine"])
        if lack and lack.shape not in MENDS.get(name, ()):
            wrong.append(lack.sentence)
        if wrong:
            raise click.ClickException("\n".join(wrong))
        return act(*args, **given)

    checked.guarded = True  # type: ignore[attr-defined]
    return checked


@db.command("upgrade")
def upgrade() -> None:
    """Bring the database to the shape this version needs, with the territories of Morocco and the key of the
    register.
    """
    settings = current_app.extensions["settings"]
    with migrate.alone(settings.database_url, _say_that_another_one_runs):
        migrate.upgrade(settings.database_url)
        key_of(settings)
        load_territories()
        _keep_hours()
        database.session.commit()
    click.echo("The database is ready.")


def _keep_hours() -> None:
    """Say which hours were kept through a change of Morocco's clock: calendars have to follow."""
    now = clock.now()
    kept = hours.keep(PROMISED, now=now)
    met = [item.row for item in kept if isinstance(item.row, (Meeting, CoordinationMeeting))]
    references = list(dict.fromkeys(meeting.reference for meeting in met))
    for reference in references:
        audit.record("hours kept", reference, by=None, now=now)
    if kept:
        click.echo(
            f"Morocco changed its clock: {len(kept)} hours still to come were kept as they were announced."
        )
    for reference in references:
        click.echo(f"  {reference}: calendars it was put into are wrong now; write to its people.")


def _say_that_another_one_runs() -> None:
    click.echo("Another process is changing this database: waiting for it.", err=True)


@keys.command("make")
def make_keys() -> None:
    """Make the keys of a new installation: the file of the one that signs the register, unless there is one,
    and a SECRET_KEY, unless one is given.

    An installation that people rely on never makes keys by starting: a second one would be another authority.
    """
    settings = current_app.extensions["settings"]
    path = Path(settings.register_key)
    is_new = not path.exists()
    try:
        public = private_key(settings.register_key).public_key()
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{path}: {error}") from error
    click.echo(f"{path}: {'made' if is_new else 'there already'}, {fingerprint(public)}")
    if not os.environ.get("SECRET_KEY"):
        click.echo("Put this line into the environment of the web and the worker, and of every node:")
        click.echo(f"SECRET_KEY={secrets.token_urlsafe(48)}")


@db.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Undo the migrations back to REVISION ("base" for all)."""
    url = current_app.extensions["settings"].database_url
    with migrate.alone(url, _say_that_another_one_runs):
        migrate.downgrade(url, revision)


@db.command("revise")
@click.argument("message")
def revise(message: str) -> None:
    """Write a migration for what changed in the models."""
    migrate.revise(current_app.extensions["settings"].database_url, message)


@mail.command("send")
def send() -> None:
    """Send every mail that is due, now."""
    try:
        click.echo(f"{send_mails(current_app._get_current_object())} sent.")  # type: ignore[attr-defined]
    except delivery.ServerAway as error:
        raise click.ClickException(
            f"The mail server is away: {str(error).rstrip('.')}. All that waits will be sent."
        ) from error


@mail.command("waiting")
def waiting() -> None:
    """Say how many mails wait, since when, and which ones failed."""
    now = clock.now()
    standing = undelivered.standing(now)
    of_each = ", ".join(f"{count} {urgency.name.lower()}" for urgency, count in standing.waiting.items())
    click.echo(f"{standing.count} waiting" + (f": {of_each}." if of_each else "."))
    if standing.oldest:
        click.echo(f"The oldest has been due since {standing.oldest:%Y-%m-%d %H:%M} UTC.")
    for name in (pulse.POST, pulse.WORKER):
        if (sign := pulse.last(name)) and sign.away_since:
            click.echo(
                f"The {name} server has been away since {sign.away_since:%Y-%m-%d %H:%M} UTC: {sign.trouble}"
            )
    if put_off := undelivered.put_off():
        click.echo(f"{put_off} of them were refused for now and are tried again later.")
    if repeated := undelivered.repeated():
        click.echo(f"{repeated} may have arrived twice.")
    click.echo(f"{standing.failed} failed" + (":" if standing.failed else "."))
    for row in database.session.scalars(undelivered.failed().order_by(Mail.failed_at, Mail.id).limit(SHOWN)):
        click.echo(f"  {row.id}  {row.failed_at:%Y-%m-%d %H:%M}  {row.template}  {row.failure}")
    if standing.failed > SHOWN:
        click.echo(f"  and {standing.failed - SHOWN} more")


@mail.command("retry")
@click.argument("number", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="Every mail that failed.")
def retry(number: int | None, every: bool) -> None:
    """Let the mail NUMBER that failed be sent again, or every one."""
    if (number is None) != every:
        raise click.UsageError("Give the number of a mail (`mail waiting` lists them), or --all.")
    count = undelivered.retry(clock.now(), None if every else Mail.id == number)
    database.session.commit()
    if not count and not every:
        raise click.ClickException(f"No failed mail has the number {number}.")
    click.echo(f"{count} to be sent again.")


@mail.command("show")
@click.option("--last", default=3, help="How many of the newest.")
def show(last: int) -> None:
    """Print the newest mails of the file mailbox."""
    url = current_app.extensions["settings"].mail_url
    if not url.startswith("file:"):
        raise click.ClickException("Mails go to a server (MAIL_URL): there is no mailbox here to read.")
    for _, message in zip(range(last), delivery.mailbox(Path(url.removeprefix("file:"))), strict=False):
        body = message.get_body(("plain",))
        click.echo(f"── {message['Date']}\nTo: {message['To']}\nSubject: {message['Subject']}\n")
        click.echo(body.get_content() if body else "")
