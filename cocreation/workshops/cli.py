"""`flask import outputs`: the outputs of a meeting from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.errors import Refusal
from cocreation.files.sheets.refusals import SheetRefused
from cocreation.imports.cli import read_rows, reading_options
from cocreation.languages.i18n import SOURCE, speaking
from cocreation.workshops import imports, queries
from cocreation.workshops.models import LineKind
from cocreation.workshops.sheet_columns import COLUMNS
from cocreation.workshops.sheet_links import are_side_by_side, belong_together


@click.command("outputs")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meeting", "reference", required=True, help="Reference of the meeting, such as OR1.")
@reading_options
@click.option(
    "--links/--no-links",
    default=None,
    help="Whether what stands in one row belongs together; left out, the rows tell.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def outputs(
    file: Path,
    reference: str,
    headers: tuple[str, ...],
    sheets: tuple[str, ...],
    links: bool | None,
    dry_run: bool,
) -> None:
    """Import the outputs of the workshops of a meeting from FILE (.xlsx, .ods, .csv). Safe to run twice."""
    with speaking(SOURCE.code):
        try:
            meeting = queries.get_meeting(reference)
            rows = read_rows(file, COLUMNS, headers, sheets)
            linked = are_side_by_side(rows) and (belong_together(rows) if links is None else links)
            found = imports.understand(meeting, rows, linked=linked)
            click.echo("\n".join(_told(row) for row in found))
            if not dry_run:
                imports.import_outputs(meeting.id, rows, linked=linked, by=None, now=clock.now())
                session.commit()
        except SheetRefused as refused:
            raise click.ClickException(
                "\n".join(map(str, refused.errors)) + "\nNothing was written."
            ) from refused
        except Refusal as refusal:
            raise click.ClickException(f"{reference}: {refusal}") from refusal
    new = sum(len(row.new) for row in found)
    click.echo(f"{new} new lines{' would be' if dry_run else ''} written." if new else "Nothing new.")


def _told(understood: imports.Understood) -> str:
    """What was understood of one workshop."""
    problems, solutions, results = map(understood.count, LineKind)
    headings = f" under {understood.headings} headings" if understood.headings else ""
    lines = [f"{understood.theme}{'' if understood.workshop else ' (new workshop)'}"]
    lines.append(f"  {problems} problems{headings}, {solutions} solutions, {results} results")
    lines += [f"  said {times} times, all kept: {text}" for text, times in understood.repeated]
    if understood.links:
        lines.append(f"  {len(understood.links)} links, {len(understood.new_links)} new")
    return "\n".join([*lines, f"  {len(understood.new)} new"])
