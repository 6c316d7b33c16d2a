"""Files that come with a form. They are read before the request's writing transaction begins.

Decoding an image, unpacking a workbook or an e-mail takes seconds, and SQLite has one lock for all who
write: a view says which of its fields bring files and how they are read, and finds them read.

    @access(anyone)
    @takes_files(28, files=inspect_all)
    def new(): … uploads.taken("files") …
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, current_app, g, request

from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.web import transaction

View = TypeVar("View", bound=Callable[..., Any])
Given = tuple[str, bytes]  # the name and the content of a file, as they came
# What the files of one field are: a value for each, or the Refusal that says why it cannot be taken.
Reader = Callable[[Sequence[Given]], Sequence[Any]]

# One at a time in a process, so that its memory is that of one; few wait, not for long, so that threads are
# left to answer everybody else.
WAIT = 5.0  # seconds
MOST_WAIT = 3
_turn, _queue = threading.BoundedSemaphore(1), threading.BoundedSemaphore(MOST_WAIT)


class UploadsBusy(Refusal):
    """Too many files of others are being read."""

    status = 503
    sentence = _l("Many files are arriving just now. Nothing is wrong with yours: please send it again.")


def brought(field: str) -> list[Given]:
    """The files that came under this name."""
    sent = [file for file in request.files.getlist(field) if file.filename]
    files = [(upload.filename or "", upload.read()) for upload in sent]
    for upload in sent:
        upload.seek(0)
    return files


def takes_files(
    megabytes: int = 6, *, source: Callable[[str], list[Given]] = brought, **readers: Reader
) -> Callable[[View], View]:
    """Mark a view as one that takes files of these fields, in requests of this size."""

    def mark(view: View) -> View:
        view.most_bytes = megabytes * 1024 * 1024  # type: ignore[attr-defined]
        view.readers, view.source = readers, source  # type: ignore[attr-defined]
        return view

    return mark


def one_by_one(read: Callable[[str, bytes], Any]) -> Reader:
    """A reader of files one by one. What `read` refuses stands in the place of what it would give."""

    def read_or_refuse(name: str, content: bytes) -> Any:
        try:
            return read(name, content)
        except Refusal as refusal:
            return refusal

    return lambda given: [read_or_refuse(*file) for file in given]


def taken(field: str) -> Sequence[Any]:
    """What the files of this field were read as."""
    return g.get("files_taken", {}).get(field, ())


def the_one(field: str) -> Any:
    """What the only file of this field was read as, None where there is none. Raises the Refusal there is."""
    read = next(iter(taken(field)), None)
    if isinstance(read, Refusal):
        raise read
    return read


def read_first(app: Flask) -> None:
    """Read files once everything else was asked that may turn a request away; called last."""
    app.before_request(_read)


def _view() -> Any:
    return current_app.view_functions.get(request.endpoint or "")


def allow() -> None:
    """How much this request may bring. What was not allowed before a form is read cannot be read later."""
    if most := getattr(_view(), "most_bytes", None):
        request.max_content_length = most
        g.reads_first = request.method not in transaction.SAFE


def _read() -> None:
    if not g.get("reads_first"):
        return
    transaction.end_reading()
    view, g.files_taken = _view(), {}
    if any(view.source is not brought or request.files.getlist(field) for field in view.readers):
        with _my_turn() as granted:
            for field, reader in view.readers.items():
                given = view.source(field)
                g.files_taken[field] = reader(given) if granted else [UploadsBusy() for _file in given]
    transaction.begin_writing()


@contextmanager
def _my_turn() -> Iterator[bool]:
    """Whether it came, within the time that may be waited."""
    if not _queue.acquire(blocking=False):
        yield False
        return
    try:
        granted = _turn.acquire(timeout=WAIT)
    finally:
        _queue.release()
    try:
        yield granted
    finally:
        if granted:
            _turn.release()
