"""Institutions, and the territories everyone uses."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from cocreation.core.database import session
from cocreation.directory.models import Commune, Province, Region
from cocreation.directory.services import load_territories
from tests.forms import fill

MANAGE = "/en/manage/directory/institutions"


def test_the_territories_are_complete_and_named_in_both_languages(app):
    counts = [
        session.scalar(select(func.count()).select_from(model)) for model in (Region, Province, Commune)
    ]
    assert counts == [12, 83, 1503]
    regions = session.scalars(select(Region).order_by(Region.code)).all()
    assert [region.code for region in regions] == [f"{number:02}" for number in range(1, 13)]
    assert all(region.name["ar"] and region.name["fr"] for region in regions)
    oriental = next(region for region in regions if region.code == "02")
    assert (oriental.name["ar"], oriental.name["fr"]) == ("الشرق", "Oriental")
    orphans = (
        select(func.count()).select_from(Commune).where(Commune.province_code.not_in(select(Province.code)))
    )
    assert session.scalar(orphans) == 0


def test_loading_the_territories_again_changes_nothing(app, statements):
    with statements() as asked:
        load_territories()
    assert len(asked) == 3


def test_the_public_list_names_them_in_the_readers_language(client, cast):
    assert "Le ministère d&#39;essai" in client.get("/fr/institutions").text
    page = client.get("/ar/institutions").text
    assert "وزارة الاختبار" in page
    assert "Le ministère" not in page


def test_the_secretariat_adds_and_corrects_one(cast):
    salma = cast.visitor(cast.salma)
    added = {"name-ar": "وزارة الصحة", "name-fr": "Santé", "slug": "health", "email": "sante@example.org"}
    assert fill(salma, MANAGE, **added).location == MANAGE
    assert "Santé" in cast.visitor().get("/fr/institutions").text
    assert "sante@example.org" not in cast.visitor().get("/fr/institutions").text
    fill(salma, f"{MANAGE}/{cast.ministry.id}", **{"name-fr": "Ministère renommé"})
    assert "Ministère renommé" in cast.visitor().get("/fr/institutions").text
    assert "وزارة الاختبار" in cast.visitor().get("/ar/institutions").text


@pytest.mark.parametrize(
    ("slug", "status"), [("finance", 409), ("Le Ministère", 422), ("a--b", 422), ("", 422), ("x" * 61, 422)]
)
def test_a_short_name_is_one_institutions_and_fit_for_an_address(cast, slug, status):
    answer = fill(cast.visitor(cast.salma), MANAGE, **{"name-fr": "Autre", "slug": slug})
    assert answer.status_code == status
    assert 'value="Autre"' in answer.text
    assert "Autre" not in cast.visitor().get("/fr/institutions").text
