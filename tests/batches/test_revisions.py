"""Rewording what was published: a version with its day, its difference and its mail."""

from __future__ import annotations

import json

import pytest

from cocreation.batches.emails import REVISED
from cocreation.batches.refusals import NothingChanged, NotPublished
from cocreation.batches.services import publication, revisions
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.core.outbox import Mail
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.models.idea import IdeaState
from cocreation.ideas.services.withdrawal import withdraw
from cocreation.text.differences import differences
from tests.cast import THEN, T
from tests.desk import batch_of, entries, idea, participant, published, received, restated, steps, work
from tests.forms import fill
from tests.words import refuses

PAGE = "/en/manage/dispositions/fates/2026-1"
WHY = {"why-fr": "Le montant était faux"}


def test_new_words_stand_beside_the_old_ones_and_everyone_concerned_is_told(cast, salma, app, tmp_path):
    published(cast, email="author@example.org")
    work(app)
    words = {"reason": "lacks_time", "reason_text-fr": "Pas de temps cette fois", "body": cast.finance.id}
    answer = fill(salma, PAGE, **words, **WHY)
    assert answer.status_code == 302
    now = idea("2026-1")
    assert (now.reason.value, now.reason_text["fr"]) == ("lacks_time", "Pas de temps cette fois")
    assert (now.fate.value, now.institution_id) == ("deferred", cast.finance.id)
    first, last = [step for step in steps("2026-1") if step.kind.value in ("fate", "revised")]
    assert (first.text["fr"], last.text["fr"]) == ("Pas de budget cette fois", "Pas de temps cette fois")
    assert last.why == {"fr": "Le montant était faux"}
    page = cast.visitor().get("/fr/ideas/2026-1").text
    assert '<del><span class="visually-hidden">' in page
    assert "budget</del>" in page
    assert "temps</ins>" in page
    assert "Le montant était faux" in page
    assert "10 mars 2026" in page.split("verdict")[1]
    told = json.loads(entries()[-1].content)
    assert (told["action"], told["subject"], told["body"]) == ("fate revised", "2026-1", "finance")
    assert told["why"] == {"fr": "Le montant était faux"}
    assert [mail.to for mail in session.query(Mail).filter_by(template=REVISED.name)] == [
        "author@example.org"
    ]
    work(app)
    bodies = {mail: mail.get_body(("plain",)).get_content() for mail in mailbox(tmp_path / "mail")}
    [mail] = [mail for mail, body in bodies.items() if "Pas de temps cette fois" in body]
    assert mail["To"] == "author@example.org"
    assert "Le montant était faux" in bodies[mail]
    assert "/fr/ideas/2026-1" in mail.get_body(("html",)).get_content()


def test_who_sat_at_the_table_is_told_too(cast, salma):
    restated(cast)
    participant(cast, "table@example.org")
    session.query(type(idea("2026-1"))).one().state = IdeaState.ANSWERED
    session.commit()
    batch_id = batch_of(cast, [idea("2026-1").id])
    publication.publish(batch_id, by=cast.salma.id, now=THEN)
    session.commit()
    fill(salma, PAGE, **{"reason_text-fr": "Autrement"}, **WHY)
    fill(salma, PAGE, **{"reason_text-fr": "Encore autrement"}, **WHY)
    mails = session.query(Mail).filter(Mail.template == "dispositions/revised").all()
    assert [mail.to for mail in mails] == ["table@example.org"] * 2


@pytest.mark.parametrize(
    ("given", "because"),
    [
        ({}, NothingChanged),
        ({"reason_text-fr": "", "reason_text-ar": ""}, {"reason_text"}),
        ({"reason_text-fr": "Autrement", "why-fr": ""}, {"why"}),
        ({"reason_text-fr": "Autrement", "reason": "fits_the_plan"}, {"reason"}),
        ({"reason_text-fr": "Autrement", "body": "99"}, {"body"}),
    ],
)
def test_words_that_change_nothing_or_lack_something_are_refused(cast, salma, given, because):
    published(cast)
    links = len(entries())
    answer = fill(salma, PAGE, **WHY | given)
    assert answer.status_code == 422
    assert refuses(answer, because)
    assert len(entries()) == links
    assert idea("2026-1").reason_text["fr"] == "Pas de budget cette fois"


def test_only_a_published_fate_is_reworded(cast, salma):
    received(cast, state=IdeaState.ANSWERED)
    assert salma.get(PAGE).status_code == 404
    withdraw(idea("2026-1").receipt, now=THEN)
    session.commit()
    assert salma.get(PAGE).status_code == 404
    gone = idea("2026-1")
    with pytest.raises(NotPublished):
        revisions.revise_published(
            gone.id, FateDecision.of(gone), why=T("ل", "p"), by=cast.salma.id, now=THEN
        )


def test_of_two_who_reword_the_second_sees_what_the_first_published(cast, salma):
    published(cast)
    amal = cast.visitor(cast.amal)
    page = amal.get(PAGE).text
    seen = page.split('name="seen" type="hidden" value="')[1].split('"')[0]
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    fill(salma, PAGE, **{"reason_text-fr": "La première"}, **WHY)
    typed = {"reason": "lacks_time", "reason_text-fr": "La mienne", "body": cast.ministry.id, **WHY}
    late = amal.post(PAGE, data={**typed, "seen": seen, "csrf_token": token})
    assert late.status_code == 409
    assert "La première" in late.text
    assert "La mienne" in late.text
    assert idea("2026-1").reason_text["fr"] == "La première"


def test_strangers_see_no_way_to_reword(cast, salma):
    published(cast)
    assert "/manage/dispositions/fates/" not in cast.visitor().get("/en/ideas/2026-1").text
    assert "/manage/dispositions/fates/2026-1" in salma.get("/en/ideas/2026-1").text


def test_a_difference_is_told_word_by_word():
    assert differences("a b c", "a x c d") == [
        ("kept", "a"),
        ("removed", " b"),
        ("added", " x"),
        ("kept", " c"),
        ("added", " d"),
    ]
    assert differences("", "new") == [("added", "new")]
    assert differences("same", "same") == [("kept", "same")]
    assert differences("old words", "") == [("removed", "old words")]
