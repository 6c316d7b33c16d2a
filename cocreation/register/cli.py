"""Commands of the register."""

from __future__ import annotations

from typing import TextIO

import click
from flask.cli import AppGroup

from cocreation.core import database
from cocreation.register import journal

register = AppGroup("register", help="The register of decisions.")


@register.command("verify")
@click.argument("file", type=click.File(encoding="utf-8"), required=False)
def verify(file: TextIO | None) -> None:
    """Check that no entry is altered, missing or out of place, here or in a downloaded FILE."""
    database.reading()
    try:
        number, last = journal.verify(journal.read_lines(file)) if file else journal.verify_database()
    except journal.Broken as broken:
        raise click.ClickException(f"The register does not hold. {broken}") from broken
    click.echo(f"{number} entries, none altered. The last hash is {last}")
