"""Forms of coordination meetings."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms.validators import Regexp

from cocreation.coordination.models import CoordinationDecision, Side
from cocreation.coordination.services import CoordinationDetails
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.ideas.forms.choices import references
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose, line, moment
from cocreation.web.rendering import translated_text


class CoordinationMeetingForm(Form):
    """When and where a meeting is."""

    title = TranslatedField(_l("Title"))
    starts_at = moment(_l("Begins"))
    ends_at = moment(_l("Ends"))
    place = TranslatedField(_l("Place"))
    link = line(
        _l("Address to join from afar"),
        required=False,
        limit=500,
        description=_l("Only those who are invited see it."),
    )

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        address = Regexp(r"https?://\S+$", message=_l("An address begins with https://"))
        self.link.validators = [*self.link.validators, address]

    def details(self) -> CoordinationDetails:
        return CoordinationDetails(
            title=self.title.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            place=self.place.data,
            link=self.link.data,
        )


class NewCoordinationMeetingForm(CoordinationMeetingForm):
    """The same, with which institution and on which cycle."""

    institution = choose(_l("Institution"), [])
    cycle = choose(_l("Cycle"), [])

    def __init__(self, institutions: Sequence[Institution], cycles: Sequence[Cycle]) -> None:
        super().__init__()
        self.institution.choices = [
            (str(institution.id), translated_text(institution.name)) for institution in institutions
        ]
        self.cycle.choices = [(str(cycle.id), translated_text(cycle.title)) for cycle in cycles]


class AgendaForm(Form):
    ideas = line(
        _l("Ideas to add"), limit=500, description=_l("Their references, such as 2024-118 2024-120.")
    )

    @property
    def references(self) -> list[str]:
        return references(self.ideas.data)


class AgendaDecisionForm(Form):
    decision = choose(_l("What the meeting decided"), CoordinationDecision, radio=True)
    text = TranslatedField(
        _l("In words"), long=True, limit=2000, description=_l("It stands in the history of the idea.")
    )


class DraftDecisionForm(Form):
    """What the meeting decided on the draft of a commitment."""

    decision = TranslatedField(
        _l("In words"),
        long=True,
        limit=2000,
        description=_l("It stands in the minutes, and beside the draft."),
    )


class AttendanceForm(Form):
    side = choose(_l("Side"), Side, radio=True)
    body = line(_l("Body or association"), description=_l("Published with the number of its people."))
    people = IntegerField(
        _l("How many people"),
        [REQUIRED, NumberRange(min=1, max=100, message=_l("From 1 to 100 people."))],
    )
    names = line(
        _l("Their names"),
        required=False,
        limit=1000,
        description=_l(
            "Only of those who agreed to it. Names are read by the secretariat alone and never published."
        ),
    )


class MinutesForm(Form):
    minutes = TranslatedField(
        _l("Minutes"),
        long=True,
        limit=20000,
        description=_l("They are published as they stand: write no name of a person."),
    )
