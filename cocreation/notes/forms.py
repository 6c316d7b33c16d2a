"""The form of a note."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.ideas.forms.choices import best
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.notes.queries import Addressee
from cocreation.web.forms import Form, choose, paragraph


class NoteForm(Form):
    whom = choose(_l("To whom"), [])
    body = paragraph(_l("Your note"), limit=2000)

    def __init__(self, offered: Sequence[Addressee]) -> None:
        super().__init__()
        self.whom.choices = [(whom.key, called(whom)) for whom in offered]


def called(whom: Addressee) -> str:
    """An addressee in words."""
    body = best(whom.body) if whom.body else ""
    if whom.name:
        return f"{whom.name} · {body}" if body else whom.name
    if whom.waits:
        return _("the secretariat") if whom.from_id else _("whoever answers for %(body)s", body=body)
    if body:
        return _("nobody in particular: colleagues of %(body)s, and the secretariat", body=body)
    return _("nobody in particular: the secretariat")
