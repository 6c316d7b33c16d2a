"""Ideas that say much the same: found over languages' spellings and cycles, never those that are silent."""

from __future__ import annotations

import pytest

from cocreation.core import clock
from cocreation.ideas.models.idea import IdeaState
from cocreation.ideas.queries.similar import similar_to
from cocreation.reasons.models import Fate, Reason
from cocreation.text.stems import search_tokens
from tests.forms import fill
from tests.senders import ideas, write

BUDGET = "نشر ميزانية الجماعة على الأنترنت بلغة مبسطة كل سنة"
SAID = {
    1: BUDGET,
    2: "تفعيل القانون 31.13 المتعلق بالحق في الحصول على المعلومات داخل الجماعات",
    3: "Publier le budget des communes en ligne, dans un format ouvert",
    4: "Créer un guichet pour les personnes en situation de handicap dans chaque province",
    5: "Former les jeunes des quartiers au contrôle citoyen du budget de leur commune",
}


@pytest.fixture
def said(cast):
    return {number: write(cast, proposal=words)[0] for number, words in SAID.items()}


def found(words: str, **options) -> list[int]:
    return [idea.number for idea in similar_to(words, **options)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("نشر ميزانيات الجماعات في الأنترنت", [1]),
        ("الحق في الحصول على المعلومة: تطبيق قانون 31-13", [2]),
        ("publication en ligne des budgets communaux", [3]),
        ("un guichet pour les personnes handicapées en situation difficile, par province", [4]),
        ("تحسين النقل المدرسي في القرى البعيدة", []),
        ("planter des arbres devant chaque école", []),
        ("", []),
        ("و ... ؟", []),
    ],
)
def test_what_says_much_the_same_is_found(said, words, numbers):
    assert found(words)[: len(numbers) or 5] == numbers


def test_the_most_alike_comes_first_and_no_more_than_asked(said):
    assert found(SAID[3])[0] == 3
    assert len(found(SAID[3], limit=1)) == 1
    assert found(SAID[3], excluding=said[3].id) == [n for n in found(SAID[3]) if n != 3]


def test_what_is_silent_or_not_confirmed_is_never_shown(cast):
    withdrawn = {
        "state": IdeaState.WITHDRAWN,
        "fate": Fate.WITHDRAWN,
        "reason": Reason.AUTHOR_WITHDREW,
        "reason_text": {"fr": "—"},
        "fate_at": clock.now(),
    }
    unconfirmed = {
        "state": IdeaState.UNCONFIRMED,
        "number": None,
        "reference": None,
        "received_at": None,
        "steps": [],
    }
    for silent in (withdrawn, {"hidden_at": clock.now()}, unconfirmed):
        write(cast, proposal=BUDGET, tokens=search_tokens(BUDGET), **silent)
    assert not found(BUDGET)


def test_two_statements_for_a_few_and_for_many(cast, statements):
    counts = []
    for more in (1, 40):
        write(cast, more, proposal=BUDGET)
        with statements() as asked:
            similar_to(BUDGET * 20)
        counts.append(len(asked))
    assert counts == [2, 2]


def test_while_writing_each_comes_with_what_became_of_it(cast, client):
    fate = {
        "state": IdeaState.PUBLISHED,
        "fate": Fate.DEFERRED,
        "reason": Reason.LACKS_TIME,
        "reason_text": {"en": "After 2028."},
        "fate_at": clock.now(),
    }
    write(cast, proposal=BUDGET, **fate)
    write(cast, proposal=f"{BUDGET} <b>")
    part = client.get("/en/ideas/similar", query_string={"q": BUDGET}).text
    assert "<html" not in part
    for shown in (
        "2026-1",
        "fate-deferred",
        "After 2028.",
        "2026-2",
        "&lt;b&gt;",
        "/en/ideas/2026-2#support",
    ):
        assert shown in part
    assert "/en/ideas/2026-1#support" not in part  # it is settled: it can be read, no longer supported
    assert "/en/ideas/" not in client.get("/en/ideas/similar?q=arbres").text
    assert client.get("/en/ideas/similar").status_code == 200


def test_without_javascript_a_button_looks_and_loses_nothing(cast, client):
    write(cast, proposal=BUDGET)
    answer = fill(client, "/en/ideas/new", proposal=BUDGET, problem="نص يبقى", act="look")
    assert answer.status_code == 200
    assert "2026-1" in answer.text
    assert "نص يبقى" in answer.text
    assert len(ideas()) == 1
