"""The form in which an association says whether an idea is its own."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, choose


class VouchForm(Form):
    ours = choose(
        _l("Is this idea yours?"),
        [("yes", _l("Yes, it is ours")), ("no", _l("No, it is not ours"))],
        radio=True,
    )
