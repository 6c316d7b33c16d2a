"""The cast of every test: one cycle, one meeting, one person in each role. Same names everywhere.

On Tuesday 10 March 2026 at 9:00 UTC (the fixture `now`), every phase of the cycle is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from cocreation.accounts.models import Grant, Person, Role, SignIn
from cocreation.core import clock, secrets
from cocreation.core.database import Translated, session
from cocreation.cycles.models import Axis, Cycle, Phase, PhasePeriod, Theme
from cocreation.directory.models import Association, Institution, Region
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.plan.models import Commitment

THEN = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@dataclass
class Cast:
    """Ids and names to play with; the rows themselves are read afresh by who needs them."""

    app: Flask
    cycle: Cycle
    access: Theme
    digital: Theme
    axis: Axis
    ministry: Institution
    finance: Institution
    association: Association
    meeting: Meeting
    commitment: Commitment
    amal: Person  # administrator
    salma: Person  # secretariat
    karim: Person  # coordinator of the meeting
    fatima: Person  # facilitator of its first workshop
    farid: Person  # focal point of the ministry
    driss: Person  # colleague of the ministry's focal point
    mounia: Person  # committee member
    hicham: Person  # lead of the commitment

    @property
    def staff(self) -> dict[Role, Person]:
        government = (self.amal, self.salma, self.karim, self.fatima, self.farid, self.driss)
        people = (*government, self.mounia, self.hicham)
        return dict(zip(Role, people, strict=True))

    def visitor(self, person: Person | None = None) -> FlaskClient:
        """A browser of its own, signed in as `person` when given."""
        client = self.app.test_client()
        if person is not None:
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = sign_in(person), True
        return client


def sign_in(person: Person) -> str:
    """A sign-in of `person`, committed; the token its cookie holds."""
    token, now = secrets.new_token(), clock.now()
    row = SignIn(
        person_id=person.id,
        digest=secrets.digest(token),
        started_at=now,
        expires_at=now + timedelta(hours=12),
        browser="tests",
        proved_at=now,
    )
    session.add(row)
    session.commit()
    session.remove()
    return token


def make(app: Flask) -> Cast:
    """Write the cast to the database of `app`."""
    cycle = Cycle(
        code="2026",
        title=T("خطة العمل 2026", "Plan d'action 2026"),
        summary=T("دورة الاختبار", "Le cycle des tests"),
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        phases=[PhasePeriod(phase=p, opens_on=date(2026, 1, 1), closes_on=date(2026, 12, 31)) for p in Phase],
    )
    access = Theme(position=1, name=T("الحصول على المعلومات", "L'accès à l'information"))
    digital = Theme(position=2, name=T("الرقمنة", "Le numérique"))
    axis = Axis(position=1, name=T("الشفافية", "La transparence"))
    cycle.themes, cycle.axes = [access, digital], [axis]
    ministry = Institution(slug="ministry", name=T("وزارة الاختبار", "Le ministère d'essai"))
    finance = Institution(
        slug="finance", name=T("إدارة الميزانية", "La direction du budget"), email="budget@example.org"
    )
    association = Association(
        name="جمعية الاختبار",
        city="وجدة",
        region_code="02",
        receipt=secrets.new_receipt(),
        declared_at=THEN,
        verified_at=THEN,
    )
    session.add_all([cycle, ministry, finance, association])
    session.flush()
    meeting = Meeting(
        reference="OR1",
        cycle_id=cycle.id,
        title=T("لقاء وجدة", "Rencontre d'Oujda"),
        city=T("وجدة", "Oujda"),
        venue=T("دار الشباب", "Maison des jeunes"),
        coordinating_association_id=association.id,
        starts_at=THEN + timedelta(days=20),
        ends_at=THEN + timedelta(days=20, hours=6),
        registration_opens_at=THEN - timedelta(days=5),
        registration_closes_at=THEN + timedelta(days=10),
        places=2,
        announced_at=THEN - timedelta(days=6),
        regions=[session.get_one(Region, "02")],
        workshops=[
            Workshop(number=1, theme=access.name, theme_id=access.id),
            Workshop(number=2, theme=digital.name, theme_id=digital.id),
        ],
    )
    commitment = Commitment(
        cycle_id=cycle.id,
        number=1,
        axis_id=axis.id,
        institution_id=ministry.id,
        title=T("نشر المعطيات", "Publier les données"),
        problem=T("المعطيات غير منشورة", "Les données ne sont pas publiées"),
        solution=T("بوابة واحدة", "Un portail unique"),
        expected_result=T("معطيات في متناول الجميع", "Des données pour tous"),
        published_at=THEN,
    )
    session.add_all([meeting, commitment])
    session.flush()
    scopes = {
        Role.COORDINATOR: meeting.id,
        Role.FACILITATOR: meeting.workshops[0].id,
        Role.FOCAL_POINT: ministry.id,
        Role.COLLEAGUE: ministry.id,
        Role.PROJECT_LEAD: commitment.id,
    }
    names = ("Amal", "Salma", "Karim", "Fatima", "Farid", "Driss", "Mounia", "Hicham")
    people = [person(name, role, scopes.get(role)) for name, role in zip(names, Role, strict=True)]
    session.commit()
    session.remove()  # what is kept of them are copies: no request of a test can spoil them
    return Cast(
        app, cycle, access, digital, axis, ministry, finance, association, meeting, commitment, *people
    )


def person(name: str, role: Role, scope: int | None = None) -> Person:
    """A member of the staff with one role; flushed, not committed."""
    row = Person(
        email=f"{name.lower()}@example.org",
        name=name,
        language="fr",
        created_at=THEN,
        grants=[Grant(role=role, scope_id=scope, granted_at=THEN)],
    )
    session.add(row)
    session.flush()
    return row


def T(ar: str, fr: str) -> Translated:  # noqa: N802 — short because it is everywhere
    return Translated(ar=ar, fr=fr)
