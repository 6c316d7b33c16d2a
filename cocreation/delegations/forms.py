"""The form by which an association registers several people at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import request
from wtforms import Field

from cocreation.core.errors import Refusal
from cocreation.delegations.services.delegates import MOST, Delegate, DelegatingAssociation
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.places.models.registration import Registration
from cocreation.registration.forms.registration import language_of_mails
from cocreation.travel_support.forms import ANY, PURPOSE, TravelSupportRequestForm
from cocreation.travel_support.models import TravelSupportCriterion, TravelSupportOffer
from cocreation.web.fields import IntegerField, OnceField
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    Form,
    HiddenField,
    choose,
    choose_several,
    email,
    line,
    name_of_association,
    name_of_person,
)

AT_FIRST, MORE = 5, 5  # rows


class DelegationForm(Form):
    """The association, who answers for it, and the people it names. Made by `delegation_form`."""

    association = name_of_association(_l("Association"))
    contact = name_of_person(_l("Your name"))
    email = email(_l("Your e-mail"))
    language = language_of_mails()
    consent = BooleanField(
        _l(
            "These people know that we name them. Each gets a mail with their own link and decides there "
            "whether to come."
        ),
        [REQUIRED],
    )
    once = OnceField()
    altcha = HiddenField()

    count = AT_FIRST

    def rows(self) -> list[tuple[Field, Field]]:
        """The fields of each row: name and address."""
        return [(self[f"name_{n}"], self[f"email_{n}"]) for n in range(self.count)]

    @property
    def filled(self) -> list[int]:
        """The rows somebody is named in."""
        return [n for n, row in enumerate(self.rows()) if any(field.data for field in row)]

    def validate(self, extra_validators: object = None) -> bool:
        valid = super().validate(extra_validators)
        for name, address in (self.rows()[n] for n in self.filled):
            for field in (name, address):
                if not field.data and not field.errors:
                    field.errors = [_l("This field is required.")]
                    valid = False
        return valid

    def party(self) -> DelegatingAssociation:
        return DelegatingAssociation(
            self.association.data, self.contact.data, self.email.data, self.language.data
        )

    def delegates(self) -> list[Delegate]:
        """Those named, in the order of the rows; empty rows are left out."""
        rows = [self.rows()[n] for n in self.filled]
        return [Delegate(name.data, address.data) for name, address in rows]

    def mark(self, refused: Mapping[int, Refusal]) -> None:
        """Say at the row of each delegate (by their place among `delegates`) what is wrong with them."""
        for place, refusal in refused.items():
            address = self.rows()[self.filled[place]][1]
            address.errors = [*address.errors, refusal.sentence]


class ReplacementForm(Form):
    """Somebody who comes instead of a delegate."""

    name = name_of_person(_l("Name"))
    email = email(_l("E-mail"))
    consent = BooleanField(
        _l(
            "This person knows that we name them. They get a mail with their own link and decide there "
            "whether to come."
        ),
        [REQUIRED],
    )
    once = OnceField()

    def delegate(self) -> Delegate:
        return Delegate(self.name.data, self.email.data)


class HelpForm(TravelSupportRequestForm):
    """Help to come for several of a delegation: the same of each, who are all chosen to begin with."""

    delegates = choose_several(_l("For whom"), [])
    province = choose(_l("Province they come from"), [])
    nights = IntegerField(_l("Nights of lodging each of them needs"), [REQUIRED, ANY])
    tickets = IntegerField(_l("Tickets for transport each of them needs"), [REQUIRED, ANY])
    facts = choose_several(_l("What is true of each of them"), [], required=False, description=PURPOSE)
    sentence = line(_l("Why they need it, in one sentence"), limit=300, description=PURPOSE)
    consent = BooleanField(_l("These people know that we ask for this help for them."), [REQUIRED])

    def __init__(
        self,
        offer: TravelSupportOffer,
        weights: Collection[TravelSupportCriterion],
        people: Mapping[int, Registration],
    ) -> None:
        super().__init__(offer, weights, delegates=[str(number) for number in people])
        del self.proofs, self.without  # each person adds their own, on their page
        self.delegates.choices = [(str(number), person.name) for number, person in people.items()]
        self.delegates.validate_choice = False  # who was withdrawn meanwhile is named in the refusal

    def numbers(self) -> list[int]:
        """The numbers in the list of those who are chosen."""
        return [
            int(number) for number in self.delegates.data or () if number.isascii() and number.isdecimal()
        ]


def delegation_form() -> DelegationForm:
    """As many rows as the sent form had, five more when they were asked for; opened in another language, as
    many as its address says (`rows`).
    """
    sent = sum(1 for name in request.form if name.startswith("name_"))
    asked = max(AT_FIRST, request.args.get("rows", AT_FIRST, type=int))
    count = min(MOST, (sent or asked) + (MORE if request.form.get("act") == "more" else 0))
    fields: dict[str, object] = {"count": count}
    for n in range(count):
        fields[f"name_{n}"] = name_of_person(_l("Name of delegate %(number)s", number=n + 1), required=False)
        fields[f"email_{n}"] = email(_l("E-mail of delegate %(number)s", number=n + 1), required=False)
    # One delegate at least is named.
    kind = type("DelegationForm", (DelegationForm,), {**fields, "asked_in_a_case": ("name_0", "email_0")})
    return kind(language=i18n.current().code)
