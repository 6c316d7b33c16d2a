"""Reminders before and after the day of an answer, and the secretariat's own."""

from datetime import timedelta

import pytest

from cocreation.accounts.models import Grant, Person, Role
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.study.models import Referral
from cocreation.study.refusals import InstitutionRemindedToday, NoFocalPoint, NothingLate
from cocreation.study.services.reminders import remind
from cocreation.web.post import compose
from tests.cast import THEN
from tests.forms import press
from tests.html import numbers, parse
from tests.study.institutions import another, answered, sent
from tests.words import says

LATE = "/en/manage/dispositions/referrals/late"
TODAY = THEN.date()


def in_days(days):
    return (TODAY + timedelta(days=days)).isoformat()


def reminders():
    session.remove()
    return session.query(Mail).filter_by(template="dispositions/reminder").order_by(Mail.to).all()


def told():
    return [(mail.to, mail.context["late"], mail.context["soon"]) for mail in reminders()]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (8, []),
        (7, [("farid@example.org", 0, 1)]),
        (6, []),
        (2, []),
        (1, [("farid@example.org", 0, 1)]),
        (0, []),
        (-1, [("farid@example.org", 1, 0), ("salma@example.org", 0, 0)]),
        (-2, []),
    ],
)
def test_people_are_reminded_a_week_and_a_day_before_and_the_day_after(cast, due, expected):
    sent(cast, due_on=in_days(due))
    assert remind(THEN) == len(expected)
    assert told() == expected


def test_one_mail_a_person_and_day_tells_all_that_is_urgent(cast):
    for due in (7, 3, 1, -1, -9, 20):
        sent(cast, due_on=in_days(due))
    assert remind(THEN) == 2
    assert remind(THEN + timedelta(hours=3)) == 0
    mail = reminders()[0]
    assert (mail.context["late"], mail.context["soon"]) == (2, 3)
    assert mail.key == f"remind:{cast.farid.id}:2026-03-10"
    assert [day["references"] for day in mail.context["days"]] == [
        ["2026-5"],
        ["2026-4"],
        ["2026-3"],
        ["2026-2"],
        ["2026-1"],
    ]


def test_the_next_day_is_another_mail(cast):
    sent(cast, due_on=in_days(7))
    sent(cast, due_on=in_days(2))
    remind(THEN)
    assert remind(THEN + timedelta(days=1)) == 1
    assert len(reminders()) == 2


def test_nobody_is_reminded_at_night(cast):
    sent(cast, due_on=in_days(1))
    assert remind(THEN - timedelta(hours=5)) == 0
    assert told() == []


def test_what_is_answered_withdrawn_hidden_or_settled_is_not_recalled(cast):
    numbers = sent(cast, 4, due_on=in_days(1))
    answered(cast, numbers[0])
    second, third, fourth = session.query(Idea).order_by(Idea.id).offset(1)
    second.hidden_at = THEN
    for idea in (third, fourth):
        idea.state, idea.fate, idea.fate_at = "withdrawn", "withdrawn", THEN
        idea.reason, idea.reason_text = "author_withdrew", {"fr": "x"}
    fourth.state = "published"
    session.commit()
    session.remove()
    assert remind(THEN) == 0


def test_a_colleague_is_reminded_of_what_was_given_to_them(cast):
    first, second = sent(cast, 2, due_on=in_days(1))
    session.get(Referral, first).delegate_id = cast.driss.id
    session.commit()
    session.remove()
    remind(THEN)
    assert told() == [("driss@example.org", 0, 1), ("farid@example.org", 0, 2)]
    assert second


def test_a_closed_account_is_not_written_to(cast, now):
    sent(cast, due_on=in_days(1))
    session.get(Person, cast.farid.id).disabled_at = now
    session.commit()
    session.remove()
    assert remind(THEN) == 0


