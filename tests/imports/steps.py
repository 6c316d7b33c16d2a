"""The steps of an import as a browser takes them: a file is brought, then its page is sent on."""

from __future__ import annotations

import io

from cocreation.core.database import session
from cocreation.imports.models import KeptSheet
from tests.files.spreadsheets import xlsx
from tests.forms import csrf_token, filled_in

PAGE = "/{}/manage/meetings/OR1/participants/import"
OUTPUTS = "/{}/manage/workshops/OR1/import"


def bring(visitor, rows, act="check", language="en", name="list.xlsx", page=PAGE):
    """Bring a list of rows, or the content of a file."""
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    data = {"csrf_token": csrf_token(visitor), "act": act, "file": (io.BytesIO(content), name)}
    answer = visitor.post(page.format(language), data=data, content_type="multipart/form-data")
    session.remove()
    return answer


def go_on(visitor, page, act, at=PAGE, **fields):
    """Send on what a page of the steps shows; `read_as` by the name of the column, `meant` by the value."""
    data = filled_in(page, "matched")
    for names, chosen in (("heading", "read_as"), ("value", "meant")):
        said = fields.pop(chosen, {})
        for name, key in zip(data.getlist(names), data.poplist(chosen), strict=True):
            data.add(chosen, said.get(name, key))
    for field, value in {"act": act, "csrf_token": csrf_token(visitor), **fields}.items():
        data.setlist(field, [value])
    answer = visitor.post(at.format("en"), data=data)
    session.remove()
    return answer


def kept():
    """How many files wait."""
    count = session.query(KeptSheet).count()
    session.remove()
    return count
