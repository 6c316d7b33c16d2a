"""Who registers for the meetings of the demonstration: invented, distributed without chance.

Steps through the lists that have nothing in common with their lengths mix ages, genders, names and places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from cocreation.demographics.models import (
    AGE,
    APART,
    CAPACITY,
    DOMAIN,
    GENDER,
    PROVINCE,
    QUESTIONS,
    AgeBracket,
    Capacity,
    Gender,
    StatisticalQuestion,
)
from cocreation.demonstration.content import load
from cocreation.directory.models import Domain
from cocreation.meetings.models.meeting import Meeting, QuotaKind
from cocreation.places.models.answers import AnswerType, Meal, MeetingQuestion
from cocreation.registration.services.answers import Participant

# By how much the lists are turned for each meeting, so that none is like another.
TURNED = {"OR1": 0, "TG1": 102, "SM1": 205, "FM1": 307, "RS1": 411}
# By how much each question is turned from one person to the next, and any other.
STEPS, STEP = {AGE: 17, GENDER: 7, CAPACITY: 11}, 13
ACCESS: dict[int, tuple[str, ...]] = {
    5: ("wheelchair",),
    12: ("sign_language",),
    19: ("large_print",),
    26: ("childcare",),
}
ACCESS |= {33: ("wheelchair", "companion")}
OTHER_DIETS = {3: Meal.VEGETARIAN, 8: Meal.DIABETIC, 14: Meal.GLUTEN_FREE}


@dataclass(frozen=True)
class Crowd:
    """Those who register for a meeting: what it asks and for whom it keeps places."""

    meeting: Meeting
    kept: Sequence[QuotaKind] = ()
    questions: Sequence[tuple[MeetingQuestion, dict[str, Any]]] = ()
    workshops: list[int] = field(default_factory=list)

    def member(self, number: int) -> Participant:
        """The person with this number, from 1 on."""
        n = number - 1
        at = n + TURNED[self.meeting.reference]
        said = {
            question: question.kept(_of(question.name, at * STEPS.get(question, STEP)))
            for question in QUESTIONS
            if question.name in load("cycles")["participants"]
        }
        capacity = Capacity(str(said[CAPACITY]))
        code, arabic, french = _place(self.meeting.reference, at)
        language = "fr" if n % 5 == 4 else "ar"
        is_member = capacity is Capacity.ASSOCIATION
        said |= {PROVINCE: code, DOMAIN: list(Domain)[at * 3 % len(Domain)] if is_member else None}
        called = load("people")["associations"][language]
        town = {"ar": arabic, "fr": french}[language]
        access = ACCESS.get(at % 41, ())
        return Participant(
            name=_name(language, said[GENDER], at),
            email=address(self.meeting, number),
            phone=f"06 00 00 {number // 100:02d} {number % 100:02d}" if n % 3 == 0 else None,
            capacity=capacity,
            language=language,
            association=f"{called[at * 5 % len(called)]} {town}" if is_member else None,
            apart={question.name: said[question] for question in APART if question in said},
            claims=self._claims(n, said, access, is_far=code != _place(self.meeting.reference, 0)[0]),
            wishes=self._wishes(n),
            access=access,
            meal=OTHER_DIETS.get(at % 17, Meal.ANY if at % 3 else None),
            note=load("people")["notes"][access[-1]] if access else None,
            replies=dict(filter(None, (_reply(question, row, n) for question, row in self.questions))),
        )

    def _claims(
        self, n: int, said: Mapping[StatisticalQuestion, str | None], access: Sequence[str], *, is_far: bool
    ) -> list[str]:
        true = {
            QuotaKind.WOMEN: said[GENDER] is Gender.FEMALE and n % 4 != 1,
            QuotaKind.YOUTH: said[AGE] is AgeBracket.FROM_18,
            QuotaKind.DISABILITY: bool({"wheelchair", "sign_language"} & set(access)),
            QuotaKind.RURAL: is_far and n % 3 != 2,
        }
        return [item.value for item in self.kept if true[item]]

    def _wishes(self, n: int) -> list[int]:
        first = n % 3 % len(self.workshops)
        return [*self.workshops[first:], *self.workshops[:first]][:2]


def address(meeting: Meeting, number: int) -> str:
    """The mail box of the person with this number."""
    return f"{meeting.reference.lower()}.{number:02d}@demo.example"


def _reply(question: MeetingQuestion, row: dict[str, Any], n: int) -> tuple[int, Any] | None:
    """What the person answers; a question that may be left out is, by some."""
    if question.is_internal or (not question.is_required and n % 4 == 3):
        return None
    if question.asks is AnswerType.YES_NO:
        return question.id, n % 3 == 0
    if question.asks is AnswerType.TEXT:
        return question.id, row["replies"][n % len(row["replies"])]
    options = len(question.options)
    if question.asks is AnswerType.ONE:
        return question.id, [n * 2 % options]
    return question.id, sorted({n % options, n * n % options})


def _of(kind: str, at: int) -> str:
    """The answer at a place of the sixty of Oujda, as they were distributed."""
    shares = load("cycles")["participants"][kind].items()
    answers: list[str] = list(chain.from_iterable(repeat(value, share) for value, share in shares))
    return answers[at % len(answers)]


def _place(reference: str, at: int) -> tuple[str, str, str]:
    """Where somebody comes from: the code of the province, a place in it in Arabic and in French."""
    places = load("people")["places"][reference]
    sixty = list(chain.from_iterable(repeat(row[:3], row[3]) for row in places))
    code, arabic, french = sixty[at * 13 % len(sixty)]
    return code, arabic, french


def _name(language: str, gender: str | None, at: int) -> str:
    names = load("people")["names"][language]
    firsts, lasts = names["female" if gender is Gender.FEMALE else "male"], names["last"]
    return f"{firsts[at * 3 % len(firsts)]} {lasts[at * 7 % len(lasts)]}"
