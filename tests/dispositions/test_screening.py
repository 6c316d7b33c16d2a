"""The screening room: piles, readings and the rule of readers, in bulk and by keys."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.accounts.models import Role
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.text import search_tokens
from cocreation.cycles.models import Cycle, Phase
from cocreation.dispositions.models import Reading, Screening
from cocreation.dispositions.services.screening import Verdict, verdict
from cocreation.ideas.models import Attachment, Idea, IdeaState, Reason
from tests.cast import THEN, T, person
from tests.dispositions.desk import SCREENING, close, entries, idea, received, states, steps
from tests.forms import fill, post_forms

YES = {"clarity": "2", "precision": "2", "openness": "2"}
VAGUE = {**YES, "precision": "0", "precision_note": "أين؟", "reason_text-ar": "الفكرة عامة"}


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


@pytest.fixture
def two_readers(cast):
    """From now on, not accepting takes two."""
    session.get_one(Cycle, cast.cycle.id).readers_to_refuse = 2
    session.commit()
    session.remove()


def third(cast):
    """Somebody else of the secretariat."""
    made = person("Sanae", Role.SECRETARIAT)
    session.commit()
    session.remove()
    return cast.visitor(made)


def read(client, reference="2026-1", **found):
    return fill(client, f"{SCREENING}/{reference}", **(found or VAGUE))


def token_of(page):
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def readings():
    return rows_of(Reading)


def rows_of(model):
    """Every row as it stands now, kept apart from the session of the requests to come."""
    session.remove()
    found = session.scalars(select(model).order_by(model.id)).all()
    session.remove()
    return found


# One reading


def test_an_idea_on_which_all_three_criteria_hold_is_accepted_and_the_next_one_comes(cast, salma):
    received(cast, 2)
    answer = read(salma, **YES)
    assert answer.status_code == 302
    assert answer.location.endswith("/screening/2026-2")
    assert states("2026-1", "2026-2") == ["accepted", "received"]
    assert [(step.kind.value, step.outcome) for step in steps("2026-1")] == [
        ("received", None),
        ("screened", "accepted"),
    ]


def test_a_criterion_that_holds_in_part_is_enough_with_a_sentence(cast, salma):
    received(cast)
    partly = {**YES, "clarity": "1"}
    refused = read(salma, **partly, reason=None, **{"reason_text-ar": None})
    assert refused.status_code == 422
    assert "Say in a sentence why it does not hold, or only in part." in refused.text
    assert states("2026-1") == ["received"]
    read(salma, **partly, clarity_note="الفقرة الثانية غامضة")
    assert states("2026-1") == ["accepted"]
    found = readings()[0]
    assert (found.clarity, found.clarity_note, found.precision, found.accepts) == (
        1,
        "الفقرة الثانية غامضة",
        2,
        True,
    )


def test_after_the_last_idea_the_queue_comes_back_and_says_what_is_next(cast, salma):
    received(cast)
    assert read(salma, **YES).location.endswith("/screening")
    assert "No idea is waiting" in salma.get(SCREENING).text


def test_a_criterion_that_does_not_hold_gives_its_reason(cast, salma):
    received(cast)
    read(salma)
    step = steps("2026-1")[-1]
    assert states("2026-1") == ["screened_out"]
    assert (step.outcome, step.reason.value, step.text) == (
        "screened_out",
        "not_precise",
        {"ar": "الفكرة عامة"},
    )
    assert idea("2026-1").fate is None  # published only in a batch


@pytest.mark.parametrize(
    "wrong",
    [
        {**VAGUE, "reason_text-ar": ""},
        {**VAGUE, "reason_text-ar": "", "reason_text-en": "Only in English"},
        {**VAGUE, "reason": "not_clear"},
        {**VAGUE, "reason": "fits_the_plan"},
        {**VAGUE, "precision_note": ""},
        {**VAGUE, "precision": "3"},
        {**VAGUE, "reason_text-ar": "ل" * 6000},
        {**VAGUE, "reason_text-ar": "لم نفهم [الفقرة]"},
        {**VAGUE, "reason_text-fr": "Le [paragraphe] n’est pas clair"},
    ],
)
def test_not_accepted_without_a_reason_its_author_can_read_is_refused_and_kept(cast, salma, wrong):
    received(cast)
    answer = salma.post(f"{SCREENING}/2026-1", data={**wrong, "csrf_token": token_of(page_of(salma))})
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert all(value in answer.text for key, value in wrong.items() if key.startswith("reason_text"))
    assert states("2026-1") == ["received"]
    assert entries() == []
    assert readings() == []


def page_of(client, reference="2026-1", query=""):
    answer = client.get(f"{SCREENING}/{reference}{query}")
    assert answer.status_code == 200
    return answer.text


def test_the_authors_language_will_do(cast, salma):
    received(cast, language="fr")
    said = {**VAGUE, "reason_text-ar": "", "reason_text-fr": "Trop général"}
    assert read(salma, **said).status_code == 302


def test_an_unanswered_criterion_is_asked_again(cast, salma):
    received(cast)
    form = {"clarity": "2", "csrf_token": token_of(page_of(salma))}
    assert salma.post(f"{SCREENING}/2026-1", data=form).status_code == 422
    assert states("2026-1") == ["received"]


def test_the_register_holds_the_scores_and_nobody_s_name_nor_notes(cast, salma):
    received(cast)
    read(salma)
    (entry,) = entries()
    assert '"scores":[{"clarity":2,"openness":2,"precision":0}]' in entry.content
    assert '"accepted":false' in entry.content
    assert "Salma" not in entry.content
    assert "أين؟" not in entry.content


# Two people


def test_the_second_of_two_screeners_reads_what_the_first_decided_and_keeps_what_was_typed(cast, salma):
    received(cast)
    amal = cast.visitor(cast.amal)
    page = page_of(amal)
    read(salma)
    late = {**YES, "clarity": "0", "clarity_note": "؟", "reason_text-ar": "نص المتأخر"}
    answer = amal.post(f"{SCREENING}/2026-1", data={**late, "csrf_token": token_of(page)})
    assert answer.status_code == 409
    assert "Meanwhile this idea was not accepted" in answer.text
    assert "not precise enough" in answer.text
    assert "Salma" in answer.text
    assert "أين؟" in answer.text
    assert "نص المتأخر" in answer.text
    assert len(entries()) == len(readings()) == 1
    assert steps("2026-1")[-1].reason.value == "not_precise"


@pytest.mark.parametrize(
    ("accepts", "needed", "expected"),
    [
        ([], 1, Verdict.OPEN),
        ([True], 1, Verdict.ACCEPTED),
        ([True], 2, Verdict.ACCEPTED),
        ([False], 1, Verdict.NOT_ACCEPTED),
        ([False], 2, Verdict.OPEN),
        ([False, False], 2, Verdict.NOT_ACCEPTED),
        ([False, True], 2, Verdict.OPEN),
        ([False, True], 1, Verdict.OPEN),
        ([False, True, True], 2, Verdict.ACCEPTED),
        ([False, True, False], 2, Verdict.NOT_ACCEPTED),
    ],
)
def test_the_rule_of_readers(accepts, needed, expected):
    assert verdict(accepts, needed) is expected


@pytest.mark.usefixtures("two_readers")
def test_a_first_refusal_decides_nothing_and_leads_to_another_reader(cast, salma):
    received(cast, 2)
    answer = read(salma)
    assert answer.location.endswith("/screening/2026-2")
    assert "Another reader decides" in salma.get(answer.location).text
    assert states("2026-1") == ["received"]
    assert entries() == []
    assert len(steps("2026-1")) == 1
    assert "2026-1<" not in salma.get(SCREENING).text
    second = salma.get(f"{SCREENING}?pile=second").text
    assert "2026-1<" in second
    assert "you have read it" in second
    assert 'name="chosen"' not in second
    assert 'name="chosen"' in cast.visitor(cast.amal).get(f"{SCREENING}?pile=second").text


@pytest.mark.usefixtures("two_readers")
def test_the_second_reader_sees_the_first_and_two_who_agree_refuse(cast, salma):
    received(cast)
    read(salma)
    amal = cast.visitor(cast.amal)
    page = page_of(amal)
    assert "Salma" in page
    assert "أين؟" in page
    assert "takes two readers who agree" in page
    own = {**VAGUE, "reason_text-ar": "كلمات القارئ الثاني"}
    read(amal, **own)
    assert states("2026-1") == ["screened_out"]
    assert steps("2026-1")[-1].text == {"ar": "كلمات القارئ الثاني"}
    assert entries()[-1].content.count('"clarity":') == 2


@pytest.mark.usefixtures("two_readers")
def test_when_two_disagree_a_third_one_decides(cast, salma):
    received(cast, 2)
    amal, sanae = cast.visitor(cast.amal), third(cast)
    for reference, last in (("2026-1", YES), ("2026-2", VAGUE)):
        read(salma, reference)
        answer = read(amal, reference, **YES)
        assert answer.status_code == 302
        assert states(reference) == ["received"]
        read(sanae, reference, **last)
    assert states("2026-1", "2026-2") == ["accepted", "screened_out"]
    assert len(entries()) == 2


@pytest.mark.usefixtures("two_readers")
def test_nobody_reads_twice(cast, salma):
    received(cast)
    page = page_of(salma)
    read(salma)
    again = salma.post(f"{SCREENING}/2026-1", data={**VAGUE, "csrf_token": token_of(page)})
    assert again.status_code == 409
    assert "You read this idea already" in again.text
    assert "الفكرة عامة" in again.text
    assert states("2026-1") == ["received"]
    assert len(readings()) == 1
    assert "You have read this idea" in page_of(salma)
    assert all("clarity" not in str(form) for form in post_forms(salma, f"{SCREENING}/2026-1"))


@pytest.mark.usefixtures("two_readers")
def test_a_reading_of_words_that_were_changed_since_counts_no_more(cast, salma):
    received(cast)
    read(salma)
    session.scalars(select(Idea)).one().edited_at = THEN + timedelta(hours=1)
    session.commit()
    with clock.frozen(THEN + timedelta(hours=2)):
        assert "2026-1<" in salma.get(SCREENING).text
        read(salma)
        assert states("2026-1") == ["received"]  # not the second of two who agree
        assert len(readings()) == 1
        read(cast.visitor(cast.amal))
    assert states("2026-1") == ["screened_out"]


def test_the_secretariat_sets_how_many_readers_a_refusal_takes(cast, salma):
    fill(salma, "/en/manage/cycles/2026", readers_to_refuse="2")
    assert session.get_one(Cycle, cast.cycle.id).readers_to_refuse == 2
    session.remove()
    bad = {"readers_to_refuse": "0", "csrf_token": token_of(salma.get("/en/manage/cycles/2026").text)}
    assert salma.post("/en/manage/cycles/2026", data=bad).status_code == 422


# In bulk


def refuse(client, ids, page=None, **given):
    page = page or client.get(SCREENING).text
    said = {"act": "refuse", "reason": "not_openness", "reason_text-ar": "لا علاقة لها بالانفتاح", **given}
    return client.post(SCREENING, data={"chosen": ids, **said, "csrf_token": token_of(page)})


def test_the_ticked_ideas_are_accepted_at_once(cast, salma):
    ids = received(cast, 4)
    fill(salma, SCREENING, chosen=ids[:3])
    assert states(*(f"2026-{n}" for n in range(1, 5))) == ["accepted"] * 3 + ["received"]
    assert "3 ideas were accepted" in salma.get(SCREENING).text


def test_one_decided_meanwhile_is_named_and_none_is_changed(cast, salma):
    ids = received(cast, 3)
    page = salma.get(SCREENING).text
    read(cast.visitor(cast.amal), "2026-2")
    for answer in (
        salma.post(SCREENING, data={"chosen": ids, "csrf_token": token_of(page)}),
        refuse(salma, ids, page),
    ):
        assert answer.status_code == 409
        assert "\u20682026-2\u2069" in answer.text
        assert "\u20682026-1\u2069" not in answer.text
        assert answer.text.count(" checked") == 2  # the others stay ticked
    assert "لا علاقة لها بالانفتاح" in answer.text
    assert states("2026-1", "2026-2", "2026-3") == ["received", "screened_out", "received"]


def test_the_ticked_ideas_are_not_accepted_for_one_reason(cast, salma):
    ids = received(cast, 3)
    refuse(salma, ids[:2])
    assert states("2026-1", "2026-2", "2026-3") == ["screened_out", "screened_out", "received"]
    assert {step.reason for step in (steps("2026-1")[-1], steps("2026-2")[-1])} == {Reason.NOT_OPENNESS}
    session.remove()
    screening = session.scalars(select(Screening)).first()
    assert (screening.is_clear, screening.is_precise, screening.is_about_openness) == (True, True, False)
    assert "2 ideas were not accepted" in salma.get(SCREENING).text


@pytest.mark.usefixtures("two_readers")
def test_the_rule_of_readers_holds_for_what_is_ticked(cast, salma):
    ids = received(cast, 2)
    page = salma.get(SCREENING).text
    refuse(salma, ids)
    assert "2 ideas wait for another reader" in salma.get(SCREENING).text
    assert states("2026-1", "2026-2") == ["received", "received"]
    again = refuse(salma, ids, page)
    assert again.status_code == 409
    assert "You read these ideas already" in again.text
    refuse(cast.visitor(cast.amal), ids)
    assert states("2026-1", "2026-2") == ["screened_out", "screened_out"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "fits_the_plan"},
        {"reason_text-ar": ""},
        {"reason_text-ar": "", "reason_text-fr": "Sans lien"},
        {"reason_text-ar": "لم نفهم [الفقرة]"},
    ],
)
def test_ticked_ideas_are_not_refused_without_words_all_authors_can_read(cast, salma, wrong):
    ids = received(cast, 2)
    answer = refuse(salma, ids, **wrong)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert answer.text.count(" checked") == 2
    assert states("2026-1", "2026-2") == ["received", "received"]


def test_everything_on_the_page_can_be_ticked_without_javascript(cast, salma):
    received(cast, 3)
    assert salma.get(SCREENING).text.count(" checked") == 0
    assert salma.get(f"{SCREENING}?tick=1").text.count(" checked") == 3


@pytest.mark.parametrize("chosen", [["x"], ["99999"], [], ["-1"], ["9" * 30]])
def test_ticks_nobody_gave_out_change_nothing(cast, salma, chosen):
    received(cast)
    answer = fill(salma, SCREENING, chosen=chosen)
    assert answer.status_code == 422
    assert "Choose at least one idea" in answer.text
    assert states("2026-1") == ["received"]


# The piles and the page


def test_the_queue_is_narrowed_by_theme_and_origin(cast, salma):
    received(cast)
    received(cast, theme_id=cast.digital.id)
    page = salma.get(f"{SCREENING}?theme={cast.digital.id}").text
    assert "2026-2" in page
    assert "2026-1<" not in page
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
    assert "waiting for 3 days" in page
    assert "plan.pdf" in page
    alike = page.split("Similar ideas")[1].split("</section>")[0]
    assert "2026-2" in alike
    assert "accepted at screening" in alike


def test_words_that_moderation_hides_are_read_marked_by_those_who_screen(cast, salma):
    received(cast, proposal="كلمات مخفية", hidden_at=THEN)
    for page in (page_of(salma), salma.get(SCREENING).text):
        assert "كلمات مخفية" in page
        assert "hidden by moderation" in page


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
    close(Phase.SCREENING)
    answer = read(salma)
    assert answer.status_code == 409
    assert "is not open today" in answer.text
    assert "الفكرة عامة" in answer.text
    assert fill(salma, SCREENING, chosen=ids).status_code == 409
    assert refuse(salma, ids).status_code == 409
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
        from cocreation.ideas.models import Fate

        for name, value in {**settled, "fate": Fate.WITHDRAWN}.items():
            setattr(row, name, value)
    session.commit()
    session.remove()
    answer = salma.post(f"{SCREENING}/2026-1", data={**YES, "csrf_token": token_of(page)})
    assert answer.status_code == 409
    assert "not waiting for screening" in answer.text
    assert salma.post(SCREENING, data={"chosen": ids, "csrf_token": token_of(page)}).status_code == 409
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
    assert few[0] <= 6
    assert "cursor=" in salma.get(SCREENING).text


def counted(client, statements):
    """How many statements each page of the room takes."""
    counts = []
    for page in (SCREENING, f"{SCREENING}?pile=second", f"{SCREENING}?pile=asked", f"{SCREENING}/2026-1"):
        with statements() as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    return counts
