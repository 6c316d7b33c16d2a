"""Forms of the staff's page about one person's data."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.privacy.services import Why
from cocreation.web.forms import BooleanField, Form, StopValidation, choose, line

REASONS = [(why.value, why.label) for why in (Why.ASKED, Why.ORDERED, Why.MISTAKE)]


class LookForm(Form):
    who = line(
        _l("E-mail address, telephone number or code of a receipt"),
        limit=254,
        description=_l("It is not kept: only that somebody was looked up, by you, and when."),
    )


class EraseForm(Form):
    """`who` comes along from the page on which it was looked up."""

    who = line(_l("Who"), limit=254)
    why = choose(_l("Why"), REASONS, radio=True)
    note = line(
        _l("Reference of the request"),
        required=False,
        description=_l("A number or a date. Without a name: it stays in the journal."),
    )
    leaves_ideas = BooleanField(_l("Leave the words of their public ideas, without an author"))
    sure = BooleanField(_l("I have made sure that it is this person who asks, or who has to be erased"))

    def validate_sure(self, field: BooleanField) -> None:
        if not field.data:
            raise StopValidation(_l("Please confirm it: what is erased cannot be brought back."))
