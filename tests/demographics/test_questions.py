"""Each statistical question is declared once, and each answer that is kept belongs to one."""

from __future__ import annotations

from cocreation.demographics.models import APART, QUESTIONS, Demographics


def test_every_answer_that_is_kept_is_asked_and_counted():
    columns = set(Demographics.__table__.columns.keys())
    assert columns - {"registration_id"} == {question.name for question in APART}
    assert all(question.asked_in for question in QUESTIONS)


def test_no_two_questions_are_called_the_same():
    for names in ([question.key for question in QUESTIONS], [question.field for question in QUESTIONS]):
        assert len(set(names)) == len(QUESTIONS)


def test_who_does_not_answer_is_kept_as_that():
    for question in QUESTIONS:
        assert question.kept(None) == question.kept("") == question.kept("not_stated") == question.not_stated
        for answer in question.answers or ():
            assert question.kept(answer.value) is answer
