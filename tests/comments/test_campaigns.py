"""Copies of one text are grouped by the worker: one argument, many signatures, none deleted."""

from __future__ import annotations

import ast
import random

from sqlalchemy import select, update

from cocreation.comments.copies import FEWEST, compared, is_copy
from cocreation.comments.models import Campaign, Comment, Stance
from cocreation.comments.services import campaigns
from cocreation.core import clock
from cocreation.core.database import session
from tests.cast import THEN
from tests.comments.consulted import REFERENCE, TEXT, comments, say
from tests.forms import fill
from tests.html import parse
from tests.processes import ROOT
from tests.selection import crowd

LETTER = (
    "نحن الموقعين أسفله نطالب بنشر قرارات المجالس الجماعية كاملة على مواقعها داخل أجل خمسة عشر يوما، "
    "بالعربية والأمازيغية، في صيغة قابلة لإعادة الاستعمال، مع محاضر الدورات وتصويت كل عضو."
)
OTHER = (
    "أجل شهر معقول لأن الجماعات الصغيرة لا تتوفر على موظفين مكلفين بالنشر ولا على ميزانية للترجمة، "
    "وينبغي أن تواكبها الوزارة بالتكوين والدعم التقني قبل أن تطلب منها ما لا تقدر عليه."
)


def copies_of(letter: str, count: int, seed: int = 1) -> list[str]:
    """Copies as people send them: a word more, a word less, another spelling."""
    chance, words = random.Random(seed), letter.split()
    sent = []
    for number in range(count):
        own = [*words]
        own[chance.randrange(len(own))] = chance.choice(["حقا", "كذلك", own[0]])
        sent.append(
            " ".join(own).replace("أ", chance.choice("أا")) + chance.choice(["", f" توقيع {number}", "."])
        )
    return sent


def group() -> int:
    session.remove()
    return campaigns.group(clock.now())


def found() -> list[Campaign]:
    session.remove()
    return list(session.scalars(select(Campaign).order_by(Campaign.id)))


def listed(client, url: str = TEXT) -> list[str]:
    return [value for part in parse(client.get(url).text).iter() if (value := part.get("data-comment"))]


def test_copies_are_one_argument_with_their_number_of_signatures(text, client):
    say(text, OTHER, *copies_of(LETTER, 12), f"{OTHER} وشكرا.")
    assert group() == 14
    [campaign] = found()
    assert campaign.signatures == 12
    assert listed(client) == ["2026-PC1-0014", "2026-PC1-0002", "2026-PC1-0001"]
    page = parse(client.get(TEXT).text)
    assert [part.get("data-signatures") for part in page.iter() if part.get("data-signatures")] == ["12"]
    signed = listed(client, f"/en/consultations/{REFERENCE}/comments/2/signatures")
    assert len(signed) == 12
    assert client.get(f"/en/consultations/{REFERENCE}/comments/9").status_code == 200, "each keeps its page"
    assert client.get(f"/en/consultations/{REFERENCE}/comments/1/signatures").status_code == 404
    assert group() == 0


def test_it_takes_five_and_those_who_come_later_sign_too(text):
    letters = copies_of(LETTER, 12)
    say(text, *letters[: FEWEST - 1])
    group()
    assert found() == []
    say(text, letters[FEWEST])
    group()
    assert [campaign.signatures for campaign in found()] == [FEWEST]
    say(text, *letters[FEWEST + 1 :])
    group()
    assert [campaign.signatures for campaign in found()] == [11]
    assert sum(not row.is_copy for row in comments()) == 1


def test_what_anybody_might_say_is_no_campaign(text):
    say(text, *["أوافق على هذا النص"] * 20)
    assert group() == 20
    assert found() == []


def test_another_stance_or_place_is_another_argument(text):
    say(text, *copies_of(LETTER, 4), stance=Stance.AGREE)
    say(text, *copies_of(LETTER, 4), stance=Stance.DISAGREE)
    say(text, *copies_of(LETTER, 4), section="problem")
    group()
    assert found() == []


def test_where_the_first_is_taken_back_another_stands_for_the_campaign(text, client):
    say(text, *copies_of(LETTER, 6))
    group()
    receipt = comments()[0].receipt
    fill(client, f"/en/comments/{receipt}/withdraw")
    assert [campaign.signatures for campaign in found()] == [5]
    assert listed(client) == ["2026-PC1-0002"]


def test_another_worker_that_was_quicker_is_not_undone(text, monkeypatch):
    say(text, *copies_of(LETTER, 6))
    compare = campaigns._compare

    def overtaken(place, new):
        findings = compare(place, new)
        monkeypatch.setattr(campaigns, "_compare", compare)
        group()
        return findings

    monkeypatch.setattr(campaigns, "_compare", overtaken)
    group()
    assert [campaign.signatures for campaign in found()] == [6]


def test_a_flood_of_copies_is_grouped(text, client):
    many = crowd(3000, 300)
    say(text, *(f"{OTHER} {word}" for word in OTHER.split()[:3]), *copies_of(LETTER, many))
    while group():
        pass
    [campaign] = found()
    assert campaign.signatures >= 0.95 * many
    assert len(listed(client)) <= 20
    assert len(comments()) == many + 3, "none is deleted"


def test_spelling_and_a_few_words_make_no_difference():
    first, second, other = (compared(said) for said in (LETTER, LETTER.replace("أ", "ا"), OTHER))
    assert first == second
    assert is_copy(first, second)
    assert not is_copy(first, other)
    assert compared("أوافق") == ""


def test_who_serves_pages_does_not_load_what_finds_copies():
    """It brings a hundred megabytes: no module of ours imports it when it is imported itself."""
    for path in ROOT.joinpath("cocreation").rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                imported = [getattr(node, "module", ""), *(alias.name for alias in node.names)]
                assert not {"datasketch", "numpy", "scipy"} & set(imported), path


def test_silent_comments_sign_nothing(text):
    rows = say(text, *copies_of(LETTER, 6))
    group()
    [campaign] = found()
    session.execute(update(Comment).where(Comment.id == rows[1].id).values(withdrawn_at=THEN))
    campaigns.count(campaign.id)
    session.commit()
    assert [campaign.signatures for campaign in found()] == [5]
