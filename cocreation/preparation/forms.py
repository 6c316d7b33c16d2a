"""Who organises a meeting, its rooms, its checklist; the rules of a cycle's meetings."""

from __future__ import annotations

from typing import Any

from cocreation.core.database import Translated
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import OrganiserKind
from cocreation.meetings.queries import backstage
from cocreation.preparation.models import Rule, RuleKind
from cocreation.preparation.services.checklist import MemberSaid, OrganiserSaid, Part, RoomSaid
from cocreation.web.forms import (
    OPTIONAL,
    REQUIRED,
    DateField,
    Form,
    HiddenField,
    IntegerField,
    NumberRange,
    TranslatedField,
    choose,
    line,
    paragraph,
)


class OrganiserForm(Form):
    """One of those who organise the meeting."""

    kind = choose(_l("They take part as"), OrganiserKind, radio=True)
    association_id = choose(_l("Association of the directory"), [], required=False)
    name = TranslatedField(_l("Or a name"), required=False)

    def __init__(self, part: Part | None = None) -> None:
        super().__init__(obj=part)
        verified = backstage.verified_associations()
        self.association_id.choices = [("", _l("—")), *((str(each.id), each.name) for each in verified)]

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


class TaskForm(Form):
    """A task of the meeting's own."""

    title = line(_l("What has to be done"))
    due_on = DateField(_l("Due on"), [REQUIRED])


class TickForm(Form):
    """A task is done, or is not after all."""

    done = HiddenField()


def _days() -> Any:
    return IntegerField(_l("Days"), [OPTIONAL, NumberRange(min=0, max=365)])


def _source() -> Any:
    return TranslatedField(_l("Where it comes from"), required=False)


class RulesForm(Form):
    """What a cycle asks of its meetings; a rule without days is none."""

    announce_before_days, announce_before_source = _days(), _source()
    window_days, window_source = _days(), _source()
    close_before_days, close_before_source = _days(), _source()

    def __init__(self, rules: list[Rule]) -> None:
        values: dict[str, Any] = {}
        for each in rules:
            values |= {f"{each.kind}_days": each.days, f"{each.kind}_source": each.source}
        super().__init__(**values)

    def of_kinds(self) -> list[tuple[RuleKind, Any, Any]]:
        """(kind, field of the days, field of the source) for each kind."""
        return [(kind, self[f"{kind}_days"], self[f"{kind}_source"]) for kind in RuleKind]

    def rules(self) -> dict[RuleKind, tuple[int, Translated]]:
        return {
            kind: (days.data, source.data) for kind, days, source in self.of_kinds() if days.data is not None
        }
