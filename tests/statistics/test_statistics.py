"""Who took part: three counts, five properties, and nothing small that could be worked out."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as some

from cocreation.core.database import session
from cocreation.demographics import suppression
from cocreation.demographics.models import (
    AGE,
    CAPACITY,
    DOMAIN,
    GENDER,
    NOT_AVAILABLE,
    PROVINCE,
    QUESTIONS,
    AgeBracket,
    Capacity,
    Gender,
    StatisticalQuestion,
    TableRows,
)
from cocreation.demographics.suppression import FEW, HIDDEN, Hidden, hide, is_small
from cocreation.directory.models import Domain
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Registration, RegistrationState
from cocreation.statistics.queries import figures as statistics_figures
from cocreation.statistics.queries.figures import MeetingFigures
from tests.cast import THEN
from tests.meeting_day import change, later, registrations, worded, write
from tests.portal.test_meeting import figures, people
from tests.words import says

WHAT_IS_HIDDEN = (
    "A count of fewer than five people is hidden, since it could point at somebody, and so is what would "
    "give it away: another count of its column, or the difference of two columns."
)
PAGE, COMPARE = "/en/meetings/OR1/statistics", "/en/meetings/compare"


def mark(*, state: dict[int, RegistrationState] | None = None, present: int = 0) -> None:
    """Others states by position, and the first of the confirmed present."""
    ids = [registration.id for registration in registrations()]
    for position, other in (state or {}).items():
        session.get_one(Registration, ids[position]).state = other
    for number in ids[:present]:
        session.get_one(Registration, number).present_at = THEN
    session.commit()
    session.remove()


def table(page: str, by: StatisticalQuestion, language: str = "en") -> dict[str, list[str]]:
    """The figures of one property, by the label of each answer."""
    part = page.partition(f"<caption>{worded(by.label, language)}")[2].partition("</table>")[0]
    rows = re.findall(r'<th scope="row">(?:<a [^>]*>)?(.*?)</th>(.*?)</tr>', part, re.DOTALL)
    cells = {label: re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for label, row in rows}
    return {
        re.sub("<[^>]+>", "", label).strip(): [re.sub("<[^>]+>", "", cell).strip() for cell in row]
        for label, row in cells.items()
    }


def test_registered_confirmed_and_present_are_each_part_of_the_one_before(cast, client):
    write(cast, 60, gender=Gender.FEMALE)
    others = {
        **dict.fromkeys(range(20, 30), RegistrationState.WAITING),
        **dict.fromkeys(range(30, 36), RegistrationState.LAPSED),
        **dict.fromkeys(range(36, 41), RegistrationState.DECLINED),
        **dict.fromkeys(range(41, 50), RegistrationState.CANCELLED),
        **dict.fromkeys(range(50, 60), RegistrationState.OFFERED),
    }
    mark(state=others, present=12)
    with later(days=21):
        page = client.get(PAGE).text
    assert re.findall(r"<dd>(\d+)</dd>", page.partition('class="figures"')[2])[:3] == ["51", "20", "12"]
    female, male = worded(Gender.FEMALE.label), worded(Gender.MALE.label)
    assert table(page, GENDER) == {female: ["51", "20", "12"], male: ["0", "0", "0"]}


def test_by_province_and_field_of_work(cast, client):
    write(cast, 8, province_code="02.411", domain=Domain.WOMEN)
    write(cast, 7, first=8, province_code="02.113", domain=Domain.HEALTH)
    write(cast, 6, first=15)
    with later(days=21):
        page = client.get("/fr/meetings/OR1/statistics").text
    found = table(page, PROVINCE, "fr")
    assert sorted(found.values()) == sorted([["8", "8", "0"], ["7", "7", "0"], ["6", "6", "0"]])
    assert list(found)[-1] == worded(NOT_AVAILABLE, "fr")
    assert len(table(page, DOMAIN, "fr")) == 3


def test_nothing_before_it_is_over_nor_of_four_people(cast, client):
    write(cast, 4)
    assert "<caption>" not in client.get(PAGE).text
    with later(days=21):
        page = client.get(PAGE).text
    assert "<caption>" not in page
    assert client.get("/en/meetings/XX9/statistics").status_code == 404


def test_two_tables_do_not_give_away_what_one_hides(cast, client):
    """Ten young and eleven older people had a place; all but two of the young and five of the older came."""
    write(cast, 10, age_bracket=AgeBracket.FROM_18)
    write(cast, 11, first=10, age_bracket=AgeBracket.FROM_30)
    ids = [registration.id for registration in registrations()]
    for number in (*ids[:8], *ids[10:16]):
        session.get_one(Registration, number).present_at = THEN
    session.commit()
    session.remove()
    with later(days=21):
        rows = table(client.get(PAGE).text, AGE)
        shown = figures(client.get("/en/meetings/OR1").text)
    assert rows[worded(AgeBracket.FROM_18.label)] == ["10", "10", worded(HIDDEN)]
    assert rows[worded(AgeBracket.FROM_30.label)] == ["11", "11", worded(HIDDEN)]
    assert shown[:2] == ["10", "11"]


def test_the_page_of_the_meeting_and_that_of_its_figures_hide_the_same(cast, client):
    people(cast)
    with later(days=21):
        shown, page = figures(client.get("/en/meetings/OR1").text), client.get(PAGE)
    tables = [table(page.text, by) for by in (AGE, GENDER, CAPACITY)]
    assert shown == [row[1] for rows in tables for row in rows.values()]
    assert worded(HIDDEN) in shown
    assert says(page, WHAT_IS_HIDDEN)


def test_staff_see_all_and_so_does_everyone_what_was_published(cast, client):
    people(cast)
    salma = cast.visitor(cast.salma)
    full = table(salma.get("/en/manage/meetings/OR1/statistics").text, CAPACITY)
    assert full[worded(Capacity.EXPERT.label)] == ["4", "4", "0"]
    assert full[worded(Capacity.ASSOCIATION.label)] == ["11", "11", "0"]
    change(cast, statistics_published=True)
    assert table(client.get(PAGE).text, CAPACITY) == full


def second_meeting(cast) -> None:
    from tests.portal.test_meeting import more_meetings

    more_meetings(cast, 1, -100)


def test_meetings_side_by_side(cast, client):
    people(cast)
    second_meeting(cast)
    with later(days=21):
        page = client.get(f"{COMPARE}?by=capacity").text
        rows = table(page, CAPACITY)
        assert rows["OR1 Oujda"][0] == "15"
        assert rows["OR1 Oujda"].count(worded(HIDDEN)) == 1
        assert rows["OR1 Oujda"].count(worded(FEW)) == 1
        assert rows["PA0 Rabat"] == ["0", worded("not shown: too few people")]
        present = client.get(f"{COMPARE}?by=gender&who=present").text
        assert table(present, GENDER)["OR1 Oujda"] == ["0"] * 3
        for odd in ("?by=nonsense&who=x&cycle=1999", "?by=province", "?by=domain"):
            assert client.get(COMPARE + odd).status_code == 200
    assert "OR1 Oujda" not in client.get(COMPARE).text


def test_the_comparison_of_those_who_run_them_is_whole_and_their_own(cast):
    people(cast)
    second_meeting(cast)
    where = "/en/manage/meetings/compare?by=capacity"
    rows = table(cast.visitor(cast.salma).get(where).text, CAPACITY)
    assert rows["OR1 Oujda"][:2] == ["15", "11"]
    assert "4" in rows["OR1 Oujda"]
    assert "PA0 Rabat" in rows
    assert list(table(cast.visitor(cast.karim).get(where).text, CAPACITY)) == ["OR1 Oujda"]


def test_a_comparison_gives_no_totals_over_meetings(cast, client):
    people(cast)
    with later(days=21):
        page = client.get(f"{COMPARE}?by=capacity").text
    assert "<tfoot" not in page
    assert len(table(page, CAPACITY)) == 1


@pytest.mark.parametrize("path", [PAGE, f"{COMPARE}?by=province", f"{COMPARE}?by=age"])
def test_few_statements_and_the_same_for_many(cast, client, statements, path):
    change(cast, ends_at=THEN - timedelta(hours=1), starts_at=THEN - timedelta(hours=5))
    write(cast, 6, province_code="02.411")
    client.get(path)
    with statements() as few:
        client.get(path)
    write(cast, 60, first=6, province_code="02.113", domain=Domain.HEALTH)
    second_meeting(cast)
    with statements() as many:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(few) == len(many) <= 6
    assert len(answer.data) < 15_000


def test_all_is_counted_in_one_statement(cast, statements):
    write(cast, 9)
    with statements() as asked:
        statistics_figures.figures([cast.meeting.id])
    session.remove()
    assert len(asked) == 1


# Each column, and what is left when another is taken from it.
COUNTS = [(0, None), (1, None), (2, None), (0, 1), (1, 2), (0, 2)]
counts = some.tuples(some.integers(0, 11), some.integers(0, 7), some.integers(0, 7)).map(
    lambda three: (three[0], max(0, three[0] - three[1]), max(0, three[0] - three[1] - three[2]))
)


@settings(max_examples=300)
@given(some.lists(counts, min_size=3, max_size=3))
def test_no_reader_however_patient_can_work_out_a_small_count(rows):
    """Every table that agrees with what is shown is tried: each small count is something else in one."""
    table_rows = dict(enumerate(rows))
    hidden = hide(table_rows)
    truth = tuple(zip(*rows, strict=True))
    possible = list(tables_like(table_rows, hidden))
    assert truth in possible
    for row, (high, low) in itertools.product(
        table_rows, [(0, 1), (1, 2), (0, 2), (0, None), (1, None), (2, None)]
    ):

        def count(columns, row=row, high=high, low=low):
            return columns[high][row] - (columns[low][row] if low is not None else 0)

        if is_small(count(truth)):
            assert len({count(guess) for guess in possible}) > 1, (rows, hidden)


def tables_like(rows, hidden: Hidden):
    columns = []
    for at in suppression.COLUMNS:
        total = sum(row[at] for row in rows.values())
        ranges = [range(*bounds(row[at], (key, at), hidden, total)) for key, row in rows.items()]
        columns.append(
            [
                (*guess, total - sum(guess))
                for guess in itertools.product(*ranges[:-1])
                if total - sum(guess) in ranges[-1]
            ]
        )
    for registered, confirmed in itertools.product(*columns[:2]):
        if all(larger >= smaller for larger, smaller in zip(registered, confirmed, strict=True)):
            for present in columns[2]:
                if all(larger >= smaller for larger, smaller in zip(confirmed, present, strict=True)):
                    yield (registered, confirmed, present)


def bounds(count: int, cell, hidden: Hidden, total: int) -> tuple[int, int]:
    """What somebody who reads the page knows of a cell."""
    if cell not in hidden:
        return (count, count + 1)
    if cell[1] in hidden.columns:
        return (0, total + 1)
    return (1, 5) if is_small(count) else (5, total + 1)


def test_many_rows_are_quick_and_the_main_column_is_the_last_to_go():
    rows = {number: (12 + number, 10 + number, 8 + number) for number in range(80)}
    hidden = hide(rows)
    assert not hidden.columns
    assert not [cell for cell in hidden.cells if cell[1] == suppression.CONFIRMED]


def test_by_is_a_property_each(cast):
    write(cast, 5)
    counted = statistics_figures.figures([cast.meeting.id])[cast.meeting.id]
    session.remove()
    assert counted.totals == (5, 5, 0)
    assert {by: sum(row[0] for row in rows.values()) for by, rows in counted.by.items()} == dict.fromkeys(
        (question.key for question in QUESTIONS), 5
    )
    assert statistics_figures.figures([]) == {}


def test_a_meeting_called_off_is_not_compared(cast, client):
    people(cast)
    change(cast, cancelled_at=THEN)
    with later(days=21):
        assert "OR1" not in client.get(COMPARE).text
    assert session.get_one(Meeting, cast.meeting.id).is_cancelled


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (TableRows.EVERY, [*Gender]),
        (TableRows.STATED, [Gender.FEMALE, Gender.MALE]),
        (TableRows.GIVEN, [Gender.FEMALE]),
    ],
)
def test_a_question_says_which_rows_its_table_has(rows, named):
    counted = MeetingFigures((7, 7, 0), {"gender": {"female": (7, 7, 0)}})
    table = counted.table(replace(GENDER, rows=rows), {}, in_full=False)
    assert [label for label, _cells in table] == [answer.label for answer in named]
    assert table[0][1] == (7, 7, 0)


def test_a_question_says_whether_its_small_counts_are_hidden():
    counted = MeetingFigures((9, 9, 9), {"gender": {"female": (7, 7, 7), "male": (2, 2, 2)}})
    hidden = counted.table(GENDER, {}, in_full=False)
    assert not any(isinstance(cell, int) for _label, cells in hidden for cell in cells)
    open_to_all = counted.table(replace(GENDER, sensitive=False), {}, in_full=False)
    assert [cells for _label, cells in open_to_all] == [(7, 7, 7), (2, 2, 2)]
