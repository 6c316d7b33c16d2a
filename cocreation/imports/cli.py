"""What the commands that import share: how a file is to be read, and what of it was not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from cocreation.files.sheets.columns import Column
from cocreation.files.sheets.layout import Guidance
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.table import FileTable, Row

Command = TypeVar("Command", bound=Callable[..., None])


def reading_options(command: Command) -> Command:
    """The options `headers` and `sheets` of a command."""
    for option in (
        click.option(
            "--column",
            "headers",
            multiple=True,
            metavar="HEADER=KEY",
            help="What a column is read as, such as “Inscrits=name”; “Pointure=” leaves it out.",
        ),
        click.option("--sheet", "sheets", multiple=True, help="The sheet to read, where there are several."),
    ):
        command = option(command)
    return command


def read_rows(
    file: Path, columns: Sequence[Column], headers: Sequence[str], sheets: Sequence[str]
) -> list[Row]:
    """The rows of a file, telling what of it is left out or read otherwise than it stands. Raises
    SheetRefused, also where a column is not known; UsageError for a column that there is not.
    """
    said = dict(header.rpartition("=")[::2] for header in headers)
    keys = {column.key for column in columns}
    if unknown := sorted(set(said.values()) - keys - {""}):
        raise click.UsageError(f"There is no column {', '.join(unknown)}: {', '.join(sorted(keys))}.")
    guidance = Guidance(sheets=frozenset(sheets) or None, columns=said)
    table = FileTable(read(file), columns, guidance)
    rows = table.rows(is_shown=False)
    for told in _left_out(table):
        click.echo(told)
    return rows


def _left_out(table: FileTable) -> Iterator[str]:
    """What of a file is not read, or not as it stands there."""
    for heading in table.left_out:
        yield f"Column left out: {heading.name}"
    for choice in table.choices:
        if not choice.is_read:
            yield f"Sheet left out: {choice.name}"
    for column in table.titled:
        yield f"Read from the titles or from the name of the sheet: {column.title}"
    for remark in table.remarks:
        yield f"{remark.sentence}: {remark.sheet}, row {remark.row}{remark.text and ': ' + remark.text}"
