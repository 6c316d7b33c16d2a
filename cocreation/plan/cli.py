"""`flask import plan`: a whole plan from a file of JSON."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.errors import NotFound, Refusal
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import all_cycles, get_cycle
from cocreation.languages.i18n import DEFAULT, LANGUAGES, SOURCE, speaking
from cocreation.plan import queries
from cocreation.plan.plan_file import TRACKED, PlanFile, names_of, read_plan
from cocreation.plan.services.imports import import_plan, make_missing


@click.command("plan")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cycle", "code", help="The cycle whose plan it is, such as 2024; else the latest.")
@click.option(
    "--language", type=click.Choice(list(LANGUAGES)), default=DEFAULT.code, help="Of texts that name none."
)
@click.option("--make", is_flag=True, help="Make the axes and institutions that are not there.")
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
def plan(file: Path, code: str | None, language: str, make: bool, dry_run: bool) -> None:
    """Write the commitments of FILE (.json) with their sheets, as drafts. Safe to run twice."""
    with speaking(SOURCE.code):
        cycle = _cycle(code)
        found = _read(file, cycle, language)
        if make and any(found.unknown.values()):
            _tell_made(found)
            make_missing(cycle, found.unknown, language, now=clock.now())
            found = _read(file, get_cycle(cycle.code), language)
        if found.faults:
            session.rollback()
            raise click.ClickException(f"{file.name} was not imported:\n{_faults(found)}")
        try:
            told = import_plan(cycle, found.commitments, now=clock.now())
        except Refusal as refusal:
            session.rollback()
            raise click.ClickException(f"{file.name} was not imported: {refusal}") from None
        session.rollback() if dry_run else session.commit()
    counts = ", ".join(f"{told[what]} {what}" for what in ("new", "changed", "unchanged"))
    activities = sum(len(commitment.activities) for commitment in found.commitments)
    click.echo(f"{cycle.code}: {len(found.commitments)} commitments ({counts}), {activities} activities.")
    _tell_left_out(found)
    click.echo("Nothing was written (--dry-run)." if dry_run else "New ones are drafts: publish them.")


def _cycle(code: str | None) -> Cycle:
    if code is None and not (cycles := all_cycles()):
        raise click.ClickException("There is no cycle yet: open one first, with its axes.")
    try:
        return get_cycle(code or cycles[0].code)
    except NotFound:
        raise click.ClickException(f"There is no cycle {code}.") from None


def _read(file: Path, cycle: Cycle, language: str) -> PlanFile:
    try:
        content = json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        raise click.ClickException(f"{file.name} is no JSON in UTF-8.") from None
    axes = names_of([(axis.id, axis.name) for axis in cycle.axes])
    bodies = names_of([(institution.id, institution.name) for institution in queries.institutions()])
    return read_plan(content, axes, bodies, language)


def _faults(found: PlanFile) -> str:
    """What is wrong in it, a line each, and the way out of what can be made."""
    lines = [f"  {fault}" for fault in found.faults]
    if any(found.unknown.values()):
        lines.append("--make makes what axes and institutions are missing.")
    return "\n".join(lines)


def _tell_made(found: PlanFile) -> None:
    for key, what in (("axis", "Axis"), ("responsible", "Institution")):
        for name in found.unknown[key]:
            click.echo(f"{what} to be made: {name}")


def _tell_left_out(found: PlanFile) -> None:
    for key, times in sorted(found.left_out.items()):
        why = "left for the tracking of the plan" if key.partition(": ")[2] in TRACKED else "left out"
        click.echo(f"  {key} ({times} times): {why}")
