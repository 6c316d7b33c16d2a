"""Datasets as files that a browser keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from flask import Response, stream_with_context

from cocreation.core.database import session
from cocreation.files.dataset import Dataset

Row = TypeVar("Row")

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attachment(dataset: Dataset[Row], rows: Iterable[Row], kind: str, *, name: str = "") -> Response:
    """The dataset as a file to keep: "csv", "json" or "xlsx". A CSV and a JSON are read a few rows at a time
    while they are sent; `name` is that of the file where it is not the dataset's own.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name or dataset.name}.{kind}"'}
    if kind == "xlsx":
        return Response(dataset.xlsx(rows), content_type=MEDIA[kind], headers=headers)
    lines = dataset.csv(rows) if kind == "csv" else dataset.json(rows)
    return Response(stream_with_context(_sent(lines)), content_type=MEDIA[kind], headers=headers)


def _sent(lines: Iterable[str]) -> Iterator[str]:
    try:
        yield from lines
    finally:
        session.remove()  # the request and its transaction are over by then
