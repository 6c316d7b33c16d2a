"""Files that come with a form. They are read before the request's writing transaction begins.

Decoding an image, unpacking a workbook or an e-mail takes seconds, and SQLite has one lock for all who
write: a view says which of its fields bring files and how they are read, and finds them read.

    FILES = Files("files", inspect_all)

    @access(anyone)
    @takes_files(FILES, megabytes=28)
    def new(): … FILES.taken() …
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue, RouteCallable

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web import transaction

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
Read = TypeVar("Read")
Given = tuple[str, bytes]  # the name and the content of a file, as they came

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


class Files(Generic[Read]):
    """The files of one field. `read` says what each of them is, or the Refusal why it cannot be taken;
    `source` where they come from.
    """

    def __init__(
        self,
        field: str,
        read: Callable[[Sequence[Given]], Sequence[Read | Refusal]],
        *,
        source: Callable[[str], list[Given]] = brought,
    ) -> None:
        self.field, self.read, self.source = field, read, source

    def taken(self) -> Sequence[Read | Refusal]:
        """What the files of this request were read as."""
        taken: dict[str, Sequence[Read | Refusal]] = g.get("files_taken", {})
        return taken.get(self.field, ())

    def the_one(self) -> Read:
        """What the only file was read as. Raises the Refusal there is, Invalid where no file came."""
        read = next(iter(self.taken()), Invalid())
        if isinstance(read, Refusal):
            raise read
        return read


def takes_files(*files: Files[Any], megabytes: int = 6) -> Callable[[View], View]:
    """Mark a view as one that takes files of these fields, in requests of this size."""

    def mark(view: View) -> View:
        view.most_bytes = megabytes * 1024 * 1024  # type: ignore[attr-defined]
        view.files = files  # type: ignore[attr-defined]
        return view

    return mark


def one_by_one(read: Callable[[str, bytes], Read]) -> Callable[[Sequence[Given]], list[Read | Refusal]]:
    """A reader of files one by one. What `read` refuses stands in the place of what it would give."""

    def read_or_refuse(name: str, content: bytes) -> Read | Refusal:
        try:
            return read(name, content)
        except Refusal as refusal:
            return refusal

    return lambda given: [read_or_refuse(*file) for file in given]


def read_first(app: Flask) -> None:
    """Read files once everything else was asked that may turn a request away; called last."""
    app.before_request(_read)


def _view() -> RouteCallable | None:
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
    awaited: Sequence[Files[object]] = getattr(_view(), "files", ())
    g.files_taken = {}
    if any(files.source is not brought or request.files.getlist(files.field) for files in awaited):
        with _my_turn() as granted:
            for files in awaited:
                given = files.source(files.field)
                g.files_taken[files.field] = (
                    files.read(given) if granted else [UploadsBusy() for _file in given]
                )
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
