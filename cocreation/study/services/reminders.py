"""Reminders of what awaits an answer: a week before its day, the day before, and the day after.

A reminder tells all that is urgent for its reader, so that one mail a person and day is enough, whatever
sends it: the worker, or somebody of the secretariat who presses a button.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import audit, clock, outbox
from cocreation.core.chores import each_of
from cocreation.core.database import found, session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.languages import i18n
from cocreation.study.emails import REFERRED_TO_BODY, REMINDER
from cocreation.study.models import Referral
from cocreation.study.queries.bundle import IS_WAITING
from cocreation.study.refusals import InstitutionRemindedToday, NoFocalPoint, NothingLate
from cocreation.study.services.referrals import NAMED

# Days before the due day on which people are reminded; minus one is the day after it.
REMINDED = (7, 1, -1)
SOON = timedelta(days=7)
DAY = timedelta(days=1)
EARLIEST = 8  # o'clock in Morocco: nobody's telephone rings at night for this


@dataclass(frozen=True)
class _Awaited:
    """An answer that is late or due soon."""

    institution_id: int
    delegate_id: int | None
    due_on: date
    reference: str | None


@dataclass
class _Reader:
    """Whom a reminder goes to, with what awaits their answer and what others became late with."""

    person: Person
    answers: list[_Awaited] = field(default_factory=list)
    late_there: list[_Awaited] = field(default_factory=list)


def remind(now: datetime) -> int:
    """Remind everyone whose answers are due in seven days, tomorrow, or were due yesterday; how many mails.

    The secretariat hears of what became late. Commits. A chore: see `core.chores`.
    """
    today = clock.day_of(now)
    if now.astimezone(i18n.ZONE).hour < EARLIEST:
        return 0
    days = {today + timedelta(days=distance) for distance in REMINDED}
    awaited = _awaited(today)
    readers = _answerers(awaited, lambda answer: answer.due_on in days)
    _add_secretariat(readers, [answer for answer in awaited if answer.due_on == today - DAY])
    names = _names({answer.institution_id for answer in awaited})
    return each_of("reminder", readers, lambda person_id: _post(readers[person_id], names, today), now=now)


def remind_now(slug: str, *, by: int, now: datetime) -> int:
    """Remind the people of an institution that is late, or its own address where nobody answers; how many.

    Raises NotFound, NothingLate, NoFocalPoint, InstitutionRemindedToday.
    """
    body: Institution = found(session.scalar(select(Institution).where(Institution.slug == slug)))
    today = clock.day_of(now)
    awaited = _awaited(today, [body.id])
    if not any(answer.due_on < today for answer in awaited):
        raise NothingLate
    readers = _answerers(awaited, lambda answer: answer.due_on < today)
    if not readers and not body.email:
        raise NoFocalPoint
    late = [answer for answer in awaited if answer.due_on < today]
    sent = sum([_post(reader, {}, today) for reader in readers.values()])
    if not readers:
        sent = int(_post_to(body, late, today))
    if not sent:
        raise InstitutionRemindedToday
    audit.record("institution reminded", slug, by=by, now=now, mails=sent)
    return sent


def _awaited(today: date, institution_ids: Collection[int] | None = None) -> list[_Awaited]:
    """What waits and is late, or due within a week, the most urgent first."""
    columns = Referral.institution_id, Referral.delegate_id, Referral.due_on, Idea.reference
    statement = select(*columns).join(Referral.idea).where(IS_WAITING, Referral.due_on <= today + SOON)
    if institution_ids is not None:
        statement = statement.where(Referral.institution_id.in_(institution_ids))
    rows = session.execute(statement.order_by(Referral.due_on, Referral.id))
    return [_Awaited(*row) for row in rows]


def _answerers(awaited: Sequence[_Awaited], asks_for_it: Callable[[_Awaited], bool]) -> dict[int, _Reader]:
    """The focal points and colleagues with an answer that asks for a reminder today, with all of theirs."""
    by_body: dict[int, list[_Awaited]] = defaultdict(list)
    for answer in awaited:
        by_body[answer.institution_id].append(answer)
    held = (
        select(Grant, Person)
        .join(Grant.person)
        .where(Grant.role.in_((Role.FOCAL_POINT, Role.COLLEAGUE)), Grant.scope_id.in_(by_body))
    )
    readers: dict[int, _Reader] = {}
    for grant, person in session.execute(_open(held)):
        waiting = by_body[grant.scope_id] if grant.scope_id else []
        if grant.role is Role.COLLEAGUE:
            waiting = [answer for answer in waiting if answer.delegate_id == person.id]
        reader = readers.setdefault(person.id, _Reader(person))
        reader.answers = list(dict.fromkeys([*reader.answers, *waiting]))
    return {key: reader for key, reader in readers.items() if any(map(asks_for_it, reader.answers))}


def _add_secretariat(readers: dict[int, _Reader], became_late: Sequence[_Awaited]) -> None:
    if not became_late:
        return
    held = select(Grant, Person).join(Grant.person).where(Grant.role == Role.SECRETARIAT)
    for _grant, person in session.execute(_open(held)):
        readers.setdefault(person.id, _Reader(person)).late_there = list(became_late)


def _open(held: Select[Grant, Person]) -> Select[Grant, Person]:
    """Of these people, those who can sign in."""
    return held.where(Person.disabled_at.is_(None)).order_by(Person.id, Grant.id)


def _names(institution_ids: Collection[int]) -> dict[int, dict[str, str]]:
    named = select(Institution.id, Institution.name).where(Institution.id.in_(institution_ids))
    return {number: dict(name) for number, name in session.execute(named)}


def _post(reader: _Reader, names: dict[int, dict[str, str]], today: date) -> bool:
    """Queue the reminder of the day, unless it was; whether it is new. Two workers may try at once."""
    person = reader.person
    key = f"remind:{person.id}:{today.isoformat()}"
    if session.scalar(select(Mail.id).where(Mail.key == key)):
        return False
    late_there = Counter(answer.institution_id for answer in reader.late_there)
    try:
        with session.begin_nested():
            outbox.post(
                REMINDER,
                to=person.email,
                language=person.language,
                key=key,
                late=sum(answer.due_on < today for answer in reader.answers),
                soon=sum(answer.due_on >= today for answer in reader.answers),
                days=list(_days(reader.answers, today)),
                late_there=[{"name": names[body], "count": count} for body, count in late_there.items()],
            )
    except IntegrityError:
        return False
    return True


def _post_to(body: Institution, late: Sequence[_Awaited], today: date) -> bool:
    """The same to the address of an institution nobody answers for here."""
    key = f"remind:body {body.id}:{today.isoformat()}"
    if session.scalar(select(Mail.id).where(Mail.key == key)):
        return False
    references = [answer.reference for answer in late]
    outbox.post(
        REFERRED_TO_BODY,
        to=body.email or "",
        language=i18n.DEFAULT.code,
        key=key,
        references=references[:NAMED],
        more=max(len(references) - NAMED, 0),
        due_on=late[0].due_on.isoformat(),
    )
    return True


def _days(answers: Iterable[_Awaited], today: date) -> Iterator[dict[str, object]]:
    """What is due, day by day; references rather than words."""
    by_day: dict[date, list[str | None]] = defaultdict(list)
    for answer in answers:
        by_day[answer.due_on].append(answer.reference)
    for day, references in sorted(by_day.items()):
        yield {
            "due_on": day.isoformat(),
            "late": day < today,
            "references": references[:NAMED],
            "more": max(len(references) - NAMED, 0),
        }
