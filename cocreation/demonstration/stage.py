"""Who and what stands on the stage of both cycles: bodies, associations, staff; and how a cycle is set up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.cycles import services as cycles
from cocreation.cycles.models import Axis, Cycle, Phase, Theme
from cocreation.demonstration import programmes
from cocreation.demonstration.content import at, days, load, translated
from cocreation.directory.models import Association, Institution
from cocreation.ideas import words as ideas_words
from cocreation.ideas.models.idea import AuthorKind, Idea, Origin
from cocreation.languages import i18n
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.services import announcement
from cocreation.plan.models import Commitment
from cocreation.plan.services import commitments as plan
from cocreation.preparation import services as preparation
from cocreation.submission.services import ideas

BEGINNING = date(2023, 9, 1)
# The id a role is to hold for, from the reference people use.
ScopeOf = Callable[[Role, str | None], int | None]


@dataclass
class DemonstrationStage:
    """Institutions by slug, associations by region, people by address."""

    institutions: dict[str, Institution]
    associations: dict[str, Association]
    people: dict[str, Person]

    @property
    def secretariat(self) -> Person:
        return self.people["secretariat@demo.example"]

    def speaker_of(self, slug: str) -> Person:
        """Who answers for an institution: its focal point where it has one here."""
        focal = {"digital": "focal@demo.example", "finance": "focal.finance@demo.example"}
        return self.people[focal[slug]] if slug in focal else self.secretariat


@dataclass
class Plan:
    """A cycle with its themes and axes, in the order of the content, which counts from 1."""

    cycle: Cycle
    themes: list[Theme]
    axes: list[Axis]


def set_up() -> DemonstrationStage:
    """Bodies, associations and people; the people hold nothing yet."""
    now, said = at(BEGINNING, 9), load("directory")
    institutions = {
        slug: Institution(
            slug=slug,
            name=translated(row),
            email=f"{slug}@demo.example",
            is_consultative=row.get("is_consultative", False),
        )
        for slug, row in said["institutions"].items()
    }
    associations = {
        row["region"]: Association(
            name=row["name"],
            acronym=row.get("acronym"),
            legal_number=f"DEMO-{number:03d}/{row['region']}",
            city=row["city"],
            region_code=row["region"],
            domains=row["domains"],
            purpose=row["purpose"],
            email=f"{slug}@demo.example",
            language=row.get("language", i18n.DEFAULT.code),
            receipt=secrets.new_receipt(),
            declared_at=now + timedelta(hours=number),
            verified_at=None if row.get("waiting") else now + timedelta(days=3, hours=number),
        )
        for number, (slug, row) in enumerate(said["associations"].items(), 1)
    }
    people = {
        row["email"]: Person(
            email=row["email"],
            name=row["name"],
            language=row.get("language", i18n.DEFAULT.code),
            created_at=now,
            grants=[],
        )
        for row in load("cycles")["staff"]
    }
    session.add_all([*institutions.values(), *associations.values(), *people.values()])
    session.flush()
    return DemonstrationStage(institutions, associations, people)


def give_roles(stage: DemonstrationStage, scope_of: ScopeOf, now: datetime) -> None:
    """Each person their role, once what it holds for is there."""
    for row in load("cycles")["staff"]:
        role = next(role for role in Role if role.value == row["role"])
        person = stage.people[row["email"]]
        scope = scope_of(role, row.get("of"))
        session.add(Grant(person_id=person.id, role=role, scope_id=scope, granted_at=now))
    session.flush()


def open_cycle(stage: DemonstrationStage, name: str, today: date) -> Plan:
    """The cycle `name` of the content, its code the year it starts in unless it says another."""
    said, by = load("cycles"), stage.secretariat.id
    row = said[name]
    starts, ends = days(today, [row["starts"], row["ends"]])
    now = at(starts, 9)
    calendar = {Phase(key): tuple(days(today, bounds)) for key, bounds in row["calendar"].items()}
    details = cycles.CycleDetails(
        translated(row["title"]),
        translated(row["summary"]),
        starts,
        ends,
        calendar,  # type: ignore[arg-type]
    )
    cycle = cycles.create_cycle(row.get("code", str(starts.year)), details, now=now, by=by)
    parts = {
        kind: [cycles.add_part(cycle.id, kind, translated(words), now=now, by=by) for words in said[kind]]
        for kind in ("themes", "axes")
    }
    preparation.set_usual_rules(cycle.id, now=now, by=by)
    return Plan(cycle, parts["themes"], parts["axes"])  # type: ignore[arg-type]


def hold_meeting(
    stage: DemonstrationStage, plan: Plan, reference: str, day: date, window: tuple[datetime, datetime]
) -> Meeting:
    """Draft the meeting `reference` on `day`, with its programme, and announce it when registration opens."""
    row, by = load("cycles")["meetings"][reference], stage.secretariat.id
    opens, closes = window
    details = announcement.MeetingDetails(
        title=translated(row["title"]),
        city=translated(row["city"]),
        venue=translated(row["venue"]),
        regions=[row["region"]],
        starts_at=at(day, 9),
        ends_at=at(day, 15, 30),
        registration_opens_at=opens,
        registration_closes_at=closes,
        places=row["places"],
        coordinating_association_id=stage.associations[row["region"]].id,
        statistics_published=row.get("statistics_published", False),
        **programmes.said_of(row),
    )
    themes = [plan.themes[number - 1].id for number in row["themes"]]
    drafted = opens - timedelta(days=2)
    meeting = announcement.create(plan.cycle.id, reference, details, themes=themes, by=by, now=drafted)
    programmes.plan(meeting, day, by=by, now=drafted)
    announcement.announce(meeting.id, by=by, now=opens)
    return meeting


def send(
    stage: DemonstrationStage, plan: Plan, number: int, row: list[Any], origin: Origin, now: datetime
) -> Idea:
    """The idea of a row of `ideas.toml`: sent and confirmed by its author, or entered by the secretariat."""
    kind, language, theme, region, _, problem, proposal, result = row
    of_region = stage.associations.get(region)
    association = of_region if kind == "association" and of_region and of_region.is_verified else None
    words = ideas_words.IdeaWords(
        proposal=proposal,
        problem=problem or None,
        expected_result=result or None,
        theme_id=plan.themes[theme - 1].id,
        region_code=region or None,
    )
    author = ideas.Sender(
        kind=AuthorKind(kind),
        name=association.name if association else None,
        email=None if origin is Origin.PAPER else f"author-{plan.cycle.code}-{number:02d}@demo.example",
        is_named=association is not None,
    )
    once = f"demo {plan.cycle.code} {number}"
    with i18n.speaking(language):
        if origin is not Origin.ONLINE:
            by = stage.secretariat.id
            return ideas.enter(plan.cycle.id, words, author, origin, once=once, by=by, now=now)
        sent = ideas.submit(plan.cycle.id, words, author, once=once, now=now)
        return ideas.confirm(sent.receipt, now=now + timedelta(minutes=4))


def draft_commitments(
    stage: DemonstrationStage, plan_: Plan, rows: list[dict[str, Any]], now: datetime
) -> list[Commitment]:
    """The commitments of the content, in its order, not public yet."""
    drafted = []
    for number, row in enumerate(rows, 1):
        texts = {key: translated(row[key]) for key in ("title", "problem", "solution", "expected_result")}
        words = plan.CommitmentWords(
            number=number,
            axis_id=plan_.axes[row["axis"] - 1].id,
            institution_id=stage.institutions[row["body"]].id,
            **texts,
        )
        drafted.append(plan.draft(plan_.cycle.id, words, by=stage.secretariat.id, now=now))
    return drafted
