"""Forms of who holds a receipt: an answer, an appeal, the code itself."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, line, paragraph


class ReplyForm(Form):
    reply = paragraph(
        _l("Your answer"),
        description=_l("In your own words and language. It is published with your idea, as you write it."),
    )


class AppealForm(Form):
    reasons = paragraph(
        _l("Why this fate should be another"),
        description=_l("In your own words and language. It is published with your idea, as you write it."),
    )


class ReceiptForm(Form):
    code = line(_l("Code of the receipt"), limit=60)
