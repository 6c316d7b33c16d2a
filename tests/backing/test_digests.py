"""What followers are told: in one mail of all their ideas, once, at their rhythm."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from cocreation.backing.models import Rhythm
from cocreation.backing.services import digest
from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.outbox import Mail
from cocreation.ideas.models.idea import Idea, IdeaState, StepKind
from cocreation.ideas.services import withdrawal
from cocreation.reasons.models import Fate
from tests.backing.backings import DAY, EMAIL, WEEK, follow, happen, words
from tests.cast import THEN
from tests.senders import write
from tests.words import said


def test_one_mail_tells_of_all_ideas_and_only_of_what_is_new(cast, client, messages):
    first, second, third = write(cast, 3)
    for idea in (first, second, third):
        follow(idea)
    with clock.frozen(THEN + timedelta(hours=20)):
        happen(first, StepKind.SCREENED, outcome=IdeaState.ACCEPTED)
        happen(second, StepKind.EDITED)
        assert messages() == [], "not before a day has passed"
    with clock.frozen(THEN + timedelta(hours=25)):
        [mail] = messages()
        assert re.findall(r"\d+", mail["Subject"]) == ["2"], "two ideas"
        assert said(words(mail), IdeaState.ACCEPTED.label)
        assert said(words(mail), StepKind.EDITED.label)
        assert "2026-3" not in words(mail)
        assert messages() == []
    with clock.frozen(THEN + timedelta(hours=30)):
        happen(third, StepKind.FATE, outcome=Fate.INCLUDED)
        assert messages() == [], "at most one in a day"
    with clock.frozen(THEN + timedelta(hours=50)):
        [mail] = messages()
        assert re.findall(r"\d+", mail["Subject"]) == [], "one idea"
        assert said(words(mail), StepKind.FATE.label)
        assert said(words(mail), Fate.INCLUDED.label)
        assert "2026-1" not in words(mail)
    with clock.frozen(THEN + timedelta(days=9)):
        assert messages() == [], "nothing new, no mail"


def test_a_week_is_a_week(cast, client, messages):
    [idea] = write(cast)
    follow(idea, Rhythm.WEEKLY)
    with clock.frozen(THEN + 2 * DAY):
        happen(idea, StepKind.EDITED)
        assert messages() == []
    with clock.frozen(THEN + WEEK + timedelta(hours=1)):
        assert len(messages()) == 1


def test_what_happened_before_one_followed_is_not_told(cast, messages):
    [idea] = write(cast)
    happen(idea, StepKind.EDITED)
    follow(idea)
    with clock.frozen(THEN + 2 * DAY):
        assert messages() == []


def test_neither_who_has_not_confirmed_nor_who_only_supports_is_told(cast, messages):
    [idea] = write(cast)
    follow(idea, email="a@example.org", confirmed_at=None, told_at=None)
    follow(idea, None, email="b@example.org", supports=True)
    with clock.frozen(THEN + 2 * DAY):
        happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + 4 * DAY):
        assert messages() == []


def test_a_step_still_being_written_is_not_passed_over(cast, messages):
    """A long transaction writes steps that say when it began: they must be told in the next mail."""
    [idea] = write(cast)
    follow(idea)
    with clock.frozen(THEN + timedelta(hours=25)):
        happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + timedelta(hours=25, minutes=9)):
        assert messages() == []
    with clock.frozen(THEN + timedelta(hours=25, minutes=11)):
        assert len(messages()) == 1


def test_a_worker_that_dies_before_it_commits_tells_once(cast, messages):
    [idea] = write(cast)
    follow(idea)
    with clock.frozen(THEN + DAY):
        happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + 2 * DAY):
        assert digest.tell(EMAIL, Rhythm.DAILY, now=clock.now())
        session.rollback()
        assert len(messages()) == 1
        assert not digest.tell(EMAIL, Rhythm.DAILY, now=clock.now())
        assert messages() == []


@pytest.mark.parametrize("silence", ["hidden_at", "withdrawn"])
def test_no_words_of_a_silent_idea_in_a_mail(cast, client, messages, silence):
    [idea] = write(cast, proposal="Mots à taire")
    follow(idea)
    with clock.frozen(THEN + DAY):
        if silence == "withdrawn":
            withdrawal.withdraw(idea.receipt, now=clock.now())
        else:
            session.get_one(Idea, idea.id).hidden_at = clock.now()
        session.commit()
        happen(idea, StepKind.HIDDEN)
    with clock.frozen(THEN + 3 * DAY):
        [mail] = messages()
        assert "2026-1" in words(mail)
        assert "Mots" not in mail.as_string()


def test_digest_costs_the_same_for_one_idea_and_for_many(cast, statements):
    many = write(cast, 30)
    follow(many[0], email="one@example.org")
    for idea in many:
        follow(idea)
    with clock.frozen(THEN + DAY):
        for idea in many:
            happen(idea, StepKind.EDITED)
    with clock.frozen(THEN + 2 * DAY):
        with statements() as few:
            digest.tell("one@example.org", Rhythm.DAILY, now=clock.now())
            session.commit()
        with statements() as thirty:
            digest.tell(EMAIL, Rhythm.DAILY, now=clock.now())
            session.commit()
    assert len(few) == len(thirty)
    assert len(session.scalars(select(Mail).where(Mail.to == EMAIL)).one().context["ideas"]) == 30


def test_a_clock_that_was_ahead_passes_nothing_over(cast, messages):
    [idea] = write(cast)
    follow(idea)
    with clock.frozen(THEN + 5 * DAY):  # four days ahead
        happen(idea, StepKind.EDITED)
        with clock.frozen(THEN + 5 * DAY + timedelta(minutes=11)):
            assert len(messages()) == 1
    with clock.frozen(THEN + DAY + timedelta(hours=1)):
        happen(idea, StepKind.SCREENED, outcome=IdeaState.ACCEPTED)
    with clock.frozen(THEN + DAY + timedelta(hours=2)):
        assert messages(), "told at the next look, not in four days"
    with clock.frozen(THEN + DAY + timedelta(hours=3)):
        assert messages() == []
