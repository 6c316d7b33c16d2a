"""What the house says of itself, and a region's page."""

import pytest
from sqlalchemy import select

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import LANGUAGES
from cocreation.portal.about import translations
from cocreation.study.models import Referral
from tests.cast import THEN
from tests.html import hrefs, texts
from tests.portal.test_home import idea


@pytest.mark.parametrize("page", ["about", "privacy", "translations", "regions/02", "cycles", ""])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_speaks_every_language(client, page, lang):
    answer = client.get(f"/{lang}/{page}")
    assert answer.status_code == 200
    assert f'lang="{lang}"' in answer.text


def test_the_way_has_ten_steps(client):
    page = client.get("/en/about").text
    assert page.split('<ol class="path">')[1].split("</ol>")[0].count("<li>") == 10


def test_a_region_has_its_meetings_and_its_ideas(client, cast):
    idea(cast, 1, state=IdeaState.REFERRED)
    idea(cast, 2, state=IdeaState.REFERRED, region="05")
    session.commit()
    session.remove()
    page = client.get("/fr/regions/02").text
    assert "Rencontre d&#39;Oujda" in page
    assert "مقترح <bdi>1</bdi>" in page
    assert "مقترح <bdi>2</bdi>" not in page


def test_a_region_begins_with_its_next_meeting_and_ends_with_its_institutions(client, cast):
    idea(cast, 1, state=IdeaState.REFERRED)
    idea(cast, 2, state=IdeaState.REFERRED, region="05")
    session.flush()
    for row in session.scalars(select(Idea)):
        due = {"due_on": THEN.date(), "referred_by": cast.salma.id, "referred_at": THEN}
        session.add(Referral(idea_id=row.id, institution_id=cast.ministry.id, **due))
    session.commit()
    session.remove()
    page = client.get("/en/regions/02").text
    assert "/en/meetings/OR1/register" in hrefs(page, "[aria-labelledby=coming] a")
    assert texts(page, ".figures dd")[0] == "1"
    assert texts(page, "[aria-labelledby=institutions] .count") == ["1"]
    assert page.count("is-active") == 1


def test_a_region_costs_the_same_for_many_ideas(client, cast, statements):
    with statements() as few:
        client.get("/fr/regions/02")
    for n in range(1, 40):
        idea(cast, n, state=IdeaState.REFERRED)
    session.commit()
    session.remove()
    with statements() as many:
        client.get("/fr/regions/02")
    assert len(few) <= len(many) <= 6
    assert client.get("/fr/regions/02").text.count("مقترح") == 10


def test_an_empty_region_says_what_to_do(client):
    assert texts(client.get("/en/regions/12").text, "[aria-labelledby=meetings] .empty a")
    assert client.get("/en/regions/13").status_code == 404


def test_what_is_translated_is_counted_from_the_catalogues(tmp_path, monkeypatch):
    for code, text in {
        "ar": 'msgid "One"\nmsgstr "واحد"\n\nmsgid "Two"\nmsgstr "اثنان"\n',
        "fr": 'msgid "One"\nmsgstr "Un"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Deux ?"\n',
        "zgh": 'msgid "One"\nmsgstr ""\n\nmsgid "Two"\nmsgstr ""\n',
    }.items():
        folder = tmp_path / "translations" / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        (folder / "messages.po").write_text(head + text)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    counted = {
        spoken.language.code: (spoken.translated, spoken.total)
        for spoken in translations.spoken.__wrapped__()
    }
    without = dict.fromkeys(LANGUAGES, (0, 2))
    assert counted == {**without, "ar": (2, 2), "fr": (1, 2), "en": (2, 2), "zgh": (0, 2)}
