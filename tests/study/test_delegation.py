"""Colleagues of a focal point: they see and answer what was given to them, and nothing else."""

import pytest

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.study.models import Referral
from cocreation.study.refusals import NoLongerAsked
from tests.desk import BUNDLE, states, waiting
from tests.forms import fill, press, say_yes
from tests.html import texts
from tests.study.institutions import LATER, another, answered, sent
from tests.words import says

COLLEAGUES = "/en/manage/dispositions/colleagues"
DELEGATE = f"{BUNDLE}/delegate"
SHEET = "/en/manage/dispositions/sheets/2026.xlsx"


@pytest.fixture
def farid(cast):
    return cast.visitor(cast.farid)


@pytest.fixture
def driss(cast):
    return cast.visitor(cast.driss)


def give(visitor, ids, person):
    page = visitor.get(BUNDLE).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "chosen": ids, "delegate": person.id if person else ""}
    answer = say_yes(visitor, DELEGATE, visitor.post(DELEGATE, data=data))
    session.remove()
    return answer


def delegates():
    session.remove()
    return [referral.delegate_id for referral in session.query(Referral).order_by(Referral.id)]


def test_a_colleague_sees_and_answers_only_what_was_given_to_them(cast, farid, driss):
    ids = sent(cast, 3)
    assert 'name="chosen"' not in driss.get(BUNDLE).text
    assert driss.get(SHEET).status_code == 404
    assert driss.get(f"{BUNDLE}/2026-1/ministry").status_code == 404
    assert give(farid, ids[:1], cast.driss).status_code == 302
    page = driss.get(BUNDLE).text
    assert "2026-1<" in page
    assert "2026-2<" not in page
    assert delegates() == [cast.driss.id, None, None]
    assert any("Driss" in row for row in texts(farid.get(BUNDLE).text, ".row-meta"))
    assert driss.get(SHEET).status_code == 200
    for url in (f"{BUNDLE}/2026-2/ministry", f"{BUNDLE}/2026-3/ministry"):
        assert driss.get(url).status_code == 404
    assert fill(driss, f"{BUNDLE}/2026-1/ministry", **LATER).status_code == 302
    assert states("2026-1") == ["answered"]


def test_referrals_of_others_slipped_into_a_colleagues_ticks_stay_unanswered(cast, farid, driss):
    ids = sent(cast, 2)
    give(farid, ids[:1], cast.driss)
    fill(driss, BUNDLE, chosen=ids, **LATER)
    assert states("2026-1", "2026-2") == ["answered", "referred"]


def test_the_colleague_gets_one_mail_for_what_is_new_to_them(cast, farid):
    ids = sent(cast, 3)
    give(farid, ids[:2], cast.driss)
    give(farid, ids, cast.driss)
    give(farid, ids, cast.driss)
    mails = session.query(Mail).filter_by(template="dispositions/delegated").order_by(Mail.id)
    assert [(mail.to, mail.context["count"]) for mail in mails] == [
        ("driss@example.org", 2),
        ("driss@example.org", 1),
    ]


def test_the_focal_point_takes_ideas_back(cast, farid, driss):
    ids = sent(cast, 2)
    give(farid, ids, cast.driss)
    assert give(farid, ids[:1], None).status_code == 302
    assert delegates() == [None, cast.driss.id]
    assert driss.get(f"{BUNDLE}/2026-1/ministry").status_code == 404
    assert farid.get(f"{BUNDLE}/2026-1/ministry").status_code == 200


def test_only_to_colleagues_of_the_institution(cast, farid):
    ids = sent(cast)
    stranger = another(Role.COLLEAGUE, "Ilham", cast.finance.id)
    for person in (stranger, cast.salma):
        assert give(farid, ids, person).status_code == 422
    assert delegates() == [None]


def test_not_to_a_colleague_whose_account_is_closed(cast, farid, now):
    ids = sent(cast)
    session.get(Person, cast.driss.id).disabled_at = now
    session.commit()
    session.remove()
    assert give(farid, ids, cast.driss).status_code == 422
    assert delegates() == [None]


def test_a_focal_point_gives_nothing_of_another_institution(cast, farid):
    ids = sent(cast, 1, cast.finance)
    assert give_without_page(cast, farid, ids).status_code == 422
    assert delegates() == [None]


def test_an_answered_idea_is_given_to_nobody(cast, farid):
    ids = sent(cast, 2)
    answered(cast, ids[0])
    answer = give(farid, ids, cast.driss)
    assert answer.status_code == 409
    assert says(answer, NoLongerAsked, reference="2026-1")
    assert delegates() == [None, None]


