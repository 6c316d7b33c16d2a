"""Commands: `flask --app wsgi backup …`, `flask --app wsgi restore …`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from cocreation.core import backups, clock, database, migrate
from cocreation.core.settings import Settings
from cocreation.directory.services import load_territories
from cocreation.languages.i18n import SOURCE, speaking
from cocreation.ledger.cli import verify
from cocreation.upkeep import dumps, seals, services
from cocreation.upkeep.refusals import BackupRefused, DatabaseNotEmpty

PATH = click.Path(path_type=Path)
THERE = click.Path(path_type=Path, exists=True, dir_okay=False)


class Backups(AppGroup):
    """`backup FILE` and `backup` alone mean `backup make`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["make", *args])


backup = Backups("backup", help="Backups: `backup FILE`, `backup FOLDER --keep 7d4w12m`.")


@backup.command("make")
@click.argument("target", type=PATH, required=False)
@click.option("--to", "key", help="The public key to encrypt for (age1…); else BACKUP_RECIPIENT.")
@click.option(
    "--keep", help="Then remove old ones of the folder: 7d4w12m keeps seven days, four weeks, a year."
)
def make(target: Path | None, key: str | None, keep: str | None) -> None:
    """Write a backup of the database and the keys to TARGET, a file or a folder (else BACKUP_DIRECTORY),
    while everybody goes on.
    """
    settings, now = _settings(), clock.now()
    target = target or (Path(settings.backup_directory) if settings.backup_directory else None)
    if target is None:
        raise click.ClickException("Say where to: a file or a folder, or BACKUP_DIRECTORY.")
    key = key or settings.backup_recipient
    if not key:
        raise click.ClickException(
            "Say for which key: --to age1…, or BACKUP_RECIPIENT. `backup key KEYFILE` makes one; keep KEYFILE"
            " elsewhere than here."
        )
    folder = target if target.is_dir() or target == Path(settings.backup_directory) else None
    target = folder / backups.name_at(now) if folder else target
    with _plainly():
        if keep:
            _check_rule(keep, folder)
        engine = current_app.extensions["engine"]
        size = services.back_up(settings, engine, target, seals.recipient(key), now=now)
        click.echo(f"{target}: {size} bytes")
        if keep and folder:
            click.echo(f"{services.remove_old(folder, keep, target)} old ones removed.")


@backup.command("key")
@click.argument("keyfile", type=PATH)
def make_key(keyfile: Path) -> None:
    """Make the pair of keys of the backups: the private one into KEYFILE, to be kept elsewhere than here,
    where only the public one is needed.
    """
    try:
        public = seals.new_identity(keyfile)
    except OSError as error:
        raise click.ClickException(f"{keyfile}: {error.strerror}") from error
    click.echo(
        f"{keyfile} opens backups: move it elsewhere, and keep two copies. Without it none can be read."
    )
    click.echo(f"BACKUP_RECIPIENT={public}")


@backup.command("try")
@click.argument("file", type=THERE)
@click.option("--identity", "keyfile", type=THERE, required=True, help="The file with the private key.")
def attempt(file: Path, keyfile: Path) -> None:
    """Open a backup and see whether it could be restored here, changing nothing; the page of the backups then
    says that it was tried.
    """
    with _plainly(), services.opening(file, seals.identity(keyfile)) as contents:
        services.check(_settings(), contents)
        dumps.look_through(contents.folder / seals.DATABASE, contents.manifest["kind"], _settings().pg_bin)
        click.echo(_told(contents))
        try:
            backups.note_trial(file, clock.now())
        except OSError as error:
            click.echo(f"It holds; that could not be noted beside it ({error.strerror}).", err=True)
        else:
            click.echo("It holds.")


@click.command("restore")
@click.argument("file", type=THERE)
@click.option("--identity", "keyfile", type=THERE, required=True, help="The file with the private key.")
@click.option("--over", is_flag=True, help="Replace a database that is in use.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def restore(context: click.Context, file: Path, keyfile: Path, over: bool, yes: bool) -> None:
    """Restore a backup: the database, the keys where there are none, brought up to this version; then verify
    the register. Stop the web and the worker first.
    """
    settings, engine = _settings(), current_app.extensions["engine"]
    with _plainly(), migrate.alone(settings.database_url):
        with services.opening(file, seals.identity(keyfile)) as contents:
            click.echo(_told(contents))
            try:
                said = services.restore(settings, engine, contents, over=False)
            except DatabaseNotEmpty as refusal:
                lost = ", ".join(f"{count} {name}" for name, count in refusal.rows.items())
                click.echo(f"What is here now would be lost: {lost}.", err=True)
                if not over:
                    raise
                if not yes:
                    click.confirm("Replace it?", abort=True, err=True)
                said = services.restore(settings, engine, contents, over=True)
        migrate.upgrade(settings.database_url)
        load_territories()
        database.session.commit()
    for sentence in said:
        click.echo(sentence)
    click.echo("The database is restored.")
    context.invoke(verify, file=None, kept=None, key=None)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _told(contents: seals.Contents) -> str:
    said = contents.manifest
    version = f"version {said['version']} ({said['revision']})"
    return f"A backup of {said['base_url']}, made {said['made_at']}, {version}."


def _check_rule(rule: str, folder: Path | None) -> None:
    if folder is None:
        raise click.ClickException("--keep is for a folder of backups, not for one file.")
    try:
        backups.kept([], rule)
    except ValueError as error:
        raise click.ClickException(f"{error}.") from error


@contextmanager
def _plainly() -> Iterator[None]:
    """Refusals in a sentence, in English as all commands speak."""
    with speaking(SOURCE.code):
        try:
            yield
        except (BackupRefused, OSError) as refusal:
            raise click.ClickException(str(refusal)) from refusal
