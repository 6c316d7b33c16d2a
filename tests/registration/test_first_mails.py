"""The first mail to an address nobody has confirmed carries no word that somebody typed into a public form:
else any form of ours would be a way to send one's own sentences to anyone, in the name of the state.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from cocreation.app import MAILS
from cocreation.core import clock, contacts
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Association
from cocreation.privacy.emails import send_link
from cocreation.web.forms import HOLDS_ADDRESS, MIXES_ALPHABETS
from tests.comments.consulted import REFERENCE, TEXT, comments, consult, only
from tests.desk import work
from tests.forms import fill, press
from tests.invitations.test_invitations import DESK, GUEST, rows
from tests.meeting_day import OUJDA, change, later, link_for, offer_help, registrations
from tests.words import errors, says

FOLDER = Path(__file__).parents[2] / "templates" / "emails"
WORD = "Votrecompteestsuspendu"
# To whom a stranger's form may write: what these mails say is our words, and those of the staff.
FIRST = {
    "comments/confirm",
    "comments/support",
    "comments/vouch",  # names the association of the directory, as the secretariat verified it
    "consultations/follow",
    "directory/declared",
    "directory/refused",
    "ideas/back",
    "ideas/confirm",
    "ideas/draft",
    "ideas/vouch",  # names the association of the directory, as the secretariat verified it
    "meetings/already",
    "meetings/confirm_soon",
    "meetings/delegated",
    "meetings/delegation",
    "meetings/delegation_help_asked",
    "meetings/delegation_help_decided",
    "meetings/let_go",
    "meetings/offered",
    "meetings/to_confirm",
    "meetings/undelegated",
    "meetings/waiting",
    "meetings/withdrawn",
    "meetings/yielded",
    "privacy/everything",  # to the address of a receipt that somebody holds
}
# To an address that has confirmed, to one the staff gave, or to the staff itself.
LATER = {
    "accounts/forgotten",
    "accounts/invitation",
    "accounts/somebody_tries",
    "comment_answers/answered",
    "comment_answers/reworded",
    "comments/received",
    "consultations/news",
    "coordination/invited",
    "desk/digest",
    "directory/verified",
    "dispositions/delegated",
    "dispositions/fates",
    "dispositions/heard",
    "dispositions/lineage",
    "dispositions/referred",
    "dispositions/referred_to_body",
    "dispositions/reminder",
    "dispositions/revised",
    "ideas/asked",
    "ideas/digest",
    "ideas/received",
    "meetings/burst",
    "meetings/called_off",
    "meetings/cancelled",
    "meetings/changed",
    "meetings/confirmed",
    "meetings/declined",
    "meetings/given_place",
    "meetings/invited",
    "meetings/invited_again",
    "meetings/invited_called_off",
    "meetings/invited_changed",
    "meetings/lapsed",
    "meetings/moved_up",
    "meetings/proposal_refused",
    "meetings/proposal_validated",
    "meetings/reminder_day",
    "meetings/reminder_week",
    "meetings/sent_to_waiting",
    "meetings/support_asked",
    "meetings/support_granted",
    "meetings/support_refused",
    "meetings/support_taken_back",
    "meetings/thanks",
    "meetings/workshop",
    "moderation/comment_decided",
    "moderation/comment_hidden",
    "moderation/comment_reported",
    "moderation/decided",
    "moderation/hidden",
    "moderation/reported",
    "objections/overruled",
    "privacy/contact_gone",
    "screening/reopened",
    "study/recalled",
}


def test_every_mail_is_a_first_one_or_a_later_one():
    """Whoever adds a mail says which; a first one is then sent below."""
    assert {
        kind.name for kind in MAILS
    } == FIRST | LATER  # every folder of templates is one: tests/test_mails.py
    assert not FIRST & LATER


@pytest.fixture
def strangers(cast, app, client, send, karim, salma, mails):
    """Every public form sent with the same word in each of its lines, to addresses that never answer."""
    person = {"name": WORD, "association": WORD, "note": WORD, "capacity": "citizen", "consent": "y"}
    for number in range(3):
        send(**person, email=f"r{number}@example.org")
    send(**person, email="r0@example.org")
    party = {"association": WORD, "contact": WORD, "email": "contact@example.org", "consent": "y"}
    people = {f"name_{n}": WORD for n in range(2)} | {
        "email_0": "d0@example.org",
        "email_1": "d1@example.org",
    }
    fill(client, "/en/meetings/OR1/delegation", **party, **people)
    fill(client, "/en/meetings/OR1/delegation", **party, **people)
    another = {"name_0": WORD, "email_0": "d2@example.org"}
    listed = fill(client, "/en/meetings/OR1/delegation", **party, **another).location
    press(client, listed, "/1/withdraw")
    press(client, f"/en/registrations/{registrations()[0].receipt}", "/cancel")
    idea = {"proposal": WORD, "problem": WORD, "expected_result": WORD, "email": "i@example.org"}
    fill(client, "/en/ideas/new", **idea, kind="person", name=WORD, consent="y")
    draft = fill(client, "/en/ideas/new", proposal=WORD, name=WORD, act="keep").location
    fill(client, draft, email="draft@example.org")
    declaration = {"name": WORD, "acronym": WORD, "legal_number": "12/2020", "region_code": "02"}
    declaration |= {"city": WORD, "purpose": WORD, "contact_name": WORD, "email": "a@example.org"}
    fill(client, "/en/associations/new", **declaration, domains=["youth"])
    fill(karim, f"{DESK}/new", **GUEST)
    press(karim, DESK, "/send")
    invited = f"/en/invitations/{rows()[0].receipt}/meeting"
    for name in "xy":
        instead = {"delegate": WORD, "delegate_email": f"{name}@example.org"}
        with later(hours=1):
            fill(client, invited, answer="delegated", **instead)
    send_link("r1@example.org", "fr", "token", now=clock.now())
    session.commit()
    session.remove()
    return mails


def sent_templates() -> set[str]:
    session.remove()
    names = {name for (name,) in session.query(Mail.template).distinct()}
    session.remove()
    return names


def ask_for_help(cast, client, salma) -> None:
    """An association asks for somebody who has answered, and it is decided."""
    offer_help(cast)
    party = {"association": WORD, "contact": WORD, "email": "contact@example.org", "consent": "y"}
    named = {"name_0": WORD, "email_0": "sure-too@example.org"}
    listed = fill(client, "/en/meetings/OR1/delegation", **party, **named).location
    press(client, f"/en/registrations/{registrations()[-1].receipt}", "/accept")
    asked = {"province": OUJDA, "nights": "1", "tickets": "0", "sentence": WORD, "consent": "y"}
    assert fill(client, f"{listed}/help", **asked).location == listed
    number = str(registrations()[-1].id)
    decided = fill(salma, "/en/manage/meetings/OR1/support", chosen=[number], act="refuse", reason="Non")
    assert decided.status_code == 302


def comment_and_support(cast, client) -> None:
    """A comment in the name of an association, which is asked; and its supporter."""
    consult(cast)
    said = {"words": WORD, "stance": "agree", "kind": "association", "name": cast.association.name}
    fill(client, f"{TEXT}/comment", **said, email="i@example.org", consent="y")
    fill(client, f"/en/comments/{only(comments()).receipt}")
    fill(client, f"/en/consultations/{REFERENCE}/comments/1/support", email="supporter@example.org")
    fill(client, "/en/consultations/follow", email="follower@example.org", subject="region-02")


def test_no_word_of_a_stranger_is_in_a_first_mail(strangers, cast, app, client, send, salma):
    refuse(salma)
    session.execute(update(Association).values(email="office@association.example"))
    session.commit()
    session.remove()

    confirm_idea(client)
    comment_and_support(cast, client)
    ask_for_help(cast, client, salma)
    with later(hours=19):
        work(app)
    send(name=WORD, email="sure@example.org")
    link = link_for("sure@example.org")
    press(client, link, link)
    with later(hours=25):
        work(app)
    change(cast, places=99)
    with later(hours=26):
        send(name=WORD, email="late@example.org")
    with later(days=11):
        work(app)
        mails = strangers()
        assert sent_templates() >= FIRST
        ours = ("sure@example.org", "i@example.org", "sure-too@example.org")
        told = [mail for mail in mails if mail["To"] not in ours]
        assert len(told) > 20
        assert [mail["Subject"] for mail in told if WORD in mail.as_string()] == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/en/meetings/OR1/register", {"name": "{}"}),
        ("/en/meetings/OR1/register", {"association": "{}"}),
        ("/en/meetings/OR1/delegation", {"association": "{}"}),
        ("/en/meetings/OR1/delegation", {"contact": "{}"}),
        ("/en/meetings/OR1/delegation", {"name_0": "{}", "email_0": "d@example.org"}),
        ("/en/ideas/new", {"name": "{}"}),
        ("/en/associations/new", {"name": "{}"}),
        ("/en/associations/new", {"contact_name": "{}"}),
    ],
)
def test_a_name_holds_no_address(cast, client, path, fields):
    typed = "Ouvrez suspendu.com"
    answer = fill(client, path, **{name: value.format(typed) for name, value in fields.items()})
    assert answer.status_code == 422
    assert {name for name, value in fields.items() if value == "{}"} <= errors(answer)
    assert says(answer, HOLDS_ADDRESS)
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize("path", ["/en/meetings/OR1/register", "/en/ideas/new", "/en/associations/new"])
def test_a_name_borrows_no_letters_to_look_like_another(cast, client, path):
    typed = "Nаdia"  # with a Cyrillic а
    answer = fill(client, path, name=typed)
    assert answer.status_code == 422
    assert "name" in errors(answer)
    assert says(answer, MIXES_ALPHABETS)
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    "name",
    [
        "Votre compte est suspendu, ouvrez https://x",
        "www.x.ma",
        "nadia@example.org",
        "suspendu.com",
        "bit.ly/abc",
        "x.co",
        "évil.fr",
        "المغرب.المغرب",
        "suspendu。com",
        "suspendu．com",
        "sus\u200bpendu.c\u200bom",
        "Dr.suspendu.com",
        "1.2.3.4/x",
        "m.suspendu.com",
        "a.b.suspendu.xyz",
        "me.com",
    ],
)
def test_what_a_mail_program_would_link_is_no_name(name):
    assert contacts.holds_address(name)


@pytest.mark.parametrize(
    "name",
    [
        "Nadia",
        "Dr. Salma El Alami",
        "Dr.Salma",
        "M.Benali",
        "J.P. Martin",
        "A.M.D.H",
        "أ.د. محمد العلمي",
        "Association 20 août 1953",
        "U.N.F.M. Oujda",
        "Nord-Sud 2.0",
        "O'Neil-Smith",
        "St. Pierre",
    ],
)
def test_names_as_people_write_them(name):
    assert not contacts.holds_address(name)
    assert not contacts.holds_number(name)


@pytest.mark.parametrize("number", ["06 12 34 56 78", "06\u200b12\u200b34\u200b56\u200b78"])
def test_a_number_is_no_name(number):
    assert contacts.holds_number(f"Nadia {number}")


def refuse(salma) -> None:
    """The secretariat could not verify what was declared."""
    number = session.query(Association.id).filter_by(name=WORD).scalar()
    session.remove()
    fill(salma, f"/en/manage/directory/associations/{number}/refuse", reason="Le numéro manque")


def confirm_idea(client) -> None:
    """The idea is received, and others are asked in their turn: who backs it, an association."""
    [context] = session.query(Mail.context).filter(Mail.template == "ideas/confirm").one()
    page = f"/en/ideas/confirm/{context['receipt']}"
    session.remove()
    press(client, page, page)
    fill(client, "/en/ideas/2026-1", email="backer@example.org", supports="y")
    idea = {"proposal": "Publier le budget", "email": "v@example.org", "kind": "association", "consent": "y"}
    fill(client, "/en/ideas/new", **idea, name="جمعية الاختبار", is_named="y")
    row = session.query(Mail).filter(Mail.template == "ideas/confirm", Mail.to == "v@example.org").one()
    page = f"/en/ideas/confirm/{row.context['receipt']}"
    session.remove()
    press(client, page, page)
