"""What is said of a meeting, its programme and its workshops."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import Regexp

from cocreation.cycles.models import Theme
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings import queries
from cocreation.meetings.models.meeting import AttendanceMode, ByPhone, Meeting, ProgrammeItem, Room, Workshop
from cocreation.meetings.services.announcement import LINK, REFERENCE, MeetingDetails
from cocreation.meetings.services.programme import ProgrammeItemDetails, WorkshopRoom
from cocreation.web.fields import DateField, IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import (
    OPTIONAL,
    REQUIRED,
    BooleanField,
    Form,
    choose,
    choose_several,
    line,
    moment,
    paragraph,
)
from cocreation.web.rendering import translated_text


class AnnouncedForm(Form):
    """On which day a meeting that is over was announced."""

    announced_on = DateField(
        _l("Announced on"),
        [OPTIONAL],
        description=_l("The day on which people could know of it; left empty, today."),
    )


PUBLISHED = _l("Its figures were already published in full by the organiser")
WHAT_IS_HIDDEN = _l(
    "Otherwise a count of fewer than five people is hidden on the public page, "
    "since it could point at somebody."
)

DEFAULTS = {
    "attendance": AttendanceMode.IN_PERSON,
    "offer_hours": 48,
    "confirm_hours": 24,
    "by_phone": ByPhone.COUNTED,
    "phone_places": 5,
}


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
    attendance = choose(_l("How people take part"), AttendanceMode, radio=True)
    link = line(
        _l("Link of the remote part"),
        required=False,
        limit=500,
        description=_l("Shown to confirmed people only, on their receipt and in their confirmation."),
    )
    how_to_come = TranslatedField(_l("How to come"), required=False, long=True, limit=600)
    meals = TranslatedField(_l("Meals"), required=False, limit=300)
    themes_reason = TranslatedField(_l("Why these themes"), required=False, long=True, limit=600)
    most_per_association = IntegerField(
        _l("How many people one association may bring"),
        [OPTIONAL, NumberRange(min=1, max=100_000)],
        description=_l("Empty: any number."),
    )
    offer_hours = IntegerField(
        _l(
            "Hours after which a place somebody was offered and did not answer for goes to the next who waits"
        ),
        [REQUIRED, NumberRange(min=1, max=720)],
    )
    confirm_hours = IntegerField(
        _l("Hours after which a place nobody has confirmed goes to somebody who waits for one"),
        [REQUIRED, NumberRange(min=1, max=720)],
        description=_l(
            "Both clocks are for the waiting list: where nobody waits, a place stays held until "
            "registration closes."
        ),
    )
    keeps_unconfirmed = BooleanField(
        _l("Hold the places nobody has confirmed until the meeting, after registration has closed too")
    )
    by_phone = choose(_l("Who gives a telephone number and no e-mail address"), ByPhone, radio=True)
    phone_places = IntegerField(
        _l("Places for those who give a telephone number alone, before you have called them"),
        [REQUIRED, NumberRange(min=0, max=100_000)],
    )
    cost_notes = paragraph(
        _l("Notes on the costs"), required=False, description=_l("For those who run the meeting only.")
    )

    def __init__(self, meeting: Meeting | None = None, **values: object) -> None:
        if meeting is not None:
            values["region_codes"] = [region.code for region in meeting.regions]
        else:
            values = {**DEFAULTS, **values}
        super().__init__(obj=meeting, **values)
        self.region_codes.choices = [
            (region.code, translated_text(region.name)) for region in queries.regions()
        ]
        associations = queries.verified_associations()
        self.coordinating_association_id.choices = [
            ("", _l("—")),
            *((str(association.id), association.name) for association in associations),
        ]

    def details(self) -> MeetingDetails:
        chosen = self.coordinating_association_id.data
        return MeetingDetails(
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
            attendance=self.attendance.data,
            link=self.link.data or None,
            how_to_come=self.how_to_come.data or None,
            meals=self.meals.data or None,
            themes_reason=self.themes_reason.data or None,
            cost_notes=self.cost_notes.data or None,
            most_per_association=self.most_per_association.data,
            offer_hours=self.offer_hours.data,
            confirm_hours=self.confirm_hours.data,
            keeps_unconfirmed=self.keeps_unconfirmed.data,
            by_phone=self.by_phone.data,
            phone_places=self.phone_places.data,
        )

    def validate_link(self, field: Field) -> None:
        sentence = _l("The link must be a whole address, beginning with https://.")
        if field.data:
            Regexp(LINK, message=sentence)(self, field)


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
        self.cycle.choices = [(str(cycle.id), translated_text(cycle.title)) for cycle in cycles]
        several = len(cycles) > 1
        self.themes.choices = [
            (
                str(theme.id),
                f"{cycle.code} · {translated_text(theme.name)}" if several else translated_text(theme.name),
            )
            for cycle in cycles
            for theme in cycle.themes
        ]

    def validate_reference(self, field: Field) -> None:
        field.data = (field.data or "").upper()  # a phone begins with small letters
        Regexp(
            REFERENCE,
            message=_l("A reference is two to four capital letters and one or two digits, such as OR1."),
        )(self, field)


def _rooms(rooms: list[Room]) -> list[tuple[str, object]]:
    return [("", _l("—")), *((str(room.id), translated_text(room.name)) for room in rooms)]


class ItemForm(Form):
    """A stretch of the programme."""

    asked_in_a_case = ("workshop_id", "title")

    starts_at = moment(_l("From"))
    ends_at = moment(_l("To"))
    workshop_id = choose(_l("Parallel workshop"), [], required=False)
    title = TranslatedField(
        _l("Title"), required=False, description=_l("A workshop without a title is called by its theme.")
    )
    speaker = TranslatedField(_l("Who speaks"), required=False)
    role = TranslatedField(_l("In which role"), required=False)
    chair = TranslatedField(_l("Who chairs"), required=False)
    room_id = choose(_l("Room"), [], required=False)

    def __init__(self, meeting: Meeting, rooms: list[Room], item: ProgrammeItem | None = None) -> None:
        last = max((item.ends_at for item in meeting.programme), default=meeting.starts_at)
        if item:
            super().__init__(obj=item)
        else:
            super().__init__(starts_at=last, ends_at=last)
        workshops = ((str(workshop.id), translated_text(workshop.theme)) for workshop in meeting.workshops)
        self.workshop_id.choices = [("", _l("—")), *workshops]
        self.room_id.choices = _rooms(rooms)

    def item(self) -> ProgrammeItemDetails:
        return ProgrammeItemDetails(
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            title=self.title.data or None,
            speaker=self.speaker.data or None,
            role=self.role.data or None,
            chair=self.chair.data or None,
            workshop_id=int(self.workshop_id.data) if self.workshop_id.data else None,
            room_id=int(self.room_id.data) if self.room_id.data else None,
        )


class _HeldForm(Form):
    """Where a workshop is held."""

    room_id = choose(_l("Room"), [], required=False)
    seats = IntegerField(
        _l("Seats"),
        [OPTIONAL, NumberRange(min=1, max=100_000)],
        description=_l("Empty: those of the room."),
    )

    def where(self) -> WorkshopRoom:
        return WorkshopRoom(int(self.room_id.data) if self.room_id.data else None, self.seats.data)


class WorkshopForm(_HeldForm):
    """A further parallel workshop."""

    asked_in_a_case = ("theme", "title")

    theme = choose(_l("Theme of the cycle"), [], required=False)
    title = TranslatedField(_l("Or another title"), required=False)

    def __init__(self, themes: list[Theme], rooms: list[Room]) -> None:
        super().__init__()
        self.theme.choices = [
            ("", _l("—")),
            *((str(theme.id), translated_text(theme.name)) for theme in themes),
        ]
        self.room_id.choices = _rooms(rooms)

    @property
    def theme_id(self) -> int | None:
        return int(self.theme.data) if self.theme.data else None


class WorkshopTitleForm(_HeldForm):
    """Another title or room of a workshop."""

    theme = TranslatedField(_l("Title"))

    def __init__(self, workshop: Workshop, rooms: list[Room]) -> None:
        super().__init__(obj=workshop)
        self.room_id.choices = _rooms(rooms)


class MoveForm(Form):
    """By how many places an item moves: -1 is one up."""

    places = IntegerField(validators=[REQUIRED, NumberRange(min=-200, max=200)])
