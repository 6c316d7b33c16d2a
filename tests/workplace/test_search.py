"""The one box of the staff: what each finds of ideas, people and references, and what nobody is shown."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from cocreation.accounts.models import Role
from cocreation.core.clock import now as moment
from cocreation.core.database import session
from cocreation.directory.models import Association
from cocreation.ideas.models.idea import Author, AuthorKind, Idea, IdeaState
from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.registration import Delegation, Registration
from cocreation.web import logs
from tests.cast import T, person
from tests.forms import fill
from tests.html import hrefs, texts
from tests.meeting_day import write as register
from tests.senders import write

SEARCH = "/en/manage/search"
NAIMA = {"name": "Naïma Tahiri", "email": "naima@example.org", "phone": "+212661234567"}


def find(visitor, typed):
    return fill(visitor, SEARCH, q=typed)


def found(visitor, typed, kind="participants"):
    """The names found of a kind."""
    return texts(find(visitor, typed).text, f"[aria-labelledby={kind}] .hit-name")


@pytest.fixture
def naima(cast):
    """The number of somebody registered for the meeting in Oujda, with others who are not meant."""
    register(cast, 2)
    register(cast, 1, first=2, **NAIMA)
    return session.query(Registration.id).filter_by(email=NAIMA["email"]).scalar()


@pytest.fixture
def elsewhere(cast):
    """Who runs a meeting of another region, and who facilitates there."""
    meeting = session.get_one(Meeting, cast.meeting.id)
    columns = ("cycle_id", "city", "venue", "starts_at", "ends_at", "registration_opens_at", "places")
    values = {name: getattr(meeting, name) for name in columns}
    another = Meeting(
        reference="TG1",
        title=T("لقاء طنجة", "Rencontre de Tanger"),
        registration_closes_at=meeting.registration_closes_at,
        workshops=[Workshop(number=1, theme=T("موضوع", "Thème"))],
        **values,
    )
    session.add(another)
    session.flush()
    runs = person("Nabil", Role.COORDINATOR, another.id)
    facilitates = person("Rachid", Role.FACILITATOR, another.workshops[0].id)
    session.commit()
    session.remove()
    return [cast.visitor(runs), cast.visitor(facilitates)]


@pytest.mark.parametrize(
    "typed", ["naima", "Tahiri Naïma", "naima@example.org", "06 61-23-45-67", "٠٦٦١٢٣٤٥٦٧"]
)
def test_a_person_is_found_by_who_runs_their_meeting(cast, naima, elsewhere, typed):
    page = f"/en/manage/meetings/OR1/participants/{naima}"
    for finder in (cast.salma, cast.amal, cast.karim):
        answer = find(cast.visitor(finder), typed)
        assert texts(answer.text, "[aria-labelledby=participants] .hit-name") == [NAIMA["name"]]
        assert page in hrefs(answer.text)
        assert NAIMA["email"] in answer.text
    for visitor in (*elsewhere, *map(cast.visitor, (cast.farid, cast.driss, cast.mounia, cast.hicham))):
        assert found(visitor, typed) == []


def test_who_keeps_a_door_finds_names_and_no_more_of_them(cast, naima):
    answer = find(cast.visitor(cast.fatima), "tahiri")
    assert texts(answer.text, "[aria-labelledby=participants] .hit-name") == [NAIMA["name"]]
    assert "/en/manage/meetings/OR1/door" in hrefs(answer.text)
    assert NAIMA["email"] not in answer.text
    assert NAIMA["phone"] not in answer.text


def test_a_receipt_finds_its_person_and_stands_nowhere(cast, naima):
    receipt = session.get_one(Registration, naima).receipt
    answer = find(cast.visitor(cast.karim), receipt)
    assert texts(answer.text, "[aria-labelledby=participants] .hit-name") == [NAIMA["name"]]
    assert not any(receipt in href for href in hrefs(answer.text, "a"))
    assert found(cast.visitor(cast.farid), receipt) == []


@pytest.mark.parametrize(
    ("finder", "typed", "address"),
    [
        ("salma", "2026 1", "manage/dispositions/screening/2026-1"),
        ("karim", "2026 1", "ideas/2026-1"),
        ("farid", "٢٠٢٦-١", "ideas/2026-1"),
        ("karim", "or1", "manage/meetings/OR1"),
        ("fatima", "or1", "meetings/OR1"),
        ("fatima", "or1 w1", "manage/workshops/OR1/1"),
        ("fatima", "or1 w2", None),
        ("mounia", "2026 c1", "plan/commitments/2026-C01"),
        ("salma", "2026 77", None),
        ("karim", "tg1", None),
    ],
)
def test_a_reference_leads_to_where_one_works_on_it(cast, elsewhere, finder, typed, address):
    write(cast)
    answer = find(cast.visitor(getattr(cast, finder)), typed)
    assert answer.location == (address and f"/en/{address}")
    assert answer.status_code == (302 if address else 200)


def sent_by(cast, name, **values):
    """An idea of somebody's."""
    [idea] = write(cast, **values)
    row = Author(
        idea_id=idea.id,
        kind=AuthorKind.PERSON,
        name=name,
        email="author@example.org",
        language="fr",
        consented_at=moment(),
    )
    session.add(row)
    session.commit()
    session.remove()
    return idea.reference


def test_ideas_are_found_by_their_words_by_all_and_by_their_author_by_the_secretariat(cast):
    reference = sent_by(cast, "Brahim Ouali", proposal="Publier le budget des communes")
    for finder in (cast.salma, cast.karim, cast.farid):
        assert len(found(cast.visitor(finder), "budget communes", "ideas")) == 1
    for typed in ("ouali", "author@example.org", session.query(Idea.receipt).scalar()):
        assert found(cast.visitor(cast.salma), typed, "authors") == [
            f"{reference} Publier le budget des communes"
        ]
        assert found(cast.visitor(cast.karim), typed, "authors") == []


