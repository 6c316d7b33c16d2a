"""Territories of Morocco, institutions and associations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, false
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Json, Translated
from cocreation.core.enums import Named
from cocreation.languages.i18n import DEFAULT, lazy_gettext as _l
from cocreation.text import spelling


class Region(Base):
    """One of the twelve regions; `code` is the two digits of the High Commission for Planning (HCP)."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[Translated]


class Province(Base):
    """A province or prefecture; its code begins with its region's in the HCP's numbering."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    name: Mapped[Translated]


class Commune(Base):
    __tablename__ = "communes"

    code: Mapped[str] = mapped_column(primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    name: Mapped[Translated]


class Institution(Base):
    """A body that studies ideas and carries out commitments; meetings can invite a consultative one."""

    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Translated]
    email: Mapped[str | None]
    is_consultative: Mapped[bool] = mapped_column(default=False, server_default=false())


class Domain(Named):
    """What associations work on."""

    GOVERNANCE = "governance", _l("governance and transparency")
    RIGHTS = "rights", _l("human rights")
    WOMEN = "women", _l("women’s rights and equality")
    YOUTH = "youth", _l("youth and childhood")
    DISABILITY = "disability", _l("people with disabilities")
    ENVIRONMENT = "environment", _l("environment and climate")
    LOCAL_DEVELOPMENT = "local_development", _l("local development")
    EDUCATION = "education", _l("education and culture")
    HEALTH = "health", _l("health and social care")
    DIGITAL = "digital", _l("digital technology and media")
    ECONOMY = "economy", _l("social economy and employment")


class AssociationState(Named):
    """Where a declaration stands with the secretariat."""

    WAITING = "waiting", _l("waiting to be verified")
    VERIFIED = "verified", _l("verified")
    REFUSED = "refused", _l("not verified")


def _folded(context: DefaultExecutionContext) -> str:
    row = context.get_current_parameters()
    return fold_names(row["name"], row.get("acronym"))


def fold_names(name: str, acronym: str | None) -> str:
    """What a search by name compares with, in every spelling."""
    return spelling.fold(f"{name} {acronym or ''}".strip())


class Association(Base):
    """An association as it declares itself, public once the secretariat has verified it.

    `legal_number` is the number of the receipt the authorities gave it when it was founded.
    `domains` are the values of the `Domain`s it works in. Contacts are for the secretariat only.
    """

    __tablename__ = "associations"
    __table_args__ = (
        Index("ix_associations_by_name", "folded", "id"),
        Index("ix_associations_by_age", "declared_at", "id"),
        CheckConstraint("verified_at is null or refused_at is null", name="one_decision"),
        CheckConstraint("(refused_at is null) = (refusal is null)", name="reasoned"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    acronym: Mapped[str | None]
    folded: Mapped[str] = mapped_column(default=_folded)
    legal_number: Mapped[str | None] = mapped_column(unique=True)
    city: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    domains: Mapped[list[str]] = mapped_column(Json, default=list)
    purpose: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default=DEFAULT.code)
    receipt: Mapped[str] = mapped_column(unique=True)
    once: Mapped[str | None] = mapped_column(unique=True)
    declared_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    refusal: Mapped[str | None] = mapped_column(Text)

    region: Mapped[Region] = relationship(lazy="raise_on_sql")

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def state(self) -> AssociationState:
        if self.verified_at:
            return AssociationState.VERIFIED
        return AssociationState.REFUSED if self.refused_at else AssociationState.WAITING

    @property
    def works_on(self) -> list[Domain]:
        """Its domains in the order of `Domain`; what is no domain any more is left out."""
        return [domain for domain in Domain if domain.value in self.domains]
