"""What a second reader asks of one fate, and what is answered."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, paragraph


class FateQuestionForm(Form):
    words = paragraph(
        _l("Your question about this fate"),
        limit=2000,
        description=_l("For the team only; not published. The rest of the batch can be read meanwhile."),
    )


class FateReplyForm(Form):
    answer = paragraph(
        _l("Your answer to the second reader"),
        limit=2000,
        description=_l("For the team only; not published."),
    )