def test_hidden_words_are_found_by_the_secretariat_alone(cast):
    write(cast, proposal="Des mots cachés", hidden_at=moment())
    assert len(found(cast.visitor(cast.salma), "cachés", "hidden")) == 1
    for finder in (cast.salma, cast.mounia):
        assert found(cast.visitor(finder), "cachés", "ideas") == []
    assert found(cast.visitor(cast.mounia), "cachés", "hidden") == []


def test_what_an_author_took_back_is_said_to_nobody(cast):
    words = "Une idée reprise par son auteur"
    values = {"proposal": words, "state": IdeaState.RECEIVED, "erased_at": moment(), "hidden_at": moment()}
    sent_by(cast, "Brahim Ouali", **values)
    answer = find(cast.visitor(cast.salma), "ouali")
    assert texts(answer.text, "[aria-labelledby=authors] .hit-name")
    assert words not in answer.text


def test_the_invited_the_team_associations_and_meetings(cast, elsewhere):
    invitation = MeetingInvitation(
        meeting_id=cast.meeting.id,
        kind=Invited.EXPERT,
        state=InvitationState.SENT,
        name=T("خبيرة", "Ghita Saadi"),
        email="ghita@example.org",
        language="fr",
        receipt="X",
        proposed_at=moment(),
        sent_at=moment(),
    )
    session.add(invitation)
    session.commit()
    session.remove()
    for typed in ("saadi", "ghita@example.org", "خبيرة"):
        assert len(found(cast.visitor(cast.karim), typed, "guests")) == 1
        assert not any(found(visitor, typed, "guests") for visitor in (*elsewhere, cast.visitor(cast.fatima)))
    assert found(cast.visitor(cast.amal), "fatima", "team") == ["Fatima"]
    assert found(cast.visitor(cast.salma), "fatima", "team") == []
    assert len(found(cast.visitor(cast.salma), "جمعيه الاختبار", "associations")) == 1
    assert found(cast.visitor(cast.karim), "جمعيه الاختبار", "associations") == []
    assert len(found(cast.visitor(cast.farid), "oujda", "meetings")) == 1
    assert found(cast.visitor(cast.farid), "tanger", "meetings") == []  # not announced
    assert len(found(elsewhere[0], "tanger", "meetings")) == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Hélène Çelik", "helene celik"),
        ("Helene Celik", "Hélène ÇELIK"),
        ("أَحْمَد الإدريسي", "احمد الادريسي"),
        ("فاطمة الكبيرى", "فاطمه الكبيري"),
        ("Lalla Œuvrard d’Agadir", "agadir lalla"),
    ],
)
def test_names_are_found_however_accents_and_letters_are_spelled(cast, name, typed):
    values = {"meeting_id": cast.meeting.id, "language": "fr", "receipt": "X"}
    session.add_all(
        [
            MeetingInvitation(
                kind=Invited.EXPERT,
                state=InvitationState.SENT,
                name=T(name, name),
                proposed_at=moment(),
                **values,
            ),
            Delegation(
                association="Les Amis",
                contact=name,
                email="s@example.org",
                once="1",
                created_at=moment(),
                **values,
            ),
        ]
    )
    session.execute(update(Association).values(contact_name=name))
    session.commit()
    sent_by(cast, name)
    page = find(cast.visitor(cast.salma), typed).text
    kinds = ("guests", "delegations", "authors", "associations")
    assert [len(texts(page, f"[aria-labelledby={kind}] .hit-name")) for kind in kinds] == [1, 1, 1, 1]


def test_who_registered_an_association_is_found_by_who_runs_the_meeting(cast, elsewhere):
    party = {"association": "Nour", "contact": "Zineb", "email": "zineb@example.org", "language": "fr"}
    session.add(Delegation(meeting_id=cast.meeting.id, receipt="X", once="1", created_at=moment(), **party))
    session.commit()
    for typed in ("zineb", "nour", "ZINEB@example.org"):
        assert found(cast.visitor(cast.karim), typed, "delegations") == ["Zineb"]
        others = (*elsewhere, cast.visitor(cast.fatima), cast.visitor(cast.farid))
        assert not any(found(visitor, typed, "delegations") for visitor in others)


def test_it_finds_the_first_twenty_at_the_same_cost(cast, statements):
    salma = cast.visitor(cast.salma)
    register(cast, 1)

    def asked():
        page = fill(salma, SEARCH, q="example.org")
        with statements() as said:
            page = fill(salma, SEARCH, q="example.org")
        return len(said), len(texts(page.text, "[aria-labelledby=participants] li"))

    cost, shown = asked()
    assert shown == 1
    register(cast, 40, first=1)
    assert asked() == (cost, 20)


def test_nothing_is_looked_for_by_an_address_or_by_two_letters(cast, naima):
    salma = cast.visitor(cast.salma)
    assert NAIMA["name"] not in salma.get(f"{SEARCH}?q=naima").text
    for typed in ("na", "'", "%"):
        assert found(salma, typed) == []
    page = salma.get("/en/desk").text
    assert '<form class="find" role="search" method="post"' in page


def test_what_is_typed_stands_in_no_journal(cast, naima, capsys):
    logs.configure()
    find(cast.visitor(cast.salma), "naima tahiri")
    written = capsys.readouterr().err
    assert "/manage/search" in written
    assert "naima" not in written.lower()
