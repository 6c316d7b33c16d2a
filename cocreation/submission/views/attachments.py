"""The files of ideas: taken with their form, given to everyone once the idea is public."""

from __future__ import annotations

import io

from flask import request, send_file
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import Refusal
from cocreation.cycles.models import Cycle
from cocreation.submission.forms.idea import WordsForm
from cocreation.submission.queries import submission
from cocreation.submission.services import attachments
from cocreation.web import transaction
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading

MOST_MEGABYTES = 28  # five files of five, and the words


def brings_files() -> bool:
    """Whether files come with this request."""
    return any(file.filename for file in request.files.getlist("files"))


def take_files(cycle: Cycle, form: WordsForm) -> bool:
    """Keep the files that came with a form, whatever becomes of the rest, so that nobody has to choose them
    again. False when there are too many.
    """
    if not form.inspected and not form.removed:
        return True
    attach, once = attachments.attach, form.once.data
    try:
        attach(cycle.id, once, form.inspected, without=form.removed, now=clock.now())
    except Refusal as refusal:
        form.files.errors = [*form.files.errors, refusal.sentence]
        return False
    transaction.keep()
    return True


@access(anyone)
@limit_reading("120 per minute")
def file(reference: str, file_id: int) -> ResponseReturnValue:
    """To be saved, never shown by the browser in our name."""
    kept = submission.get_file(reference, file_id)
    return send_file(io.BytesIO(kept.content), kept.kind, as_attachment=True, download_name=kept.name)
