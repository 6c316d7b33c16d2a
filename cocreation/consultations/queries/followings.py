"""What can be followed, and what an address follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cocreation.consultations.models import Consultation, Following
from cocreation.core.clock import day_of
from cocreation.core.database import Translated, session
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution, Region
from cocreation.languages.i18n import Lazy, lazy_gettext as _l

# What is offered, by the word before the dash in the value of a choice.
CONSULTATION, INSTITUTION = _l("One consultation"), _l("All of an institution")
THEME, REGION = _l("All on a theme"), _l("All of a region")


@dataclass(frozen=True)
class Followed:
    """What is followed: one consultation by its id, or all of an institution, a theme or a region."""

    consultation_id: int | None = None
    institution_id: int | None = None
    theme_id: int | None = None
    region_code: str | None = None


Offer = tuple[str, Lazy, Translated, Followed]  # the value of the choice, its kind, its name, what it is


def offers(now: datetime) -> Iterator[Offer]:
    """All that can be followed, by kind."""
    running = select(Consultation).where(
        Consultation.announced_at.is_not(None),
        Consultation.called_off_at.is_(None),
        Consultation.answered_at.is_(None),
    )
    for consultation in session.scalars(running.order_by(Consultation.closes_at)):
        followed = Followed(consultation_id=consultation.id)
        yield f"consultation-{consultation.reference}", CONSULTATION, consultation.title, followed
    for institution in session.scalars(select(Institution).order_by(Institution.slug)):
        followed = Followed(institution_id=institution.id)
        yield f"institution-{institution.slug}", INSTITUTION, institution.name, followed
    themes = select(Theme).join(Cycle, Cycle.id == Theme.cycle_id).where(Cycle.ends_on >= day_of(now))
    for theme in session.scalars(themes.order_by(Cycle.starts_on.desc(), Theme.position)):
        yield f"theme-{theme.id}", THEME, theme.name, Followed(theme_id=theme.id)
    for region in session.scalars(select(Region).order_by(Region.code)):
        yield f"region-{region.code}", REGION, region.name, Followed(region_code=region.code)


def chosen(choice: str, now: datetime) -> tuple[Followed, Translated] | None:
    """What a choice names, and what that is called; None for what is not offered."""
    found = ((followed, name) for value, _kind, name, followed in offers(now) if value == choice)
    return next(found, None)


def following_of(receipt: str) -> Following | None:
    """What the secret of a mail opens, with what is followed."""
    statement = (
        select(Following)
        .where(Following.receipt == receipt)
        .options(
            joinedload(Following.consultation),
            joinedload(Following.institution),
            joinedload(Following.theme),
            joinedload(Following.region),
        )
    )
    return session.scalar(statement) if receipt else None


def name_of(following: Following) -> Translated:
    """What is followed, by its name; `following` as `following_of` loads it."""
    if following.consultation:
        return following.consultation.title
    subject = following.institution or following.theme or following.region
    return subject.name if subject else Translated()
