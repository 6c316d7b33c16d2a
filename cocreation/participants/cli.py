"""Commands of the meetings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.files.sheets.refusals import SheetRefused
from cocreation.imports.cli import read_rows, reading_options
from cocreation.languages.i18n import SOURCE, speaking
from cocreation.meetings import queries as meetings_queries
from cocreation.participants.services import imports
from cocreation.participants.services.questions import list_questions
from cocreation.participants.sheet import columns_of, read_participants


@click.command("participants")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meeting", "reference", required=True, help="The reference of the meeting, such as OR1.")
@click.option(
    "--keep-small-cells-hidden",
    is_flag=True,
    help="The figures of this meeting were never published in full: hide counts under five on its page.",
)
@reading_options
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def participants(
    file: Path,
    reference: str,
    keep_small_cells_hidden: bool,
    headers: tuple[str, ...],
    sheets: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Register the people of FILE as participants of a meeting held elsewhere. Safe to run twice."""
    with speaking(SOURCE.code):
        try:
            meeting = meetings_queries.get_any_meeting(reference)
            columns = columns_of(list_questions(meeting.id))
            rows = read_rows(file, columns, headers, sheets)
            people = read_participants(rows, clock.day_of(meeting.starts_at))
            act: dict[str, Any] = {
                "figures_published": not keep_small_cells_hidden,
                "by": None,
                "now": clock.now(),
            }
            _tell(imports.import_participants(meeting.id, people, write=False, **act), reference)
            if not dry_run:
                imports.import_participants(meeting.id, people, write=True, **act)
                session.commit()
        except NotFound:
            raise click.ClickException(
                f"There is no meeting {reference}: announce it first, then import."
            ) from None
        except SheetRefused as refused:
            session.rollback()
            reasons = "\n".join(f"  {error}" for error in refused.errors)
            raise click.ClickException(f"{file.name} was not imported:\n{reasons}") from None
    if dry_run:
        session.rollback()
        click.echo("Nothing was written (--dry-run).")
    elif keep_small_cells_hidden:
        click.echo("Imported. Counts under five stay hidden on its page.")
    else:
        click.echo(
            "Imported. Its page shows every figure, as published by the organiser "
            "(with --keep-small-cells-hidden it would hide counts under five)."
        )


def _tell(summary: imports.ImportSummary, reference: str) -> None:
    click.echo(f"{reference}: {summary.people} people, {summary.new} new, {summary.updated} already there.")
    for title, counts in summary.figures:
        click.echo(f"  {title}: " + ", ".join(f"{label} {count}" for label, count in counts))
    for sentence, listed in (
        ("no contact, a number in the list each", summary.unreachable),
        ("no contact, taken by the name for somebody registered", summary.named),
        ("more than one address or telephone, the first is kept", summary.several),
        ("the name of somebody else here, with another contact", summary.namesakes),
    ):
        for person in listed:
            click.echo(f"  {person.row.sheet}, row {person.row.number}: {person.name}: {sentence}")
    for workshop in summary.workshops:
        click.echo(f"  This workshop is not there yet and will be made: {workshop}")
