"""Drafts are shared with the committee, whose members remark on them and are replied to."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cocreation.accounts.models import Role
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.draft_commitments.models import DraftRemark, SharedDraft
from cocreation.draft_commitments.refusals import NothingToShare, SectionGone
from cocreation.plan.queries import get_commitment
from cocreation.web.edits import ChangedMeanwhile
from tests.cast import THEN, person
from tests.desk import waiting
from tests.forms import fill, filled_in, post, press
from tests.html import hrefs, numbers, parse, texts
from tests.words import errors, says

LIST, PAGE = "/en/manage/drafts", "/en/manage/drafts/2026-C02"
PLAN = "/en/manage/plan/2026-C02"


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def mounia(cast):
    return cast.visitor(cast.mounia)


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


def draft(cast, salma, number=2, institution=None):
    words = {
        "number": str(number),
        "institution": str((institution or cast.ministry).id),
        "title-fr": f"Engagement {number}",
        "problem-fr": "Un problème",
        "solution-fr": "Une solution",
        "expected_result-fr": "Un résultat",
    }
    assert fill(salma, "/en/manage/plan/new?cycle=2026", **words).status_code == 302


def share(visitor):
    """All that are offered."""
    return fill(visitor, LIST, drafts=[str(box) for box in drafts_offered(visitor)])


def drafts_offered(visitor):
    tree = parse(visitor.get(LIST).text)
    return [int(box.get("value")) for box in tree.iter("input") if box.get("name") == "drafts"]


@pytest.fixture
def shared(cast, salma):
    draft(cast, salma)
    assert share(salma).status_code == 302
    session.remove()


def remark():
    found = session.scalars(select(DraftRemark)).one()
    session.remove()
    return found


def test_a_draft_is_read_by_the_committee_once_it_is_shared(cast, salma, mounia):
    draft(cast, salma)
    assert PAGE not in hrefs(mounia.get(LIST).text)
    assert mounia.get(PAGE).status_code == 404
    assert waiting(mounia, PAGE) == []
    share(salma)
    assert PAGE in hrefs(mounia.get(LIST).text)
    assert mounia.get(PAGE).status_code == 200
    assert waiting(mounia, PAGE) == [1]
    press(mounia, PAGE, "/read")
    assert waiting(mounia, PAGE) == []


def test_several_are_shared_in_one_act_that_asks_first(cast, salma):
    for number in (2, 3, 4):
        draft(cast, salma, number)
    chosen = drafts_offered(salma)
    assert len(chosen) == 3
    typed = filled_in(salma.get(LIST), "drafts")
    typed.setlist("drafts", [str(number) for number in chosen[:2]])
    asked = post(salma, f"{LIST}/share", typed)
    assert asked.status_code == 200
    assert session.scalars(select(SharedDraft)).all() == [], "it is asked first"
    session.remove()
    fill(salma, LIST, drafts=[str(number) for number in chosen[:2]])
    assert session.scalar(select(func.count()).select_from(SharedDraft)) == 2
    session.remove()
    assert drafts_offered(salma) == chosen[2:]
    typed = filled_in(salma.get(LIST), "drafts")
    typed.poplist("drafts")
    assert post(salma, f"{LIST}/share", typed).status_code == 422


def test_what_is_shared_already_is_not_shared_again(cast, salma):
    draft(cast, salma)
    typed = filled_in(salma.get(LIST), "drafts")
    typed.setlist("drafts", [str(number) for number in drafts_offered(salma)])
    typed["confirmed"] = "1"
    assert post(salma, f"{LIST}/share", typed).status_code == 302
    assert post(salma, f"{LIST}/share", typed).status_code == 422, "it is no choice any more"
    assert NothingToShare.status == 422


def test_a_member_remarks_and_is_replied_to(cast, shared, salma, mounia, farid, client):
    answer = fill(mounia, f"{PAGE}?on=solution", words="Et les communes ?")
    assert answer.status_code == 302
    found = remark()
    assert (found.words, found.version, found.said_by) == ("Et les communes ?", 1, cast.mounia.id)
    assert texts(mounia.get(PAGE).text, "#solution .remark .versions") == ["Et les communes ?"]
    assert numbers(salma.get(LIST).text, ".remarks-waiting") == [1]
    assert (waiting(salma, PAGE), waiting(farid, PAGE), waiting(mounia, PAGE)) == ([1], [1], [])
    with clock.frozen(THEN + timedelta(hours=1)):
        assert fill(farid, f"{PAGE}/remarks/{found.id}", reply="Elles suivront.").status_code == 302
        assert (waiting(salma, PAGE), waiting(farid, PAGE), waiting(mounia, PAGE)) == ([], [], [1])
        assert "Elles suivront." in mounia.get(PAGE).text
        press(mounia, PAGE, "/read")
        assert waiting(mounia, PAGE) == []
    press(salma, PLAN, "/publish")
    public = client.get("/en/plan/commitments/2026-C02").text
    assert "Et les communes ?" not in public
    assert "Elles suivront." not in public


def test_a_remark_on_what_is_gone_says_so_and_keeps_its_words(cast, shared, salma, mounia):
    fill(salma, f"{PLAN}/further", **{"budget-fr": "Un million"})
    typed = filled_in(mounia.get(f"{PAGE}?on=budget"), "words")
    fill(mounia, f"{PAGE}?on=budget", words="C'est peu.")
    fill(salma, f"{PLAN}/further", **{"budget-fr": ""})
    typed["words"] = "Encore un mot"
    answer = post(mounia, f"{PAGE}/remarks", typed)
    assert answer.status_code == 422
    assert errors(answer) == {"section"}
    assert "Encore un mot" in answer.text
    assert "C'est peu." in texts(mounia.get(PAGE).text, "#remarks .remark .versions"), "it stays readable"
    assert SectionGone.status == 409


def test_an_empty_remark_is_none(shared, mounia):
    answer = fill(mounia, PAGE, words="  ")
    assert answer.status_code == 422
    assert errors(answer) == {"words"}


def test_two_who_reply_at_once_both_see_both(cast, shared, salma, mounia, farid):
    fill(mounia, PAGE, words="Pourquoi ?")
    url = f"{PAGE}/remarks/{remark().id}"
    typed = filled_in(farid.get(url), "reply")
    fill(salma, url, reply="Parce que.")
    typed["reply"] = "Pour rien."
    answer = post(farid, url, typed)
    assert answer.status_code == 409
    assert says(answer, ChangedMeanwhile)
    assert remark().reply == "Parce que."


def test_who_comes_in(cast, shared, mounia):
    fill(mounia, PAGE, words="Pourquoi ?")
    number = remark().id
    other = person("Nadia", Role.FOCAL_POINT, cast.finance.id)
    session.commit()
    for role, somebody in cast.staff.items():
        visitor = cast.visitor(somebody)
        replies = role in (Role.ADMINISTRATOR, Role.SECRETARIAT, Role.FOCAL_POINT)
        reads = replies or role is Role.COMMITTEE_MEMBER
        for url in (LIST, PAGE):
            assert visitor.get(url).status_code == (200 if reads else 403), (role, url)
        assert visitor.get(f"{PAGE}/remarks/{number}").status_code == (200 if replies else 403), role
    visitor = cast.visitor(other)
    assert visitor.get(LIST).status_code == 200
    assert PAGE not in hrefs(visitor.get(LIST).text)
    for url in (PAGE, f"{PAGE}/remarks/{number}"):
        assert visitor.get(url).status_code == 404
    assert cast.visitor().get(LIST).status_code == 302


def test_a_joint_meeting_decides_on_a_draft(cast, shared, salma, mounia, client):
    details = {
        "institution": str(cast.ministry.id),
        "cycle": str(cast.cycle.id),
        "title-fr": "Réunion commune",
        "place-fr": "Rabat",
        "starts_at": "2026-03-09T10:00",
        "ends_at": "2026-03-09T12:00",
    }
    meeting = fill(salma, "/en/manage/coordination/new", **details).headers["Location"]
    offered = filled_in(salma.get(meeting), "commitments")
    assert "commitments" not in offered, "nothing is ticked"
    fill(salma, meeting, commitments=str(number_of("2026-C02")))
    [item] = [
        link for link in hrefs(salma.get(meeting).text) if "/commitments/" in link and "plan" not in link
    ]
    minutes = {"minutes-fr": "Le compte rendu"}
    for side in ("government", "civil_society"):
        fill(salma, meeting, side=side, body="X", people="2")
    fill(salma, f"{meeting}/minutes", **minutes)
    with pytest.raises(AssertionError):
        press(salma, meeting, "/publish")  # a decision is missing
    fill(salma, item, **{"decision-fr": "Ajouter les communes"})
    assert "Ajouter les communes" in mounia.get(PAGE).text
    assert client.get("/en/coordination/2026-M1").status_code == 404
    press(salma, meeting, "/publish")
    assert "Ajouter les communes" in client.get("/en/coordination/2026-M1").text
    assert texts(salma.get(LIST).text, ".row-status .state-partial")


def number_of(reference):
    found = get_commitment(reference).id
    session.remove()
    return found


def test_many_drafts_cost_what_one_does(cast, salma, mounia, statements):
    counts = []
    for span in (range(2, 3), range(3, 9)):
        for number in span:
            draft(cast, salma, number)
        share(salma)
        for number in span:
            fill(mounia, f"/en/manage/drafts/2026-C{number:02d}", words="Pourquoi ?")
        for visitor, url in ((salma, LIST), (mounia, LIST), (mounia, PAGE)):
            with statements() as asked:
                assert visitor.get(url).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 16


def test_a_remark_is_dated(shared, mounia):
    fill(mounia, PAGE, words="Pourquoi ?")
    assert remark().said_at == THEN
