"""`flask import progress`: the progress of a plan of the past from a file of JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import get_cycle
from cocreation.languages.i18n import SOURCE, speaking
from cocreation.past_progress.progress_file import ProgressFile, read_progress
from cocreation.past_progress.services import ProgressUnfit, import_progress
from cocreation.tracking import figures
from cocreation.tracking.arithmetic import HUNDREDTHS


@click.command("progress")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--plan", "code", required=True, help="The cycle whose plan it is of, such as 2021.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def progress(file: Path, code: str, dry_run: bool) -> None:
    """Take over the published progress of a plan of the past from FILE (.json): the percentage of each
    commitment, the band and the actions of each activity, the values of indicators. All or nothing; safe to
    run twice.
    """
    with speaking(SOURCE.code):
        cycle = _cycle(code)
        found, said = _read(file)
        if found.as_of is None or found.faults:
            _refuse(file, found.faults)
            return
        try:
            told = import_progress(cycle, found, found.as_of, now=clock.now())
        except ProgressUnfit as unfit:
            session.rollback()
            _refuse(file, unfit.faults)
            return
        counts = ", ".join(f"{told[what]} {what}" for what in ("new", "changed", "unchanged"))
        click.echo(f"{cycle.code}, as of {found.as_of}: {len(found.commitments)} commitments ({counts}).")
        click.echo("The weights of their activities are not known: percentages stand as they were published.")
        for note in (*found.notes, *said):
            click.echo(f"  {note}")
        _tell_figures(cycle, found)
        session.rollback() if dry_run else session.commit()
    if dry_run:
        click.echo("Nothing was written (--dry-run).")


def _cycle(code: str) -> Cycle:
    try:
        return get_cycle(code)
    except NotFound:
        raise click.ClickException(f"There is no cycle {code}.") from None


def _read(file: Path) -> tuple[ProgressFile, list[str]]:
    """What the file says, and the notes of its own that it has."""
    try:
        content = json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        raise click.ClickException(f"{file.name} is no JSON in UTF-8.") from None
    notes = content.get("notes") if isinstance(content, dict) else None
    said = [f"The file says: {note}" for note in notes] if isinstance(notes, list) else []
    return read_progress(content), said


def _refuse(file: Path, faults: list[str]) -> None:
    reasons = "\n".join(f"  {fault}" for fault in faults)
    raise click.ClickException(f"{file.name} was not imported:\n{reasons}")


def _tell_figures(cycle: Cycle, found: ProgressFile) -> None:
    """What comes out, to be compared with what the source prints."""
    if found.as_of and (shown := figures.plan_at(cycle, found.as_of)):
        axes = " / ".join(_percent(axis.figure.declared) for axis in shown.axes)
        click.echo(f"Axes: {axes}; plan, the mean of its axes: {_percent(shown.figure.declared)}")
        percents = [row.percent for row in found.commitments]
        click.echo(f"The mean of the commitments would be {sum(percents) / len(percents):.2f}.")


def _percent(value: int | None) -> str:
    return "–" if value is None else f"{value / HUNDREDTHS:.2f}"
