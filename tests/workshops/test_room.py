"""The room of a workshop: entering lines while it happens, correcting, linking, publishing them."""

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core.audit import AuditEntry
from cocreation.core.database import session
from cocreation.meetings.models.meeting import Workshop
from cocreation.workshops.models import LineKind, OutputLine, line_links
from cocreation.workshops.services import (
    LineChanged,
    NothingToPublish,
    OutputsAlreadyPublished,
    OutputsPublished,
)
from tests.forms import fill, post_forms, press
from tests.words import says

ROOM = "/en/manage/workshops/OR1/1"
OTHER_ROOM = "/en/manage/workshops/OR1/2"
PUBLIC = "/en/meetings/OR1/workshops/1"


@pytest.fixture
def fatima(cast):
    return cast.visitor(cast.fatima)


def lines(kind=LineKind.PROBLEM, number=1):
    """(number, heading, text) of the lines of a workshop."""
    rows = session.scalars(
        select(OutputLine)
        .join(OutputLine.workshop)
        .where(OutputLine.kind == kind, Workshop.number == number)
        .order_by(OutputLine.number)
    ).all()
    session.remove()
    return [(row.number, row.heading, row.text) for row in rows]


def texts(kind=LineKind.PROBLEM):
    return [text for _, _, text in lines(kind)]


def address(text):
    """The page of the line that says `text`."""
    found = session.scalars(select(OutputLine.id).where(OutputLine.text == text)).one()
    session.remove()
    return f"{ROOM}/lines/{found}"


def enter(visitor, kind, text, url=ROOM, **more):
    return fill(visitor, url, **{f"{kind}-text": text, **{f"{kind}-{k}": v for k, v in more.items()}})


def form_with(visitor, url, name):
    """The form of a page that has a field of that name."""
    return next(
        form for form in post_forms(visitor, url) if any(field.get("name") == name for field in form.iter())
    )


def token(visitor):
    return next(
        field.get("value")
        for field in post_forms(visitor, ROOM)[0].iter("input")
        if field.get("name") == "csrf_token"
    )


def test_who_comes_in(cast):
    allowed = {Role.ADMINISTRATOR, Role.SECRETARIAT, Role.COORDINATOR, Role.FACILITATOR}
    for role, person in cast.staff.items():
        expected = 200 if role in allowed else 403
        assert cast.visitor(person).get(ROOM).status_code == expected, role
    assert cast.visitor().get(ROOM).status_code == 302
    assert cast.visitor(cast.fatima).get(OTHER_ROOM).status_code == 404
    assert cast.visitor(cast.karim).get(OTHER_ROOM).status_code == 200


def test_a_facilitator_of_elsewhere_reads_and_writes_nothing(cast, fatima):
    """Their scope is the workshop's number in the table, not its number in the meeting."""
    salma = cast.visitor(cast.salma)
    enter(salma, "problem", "Sealed", url=OTHER_ROOM)
    line = session.scalars(select(OutputLine)).one()
    session.remove()
    url = f"{OTHER_ROOM}/lines/{line.id}"
    assert fatima.get(url).status_code == 404
    sent = {"csrf_token": token(fatima), "text": "Mine", "before": "Sealed", "problem-text": "Mine"}
    for target in (OTHER_ROOM, url, f"{url}/move", f"{url}/remove", f"{OTHER_ROOM}/publish"):
        assert fatima.post(target, data=sent).status_code == 404, target
    # A line is not reached through the address of another room either.
    assert fatima.post(f"{ROOM}/lines/{line.id}", data=sent).status_code == 404
    assert lines(number=2) == [(1, None, "Sealed")]


def test_my_workshops_are_mine(cast):
    for person, expected in ((cast.fatima, 1), (cast.karim, 2), (cast.salma, 2)):
        page = cast.visitor(person).get("/en/manage/workshops")
        assert page.text.count("/en/manage/workshops/OR1/") == expected
    session.add(
        Grant(
            person_id=cast.farid.id, role=Role.FACILITATOR, scope_id=9999, granted_at=cast.meeting.starts_at
        )
    )
    session.commit()
    session.remove()
    page = cast.visitor(session.get(Person, cast.farid.id)).get("/en/manage/workshops")
    assert "/en/manage/workshops/OR1/" not in page.text
    assert '<div class="empty">' in page.text


