"""Who organises a meeting, its committee, its rooms."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import queries
from cocreation.meetings.models.meeting import OrganiserKind
from cocreation.meetings.services.organisers import MemberSaid, OrganiserSaid, Part, RoomSaid
from cocreation.web.fields import IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import OPTIONAL, Form, choose, line, paragraph


class OrganiserForm(Form):
    """One of those who organise the meeting."""

    asked_in_a_case = ("association_id", "name")

    kind = choose(_l("They take part as"), OrganiserKind, radio=True)
    association_id = choose(_l("Association of the directory"), [], required=False)
    name = TranslatedField(_l("Or a name"), required=False)

    def __init__(self, part: Part | None = None) -> None:
        super().__init__(obj=part)
        verified = queries.verified_associations()
        self.association_id.choices = [
            ("", _l("—")),
            *((str(association.id), association.name) for association in verified),
        ]

    def said(self) -> OrganiserSaid:
        chosen = self.association_id.data
        return OrganiserSaid(self.kind.data, self.name.data or None, int(chosen) if chosen else None)


class MemberForm(Form):
    """Somebody of the organising committee."""

    name = line(_l("Name"))
    task = line(_l("What they look after"), required=False)
    contact = line(_l("How to reach them"), required=False)

    def __init__(self, part: Part | None = None) -> None:
        super().__init__(obj=part)

    def said(self) -> MemberSaid:
        return MemberSaid(self.name.data, self.task.data or None, self.contact.data or None)


class RoomForm(Form):
    """A room of the venue."""

    name = TranslatedField(_l("Name"))
    seats = IntegerField(_l("Seats"), [OPTIONAL, NumberRange(min=1, max=100_000)])
    equipment = paragraph(
        _l("Equipment"),
        required=False,
        limit=1000,
        description=_l("Projector, microphones, induction loop, step-free access…"),
    )

    def __init__(self, part: Part | None = None) -> None:
        super().__init__(obj=part)

    def said(self) -> RoomSaid:
        return RoomSaid(self.name.data, self.seats.data, self.equipment.data or None)


PART_FORMS: dict[str, type[OrganiserForm] | type[MemberForm] | type[RoomForm]] = {
    "organisers": OrganiserForm,
    "committee": MemberForm,
    "rooms": RoomForm,
}
