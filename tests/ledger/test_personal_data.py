"""Nothing of a person is in the register, so that everything of a person can be erased."""

import hashlib
import json

from sqlalchemy import select

from cocreation.accounts.models import Person
from cocreation.core.database import session
from cocreation.ideas.models.idea import Author, Idea
from cocreation.ledger.models import RegisterEntry
from cocreation.places.models.registration import Registration
from tests.desk import entries, received
from tests.forms import press
from tests.ledger.conftest import verified

# The only numbers that may stand in an entry: of a batch, of how many ideas are in it, scores of a screening.
COUNTS = {"batch", "ideas", "clarity", "precision", "openness", "version"}
COUNTS |= {"answers", "comments", "number"}  # of answers published together; of a plan and its amendments


def told(app):
    """The contents of the whole register."""
    with app.app_context():
        return [json.loads(content) for content in session.scalars(select(RegisterEntry.content))]


def personal():
    """Every name, address and secret of a person that the database holds, and what they wrote."""
    columns = (
        *(Author.name, Author.email, Person.name, Person.email, Idea.receipt, Idea.proposal),
        *(Registration.name, Registration.email, Registration.receipt),
    )
    return {value for column in columns for value in session.scalars(select(column).where(column != ""))}


def test_no_person_and_no_words_of_a_person_are_in_the_register_of_a_whole_cycle(demonstration):
    contents = told(demonstration)
    assert len(contents) > 400
    register = json.dumps(contents, ensure_ascii=False).lower()
    secret = personal()
    assert len(secret) > 200
    assert not [word for word in secret if word.lower() in register]


def test_no_person_has_a_number_in_it(demonstration):
    numbered = set()

    def walk(value):
        for key, item in value.items() if isinstance(value, dict) else ():
            if type(item) is int:
                numbered.add(key)
            for part in item if isinstance(item, list) else [item]:
                walk(part)

    for content in told(demonstration):
        walk(content)
    assert numbered <= COUNTS


def test_a_withdrawal_is_told_without_its_author_who_alone_can_prove_it(cast):
    [idea_id] = received(cast, email="secret@example.org")
    receipt = session.get_one(Idea, idea_id).receipt
    session.remove()
    assert press(cast.visitor(), f"/en/receipts/{receipt}", "withdraw").status_code == 302
    [entry] = entries()
    content = json.loads(entry.content)
    assert (content["action"], content["subject"]) == ("withdrawn", "2026-1")
    assert receipt not in entry.content
    assert content["proof"] == hashlib.sha256(f"{receipt}\n2026-1".encode()).hexdigest()
    press(cast.visitor(), f"/en/receipts/{receipt}", "erase")
    assert len(entries()) == 1
    assert verified() == 1


def test_a_withdrawal_pressed_twice_is_told_once(cast):
    [idea_id] = received(cast)
    receipt = session.get_one(Idea, idea_id).receipt
    visitor = cast.visitor()
    page = visitor.get(f"/en/receipts/{receipt}").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    for _ in range(2):
        visitor.post(f"/en/receipts/{receipt}/withdraw", data={"csrf_token": token, "confirmed": "1"})
    assert len(entries()) == 1


def test_erasing_a_person_leaves_the_register_whole(app, five):
    received(five, email="secret@example.org")
    before = [entry.hash for entry in entries()]
    done = app.test_cli_runner().invoke(args=["data", "erase", "secret@example.org", "--yes"])
    assert "Erased:    1  " in done.output
    session.remove()
    assert session.scalar(select(Author.email)) is None
    assert [entry.hash for entry in entries()][: len(before)] == before, "its withdrawal comes after them"
    assert app.test_cli_runner().invoke(args=["register", "verify"]).exit_code == 0