def test_one_line_then_many_pasted_at_once(fatima):
    assert enter(fatima, "solution", "  Un portail unique \n").headers["Location"] == f"{ROOM}#solution-new"
    enter(fatima, "solution", "ثانيا\r\n\r\n  ثالثا\n")
    assert lines(LineKind.SOLUTION) == [
        (1, None, "Un portail unique"),
        (2, None, "ثانيا"),
        (3, None, "ثالثا"),
    ]
    languages = session.scalars(select(OutputLine.language).order_by(OutputLine.number)).all()
    session.remove()
    assert languages == ["fr", "ar", "ar"]


def test_headings_gather_their_problems(fatima):
    enter(fatima, "problem", "A1", heading="A")
    enter(fatima, "problem", "B1", heading="B")
    enter(fatima, "problem", "A2", heading="A")
    assert lines() == [(1, "A", "A1"), (2, "A", "A2"), (3, "B", "B1")]
    fill(fatima, address("A1"), heading="B")
    assert lines() == [(1, "B", "A1"), (2, "B", "B1"), (3, "A", "A2")]


def test_a_form_sent_twice_writes_once(fatima):
    form = next(f for f in post_forms(fatima, ROOM) if f.get("id") == "result-new")
    sent = {field.get("name"): field.get("value") for field in form.iter("input")} | {
        "result-text": "Une\nDeux"
    }
    for _ in range(2):
        assert fatima.post(ROOM, data=sent).status_code == 302
    assert texts(LineKind.RESULT) == ["Une", "Deux"]


