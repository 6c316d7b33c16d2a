"""`flask data …`: what the platform holds of a person, from the operator's shell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.personal_data import Subject
from cocreation.languages import i18n
from cocreation.privacy import services
from cocreation.privacy.services import Found, NoPersonNamed, Why

data = AppGroup("data", help="What the platform holds of a person: by address, telephone or receipt.")
WHO = click.argument("who")


@data.command("find")
@WHO
def find(who: str) -> None:
    """Say what is kept of WHO: an e-mail address, a telephone number or the code of a receipt."""
    with i18n.speaking(i18n.SOURCE.code):
        _tell(_look(who)[1])


@data.command("export")
@WHO
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(who: str, file: Path) -> None:
    """Write all that is kept of WHO to FILE, a .zip with data.json and the files."""
    with i18n.speaking(i18n.SOURCE.code):
        _, found = _look(who)
        _tell(found)
        file.touch(mode=0o600)
        file.write_bytes(services.export(found))
        click.echo(f"Written to {file}.")


@data.command("erase")
@WHO
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--leave-ideas", is_flag=True, help="Leave the words of public ideas, without an author.")
@click.option("--why", type=click.Choice([why.value for why in Why]), default=Why.ASKED.value)
def erase(who: str, *, yes: bool, leave_ideas: bool, why: str) -> None:
    """Erase all that is kept of WHO, and say what went and what stays."""
    with i18n.speaking(i18n.SOURCE.code):
        subject, found = _look(who)
        _tell(found)
        if not found:
            return
        if not yes:
            click.confirm("Erase it? This cannot be undone.", abort=True)
        gone = services.erase(subject, _keepers(), why=Why(why), now=clock.now(), leaves_ideas=leave_ideas)
        session.commit()
        for holding in gone:
            click.echo(f"Erased: {len(holding.erasable):>4}  {holding.keeper.what}")
            for sentence in {str(reason) for reason in holding.kept.values()}:
                click.echo(f"  kept: {sentence}")
            if holding.keeper.stays:
                click.echo(f"  stays: {holding.keeper.stays}")


def _look(who: str) -> tuple[Subject, list[Found]]:
    """Whom `who` names, also by the names found there, and what there is of them."""
    try:
        subject = services.by_name(services.read(who), _keepers())
    except NoPersonNamed as refusal:
        raise click.BadParameter(str(refusal), param_hint="WHO") from refusal
    return subject, services.find(subject, _keepers())


def _tell(found: Sequence[Found]) -> None:
    if not found:
        click.echo("Nothing is kept of them.")
    for holding in found:
        click.echo(f"{holding.keeper.name:<14} {holding.count:>4}  {holding.keeper.what}")


def _keepers() -> services.Keepers:
    keepers: services.Keepers = current_app.extensions["keepers"]
    return keepers
