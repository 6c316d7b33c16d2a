"""Help with transport and lodging: what is offered, what is asked for, what is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wtforms import Field

from cocreation.core.errors import Refusal
from cocreation.files.content import File, inspect_all
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.travel_support import queries
from cocreation.travel_support.models import (
    TravelSupportCriterion,
    TravelSupportOffer,
    TravelSupportProof,
    TravelSupportRequest,
    TravelSupportState,
)
from cocreation.travel_support.refusals import TooManyProofs
from cocreation.travel_support.services.decisions import mark
from cocreation.travel_support.services.requests import Help, Wanted
from cocreation.web.fields import (
    DateField,
    DecimalField,
    FilesField,
    IntegerField,
    NumberRange,
    TranslatedField,
)
from cocreation.web.forms import (
    OPTIONAL,
    REQUIRED,
    Form,
    HiddenField,
    StopValidation,
    choose,
    choose_several,
    line,
)
from cocreation.web.rendering import translated_text
from cocreation.web.uploads import Files

PROOFS = Files("proofs", inspect_all)

ANY = NumberRange(min=0, max=100_000)
COST = NumberRange(min=0, max=99_999_999)
HEAVIEST = 100
PURPOSE = _l("Only the organisers read it, in order to decide on this help, and for nothing else.")


class OfferForm(Form):
    """What a meeting can help with, and by which criteria."""

    province_code = choose(
        _l("Province of the venue"),
        [],
        description=_l("Distances are counted from its seat, in a straight line."),
    )
    closes_on = DateField(_l("Help can be asked for until"), [REQUIRED])
    nights = IntegerField(_l("Nights of lodging, in all"), [REQUIRED, ANY])
    night_cost = DecimalField(_l("Cost of a night, in dirhams"), [OPTIONAL, COST])
    tickets = IntegerField(_l("Tickets for transport, in all"), [REQUIRED, ANY])
    ticket_cost = DecimalField(_l("Cost of a ticket, in dirhams"), [OPTIONAL, COST])
    payer = line(_l("Who pays"), required=False)
    explained = TranslatedField(_l("What people should know"), required=False, long=True, limit=1000)

    def __init__(
        self, offer: TravelSupportOffer | None, weights: Mapping[TravelSupportCriterion, int]
    ) -> None:
        values = {f"weight_{criterion.value}": weight for criterion, weight in weights.items()}
        super().__init__(obj=offer, **values, **({} if offer else {"nights": 0, "tickets": 0}))
        self.province_code.choices = _provinces()

    def help(self) -> Help:
        return Help(
            province_code=self.province_code.data,
            closes_on=self.closes_on.data,
            explained=self.explained.data or None,
            payer=self.payer.data or None,
            nights=self.nights.data,
            night_cost=self.night_cost.data,
            tickets=self.tickets.data,
            ticket_cost=self.ticket_cost.data,
        )

    def weights(self) -> dict[TravelSupportCriterion, int]:
        """The weight of each criterion that has one."""
        return {criterion: field.data for criterion, field in self.criteria() if field.data}

    def criteria(self) -> list[tuple[TravelSupportCriterion, Field]]:
        """Each criterion with its field."""
        return [(criterion, self[f"weight_{criterion.value}"]) for criterion in TravelSupportCriterion]


for _criterion in TravelSupportCriterion:
    _within = [OPTIONAL, NumberRange(min=0, max=HEAVIEST)]
    setattr(OfferForm, f"weight_{_criterion.value}", IntegerField(_criterion.label, _within))


class TravelSupportRequestForm(Form):
    """What somebody asks for, anew or changed. Only the facts that count at this meeting are asked."""

    province = choose(_l("Province you come from"), [])
    nights = IntegerField(_l("Nights of lodging you need"), [REQUIRED, ANY])
    tickets = IntegerField(_l("Tickets for transport you need"), [REQUIRED, ANY])
    facts = choose_several(_l("What is true of you"), [], required=False, description=PURPOSE)
    sentence = line(_l("Why you need it, in one sentence"), limit=300, description=PURPOSE)
    proofs = FilesField(
        _l("Proofs"),
        accept=".pdf,.jpg,.jpeg,.png,.webp",
        description=_l(
            "At most two: PDF or image, up to 5 MB each. They are erased sixty days after the meeting."
        ),
    )

    without = choose_several(_l("Take these proofs out"), [], required=False)

    def __init__(
        self,
        offer: TravelSupportOffer,
        weights: Collection[TravelSupportCriterion],
        asked: TravelSupportRequest | None = None,
        kept: Sequence[TravelSupportProof] = (),
        **values: object,
    ) -> None:
        super().__init__(**(_asked(asked) if asked else {"nights": 0, "tickets": 0}), **values)
        self.without.choices = [(str(proof.id), proof.name) for proof in kept]
        self.province.choices = [("", "—"), *_provinces(near=offer.meeting_id)]
        if not offer.nights:
            del self.nights
        if not offer.tickets:
            del self.tickets
        self.facts.choices = [
            (criterion.value, criterion.label)
            for criterion in weights
            if criterion != TravelSupportCriterion.DISTANCE
        ]

    def wanted(self) -> Wanted:
        return Wanted(
            province_code=self.province.data,
            sentence=self.sentence.data,
            facts=self.facts.data,
            nights=self.nights.data if "nights" in self else 0,
            tickets=self.tickets.data if "tickets" in self else 0,
        )

    def refuse(self, refusal: Refusal) -> None:
        """What is wrong with the proofs stands at their field."""
        if isinstance(refusal, TooManyProofs):
            self.refusal, self.proofs.errors = refusal, [refusal.sentence]
        else:
            super().refuse(refusal)

    def validate_proofs(self, field: Field) -> None:
        refused = [proof.sentence for proof in PROOFS.taken() if isinstance(proof, Refusal)]
        if refused:
            raise StopValidation(refused[0])

    def files(self) -> list[File]:
        """The proofs that came."""
        return [proof for proof in PROOFS.taken() if isinstance(proof, File)]

    def taken_out(self) -> list[int]:
        """The ids of the proofs that were ticked to be taken out."""
        return [int(number) for number in self.without.data or ()]


class GrantForm(Form):
    """The decision on one request: `grant` or `refuse`."""

    asked_in_a_case = ("nights", "tickets", "reason")

    act = HiddenField()
    seen = HiddenField()
    nights = IntegerField(_l("Nights"), [OPTIONAL, ANY])
    tickets = IntegerField(_l("Tickets"), [OPTIONAL, ANY])
    reason = line(_l("Reason, if you refuse; the person reads it"), required=False, limit=500)

    def __init__(self, request: TravelSupportRequest) -> None:
        granted = request.state == TravelSupportState.GRANTED
        super().__init__(
            seen=mark(request),
            nights=request.granted_nights if granted else request.nights,
            tickets=request.granted_tickets if granted else request.tickets,
            reason=request.reason,
        )


class GrantsForm(Form):
    """The same decision on the ticked requests: `grant` what each asks for, or `refuse`."""

    asked_in_a_case = ("reason",)

    act = HiddenField()
    chosen = choose_several(_l("Requests"), [], required=False, validate_choice=False)
    shown = choose_several(_l("Requests"), [], required=False, validate_choice=False)
    reason = line(_l("Reason, if you refuse; they all read it"), required=False, limit=500)

    def seen(self) -> dict[int, str]:
        """What the page showed (`services.decisions.mark`) of each request that is ticked, by its number."""
        shown = dict(pair.split(":", 1) for pair in self.shown.data or () if ":" in pair)
        ticked = (number for number in self.chosen.data or () if number.isascii() and number.isdecimal())
        return {int(number): shown.get(number, "") for number in ticked}


def _asked(request: TravelSupportRequest) -> dict[str, object]:
    return {
        "province": request.province_code,
        "nights": request.nights,
        "tickets": request.tickets,
        "facts": list(request.facts),
        "sentence": request.sentence,
    }


def _provinces(near: int | None = None) -> list[tuple[str, str]]:
    return [(province.code, translated_text(province.name)) for province in queries.provinces(near)]
