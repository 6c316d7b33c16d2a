"""The form of an objection."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, paragraph


class ObjectionForm(Form):
    words = paragraph(
        _l("What your institution objects"),
        limit=2000,
        description=_l("For the secretariat and the second reader; not published."),
    )
