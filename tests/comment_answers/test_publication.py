"""The answers of a consultation become public at once, and everyone they concern is told once."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from cocreation.comment_answers.emails import ANSWERED, REWORDED
from cocreation.comment_answers.models import AnsweredComment, AnswerPublication, CommentAnswer
from cocreation.comment_answers.refusals import (
    AnswerUnchanged,
    ChangedWordsMissing,
    CommentsStillConfirmed,
    CommentsUnanswered,
    ConsultationStillOpen,
    NoCommentsToAnswer,
)
from cocreation.comments.models import Comment, Commenter, CommenterKind, CommentSupport
from cocreation.consultations.models import Consultation
from cocreation.core import secrets
from cocreation.core.database import session
from cocreation.dispositions.datasets import DISPOSITIONS
from cocreation.documents.models import CauseKind, Change
from cocreation.ledger.models import RegisterEntry
from tests import mails as post
from tests.cast import THEN
from tests.desk import work
from tests.forms import fill, press
from tests.html import hrefs, texts
from tests.scene_consulted import CONSULTED, answer, comment, consulted
from tests.selection import crowd
from tests.senders import messages as messages
from tests.words import says

DESK = "/fr/manage/consultations/2026-PC1/answers"
LIST, PUBLIC = f"{DESK}/list", "/fr/consultations/2026-PC1"
TABLE = f"{PUBLIC}/dispositions"
EDIT = "/fr/manage/plan/2026-C01"
NOT = {"outcome": "not_taken_up", "reason": "no_means"}
READ = {"sent_at": THEN, "approved_at": THEN}


@pytest.fixture
def consultation(cast):
    return consulted(cast, closes_at=THEN - timedelta(days=1))


@pytest.fixture
def salma(cast):
    return cast.visitor(cast.salma)


def author(address=None, **given):
    return Commenter(kind=CommenterKind.PERSON, consented_at=CONSULTED, email=address, **given)


def approved(cast, consultation, *comments, **given):
    return answer(cast, consultation, *comments, approved_by=cast.mounia.id, **READ, **given)


def publish(visitor, **fields):
    return fill(visitor, LIST, tells_supporters=fields.get("tells_supporters"))


def changes():
    rows = session.scalars(select(Change).order_by(Change.id)).all()
    session.remove()
    return rows


@pytest.fixture
def published(cast, consultation, salma):
    """Two comments: one taken up, which changed words of the text, one not."""
    first = comment(consultation, commenter=author("aya@example.org", name="Aya", is_named=True))
    second = comment(
        consultation, words="شكرا", language="ar", commenter=author("badr@example.org", name="Badr")
    )
    taken = approved(cast, consultation, first)
    approved(cast, consultation, second, **NOT)
    fill(salma, EDIT, **{"solution-fr": "Un portail unique et mobile"})
    named = fill(salma, f"{DESK}/{taken}", words=[str(change.id) for change in changes()])
    assert named.status_code == 302
    assert publish(salma).location == TABLE
    return taken


def test_published_each_comment_says_its_answer_and_the_register_seals_it(cast, published, client):
    said = session.scalars(select(Comment).order_by(Comment.id)).all()
    assert [(row.outcome.value, row.answer_id) for row in said] == [("taken_up", 1), ("not_taken_up", 2)]
    assert dict(said[0].answer)["fr"] == "Le texte le dit maintenant"
    assert {row.answered_at for row in said} == {THEN}
    assert session.scalars(select(Consultation.answered_at)).one() == THEN
    entry = json.loads(
        session.scalars(select(RegisterEntry.content).order_by(RegisterEntry.number.desc())).first()
    )
    session.remove()
    assert (entry["action"], entry["subject"]) == ("comments answered", "2026-PC1")
    assert (entry["answers"], entry["comments"], len(entry["seal"])) == (2, 2, 64)
    assert client.get("/fr/register").status_code == 200
    assert not {"Aya", "aya@example.org", "شكرا"} & set(json.dumps(entry, ensure_ascii=False).split('"'))


def test_everyone_reads_what_changed_and_why(published, client):
    page = client.get(f"{PUBLIC}/answers/{published}")
    assert page.status_code == 200
    assert [words.split()[-2:] for words in texts(page.text, "ins")[1:]] == [["et", "mobile"]]
    assert "Aya" in page.text
    table = client.get(TABLE)
    assert texts(table.text, "tr[data-comment] .reference") == ["2026-PC1-0001", "2026-PC1-0002"]
    assert "Aya" in table.text
    assert "Badr" not in table.text, "who did not want to be named"
    assert len(table.data) < 15_000
    narrowed = client.get(f"{TABLE}?outcome=not_taken_up").text
    assert texts(narrowed, "tr[data-comment] .reference") == ["2026-PC1-0002"]
    for path in ("/printed", ".csv", ".xlsx", ".json"):
        assert client.get(f"{TABLE}{path}").status_code == 200, path
    assert client.get(f"{PUBLIC}/figures").status_code == 200


def test_the_table_is_taken_along_in_three_forms(published, client):
    rows = json.loads(client.get(f"{TABLE}.json").text)
    assert [row["outcome_code"] for row in rows] == ["taken_up", "not_taken_up"]
    assert [row["author"] for row in rows] == ["Aya", None]
    assert "mobile" in rows[0]["changed"]
    assert rows[0]["address"].endswith(f"/consultations/2026-PC1/answers/{published}")
    lines = list(csv.reader(io.StringIO(client.get(f"{TABLE}.csv?outcome=taken_up").text.lstrip("\ufeff"))))
    assert len(lines) == 2
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{TABLE}.xlsx").data))
    assert len(book.get_sheet_by_index(0).to_python()) == 3
    assert {"reference", "comment", "author", "section", "answer", "reason", "changed"} <= {
        column.key for column in DISPOSITIONS.fields
    }


def test_each_commenter_is_told_once_with_their_words_and_what_changed(app, published, messages):
    work(app)
    work(app)
    told = post.of(ANSWERED, messages())
    assert sorted(mail["To"] for mail in told) == ["aya@example.org", "badr@example.org"]
    hers = next(mail for mail in told if mail["To"] == "aya@example.org")
    for words in ("application mobile", "Le texte le dit maintenant", "et mobile", f"/answers/{published}"):
        assert words in post.text(hers), words
    his = next(mail for mail in told if mail["To"] == "badr@example.org")
    assert post.language(his) == "ar"
    assert "شكرا" in post.text(his)
    assert None not in session.scalars(select(AnsweredComment.told_at)).all()


def test_who_wrote_several_comments_gets_one_mail_and_supporters_if_asked(
    app, cast, consultation, salma, messages
):
    ids = [comment(consultation, commenter=author("aya@example.org")) for _ in range(2)]
    supported = comment(consultation, commenter=author("badr@example.org"))
    for address in ("aya@example.org", "chafik@example.org"):
        row = CommentSupport(
            comment_id=supported,
            email=address,
            language="fr",
            receipt=secrets.new_receipt(),
            asked_at=CONSULTED,
            confirmed_at=CONSULTED,
        )
        session.add(row)
    approved(cast, consultation, *ids, supported, **NOT)
    assert publish(salma, tells_supporters="y").status_code == 302
    work(app)
    told = {mail["To"]: mail for mail in post.of(ANSWERED, messages())}
    assert set(told) == {"aya@example.org", "badr@example.org", "chafik@example.org"}
    for reference in ("2026-PC1-0001", "2026-PC1-0002", "2026-PC1-0003"):
        assert reference in post.text(told["aya@example.org"])
    assert "2026-PC1-0003" in post.text(told["chafik@example.org"])


def test_nothing_is_published_while_a_comment_lacks_an_approved_answer(cast, consultation, salma, client):
    assert says(publish_now(salma), NoCommentsToAnswer)
    first = comment(consultation)
    refused = publish_now(salma)
    assert refused.status_code == 409
    assert says(refused, CommentsUnanswered)
    assert "2026-PC1-0001" in refused.text
    answer(cast, consultation, first, **NOT)
    assert says(publish_now(salma), CommentsUnanswered), "not approved"
    assert client.get(TABLE).status_code == 404
    assert client.get(f"{PUBLIC}/answers/1").status_code == 404


def test_nothing_is_published_while_taken_up_names_no_words(cast, consultation, salma):
    given = approved(cast, consultation, comment(consultation))
    refused = publish_now(salma)
    assert says(refused, ChangedWordsMissing)
    assert "2026-PC1-0001" in refused.text
    assert texts(salma.get(f"{DESK}/{given}").text, ".lacks")


def test_nothing_is_published_while_comments_can_be_sent(cast, salma):
    consultation = consulted(cast, closes_at=THEN + timedelta(minutes=1))
    approved(cast, consultation, comment(consultation), **NOT)
    assert says(publish_now(salma), ConsultationStillOpen)


def test_nothing_is_published_while_a_comment_can_still_be_confirmed(cast, consultation, salma, now):
    """It would stay without an answer, and the text would never be adopted."""
    approved(cast, consultation, comment(consultation), **NOT)
    late = comment(consultation, confirmed_at=None, sent_at=now - timedelta(days=6))
    session.commit()
    assert says(publish_now(salma), CommentsStillConfirmed)
    session.get_one(Comment, late).sent_at = now - timedelta(days=8)
    session.commit()
    assert publish_now(salma).status_code == 200, "it asks, as the address can prove nothing any more"


def publish_now(visitor):
    page = visitor.get(DESK).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    return visitor.post(f"{LIST}/publish", data={"csrf_token": token})


def test_publishing_asks_first_with_its_numbers(cast, consultation, salma):
    approved(cast, consultation, comment(consultation, commenter=author("aya@example.org")), **NOT)
    asked = publish_now(salma)
    assert asked.status_code == 200
    assert texts(asked.text, "#asked")
    assert session.scalars(select(Consultation.answered_at)).one() is None


def test_words_lose_their_cause_with_their_answer(cast, consultation, salma):
    given = answer(cast, consultation, comment(consultation))
    fill(salma, EDIT, **{"solution-fr": "Un portail ouvert"})
    [changed] = changes()
    assert changed.cause is None
    fill(salma, f"{DESK}/{given}", words=[str(changed.id)])
    assert changes()[0].cause is CauseKind.ANSWER
    fill(salma, f"{DESK}/{given}", words=[])
    assert changes()[0].cause is None
    fill(salma, f"{DESK}/{given}", words=[str(changed.id)])
    assert press(salma, f"{DESK}/{given}", "/remove").status_code == 302
    assert changes()[0].cause is None


def test_reworded_in_public_its_old_words_stay_and_its_commenters_are_told_again(
    app, cast, published, salma, client, messages
):
    work(app)
    url = f"{DESK}/{published}/reword"
    why = {"why-fr": "Une erreur de date"}
    assert says(fill(salma, url, **why), AnswerUnchanged)
    assert fill(salma, url, outcome="in_part/clearer", **{"text-fr": "En partie"}, **why).status_code == 302
    page = client.get(f"{PUBLIC}/answers/{published}").text
    assert all(words in page for words in ("En partie", "Le texte le dit maintenant", "Une erreur de date"))
    assert session.get_one(Comment, 1).outcome.value == "in_part"
    work(app)
    work(app)
    told = post.of(REWORDED, messages())
    assert [mail["To"] for mail in told] == ["aya@example.org"]
    fill(salma, url, institution=str(cast.ministry.id), **why)
    work(app)
    assert post.of(REWORDED, messages()) == [], "neither the outcome nor the words are others"


def test_reworded_to_not_taken_up_an_answer_is_the_cause_of_no_words(published, salma, client):
    assert [change.cause for change in changes()] == [CauseKind.ANSWER] * len(changes())
    fields = {"outcome": "not_taken_up/no_means", "why-fr": "Une erreur", "why-ar": "خطأ"}
    assert fill(salma, f"{DESK}/{published}/reword", **fields).status_code == 302
    assert {change.cause for change in changes()} == {None}
    assert not texts(client.get(f"{PUBLIC}/answers/{published}").text, "ins")


def test_a_public_answer_is_not_changed_in_silence(cast, published, salma):
    page = salma.get(f"{DESK}/{published}").text
    assert not texts(page, "textarea[name=text-fr]")
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "outcome": "taken_up/clearer", "text-fr": "Autre"}
    assert salma.post(f"{DESK}/{published}", data=data).status_code == 409
    for said in ({}, {"confirmed": "1"}):  # refused at once, no question before
        taken_back = salma.post(f"{DESK}/{published}/remove", data={"csrf_token": token, **said})
        assert taken_back.status_code == 409
    assert f"{PUBLIC}/answers/{published}" in hrefs(salma.get(f"{DESK}/{published}").text)


def test_a_comment_taken_back_is_left_out_of_the_answers(app, cast, consultation, salma, messages):
    gone = comment(consultation, commenter=author("aya@example.org"), withdrawn_at=THEN)
    stays = comment(consultation)
    answer(cast, consultation, gone, **NOT)
    approved(cast, consultation, stays, **NOT)
    assert publish(salma).status_code == 302
    assert session.get_one(Comment, gone).outcome is None
    assert session.get_one(CommentAnswer, 1).published_at is None
    session.remove()
    work(app)
    assert post.of(ANSWERED, messages()) == []


def test_a_large_table_is_made_row_by_row_with_flat_memory(cast, published, client):
    """What is held while 5,000 rows are sent is what is held while a fifth of them are."""
    fifth = crowd(1000, 600)
    add_answered(fifth)
    small = peak(client)
    add_answered(4 * fifth)
    large = peak(client)
    assert large < small * 1.5 + 300_000


def add_answered(count):
    pattern = session.get_one(Comment, 1)
    columns = {c.key: getattr(pattern, c.key) for c in Comment.__table__.columns if c.key != "id"}
    last = max(session.scalars(select(Comment.number)).all())
    session.execute(
        Comment.__table__.insert(),
        [
            {
                **columns,
                "number": number,
                "reference": f"2026-PC1-{number:04d}",
                "once": f"once {number}",
                "receipt": f"receipt {number}",
            }
            for number in range(last + 1, last + 1 + count)
        ],
    )
    session.commit()
    session.remove()


def peak(client):
    client.get(f"{TABLE}.csv?outcome=in_part")
    tracemalloc.start()
    rows = sum(part.count(b"2026-PC1-") for part in client.get(f"{TABLE}.csv", buffered=False).iter_encoded())
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows > 400
    return highest


def test_each_mail_is_queued_once_though_the_worker_is_killed(app, published, messages):
    work(app)
    session.get_one(AnswerPublication, 1).told_at = None
    session.commit()
    work(app)
    assert len(post.of(ANSWERED, messages())) == 2


def test_figures_hide_what_a_few_people_are(cast, consultation, salma, client):
    def from_region(code, kind, count):
        return [
            comment(consultation, commenter=Commenter(kind=kind, consented_at=CONSULTED, region_code=code))
            for _ in range(count)
        ]

    ids = [
        *from_region("01", CommenterKind.PERSON, 7),
        *from_region("01", CommenterKind.ASSOCIATION, 2),
        *from_region("02", CommenterKind.PERSON, 6),
        *from_region("04", CommenterKind.PERSON, 9),
    ]
    approved(cast, consultation, *ids, **NOT)
    assert publish(salma).status_code == 302
    page = client.get(f"{PUBLIC}/figures").text
    rows = [texts(page, f"#regions tbody tr:nth-child({place}) td") for place in (1, 2, 3)]
    assert not any(cell in ("2", "9") for cell in rows[0]), "two associations, and the sum that would tell"
    assert {cell for row in rows for cell in row} >= {"0"}
