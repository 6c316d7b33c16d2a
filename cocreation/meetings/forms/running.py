"""What is said of a meeting, its programme and its workshops."""

from __future__ import annotations

from typing import Any

from wtforms.validators import Regexp

from cocreation.core.i18n import lazy_gettext as _l
from cocreation.meetings import queries
from cocreation.meetings.models import Meeting, ProgrammeItem
from cocreation.meetings.services import Details, Item
from cocreation.meetings.services.announcing import REFERENCE
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    Form,
    IntegerField,
    NumberRange,
    TranslatedField,
    choose,
    choose_several,
    line,
    moment,
)
from cocreation.web.rendering import translated_text

PUBLISHED = _l("Its figures were already published in full by the organiser")
WHAT_IS_HIDDEN = _l(
    "Otherwise a count of fewer than five people is hidden on the public page, "
    "since it could point at somebody."
)


class MeetingForm(Form):
    """What is said of a meeting."""

    title = TranslatedField(_l("Title"))
    region_codes = choose_several(_l("Regions"), [])
    city = TranslatedField(_l("City"))
    venue = TranslatedField(_l("Venue"))
    starts_at = moment(_l("Begins"))
    ends_at = moment(_l("Ends"))
    registration_opens_at = moment(_l("Registration opens"))
    registration_closes_at = moment(_l("Registration closes"))
    places = IntegerField(_l("Places"), [REQUIRED, NumberRange(min=1, max=100_000)])
    coordinating_association_id = choose(_l("Coordinating association"), [], required=False)
    partners = line(_l("Partners"), required=False, limit=500)
    statistics_published = BooleanField(PUBLISHED, description=WHAT_IS_HIDDEN)

    def __init__(self, meeting: Meeting | None = None, **values: Any) -> None:
        if meeting is not None:
            values["region_codes"] = [each.code for each in meeting.regions]
        super().__init__(obj=meeting, **values)
        self.region_codes.choices = [(each.code, translated_text(each.name)) for each in queries.regions()]
        associations = queries.verified_associations()
        self.coordinating_association_id.choices = [
            ("", _l("—")),
            *((str(each.id), each.name) for each in associations),
        ]

    def details(self) -> Details:
        chosen = self.coordinating_association_id.data
        return Details(
            title=self.title.data,
            city=self.city.data,
            venue=self.venue.data,
            regions=self.region_codes.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            registration_opens_at=self.registration_opens_at.data,
            registration_closes_at=self.registration_closes_at.data,
            places=self.places.data,
            partners=self.partners.data or None,
            coordinating_association_id=int(chosen) if chosen else None,
            statistics_published=self.statistics_published.data,
        )


class NewMeetingForm(MeetingForm):
    """The same, with what cannot change any more once it is public."""

    reference = line(
        _l("Reference"),
        limit=6,
        description=_l(
            "Two to four capital letters and one or two digits, such as OR1. "
            "Every sentence said there carries it."
        ),
    )
    cycle = choose(_l("Cycle"), [])
    themes = choose_several(_l("Parallel workshops"), [], required=False)

    def __init__(self) -> None:
        super().__init__()
        cycles = queries.cycles_with_themes()
        self.cycle.choices = [(str(each.id), translated_text(each.title)) for each in cycles]
        several = len(cycles) > 1
        self.themes.choices = [
            (
                str(theme.id),
                f"{cycle.code} · {translated_text(theme.name)}" if several else translated_text(theme.name),
            )
            for cycle in cycles
            for theme in cycle.themes
        ]

    def validate_reference(self, field: Any) -> None:
        Regexp(
            REFERENCE,
            message=_l("A reference is two to four capital letters and one or two digits, such as OR1."),
        )(self, field)


class ItemForm(Form):
    """A stretch of the programme."""

    starts_at = moment(_l("From"))
    ends_at = moment(_l("To"))
    title = TranslatedField(_l("Title"))
    speaker = TranslatedField(_l("Who speaks"), required=False)

    def __init__(self, meeting: Meeting, item: ProgrammeItem | None = None) -> None:
        last = max((each.ends_at for each in meeting.programme), default=meeting.starts_at)
        super().__init__(obj=item, **({} if item else {"starts_at": last, "ends_at": last}))

    def item(self) -> Item:
        return Item(self.starts_at.data, self.ends_at.data, self.title.data, self.speaker.data or None)


class WorkshopForm(Form):
    """A further parallel workshop."""

    theme = choose(_l("Theme of the cycle"), [], required=False)
    title = TranslatedField(_l("Or another title"), required=False)

    def __init__(self, themes: list[Any]) -> None:
        super().__init__()
        self.theme.choices = [("", _l("—")), *((str(each.id), translated_text(each.name)) for each in themes)]

    @property
    def theme_id(self) -> int | None:
        return int(self.theme.data) if self.theme.data else None


class TitleForm(Form):
    """Another title of a workshop."""

    theme = TranslatedField(_l("Title"))
