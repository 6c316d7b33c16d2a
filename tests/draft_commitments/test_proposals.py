"""An institution proposes a commitment; the secretariat makes it a draft of the plan or asks."""

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.core.database import session
from cocreation.draft_commitments.models import CommitmentProposal, CommitmentProposalState
from cocreation.draft_commitments.refusals import ProposalClosed, ProposalNotToDecide
from cocreation.plan import queries
from cocreation.plan.refusals import NumberTaken
from cocreation.web.edits import ChangedMeanwhile
from tests.cast import person
from tests.desk import waiting
from tests.forms import fill, filled_in, post, press
from tests.html import hrefs
from tests.words import errors, says

LIST, NEW = "/en/manage/drafts/proposals", "/en/manage/drafts/proposals/new"
WORDS = {
    "title-fr": "Ouvrir les marchés publics",
    "title-ar": "فتح الصفقات العمومية",
    "problem-fr": "Les marchés ne sont pas lisibles",
    "solution-fr": "Un portail des marchés",
    "expected_result-fr": "Chacun peut suivre un marché",
}


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def page(farid):
    """A proposal of the ministry."""
    return fill(farid, NEW, **WORDS).headers["Location"]


def proposal():
    found = session.scalars(select(CommitmentProposal)).one()
    session.remove()
    return found


def test_an_accepted_proposal_is_a_draft_of_the_plan_in_its_words(cast, page, salma, farid, client):
    assert proposal().state is CommitmentProposalState.PROPOSED
    assert (waiting(salma, page), waiting(farid, page)) == ([1], [])
    answer = fill(salma, page, number="4", axis=str(cast.axis.id))
    assert answer.headers["Location"] == "/en/manage/plan/2026-C04"
    commitment = queries.get_commitment("2026-C04")
    assert (commitment.institution_id, commitment.published_at) == (cast.ministry.id, None)
    assert commitment.title["fr"] == WORDS["title-fr"]
    session.remove()
    assert proposal().state is CommitmentProposalState.ACCEPTED
    assert waiting(salma, page) == []
    assert "/en/manage/drafts/2026-C04" in hrefs(farid.get(page).text)
    assert client.get("/en/plan/commitments/2026-C04").status_code == 404, "it is a draft"


def test_a_number_that_is_taken_is_said_and_the_proposal_stays(cast, page, salma):
    answer = fill(salma, page, number="1", axis=str(cast.axis.id))
    assert answer.status_code == 409
    assert says(answer, NumberTaken, number=1)
    assert proposal().state is CommitmentProposalState.PROPOSED


def test_a_proposal_comes_back_with_a_question_and_goes_again(page, salma, farid):
    fill(salma, page, question="Avec quel budget ?")
    assert (waiting(salma, page), waiting(farid, page)) == ([], [1])
    assert "Avec quel budget ?" in farid.get(page).text
    fill(farid, f"{page}/edit", **{"solution-fr": "Un portail, financé"})
    assert proposal().state is CommitmentProposalState.PROPOSED
    assert proposal().solution["fr"] == "Un portail, financé"
    assert (waiting(salma, page), waiting(farid, page)) == ([1], [])


def test_it_is_withdrawn_and_nobody_decides_on_it_any_more(cast, page, salma, farid):
    typed = filled_in(salma.get(page), "axis")
    old = filled_in(farid.get(f"{page}/edit"), "title-fr")
    press(farid, page, "/withdraw")
    assert proposal().state is CommitmentProposalState.WITHDRAWN
    answer = post(salma, f"{page}/accept", typed)
    assert answer.status_code == 409
    assert says(answer, ProposalNotToDecide)
    answer = post(farid, f"{page}/edit", old)
    assert answer.status_code == 409
    assert says(answer, ProposalClosed)
    with pytest.raises(AssertionError):
        press(farid, page, "/withdraw")


def test_what_is_missing_is_said_at_its_field(farid):
    answer = fill(farid, NEW, **WORDS | {"title-fr": " ", "title-ar": "", "problem-fr": "x" * 5001})
    assert answer.status_code == 422
    assert errors(answer) == {"title", "problem"}
    assert WORDS["solution-fr"] in answer.text


def test_two_people_at_one_proposal_both_see_both(cast, page, farid):
    typed = filled_in(farid.get(f"{page}/edit"), "title-fr")
    fill(cast.visitor(cast.farid), f"{page}/edit", **{"title-fr": "Autrement"})
    typed["title-fr"] = "Encore autrement"
    answer = post(farid, f"{page}/edit", typed)
    assert answer.status_code == 409
    assert says(answer, ChangedMeanwhile)
    assert "Autrement" in answer.text
    assert proposal().title["fr"] == "Autrement"


def test_who_comes_in(cast, page, salma):
    for role, somebody in cast.staff.items():
        visitor = cast.visitor(somebody)
        reads = role in (Role.ADMINISTRATOR, Role.SECRETARIAT, Role.FOCAL_POINT)
        for url in (LIST, page):
            assert visitor.get(url).status_code == (200 if reads else 403), (role, url)
        proposes = role is Role.FOCAL_POINT
        for url in (NEW, f"{page}/edit"):
            assert visitor.get(url).status_code == (200 if proposes else 403), (role, url)
    assert cast.visitor().get(LIST).status_code == 302
    assert salma.get(f"{LIST}/999999").status_code == 404


def test_an_institution_sees_only_its_own(cast, page):
    other = person("Nadia", Role.FOCAL_POINT, cast.finance.id)
    session.commit()
    visitor = cast.visitor(other)
    assert page not in hrefs(visitor.get(LIST).text)
    for url in (page, f"{page}/edit"):
        assert visitor.get(url).status_code == 404
    fill(visitor, NEW, **WORDS)
    assert len([link for link in hrefs(visitor.get(LIST).text) if link.startswith(f"{LIST}/")]) == 2, (
        "its own, and the way to a new one"
    )


def test_an_institution_that_is_not_ones_own_cannot_be_chosen(cast, farid):
    answer = fill(farid, NEW, **WORDS, institution=str(cast.finance.id))
    assert answer.status_code == 422
    session.remove()
    assert session.scalars(select(CommitmentProposal)).all() == []
