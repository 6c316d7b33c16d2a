"""Figures of the screening: the public page, without names, and the workload of the staff."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.dialogue import Question
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.services import withdrawal
from cocreation.reasons.models import Reason
from cocreation.screening import policy as screening_policy, services as screening_services
from cocreation.screening.policy import Examination, Finding
from cocreation.screening.queries import figures, queue
from tests.cast import THEN, T
from tests.desk import received
from tests.html import texts
from tests.words import says

ONE_READER = "Here, one reader decides."
TWO_READERS = "Here, not accepting an idea takes two readers who agree."
WORKLOAD, PUBLIC = "/en/manage/dispositions/workload", "/en/screening"
NO_LINK = Examination(
    openness=Finding(0, "لا"),
    reason=Reason.NOT_OPENNESS,
    reason_text=T("لا علاقة لها بالانفتاح", "Sans lien"),
)


def screen(idea_id, found, *, by, days):
    verdict = screening_services.screen(idea_id, found, by=by.id, now=THEN + timedelta(days=days))
    session.commit()
    session.remove()
    return verdict


@pytest.fixture
def seven(cast):
    """Seven ideas: two accepted, one not, one asked, one withdrawn unread, two waiting."""
    ids = received(cast, 7, email="author@example.org")
    with clock.frozen(THEN + timedelta(days=10)):
        screen(ids[0], screening_policy.Examination(), by=cast.salma, days=2)
        screen(ids[1], screening_policy.Examination(), by=cast.amal, days=4)
        screen(ids[2], NO_LINK, by=cast.salma, days=9)
        screening_services.ask(
            ids[3], T("ما المقصود؟", "?"), answer_by=THEN.date() + timedelta(days=20), by=1, now=THEN
        )
        withdrawal.withdraw(session.get_one(Idea, ids[4]).receipt, now=THEN)
        session.commit()
        session.remove()
    return cast


def test_the_counts_add_up_to_what_was_received(seven):
    (found,) = figures.screened(THEN.date())
    assert (found.waiting, found.asked, found.accepted, found.not_accepted, found.left) == (2, 1, 2, 1, 1)
    assert found.received == 7
    assert found.refused == {Reason.NOT_OPENNESS: 1}


def test_the_median_of_the_days_it_took_without_those_of_questions(seven):
    assert figures.screened(THEN.date())[0].median_days == pytest.approx(4, abs=0.01)
    idea_id = session.scalar(select(Idea.id).where(Idea.reference == "2026-2"))
    asked = {
        "text": T("؟", "?"),
        "asked_by": 1,
        "asked_at": THEN + timedelta(days=1),
        "answer_by": THEN.date(),
    }
    session.add(Question(idea_id=idea_id, **asked, lapsed_at=THEN + timedelta(days=3, hours=12)))
    session.commit()
    assert figures.screened(THEN.date())[0].median_days == pytest.approx(2, abs=0.01)


def test_of_two_decisions_the_median_is_between(cast):
    ids = received(cast, 2)
    for idea_id, days in zip(ids, (1, 4), strict=True):
        screen(idea_id, screening_policy.Examination(), by=cast.salma, days=days)
    assert figures.screened(THEN.date())[0].median_days == pytest.approx(2.5, abs=0.01)


def test_the_public_reads_method_criteria_and_counts_and_no_names(seven):
    answer = seven.visitor().get(PUBLIC)
    page = answer.text
    assert len(texts(page, "#criteria + ol > li")) == 3
    assert texts(page, ".figures dd") == ["7", "4"]
    assert says(answer, Reason.NOT_OPENNESS.label)
    assert says(answer, ONE_READER)
    assert not says(answer, TWO_READERS)
    assert "Salma" not in page
    assert "Amal" not in page
    assert "لا علاقة لها بالانفتاح" not in page


def test_the_public_page_says_how_many_readers_a_cycle_asks_for(seven):
    session.scalars(select(Cycle)).one().readers_to_refuse = 2
    session.commit()
    session.remove()
    answer = seven.visitor().get(PUBLIC)
    assert says(answer, TWO_READERS)
    assert not says(answer, ONE_READER)


def test_the_running_cycle_comes_first(cast):
    later = Cycle(
        code="2030",
        title=T("خطة 2030", "Plan 2030"),
        summary=T("", ""),
        starts_on=THEN.date().replace(year=2030),
        ends_on=THEN.date().replace(year=2031),
    )
    session.add(later)
    session.commit()
    later_id = later.id
    session.remove()
    received(cast)
    assert [screened.cycle.code for screened in figures.screened(THEN.date())] == [
        "2026"
    ]  # nothing came to 2030
    session.scalars(select(Idea)).one().cycle_id = later_id
    session.commit()
    session.remove()
    assert [screened.cycle.code for screened in figures.screened(THEN.date())] == ["2026", "2030"]


def test_the_staff_sees_who_read_how_much_and_how_long_ideas_wait(seven):
    with clock.frozen(THEN + timedelta(days=10)):
        page = seven.visitor(seven.salma).get(WORKLOAD).text
        rows = {reader.name: reader for reader in figures.readers(clock.now())}
    assert "Salma" in page
    assert (rows["Salma"].this_week, rows["Salma"].in_all, rows["Salma"].open) == (1, 2, 0)
    assert (rows["Amal"].this_week, rows["Amal"].in_all) == (1, 1)
    assert "Farid" not in rows  # may not screen and never did


def test_a_refusal_that_waits_for_another_reader_counts_as_not_decided(cast):
    session.scalars(select(Cycle)).one().readers_to_refuse = 2
    session.commit()
    ids = received(cast)
    screen(ids[0], NO_LINK, by=cast.salma, days=1)
    rows = {reader.name: reader for reader in figures.readers(THEN + timedelta(days=2))}
    assert rows["Salma"].open == 1
    assert queue.screening_counts()["second"] == 1


def test_the_oldest_one_ages_but_not_while_its_author_is_asked(cast):
    assert figures.oldest_days(THEN) is None
    ids = received(cast, email="author@example.org")
    assert figures.oldest_days(THEN + timedelta(days=9)) == 8
    until, asked = THEN.date() + timedelta(days=30), THEN + timedelta(hours=1)
    screening_services.ask(ids[0], T("؟", "?"), answer_by=until, by=cast.salma.id, now=asked)
    session.commit()
    assert figures.oldest_days(THEN + timedelta(days=9)) == 0


def test_both_pages_ask_as_much_of_the_database_for_many_as_for_one(cast, statements):
    received(cast)
    few = counted(cast, statements)
    ids = received(cast, 40)
    for idea_id in ids[:20]:
        screen(idea_id, NO_LINK, by=cast.salma, days=1)
    assert counted(cast, statements) == few
    assert few[1] <= 6


def counted(cast, statements):
    counts = []
    for visitor, page in ((cast.visitor(cast.salma), WORKLOAD), (cast.visitor(), PUBLIC)):
        with statements() as asked:
            assert visitor.get(page).status_code == 200
        counts.append(len(asked))
    return counts
