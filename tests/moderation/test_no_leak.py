"""What is hidden leaks nowhere: every public address, every download, every list, search and mail."""

import pytest

from cocreation.batches.emails import FATES
from cocreation.core import outbox
from cocreation.core.database import session
from cocreation.core.delivery import mailbox
from cocreation.ideas.models.idea import HIDDEN, Author, AuthorKind, Idea, IdeaState
from cocreation.places.models.registration import Registration
from cocreation.reasons.models import Fate, Reason
from cocreation.text.cleanup import excerpt
from cocreation.text.stems import search_tokens
from cocreation.workshops.models import OutputLine
from tests.access import ACCESS, ANYONE, SECRET
from tests.cast import THEN, T
from tests.desk import BATCHES, participant, publish
from tests.forms import csrf_token, fill
from tests.html import texts
from tests.moderation.conftest import AUTHOR, DESK, HARM, contest, hide, report
from tests.scene import set_up
from tests.test_access import Scene
from tests.words import says

FATE = {"source": "OR1-W1-S01", "fate": "included", "reason": "included", "reason_text": {"en": "Yes."}}


@pytest.fixture
def scene(cast):
    """One thing of every kind; the words of idea 2026-1 do harm."""
    samples, outsiders = set_up(cast)
    idea = session.query(Idea).filter_by(reference="2026-1").one()
    idea.proposal = idea.problem = idea.expected_result = f"Un {HARM} de trop"
    idea.region_code, idea.theme_id, idea.tokens = "02", cast.access.id, search_tokens(idea.proposal)
    author = session.get_one(Author, idea.id)
    author.name, author.is_named, author.email = HARM, True, AUTHOR
    author.kind, author.association_id = AuthorKind.PERSON, None
    session.commit()
    session.remove()
    return Scene(cast, samples, outsiders)


LISTS = [
    "/en/ideas?region=02",
    "/en/register?idea=2026-1",
    "/fr/ideas/2026-1",
    "/en/regions/02",
    "/en/moderation",
    "/en/fates",
    "/en/fates.csv",
    "/en/fates.json",
    "/en/ideas/similar?q=Un+harm+de+trop",
    "/en/coverage",
]


def where(scene, client):
    """The addresses open to strangers where the harmful word can be read, its author's receipt apart."""
    addresses = [
        scene.address(rule) for rule in scene.rules("GET") if ACCESS.get(rule.endpoint) in (ANYONE, SECRET)
    ]
    found = {address for address in [*addresses, *LISTS] if HARM.encode() in client.get(address).data}
    return {address for address in found if "/receipts/" not in address}


def settle(cast):
    """Give the idea a published fate, so that it stands among the sources of a commitment."""
    idea = session.query(Idea).filter_by(reference="2026-1").one()
    idea.state, idea.fate, idea.reason = IdeaState.PUBLISHED, Fate.INCLUDED, Reason.FITS_THE_PLAN
    idea.reason_text, idea.fate_at, idea.commitment_id = T("نعم", "oui"), THEN, cast.commitment.id
    session.commit()
    session.remove()


def test_hidden_words_are_at_no_public_address(scene):
    cast, client = scene.cast, scene.cast.visitor()
    settle(cast)
    assert where(scene, client) >= {  # it would be found if it were there
        "/en/ideas",
        "/en/ideas/2026-1",
        "/en/regions/02",
        "/en/plan/commitments/2026-C01",
    }
    hide(cast.visitor(cast.salma))
    assert where(scene, client) == set()


def test_found_by_its_hidden_words_it_is_not(scene):
    hide(scene.cast.visitor(scene.cast.salma))
    client = scene.cast.visitor()
    for typed in (HARM, HARM[:6], f"{HARM}%20trop"):
        assert "/en/ideas/2026-1" not in client.get(f"/en/ideas?q={typed}").text
    assert says(client.get("/en/ideas"), HIDDEN)