def test_who_speaks_for_two_institutions_and_runs_the_secretariat_gets_one_mail(cast):
    for role, scope in ((Role.FOCAL_POINT, cast.finance.id), (Role.SECRETARIAT, None)):
        session.add(Grant(person_id=cast.farid.id, role=role, scope_id=scope, granted_at=THEN))
    session.commit()
    sent(cast, 1, cast.ministry, cast.finance, due_on=in_days(-1))
    assert remind(THEN) == 2
    reminder, secretariat = reminders()
    assert (reminder.to, reminder.context["late"]) == ("farid@example.org", 2)
    assert [institution["count"] for institution in reminder.context["late_there"]] == [1, 1]
    assert secretariat.to == "salma@example.org"


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_mail_says_what_is_due_when_and_none_of_the_words(cast, language):
    for due in (-1, 1):
        sent(cast, due_on=in_days(due))
    session.query(Person).update({"language": language})
    session.commit()
    remind(THEN)
    for mail in reminders():
        message = compose(cast.app, mail)
        text = message.get_body(("plain",)).get_content() + message.get_body(("html",)).get_content()
        assert "نشر المعطيات" not in text
        assert f"/{language}/manage/dispositions/" in text
        assert message["Subject"]
        if mail.to == "farid@example.org":
            assert "2026-1" in text
            assert "2026-2" in text


def test_the_worker_does_it(cast):
    sent(cast, due_on=in_days(1))
    with clock.frozen(THEN), cast.app.app_context():
        answer = cast.app.test_cli_runner().invoke(args=["worker", "--once", "--trust-clock"])
    assert answer.exit_code == 0
    session.remove()
    assert session.query(Mail).filter_by(key=f"remind:{cast.farid.id}:2026-03-10").one().sent_at


def test_the_secretariat_sees_what_is_late_and_reminds_once_a_day(cast):
    salma = cast.visitor(cast.salma)
    sent(cast, 2, due_on=in_days(-3))
    sent(cast, 1, due_on=in_days(-5))
    sent(cast, 1, cast.finance, due_on=in_days(5))
    page = salma.get(LATE).text
    assert numbers(page, ".person .cluster p") == [3]
    assert "2026-3<" in page
    assert "2026-4<" not in page
    assert press(salma, LATE, "/ministry/remind").status_code == 302
    assert told() == [("farid@example.org", 3, 0)]
    again = press(salma, LATE, "/ministry/remind")
    assert again.status_code == 409
    assert says(again, InstitutionRemindedToday)
    assert remind(THEN) == 0
    assert len(told()) == 1


def test_who_was_reminded_by_the_worker_is_not_written_to_twice(cast):
    sent(cast, due_on=in_days(-1))
    remind(THEN)
    assert press(cast.visitor(cast.salma), LATE, "/ministry/remind").status_code == 409
    assert [mail.to for mail in reminders()] == ["farid@example.org", "salma@example.org"]


def test_an_institution_nobody_answers_for_is_reminded_at_its_own_address_or_not_at_all(cast):
    sent(cast, 1, cast.finance, due_on=in_days(-3))
    salma = cast.visitor(cast.salma)
    assert press(salma, LATE, "/finance/remind").status_code == 302
    again = press(salma, LATE, "/finance/remind")
    assert (again.status_code, says(again, InstitutionRemindedToday)) == (409, True)
    key = f"remind:body {cast.finance.id}:"
    assert [mail.to for mail in session.query(Mail).filter(Mail.key.startswith(key))] == [cast.finance.email]
    session.get_one(Institution, cast.finance.id).email = None
    session.commit()
    assert "/finance/remind" not in salma.get(LATE).text
    key = next(field.get("value") for field in parse(salma.get(LATE).text).iter("input"))
    answer = salma.post(f"{LATE}/finance/remind", data={"csrf_token": key})
    assert (answer.status_code, says(answer, NoFocalPoint)) == (409, True)


def test_what_is_not_late_is_not_chased(cast):
    salma = cast.visitor(cast.salma)
    sent(cast, due_on=in_days(1))
    assert "/remind" not in salma.get(LATE).text
    csrf = salma.get("/en/sign-in/forgotten").text.split('name="csrf_token" value="')[1].split('"')[0]
    answer = salma.post(f"{LATE}/ministry/remind", data={"csrf_token": csrf})
    assert answer.status_code == 409
    assert says(answer, NothingLate)
    assert salma.post(f"{LATE}/nowhere/remind", data={"csrf_token": csrf}).status_code == 404
    assert told() == []


def test_the_late_page_asks_as_much_of_the_database_for_many_as_for_one(cast, statements):
    salma = cast.visitor(cast.salma)
    sent(cast, due_on=in_days(-3))

    def asked():
        with statements() as statement:
            assert salma.get(LATE).status_code == 200
        return len(statement)

    few = asked()
    sent(cast, 70, due_on=in_days(-2))
    another(Role.FOCAL_POINT, "Nadia", cast.finance.id)
    sent(cast, 3, cast.finance, due_on=in_days(-2))
    assert asked() == few
    assert few <= 4
    assert "cursor=" in salma.get(LATE).text
