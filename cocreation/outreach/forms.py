"""The log of how people were told of a meeting."""

from __future__ import annotations

from cocreation.core import clock
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.outreach.models import Channel
from cocreation.outreach.services import OutreachDetails
from cocreation.web.fields import DateField, IntegerField, NumberRange
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, choose, line


class OutreachForm(Form):
    """One time people were told of a meeting."""

    channel = choose(_l("Channel"), Channel)
    audience = line(_l("Whom it was for"))
    reached = IntegerField(
        _l("How many people it reached, if known"), [OPTIONAL, NumberRange(min=0, max=100_000_000)]
    )
    on = DateField(_l("Day"), [REQUIRED])
    proof = line(
        _l("Proof"),
        required=False,
        limit=500,
        description=_l("The address of a page, or the reference of a letter."),
    )

    def __init__(self) -> None:
        super().__init__(on=clock.today())

    def details(self) -> OutreachDetails:
        return OutreachDetails(
            channel=self.channel.data,
            audience=self.audience.data,
            reached=self.reached.data,
            on=self.on.data,
            proof=self.proof.data or None,
        )
