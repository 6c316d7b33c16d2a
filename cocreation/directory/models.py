"""Territories of Morocco, institutions and associations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Json, Translated


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
    """A body that studies ideas and carries out commitments."""

    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Translated]
    email: Mapped[str | None]


class Association(Base):
    """An association as it declares itself, public once the secretariat has verified it.

    `legal_number` is the number of the receipt the authorities gave it when it was founded.
    `domains` are the keys of `Domain` it works in. Contacts are for the secretariat only.
    """

    __tablename__ = "associations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    acronym: Mapped[str | None]
    legal_number: Mapped[str | None] = mapped_column(unique=True)
    city: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    domains: Mapped[list[str]] = mapped_column(Json, default=list)
    contact_name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    receipt: Mapped[str] = mapped_column(unique=True)
    declared_at: Mapped[datetime]
    verified_at: Mapped[datetime | None] = mapped_column(index=True)

    region: Mapped[Region] = relationship(lazy="raise_on_sql")

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None