def test_a_colleague_gives_nothing_to_others_and_invites_nobody(cast, farid, driss):
    ids = sent(cast)
    give(farid, ids, cast.driss)
    assert give(driss, ids, None).status_code == 403
    assert driss.get(COLLEAGUES).status_code == 403
    assert delegates() == [cast.driss.id]


def test_a_focal_point_invites_a_colleague_by_mail(cast, farid):
    fields = {"email": "Hind@Example.org", "name": "Hind", "institution": cast.ministry.id, "language": "ar"}
    assert fill(farid, COLLEAGUES, **fields).status_code == 302
    hind = session.query(Person).filter_by(email="hind@example.org").one()
    grant = session.query(Grant).filter_by(person_id=hind.id).one()
    assert (grant.role, grant.scope_id) == (Role.COLLEAGUE, cast.ministry.id)
    mail = session.query(Mail).filter_by(to="hind@example.org").one()
    assert mail.template == "accounts/invitation"
    assert "Hind" in farid.get(COLLEAGUES).text


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"name": ""}, {"institution": "finance"}])
def test_an_unusable_invitation_is_refused(cast, farid, wrong):
    given = {"email": "h@example.org", "name": "Hind", "institution": cast.ministry.id, "language": "ar"}
    if "institution" in wrong:
        wrong = {"institution": cast.finance.id}
    assert fill(farid, COLLEAGUES, **given | wrong).status_code == 422
    assert session.query(Grant).filter_by(role=Role.COLLEAGUE).count() == 1


def test_ending_a_colleagues_access_brings_their_ideas_back(cast, farid, driss):
    ids = sent(cast, 2)
    give(farid, ids, cast.driss)
    assert press(farid, COLLEAGUES, f"/{cast.ministry.id}/{cast.driss.id}/dismiss").status_code == 302
    assert delegates() == [None, None]
    assert driss.get(BUNDLE).status_code == 403
    assert driss.get(f"{BUNDLE}/2026-1/ministry").status_code == 403


def test_a_role_taken_back_by_an_administrator_closes_what_was_given(cast, farid, driss):
    ids = sent(cast)
    give(farid, ids, cast.driss)
    session.query(Grant).filter_by(person_id=cast.driss.id).update({"scope_id": cast.finance.id})
    session.commit()
    assert cast.visitor(cast.driss).get(f"{BUNDLE}/2026-1/ministry").status_code == 404


def test_a_focal_point_of_elsewhere_ends_nobodys_access(cast):
    nadia = cast.visitor(another(Role.FOCAL_POINT, "Nadia", cast.finance.id))
    page = nadia.get(COLLEAGUES).text
    assert "Driss" not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    url = f"{COLLEAGUES}/{cast.ministry.id}/{cast.driss.id}/dismiss"
    sent = {"csrf_token": token, "confirmed": "1"}
    assert nadia.post(url, data=sent).status_code == 404
    own = f"{COLLEAGUES}/{cast.finance.id}/{cast.driss.id}/dismiss"
    assert nadia.post(own, data=sent).status_code == 404
    assert session.query(Grant).filter_by(role=Role.COLLEAGUE).count() == 1


def test_the_desk_counts_what_is_given(cast, farid, driss):
    ids = sent(cast, 3)
    give(farid, ids[:2], cast.driss)
    assert waiting(driss, BUNDLE) == [2]
    assert waiting(farid, BUNDLE) == [3]


def test_the_pages_ask_as_much_of_the_database_for_many_as_for_one(cast, farid, driss, statements):
    ids = sent(cast)
    give(farid, ids, cast.driss)

    def asked():
        counts = []
        for visitor, url in ((farid, COLLEAGUES), (driss, BUNDLE)):
            with statements() as statement:
                assert visitor.get(url).status_code == 200
            counts.append(len(statement))
        return counts

    few = asked()
    for name in ("Ali", "Badr", "Chama"):
        another(Role.COLLEAGUE, name, cast.ministry.id)
    give(farid, sent(cast, 20), cast.driss)
    assert asked() == few
    assert max(few) <= 8  # one of them is the menu’s


def give_without_page(cast, visitor, ids):
    token = visitor.get(COLLEAGUES).text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = visitor.post(DELEGATE, data={"csrf_token": token, "chosen": ids, "delegate": cast.driss.id})
    session.remove()
    return answer
