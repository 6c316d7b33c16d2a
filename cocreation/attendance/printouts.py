"""What is printed for the day: the attendance sheet and the badges, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO

import segno

from cocreation.attendance.queries import badge_code
from cocreation.core.database import Translated
from cocreation.files import pdf
from cocreation.languages import i18n
from cocreation.languages.i18n import format_date, gettext as _, ngettext as _n
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.text.cleanup import excerpt

SHEET, BADGES = "meetings/sheet.typ", "meetings/badges.typ"


def sheet(
    meeting: Meeting, people: Sequence[Registration], workshop_id: int | None = None
) -> dict[str, object]:
    """The data of the attendance sheet: a part for each workshop, those who have none, then those invited."""
    by_workshop: dict[int | None, list[Registration]] = defaultdict(list)
    invited = [person for person in people if person.state == RegistrationState.INVITED]
    for person in people:
        if person.state != RegistrationState.INVITED:
            by_workshop[person.workshop_id].append(person)
    parts: list[tuple[str, list[Registration]]] = [
        (f"{workshop.number}. {_translate(workshop.theme)}", by_workshop[workshop.id])
        for workshop in meeting.workshops
        if workshop_id in (None, workshop.id)
    ]
    if workshop_id is None and (by_workshop[None] or not meeting.workshops):
        parts.append((_("Without a workshop") if meeting.workshops else _("Participants"), by_workshop[None]))
    if invited:
        parts.append((_("Invited"), invited))
    words = {
        "title": _("Attendance sheet"),
        "number": _("No."),
        "name": _("Name"),
        "association": _("Association or capacity"),
        "signature": _("Signature"),
        "phone": _("Telephone"),
        "others": _("Those who come without having registered"),
    }
    sections = [
        {
            "title": title,
            "count": _n("%(count)s person", "%(count)s people", len(rows)).replace("\u202f", "\u00a0"),
            "people": [
                {"number": pdf.number(position), **_said(person.name, _about(person))}
                for position, person in enumerate(rows, 1)
            ],
        }
        for title, rows in parts
    ]
    return {**_meeting(meeting), "words": words, "sections": sections}


def badges(meeting: Meeting, people: Sequence[Registration]) -> dict[str, object]:
    """The data of the badges. Their code is recognised at the door and opens nobody's page."""
    workshops = {workshop.id: workshop for workshop in meeting.workshops}
    words = {"title": _("Badges"), "code": _("Code of the badge")}
    rows = [
        {
            **_said(excerpt(person.name, 90), excerpt(_about(person), 90)),
            "workshop": _workshop(workshops.get(person.workshop_id or 0)) or _standing(person),
            "code": _qr(f"{meeting.reference}:{badge_code(person.receipt)}"),
        }
        for person in people
    ]
    return {**_meeting(meeting), "words": words, "people": rows}


def _said(name: str, about: str) -> dict[str, str]:
    """A name and what stands below it, each with the direction of its own letters."""
    return {
        "name": name,
        "direction": pdf.direction_of(name),
        "about": about,
        "about_direction": pdf.direction_of(about),
    }


def _meeting(meeting: Meeting) -> dict[str, str]:
    place = f"{_translate(meeting.city)} – {format_date(meeting.starts_at)}"
    return {"reference": meeting.reference, "title": _translate(meeting.title), "when": place}


def _about(registration: Registration) -> str:
    return registration.association or str(registration.capacity.label)


def _workshop(workshop: Workshop | None) -> str:
    return excerpt(f"{workshop.number}. {_translate(workshop.theme)}", 70) if workshop else ""


def _standing(registration: Registration) -> str:
    return str(registration.state.label) if registration.state == RegistrationState.INVITED else ""


def _translate(words: Translated) -> str:
    language = i18n.current()
    return words.best(language.code, language.falls_back)[0]


def _qr(text: str) -> str:
    """In capitals a QR code is smaller. Around it, four modules of light, as readers expect them."""
    drawn = BytesIO()
    segno.make(text.upper(), error="m", micro=False).save(drawn, kind="svg", border=4, scale=4)
    return drawn.getvalue().decode()