def test_a_cache_asks_again_before_it_shows_an_idea(scene):
    client = scene.cast.visitor()
    for address in ("/en/ideas/2026-1", "/en/ideas"):
        assert client.get(address).headers["Cache-Control"] == "no-cache"
    receipt = scene.samples["ideas:receipt"]
    assert client.get(f"/en/receipts/{receipt}/contest").headers["Cache-Control"] == "no-store"


def test_the_desks_show_it_marked(scene):
    salma = scene.cast.visitor(scene.cast.salma)
    hide(salma)
    for path in ("/en/manage/dispositions/screening", "/en/manage/dispositions/screening/2026-1"):
        page = salma.get(path).text
        assert HARM in page
        assert texts(page, ".state-refused, .lead b")


def test_no_mail_carries_hidden_words(scene, app, tmp_path):
    """Not the moderation's, nor those that tell the fates to authors and to the whole workshop."""
    cast = scene.cast
    salma = cast.visitor(cast.salma)
    report(cast.visitor(), email="omar@example.org")
    participant(cast, "table@example.org")
    idea, line = session.query(Idea).filter_by(reference="2026-1").one(), session.query(OutputLine).one()
    idea.source_line_id = line.id
    session.query(Registration).filter_by(email="table@example.org").one().workshop_id = line.workshop_id
    session.commit()
    session.remove()
    hide(salma)
    contest(cast.visitor(), scene.samples["ideas:receipt"])
    no = {
        "clarity": "0",
        "clarity_note": "?",
        "precision": "2",
        "openness": "2",
        "reason_text-ar": "غير واضح",
    }
    fill(salma, "/en/manage/dispositions/screening/2026-1", **{**no, "reason_text-fr": "pas clair"})
    fields = {"title-fr": "Lot", "references": "2026-1", "body": cast.ministry.id}
    batch = fill(salma, f"{BATCHES}/new", **fields).location
    publish(cast, batch)
    app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
    mails = [mail.as_string() for mail in mailbox(tmp_path / "mail")]
    to = {mail["To"] for mail in mailbox(tmp_path / "mail")}
    assert {AUTHOR, "omar@example.org", "table@example.org"} <= to
    parts = [
        part.get_content()
        for mail in mailbox(tmp_path / "mail")
        for part in mail.walk()
        if part.get_content_maintype() == "text"
    ]
    assert len(parts) >= 6
    assert not [content for content in [*mails, *parts] if HARM in content]


def test_words_are_taken_out_of_the_mails_that_still_wait(scene, app, tmp_path):
    cast, idea = scene.cast, session.query(Idea).filter_by(reference="2026-1").one()
    told = {"sent": [], "said": [{"reference": "2026-1", "words": excerpt(idea.proposal, 14), **FATE}]}
    for to in ("table@example.org", AUTHOR):
        outbox.post(FATES, to=to, language="en", key=to, **told)
    outbox.post(
        FATES,
        to="other@example.org",
        language="en",
        key="other",
        sent=[],
        said=[{"reference": "2026-10", "words": "Un banc", **FATE}],
    )
    session.commit()
    session.remove()
    hide(cast.visitor(cast.salma))
    app.test_cli_runner().invoke(args=["mail", "send"], catch_exceptions=False)
    every = ((mail["To"], mail.get_body(("plain",)).get_content()) for mail in mailbox(tmp_path / "mail"))
    mails = {to: words for to, words in every if "/contest" not in words}  # but what tells of the hiding
    assert HARM[:5] not in mails["table@example.org"]
    assert "2026-1" in mails["table@example.org"]
    assert HARM[:5] in mails[AUTHOR]
    assert "Un banc" in mails["other@example.org"]


def test_nobody_else_moderates(scene):
    assert DESK.startswith("/en/manage")
    client = scene.cast.visitor(scene.cast.farid)
    token = csrf_token(client)
    for act in ("hide", "dismiss", "decide"):
        sent = {"csrf_token": token, "reason": "insult", "text-en": "x", "note": "x", "lifts": "yes"}
        assert client.post(f"{DESK}/2026-1/{act}", data=sent).status_code in (403, 404)
