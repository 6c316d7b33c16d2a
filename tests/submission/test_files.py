"""Files that come with an idea: kept when the form is refused, public as long as the idea's words are."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from cocreation.app import CHORES
from cocreation.core import clock
from cocreation.core.chores import Round
from cocreation.core.database import session
from cocreation.files.content import Empty, TooLarge, WrongKind
from cocreation.ideas.models.idea import Attachment, Idea
from cocreation.submission.refusals import TooManyFiles
from cocreation.submission.services import attachments
from tests.files.test_content import PDF, drawn
from tests.forms import _filled, fill, press
from tests.html import parse
from tests.senders import SENTENCE, ideas
from tests.words import says

NEW = "/en/ideas/new"


def pdf(number: int = 1, name: str = "plan.pdf"):
    return io.BytesIO(PDF.replace(b"obj<<", b"obj<</N %d" % number)), name


def kept() -> list[Attachment]:
    session.remove()
    rows = list(session.scalars(select(Attachment).order_by(Attachment.id)))
    session.expunge_all()
    return rows


def resend(client, answer, **fields):
    """Send the form of an answer again, as a browser would."""
    tree = parse(answer.text)
    form = next(candidate for candidate in tree.iter("form") if "data-wizard" in candidate.attrib)
    data = _filled(form)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return client.post(NEW, data=data)


def test_from_the_form_to_the_public_page(cast, client, confirmed):
    confirmed(files=[pdf(), (io.BytesIO(drawn("PNG")), "صورة.png")])
    [first, second] = kept()
    assert (first.name, first.kind, first.size) == ("plan.pdf", "application/pdf", len(pdf()[0].getvalue()))
    assert {first.idea_id, second.idea_id} == {ideas()[0].id}
    page = client.get("/en/ideas/2026-1").text
    assert "plan.pdf" in page
    answer = client.get(f"/en/ideas/2026-1/files/{first.id}")
    assert answer.data == pdf()[0].getvalue()
    assert answer.headers["Content-Disposition"] == "attachment; filename=plan.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/pdf"
    assert client.get(f"/en/ideas/2026-1/files/{second.id}").mimetype == "image/png"


def test_nobody_downloads_what_is_not_public(cast, client, send, confirmed):
    send(files=[pdf()])
    [file] = kept()
    assert client.get(f"/en/ideas/None/files/{file.id}").status_code == 404
    receipt = confirmed(proposal="Une autre", files=[pdf(2)])
    other = kept()[1]
    address = f"/en/ideas/2026-1/files/{other.id}"
    assert client.get(f"/en/ideas/2026-1/files/{file.id}").status_code == 404  # of another idea
    assert client.get(address).status_code == 200
    session.execute(update(Idea).where(Idea.reference == "2026-1").values(hidden_at=clock.now()))
    session.commit()
    assert client.get(address).status_code == 404
    session.execute(update(Idea).where(Idea.reference == "2026-1").values(hidden_at=None))
    session.commit()
    press(client, receipt, "/withdraw")
    assert client.get(address).status_code == 404
    assert "plan.pdf" not in client.get("/en/ideas/2026-1").text


def test_a_refused_form_keeps_its_files_and_says_so(cast, client):
    answer = fill(client, NEW, proposal=SENTENCE, email="nobody", consent="y", files=[pdf(), pdf(2, "b.pdf")])
    assert answer.status_code == 422
    assert [file.name for file in kept()] == ["plan.pdf", "b.pdf"]
    assert all(name in answer.text for name in ("plan.pdf", "b.pdf"))
    assert answer.text.count('name="remove"') == 2
    first = kept()[0]
    assert resend(client, answer, email="a@b.org", remove=str(first.id)).status_code == 302
    assert [(file.name, file.idea_id) for file in kept()] == [("b.pdf", ideas()[0].id)]


def test_a_photo_that_bears_the_ending_of_another_kind_is_taken_and_named_for_what_it_is(cast, client):
    files = [(io.BytesIO(drawn("JPEG")), "صورة.png")]
    assert fill(client, NEW, proposal=SENTENCE, email="a@b.org", consent="y", files=files).status_code == 302
    assert [(file.name, file.kind) for file in kept()] == [("صورة.jpg", "image/jpeg")]


@pytest.mark.parametrize(
    ("file", "refusal"),
    [
        (("page.pdf", b"<script>"), WrongKind),
        (("empty.pdf", b""), Empty),
        (("large.pdf", PDF + b" " * 5 * 1024 * 1024), TooLarge),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_words_are_kept(cast, client, file, refusal):
    name, content = file
    files = [pdf(), (io.BytesIO(content), name)]
    answer = fill(client, NEW, proposal=SENTENCE, email="a@b.org", consent="y", files=files)
    assert answer.status_code == 422
    assert says(answer, refusal, name=name)
    assert SENTENCE in answer.text
    assert [file.name for file in kept()] == ["plan.pdf"]  # the good one need not be chosen again
    assert not ideas()


def test_five_files_and_no_more(cast, client):
    typed = {"proposal": SENTENCE, "email": "a@b.org", "consent": "y"}
    answer = fill(client, NEW, **typed, files=[pdf(n) for n in range(6)])
    assert answer.status_code == 422
    assert says(answer, TooManyFiles)
    assert not kept()
    answer = fill(client, NEW, **{**typed, "email": ""}, files=[pdf(n) for n in range(5)])
    answer = resend(client, answer, email="a@b.org", files=[pdf(9)])
    assert (answer.status_code, len(kept()), len(ideas())) == (422, 5, 0)
    swapped = resend(client, answer, remove=str(kept()[0].id), files=[pdf(9)])
    assert (swapped.status_code, len(kept()), len(ideas())) == (302, 5, 1)


def test_the_same_content_twice_is_one_file(cast, client, send):
    send(files=[pdf(1), pdf(1, "copy.pdf")])
    assert [file.name for file in kept()] == ["plan.pdf"]


def test_five_large_files_fit_and_other_forms_take_no_more_than_before(cast, client):
    large = PDF.replace(b"obj<<", b"obj" + b" " * 4_900_000 + b"<<")
    files = [(io.BytesIO(large.replace(b"1.7", b"1.%d" % n)), f"{n}.pdf") for n in range(5)]
    sent = fill(client, NEW, proposal=SENTENCE, email="a@b.org", consent="y", files=files)
    assert (sent.status_code, len(kept())) == (302, 5)
    answer = fill(client, "/en/receipts", code=[(io.BytesIO(b"x" * 7 * 1024 * 1024), "x.pdf")])
    assert answer.status_code == 413


def test_files_never_sent_are_forgotten_after_a_week_unless_a_draft_waits_for_them(cast, client, now):
    fill(client, NEW, proposal=SENTENCE, files=[pdf()])
    fill(client, NEW, proposal=SENTENCE, files=[pdf(2, "draft.pdf")], act="keep")
    fill(client, NEW, proposal=SENTENCE, email="a@b.org", consent="y", files=[pdf(3, "sent.pdf")])
    assert attachments.sweep(now + timedelta(days=7, minutes=-1)) == 0
    with clock.frozen(now + timedelta(days=8)):
        Round(CHORES).look()
    assert [file.name for file in kept()] == ["draft.pdf", "sent.pdf"]
    attachments.sweep(now + timedelta(days=8))
    assert len(kept()) == 2


def test_the_files_of_another_form_cannot_be_removed(cast, client):
    fill(client, NEW, proposal=SENTENCE, files=[pdf()])
    fill(client, NEW, proposal=SENTENCE, email="a@b.org", consent="y", files=[pdf(2)])
    for file in kept():
        fill(client, NEW, proposal=SENTENCE, files=[pdf(3 + file.id)], act="keep")
        client.post(NEW, data={"remove": str(file.id)})
    assert [file.name for file in kept()][:2] == ["plan.pdf", "plan.pdf"]
    assert len(kept()) == 4


def test_with_what_came_on_paper(cast, client):
    salma = cast.visitor(cast.salma)
    fill(salma, "/en/manage/ideas/enter", proposal="Sur papier", files=[pdf(1, "scan.pdf")])
    assert "scan.pdf" in client.get("/en/ideas/2026-1").text


def test_the_page_of_an_idea_asks_no_more_for_five_files(cast, client, confirmed, statements):
    confirmed()
    confirmed(proposal="Avec fichiers", email="b@b.org", files=[pdf(n) for n in range(5)])
    counts = []
    for number in (1, 2):
        with statements() as asked:
            client.get(f"/en/ideas/2026-{number}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
