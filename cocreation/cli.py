"""Commands: `flask --app wsgi …`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from cocreation.accounts.cli import user
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core import audit, clock, database, delivery, hours, migrate
from cocreation.demonstration.cli import seed
from cocreation.directory.services import load_territories
from cocreation.dispositions.models import Batch
from cocreation.ideas.cli import ALSO, data
from cocreation.meetings.cli import participants
from cocreation.meetings.models import Meeting, ProgrammeItem
from cocreation.meetings.services import guests
from cocreation.moderation import services as moderation
from cocreation.register.cli import register
from cocreation.register.signing import private_key
from cocreation.worker import send_mails, work
from cocreation.workshops.cli import outputs

db = AppGroup("db", help="The database.")
mail = AppGroup("mail", help="Mails waiting to be sent, and those sent.")
imports = AppGroup("import", help="Spreadsheets into the database.")
ALSO += [moderation.forget, guests.forget]
imports.add_command(outputs)
imports.add_command(participants)

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


def init_app(app: Flask) -> None:
    for group in (db, mail, imports, user, data, register, seed):
        app.cli.add_command(group)
    app.cli.add_command(work)


@db.command("upgrade")
def upgrade() -> None:
    """Bring the database to the shape this version needs, with the territories of Morocco and the key of the
    register.
    """
    settings = current_app.extensions["settings"]
    migrate.upgrade(settings.database_url)
    private_key(settings.register_key)
    load_territories()
    _keep_hours()
    database.session.commit()
    click.echo("The database is ready.")


def _keep_hours() -> None:
    """Say which hours were kept through a change of Morocco's clock: calendars have to follow."""
    now = clock.now()
    kept = hours.keep(PROMISED, now=now)
    met = [each.row for each in kept if isinstance(each.row, (Meeting, CoordinationMeeting))]
    references = list(dict.fromkeys(meeting.reference for meeting in met))
    for reference in references:
        audit.record("hours kept", reference, by=None, now=now)
    if kept:
        click.echo(
            f"Morocco changed its clock: {len(kept)} hours still to come were kept as they were announced."
        )
    for reference in references:
        click.echo(f"  {reference}: calendars it was put into are wrong now; write to its people.")


@db.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Undo the migrations back to REVISION ("base" for all)."""
    migrate.downgrade(current_app.extensions["settings"].database_url, revision)


@db.command("revise")
@click.argument("message")
def revise(message: str) -> None:
    """Write a migration for what changed in the models."""
    migrate.revise(current_app.extensions["settings"].database_url, message)


@mail.command("send")
def send() -> None:
    """Send every mail that is due, now."""
    click.echo(f"{send_mails(current_app._get_current_object())} sent.")  # type: ignore[attr-defined]


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
