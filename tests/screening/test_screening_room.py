"""The pages of the screening room: its piles and keys, what is read there, who may enter and when."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Phase, PhasePeriod
from cocreation.cycles.refusals import PhaseClosed
from cocreation.ideas.models.idea import Attachment, Idea, IdeaState
from cocreation.reasons.models import Reason
from cocreation.screening.refusals import NotWaiting
from cocreation.text.stems import search_tokens
from tests.cast import THEN, T
from tests.desk import SCREENING, close, received, states
from tests.html import hrefs, numbers, texts
from tests.screening.desk import VAGUE, YES, page_of, refuse, token_of
from tests.words import said, says


def test_the_queue_is_narrowed_by_theme_and_origin(cast, salma):
    received(cast)
    received(cast, theme_id=cast.digital.id)
    page = salma.get(f"{SCREENING}?theme={cast.digital.id}").text
    assert "2026-2" in page
    assert "2026-1<" not in page
    assert numbers(page, ".listing p") == [1]
    counts = numbers(page, ".picks b")
    assert counts[0] == sum(counts[1:]) == 2  # all themes, and each
    assert "2026-1" not in salma.get(f"{SCREENING}?origin=workshop").text
    assert salma.get(f"{SCREENING}?theme=x&origin=x&pile=x&template=x").status_code == 200


def test_one_goes_through_a_pile_from_idea_to_idea(cast, salma):
    received(cast, 3)
    page = page_of(salma, "2026-2")
    assert 'rel="prev" data-key="p س" href="/en/manage/dispositions/screening/2026-1"' in page
    assert 'rel="next" data-key="n ت" href="/en/manage/dispositions/screening/2026-3"' in page
    assert 'rel="prev"' not in page_of(salma, "2026-1")
    assert 'rel="next" data-key="n ت" href="/en/manage/dispositions/screening/2026-1"' in page_of(
        salma, "2026-3"
    )


def test_a_pile_is_gone_through_in_the_order_in_which_it_is_shown(cast, salma):
    received(cast, 3)
    session.execute(update(Idea).where(Idea.reference == "2026-3").values(supporters=2))
    session.commit()
    session.remove()
    for order, shown in (("latest", [3, 2, 1]), ("supported", [3, 2, 1]), ("oldest", [1, 2, 3])):
        references = [f"2026-{number}" for number in shown]
        assert texts(salma.get(f"{SCREENING}?order={order}").text, "tbody .reference") == references
        for number, (reference, following) in enumerate(pairwise(references), start=1):
            page = page_of(salma, reference, f"?order={order}")
            assert numbers(page, ".place-in-pile") == [number]
            assert f"/en{SCREENING.removeprefix('/en')}/{following}?order={order}" in hrefs(
                page, "[rel=next]"
            )


def test_the_page_shows_language_waiting_files_and_similar_ideas(cast, salma):
    words = "Publier le budget de chaque commune sur un portail"
    ids = received(cast, 2, language="fr", proposal=words, tokens=search_tokens(words))
    session.add(
        Attachment(
            idea_id=ids[0],
            once="x",
            name="plan.pdf",
            kind="application/pdf",
            size=9,
            digest="0",
            content=b"x",
            added_at=THEN,
        )
    )
    session.get_one(Idea, ids[1]).state = IdeaState.ACCEPTED
    session.commit()
    session.remove()
    with clock.frozen(THEN + timedelta(days=4)):
        page = page_of(cast.visitor(cast.salma), "2026-1")
    assert '<bdi lang="fr">Français</bdi>' in page
    assert numbers(page, ".case-head .row-meta") == [1]  # of this pile
    assert numbers(page, ".case-head .row-meta > span:not(.place-in-pile)") == [3]
    assert "plan.pdf" in page
    [alike] = texts(page, ".row-alike")
    assert "2026-2" in alike
    assert said(alike, IdeaState.ACCEPTED.label)


def test_words_that_moderation_hides_are_read_marked_by_those_who_screen(cast, salma):
    received(cast, proposal="كلمات مخفية", hidden_at=THEN)
    for page in (page_of(salma), salma.get(SCREENING).text):
        assert "كلمات مخفية" in page
        assert texts(page, ".state-refused, .lead b")


def test_the_keys_lead_and_never_decide(cast, salma):
    received(cast, 2, email="author@example.org")
    page = page_of(salma)
    assert "js/desk.js" in page
    for key in ("n ت", "a ق", "r ر", "q ط"):
        assert f'data-key="{key}"' in page
    assert "data-keys hidden" in page  # shown where they work
    assert 'data-key="n ت"' in salma.get(SCREENING).text


def test_when_the_calendar_has_screening_closed_nothing_is_decided(cast, salma):
    ids = received(cast)
    page, queue = page_of(salma), salma.get(SCREENING).text
    close(Phase.SCREENING)
    period = session.query(PhasePeriod).filter_by(phase=Phase.SCREENING).one()
    period.opens_on = period.closes_on = (THEN + timedelta(days=3)).date()  # it is still to come
    session.commit()
    session.remove()
    for closed in (page_of(salma), salma.get(SCREENING).text):  # said before the work
        assert 'name="clarity"' not in closed
        assert 'name="chosen"' not in closed
        assert "/en/manage/cycles/2026" in hrefs(closed, ".notice a")
    answer = salma.post(f"{SCREENING}/2026-1", data={**VAGUE, "csrf_token": token_of(page)})
    assert answer.status_code == 409
    assert says(answer, PhaseClosed)
    assert "الفكرة عامة" in answer.text
    ticked = {"chosen": ids, "confirmed": "1", "csrf_token": token_of(queue)}
    assert salma.post(SCREENING, data=ticked).status_code == 409
    assert refuse(salma, ids, queue).status_code == 409
    assert states("2026-1") == ["received"]


@pytest.mark.parametrize(
    "state", [s for s in IdeaState if s not in (IdeaState.RECEIVED, IdeaState.UNCONFIRMED)]
)
def test_what_is_not_waiting_is_not_screened(cast, salma, state):
    settled = {
        "fate": "withdrawn",
        "reason": Reason.AUTHOR_WITHDREW,
        "reason_text": T("س", "R"),
        "fate_at": THEN,
    }
    ends = state in (IdeaState.PUBLISHED, IdeaState.WITHDRAWN)
    ids = received(cast)
    page = page_of(salma)
    row = session.get_one(Idea, ids[0])
    row.state = state
    if ends:
        from cocreation.reasons.models import Fate

        for name, value in {**settled, "fate": Fate.WITHDRAWN}.items():
            setattr(row, name, value)
    session.commit()
    session.remove()
    answer = salma.post(f"{SCREENING}/2026-1", data={**YES, "csrf_token": token_of(page)})
    assert answer.status_code == 409
    assert says(answer, NotWaiting, state=state.label)
    assert (
        salma.post(
            SCREENING, data={"chosen": ids, "confirmed": "1", "csrf_token": token_of(page)}
        ).status_code
        == 409
    )
    assert states("2026-1") == [state.value]


def test_only_the_secretariat_screens(cast):
    received(cast, email="author@example.org")
    for other in (cast.karim, cast.fatima, cast.farid, cast.mounia, cast.hicham):
        visitor = cast.visitor(other)
        for page in (SCREENING, f"{SCREENING}/2026-1", f"{SCREENING}/2026-1/question"):
            assert visitor.get(page).status_code == 403
        for page in ("workload", "reasons", "reasons/new"):
            assert visitor.get(f"/en/manage/dispositions/{page}").status_code == 403
    assert cast.visitor().get(SCREENING).status_code == 302
    assert cast.visitor(cast.amal).get(SCREENING).status_code == 200
    assert cast.visitor(cast.salma).get(f"{SCREENING}/2026-9").status_code == 404


def test_the_room_asks_as_much_of_the_database_for_many_as_for_one(cast, salma, statements):
    received(cast)
    few = counted(salma, statements)
    received(cast, 100)
    assert counted(salma, statements) == few
    assert few[0] <= 7  # one of them is the menu’s
    assert "cursor=" in salma.get(SCREENING).text


def counted(client, statements):
    """How many statements each page of the room takes."""
    counts = []
    for page in (SCREENING, f"{SCREENING}?pile=second", f"{SCREENING}?pile=asked", f"{SCREENING}/2026-1"):
        with statements() as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    return counts
