"""The list of those who came, from a spreadsheet: all of it or nothing, and safe to run twice."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cocreation.core import audit
from cocreation.core.database import Translated, session
from cocreation.core.errors import Invalid
from cocreation.cycles.models import Theme
from cocreation.demographics.models import APART, CAPACITY, NOT_STATED, StatisticalQuestion
from cocreation.files.sheets.refusals import Problems
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.meetings.refusals import CalledOff
from cocreation.meetings.services.locks import lock_meeting
from cocreation.participants.sheet import ListedParticipant
from cocreation.participants.sheet_columns import LISTED
from cocreation.places.models.confirmation import Confirmation
from cocreation.places.models.registration import EntryChannel, Registration, RegistrationState
from cocreation.registration.services.answers import Participant
from cocreation.registration.services.registrations import add
from cocreation.text.language_guess import guess_language
from cocreation.text.spelling import fold

MOST_IN_A_LIST = 100_000  # numbers of people, far more than a file has rows
GONE = (RegistrationState.CANCELLED, RegistrationState.LAPSED, RegistrationState.REPEATED)


class TwoPeople(Invalid):
    sentence = _l("The address and the telephone number of this row belong to two different registrations.")


class SeveralOfThatName(Invalid):
    sentence = _l(
        "Several people called “%(name)s” are registered here: write the address or the telephone of the one "
        "who is meant."
    )


@dataclass
class ImportSummary:
    """What an import understood: who is new, who was there, which workshops it had to make; who bears the
    name of somebody else here, with another contact; who has no contact at all; whom of these the name told;
    who has more contacts than are kept.
    """

    people: int
    new: int = 0
    updated: int = 0
    workshops: list[str] = field(default_factory=list)
    namesakes: list[ListedParticipant] = field(default_factory=list)
    unreachable: list[ListedParticipant] = field(default_factory=list)
    named: list[ListedParticipant] = field(default_factory=list)
    several: list[ListedParticipant] = field(default_factory=list)
    figures: list[tuple[Lazy, list[tuple[Lazy, int]]]] = field(default_factory=list)


def import_participants(
    meeting_id: int,
    people: Sequence[ListedParticipant],
    *,
    figures_published: bool,
    by: int | None,
    now: datetime,
    write: bool = True,
) -> ImportSummary:
    """Register `people` as confirmed participants of a meeting that was held elsewhere than on this platform.

    The window, the places and the mails of registration do not apply. Somebody already registered (same
    address or telephone; without either, the same name, as often as it comes) is updated, never doubled; who
    has neither gets a number in the list; missing workshops are made. `figures_published` says that
    the organiser has published the figures in full (see `statistics`). With `write=False` nothing is
    written and the summary says what would be. Raises NotFound, CalledOff, SheetRefused.
    """
    meeting = lock_meeting(meeting_id, selectinload(Meeting.workshops))
    if meeting.is_cancelled:
        raise CalledOff
    listing, problems = _Listing(meeting, people), Problems()
    matches: list[tuple[ListedParticipant, Registration | None]] = []
    for person in people:
        with problems.at(person.row):
            matches.append((person, listing.registration(person)))
    problems.refuse()
    summary = _summary(listing, people, matches)
    if write:
        for title in summary.workshops:
            listing.add_workshop(title)
        session.flush()
        for listed, registration in matches:
            _write(meeting, listed, registration, listing, now)
        meeting.statistics_published = figures_published
        details = {"new": summary.new, "known": summary.updated}
        audit.record("participants imported", meeting.reference, by=by, now=now, **details)
        session.flush()
    return summary


def _summary(
    listing: _Listing,
    people: Sequence[ListedParticipant],
    matches: Sequence[tuple[ListedParticipant, Registration | None]],
) -> ImportSummary:
    summary = ImportSummary(people=len(people), figures=_figures(people), several=_with_several(people))
    summary.updated = sum(registration is not None for _, registration in matches)
    summary.new = summary.people - summary.updated
    summary.workshops = listing.missing_workshops(people)
    summary.unreachable = [listed for listed in people if not listed.is_reachable]
    summary.namesakes = listing.namesakes(matches)
    summary.named = [
        listed
        for listed, registration in matches
        if registration and not listed.is_reachable and (registration.email or registration.phone)
    ]
    return summary


def _with_several(people: Sequence[ListedParticipant]) -> list[ListedParticipant]:
    return [listed for listed in people if listed.spare]


def _write(
    meeting: Meeting,
    listed: ListedParticipant,
    registration: Registration | None,
    listing: _Listing,
    now: datetime,
) -> None:
    workshop = listing.workshop(listed.workshop)
    participant = Participant(
        name=listed.name,
        email=listed.email,
        phone=listed.phone,
        association=listed.association,
        capacity=listed.capacity,
        apart={question.name: answer for question, answer in listed.said.items() if question.is_apart},
        workshop_id=workshop.id if workshop else None,
        language=registration.language if registration else guess_language(listed.name),
    )
    if registration:
        participant = replace(participant, **_unlisted(participant, registration))
    if registration is None:
        details: dict[str, Any] = {"once": secrets.token_hex(12), "entry": EntryChannel.IMPORT}
        if not listed.is_reachable:
            details["list_number"] = listing.next_number(listed)
        registration = add(meeting, participant, now=now, confirmed=True, **details)
    else:
        participant.write_to(registration)
        registration.state = RegistrationState.CONFIRMED
        registration.confirmed_at = registration.confirmed_at or now
        registration.confirmed_by = registration.confirmed_by or Confirmation.STAFF
        registration.address_confirmed_at = registration.address_confirmed_at or now
        registration.yields_at = None
    if meeting.is_over(now):  # a list made afterwards is of those who came
        registration.present_at = registration.present_at or meeting.starts_at


def _unlisted(listed: Participant, registration: Registration) -> dict[str, Any]:
    """What a list does not say and the person has said: it stays."""
    names = ("claims", "phone", "email", "association", "workshop_id", "capacity")
    unsaid = (None, "", (), CAPACITY.not_stated)
    kept = {name: getattr(registration, name) for name in names if getattr(listed, name) in unsaid}
    if said := registration.demographics:
        answers = ((question, listed.apart.get(question.name)) for question in APART)
        kept["apart"] = {
            question.name: getattr(said, question.name) if answer in (None, question.not_stated) else answer
            for question, answer in answers
        }
    return kept


class _Listing:
    """The registrations and workshops a meeting already has, to be found by what a row says."""

    def __init__(self, meeting: Meeting, people: Sequence[ListedParticipant]) -> None:
        self.meeting = meeting
        self.people: dict[str, Registration] = {}
        self.numbered: dict[int, Registration] = {}
        self.names: dict[str, list[Registration]] = defaultdict(list)
        self.left: dict[str, list[Registration]] = defaultdict(list)  # of these, whom no row has named yet
        self.listed = Counter(fold(listed.name) for listed in people)
        live = select(Registration).where(
            Registration.meeting_id == meeting.id, Registration.state.not_in(GONE)
        )
        registrations = live.options(joinedload(Registration.demographics)).order_by(Registration.id)
        for registration in session.scalars(registrations):
            self._know(registration)
        named = {listed.number for listed in people if listed.number is not None}
        self.numbers = iter(sorted(set(range(1, MOST_IN_A_LIST)) - set(self.numbered) - named))
        themes = session.scalars(select(Theme).where(Theme.cycle_id == meeting.cycle_id))
        self.themes = {fold(title): theme for theme in themes for title in theme.name.values()}
        self.workshops = {
            fold(title): workshop for workshop in meeting.workshops for title in workshop.theme.values()
        }

    def _know(self, registration: Registration) -> None:
        for way in filter(None, (registration.email, registration.phone)):
            self.people[way] = registration
        self.names[fold(registration.name)].append(registration)
        self.left[fold(registration.name)].append(registration)
        if registration.list_number is not None:
            self.numbered[registration.list_number] = registration

    def registration(self, listed: ListedParticipant) -> Registration | None:
        """The registration of this address or telephone, or of who has neither. Raises TwoPeople."""
        if not listed.is_reachable:
            return self._without_contact(listed)
        ways = filter(None, (listed.email, listed.phone))
        found = {
            id(registration): registration
            for way in ways
            if (registration := self.people.get(way)) is not None
        }
        if len(found) > 1:
            raise TwoPeople
        return next(iter(found.values()), None)

    def _without_contact(self, listed: ListedParticipant) -> Registration | None:
        """By the number that our own export gives, else by the name: the second row of one name is the second
        person of that name who has no contact either, or the only one who has. Raises SeveralOfThatName.
        """
        left = self.left[fold(listed.name)]
        if listed.number is not None:
            found = self.numbered.get(listed.number)
        else:
            alike = [registration for registration in left if registration.list_number is not None]
            if not alike and len(left) > 1:
                raise SeveralOfThatName(name=listed.name)
            found = next(iter(alike or left), None)
        if found in left:
            left.remove(found)
        return found

    def next_number(self, listed: ListedParticipant) -> int:
        """The number of somebody new in the list who can be told apart by nothing else."""
        return next(self.numbers) if listed.number is None else listed.number

    def namesakes(
        self, matches: Sequence[tuple[ListedParticipant, Registration | None]]
    ) -> list[ListedParticipant]:
        """The rows whose name another row, or another registration, has with another contact."""
        return [
            listed
            for listed, registration in matches
            if self.listed[fold(listed.name)] > 1
            or any(same is not registration for same in self.names.get(fold(listed.name), ()))
        ]

    def workshop(self, title: str) -> Workshop | None:
        return self.workshops.get(fold(title)) if title else None

    def missing_workshops(self, people: Sequence[ListedParticipant]) -> list[str]:
        """Titles, each once and in the order of the list, that no workshop of the meeting has."""
        titles = {fold(listed.workshop): listed.workshop for listed in reversed(people) if listed.workshop}
        order = dict.fromkeys(fold(listed.workshop) for listed in people if listed.workshop)
        return [titles[folded] for folded in order if folded not in self.workshops]

    def add_workshop(self, title: str) -> None:
        number = max((workshop.number for workshop in self.meeting.workshops), default=0) + 1
        theme = self.themes.get(fold(title))
        name = theme.name if theme else Translated({guess_language(title): title})
        workshop = Workshop(number=number, theme=name, theme_id=theme.id if theme else None)
        self.meeting.workshops.append(workshop)
        self.workshops[fold(title)] = workshop


def _figures(people: Sequence[ListedParticipant]) -> list[tuple[Lazy, list[tuple[Lazy, int]]]]:
    """What the list says of its people, for whoever imports it to compare with the report."""
    return [
        (question.label, _counted(question, [listed.said[question] for listed in people]))
        for question in LISTED
    ]


def _counted(question: StatisticalQuestion, answers: list[str | None]) -> list[tuple[Lazy, int]]:
    counts = Counter(answer or NOT_STATED for answer in answers)
    return [(label, counts[value]) for value, label in question.labels.items() if counts[value]]
