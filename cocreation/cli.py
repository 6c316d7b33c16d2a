"""Commands: `flask --app wsgi …`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from cocreation.accounts.cli import user
from cocreation.core import database, delivery, migrate
from cocreation.demonstration.cli import seed
from cocreation.directory.services import load_territories
from cocreation.meetings.cli import participants
from cocreation.privacy.cli import data
from cocreation.register.cli import register
from cocreation.register.signing import private_key
from cocreation.worker import send_mails, work
from cocreation.workshops.cli import outputs

db = AppGroup("db", help="The database.")
mail = AppGroup("mail", help="Mails waiting to be sent, and those sent.")
imports = AppGroup("import", help="Spreadsheets into the database.")
imports.add_command(outputs)
imports.add_command(participants)


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
    database.session.commit()
    click.echo("The database is ready.")


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