def test_in_place_the_list_comes_back_alone_and_says_what_arrived(fatima):
    form = next(f for f in post_forms(fatima, ROOM) if f.get("id") == "result-new")
    sent = {field.get("name"): field.get("value") for field in form.iter("input")}
    answer = fatima.post(ROOM, data=sent | {"result-text": "Une"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="result"' in answer.text
    assert 'data-autosave-done="OR1-W1-result"' in answer.text
    assert sent["result-once"] not in answer.text  # a new number for the next lines
    # An error comes back in place too, with what was typed, and forgets no draft.
    refused = fatima.post(ROOM, data=sent | {"result-text": "x" * 1001}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "x" * 1001 in refused.text
    assert "data-autosave-done" not in refused.text


def test_without_scripts_the_next_page_says_once_what_arrived(fatima):
    enter(fatima, "result", "Une")
    assert 'data-autosave-done="OR1-W1-result"' in fatima.get(ROOM).text
    assert "data-autosave-done" not in fatima.get(ROOM).text


@pytest.mark.parametrize(
    "typed", ["", "  \n ", "x" * 1001, "سطر\n" + "ب" * 100_000], ids=["empty", "blank", "long", "100 kB"]
)
def test_what_cannot_be_used_is_kept_and_refused(fatima, typed):
    answer = enter(fatima, "problem", typed, heading="Kept heading")
    assert answer.status_code == 422
    assert typed.strip()[-500:] in answer.text
    assert "Kept heading" in answer.text
    assert lines() == []


def test_markup_and_overrides_are_only_text(fatima):
    enter(
        fatima,
        "problem",
        "<script>alert(1)</script> \u202eevil\u2066 <img src=x onerror=alert(2)>",
        heading='"><b>H',
    )
    press(fatima, ROOM, "/publish")
    for page in (fatima.get(ROOM), fatima.get(PUBLIC), fatima.get(address(texts()[0]))):
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "<b>H" not in page.text
        assert not {"\u202e", "\u2066"} & set(page.text)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in fatima.get(PUBLIC).text


def test_a_line_moves_under_its_heading_and_no_further(fatima):
    enter(fatima, "problem", "A1\nA2", heading="A")
    enter(fatima, "problem", "B1\nB2", heading="B")
    sent = {"csrf_token": token(fatima)}
    fatima.post(f"{address('A2')}/move", data=sent | {"way": "up"})
    assert texts() == ["A2", "A1", "B1", "B2"]
    fatima.post(f"{address('A2')}/move", data=sent | {"way": "up"})
    fatima.post(f"{address('A1')}/move", data=sent | {"way": "down"})
    assert texts() == ["A2", "A1", "B1", "B2"]
    fatima.post(f"{address('B1')}/move", data=sent | {"way": "down"})
    assert lines() == [(1, "A", "A2"), (2, "A", "A1"), (3, "B", "B2"), (4, "B", "B1")]


def test_a_line_removed_closes_the_ranks(fatima):
    enter(fatima, "solution", "Une\nDeux\nTrois")
    assert press(fatima, address("Une"), "/remove").status_code == 302
    assert lines(LineKind.SOLUTION) == [(1, None, "Deux"), (2, None, "Trois")]


def test_two_people_on_one_line_the_second_sees_the_first(cast, fatima):
    enter(fatima, "problem", "Before")
    url = address("Before")
    karim = cast.visitor(cast.karim)
    opened = form_with(karim, url, "before")
    fill(fatima, url, text="Fatima's words")
    sent = {field.get("name"): field.get("value") for field in opened.iter("input")} | {
        "text": "Karim's words"
    }
    answer = karim.post(url, data=sent)
    assert answer.status_code == 409
    assert says(answer, LineChanged, text="Fatima's words")
    assert ">\r\nKarim&#39;s words</textarea>" in answer.text
    assert texts() == ["Fatima's words"]
    # Having read it, Karim may send again from that page; a removal meant for other words is refused too.
    assert karim.post(f"{url}/remove", data=sent | {"confirmed": "1"}).status_code == 409
    assert karim.post(url, data={"csrf_token": sent["csrf_token"], "text": "Blind"}).status_code == 409
    assert karim.post(url, data=sent | {"before": "Fatima's words"}).status_code == 302
    assert texts() == ["Karim's words"]


def test_solutions_answer_problems_and_results_follow_from_solutions(fatima):
    enter(fatima, "problem", "P one\nP two")
    enter(fatima, "solution", "S one")
    enter(fatima, "result", "R one")
    ids = {row.text: row.id for row in session.execute(select(OutputLine.text, OutputLine.id))}
    session.remove()
    fill(fatima, address("S one"), sources=[str(ids["P one"]), str(ids["P two"])])
    fill(fatima, address("R one"), sources=[str(ids["S one"])])
    fill(fatima, address("S one"), sources=[str(ids["P two"])])
    links = {tuple(row) for row in session.execute(select(line_links))}
    session.remove()
    assert links == {(ids["P two"], ids["S one"]), (ids["S one"], ids["R one"])}
    # Saving the words alone keeps the links.
    fill(fatima, address("S one"), text="S one, better")
    assert session.execute(select(line_links).where(line_links.c.to_id == ids["S one"])).all()
    session.remove()
    # A result cannot follow from a problem, nor a problem from anything.
    answer = fill(fatima, address("R one"), sources=[str(ids["P one"])])
    assert answer.status_code == 422
    assert 'name="sources"' in fatima.get(address("R one")).text
    assert 'name="sources"' not in fatima.get(address("P one")).text


def test_an_empty_workshop_is_not_published(fatima):
    answer = press(fatima, ROOM, "/publish")
    assert answer.status_code == 409
    assert says(answer, NothingToPublish)
    assert fatima.get(PUBLIC).status_code == 200  # its own people see it before
    assert fatima.application.test_client().get(PUBLIC).status_code == 404


def test_once_public_lines_stay_and_only_the_secretariat_corrects_words(cast, fatima):
    enter(fatima, "problem", "First\nSecond", heading="H")
    url, sent = address("First"), {"csrf_token": token(fatima)}
    stale = post_forms(fatima, ROOM)
    assert press(fatima, ROOM, "/publish").status_code == 302
    again = fatima.post(f"{ROOM}/publish", data=sent)
    assert again.status_code == 409
    assert says(again, OutputsAlreadyPublished)
    # A form opened before: nothing comes, goes or moves any more, and what was typed is kept.
    form = next(f for f in stale if f.get("id") == "problem-new")
    late = {field.get("name"): field.get("value") for field in form.iter("input")} | {
        "problem-text": "Too late"
    }
    answer = fatima.post(ROOM, data=late)
    assert answer.status_code == 409
    assert says(answer, OutputsPublished)
    assert "Too late" in answer.text
    stale = sent | {"before": "First", "way": "down", "confirmed": "1"}
    for act in ("move", "remove"):
        assert fatima.post(f"{url}/{act}", data=stale).status_code == 409
    assert fatima.post(url, data=sent | {"before": "First", "text": "Mine"}).status_code == 403
    assert lines() == [(1, "H", "First"), (2, "H", "Second")]
    assert fill(cast.visitor(cast.salma), url, text="First, spelled right").status_code == 302
    assert lines() == [(1, "H", "First, spelled right"), (2, "H", "Second")]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "line corrected")).one()
    session.remove()
    assert (entry.subject, entry.actor, entry.details["before"]) == ("OR1-W1-P01", cast.salma.id, "First")


def test_the_room_costs_the_same_for_few_and_many_lines(fatima, statements):
    counts = []
    for many in (2, 300):
        for kind in LineKind:
            enter(fatima, kind.value, "\n".join(f"{kind} {n}" for n in range(many)))
        with statements() as asked:
            assert fatima.get(ROOM).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6
