"""What a form of a meeting asks beside who somebody is: workshops, needs, the organiser's own questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict, TypeVar

from wtforms import Field

from cocreation.core.database import Translated
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.meetings.models.meeting import Workshop
from cocreation.places.models.answers import AccessNeed, Answer, AnswerType, Meal, MeetingQuestion
from cocreation.places.models.registration import Registration
from cocreation.web.forms import Form, choose, choose_several, line
from cocreation.web.rendering import translated_text

Kind = TypeVar("Kind", bound=Form)

NEEDS = _l("Only for those who prepare the meeting. Erased a month after it.")
YES_OR_NO = (("yes", _l("yes")), ("no", _l("no")))


class AnswersForm(Form):
    """Workshops in order of preference, and what somebody needs."""

    workshop = choose(_l("The workshop you would like to join"), [], required=False)
    workshop_2 = choose(_l("Your second choice, if it is full"), [], required=False)
    workshop_3 = choose(_l("Your third choice"), [], required=False)
    access = choose_several(
        _l("What you need in order to take part"),
        lambda: [(need.value, need.label) for need in AccessNeed],
        required=False,
        description=NEEDS,
    )
    meal = choose(_l("Your meal"), Meal, required=False)
    note = line(_l("Anything else we should prepare"), required=False, limit=300)

    questions: Sequence[MeetingQuestion] = ()

    def offer(self, workshops: Iterable[Workshop]) -> None:
        """Let these workshops be chosen; as many choices as there are workshops, three at most."""
        titles = [(str(workshop.id), translated_text(workshop.theme)) for workshop in workshops]
        for number, name in enumerate(("workshop", "workshop_2", "workshop_3")):
            if len(titles) <= number:
                del self[name]
            else:
                self[name].choices = [("", _l("—")), *titles]

    @property
    def wishes(self) -> list[int]:
        """The workshops chosen, in order, each once."""
        names = ("workshop", "workshop_2", "workshop_3")
        chosen = [self[name].data for name in names if name in self]
        return [int(number) for number in dict.fromkeys(chosen) if number]

    def asked(self, *, required: bool) -> list[object]:
        """The fields of the organiser's questions: those that must be answered, or the others."""
        return [self[_name(question)] for question in self.questions if question.is_required == required]

    @property
    def replies(self) -> dict[int, Answer | None]:
        return replies_of(self, self.questions)

    @property
    def needs(self) -> SaidNeeds:
        return {
            "access": self.access.data or [],
            "meal": self.meal.data or None,
            "note": self.note.data or None,
        }


class SaidNeeds(TypedDict):
    """What somebody needs in order to take part."""

    access: list[str]
    meal: Meal | None
    note: str | None


def replies_of(form: Form, questions: Sequence[MeetingQuestion]) -> dict[int, Answer | None]:
    """What was answered to each question, as `Reply` keeps it; None for no answer."""
    return {question.id: _value(question, form[_name(question)]) for question in questions}


def asking(kind: type[Kind], questions: Sequence[MeetingQuestion], *, required: bool = True) -> type[Kind]:
    """`kind` with a field for each of `questions`; without `required` none of them has to be answered."""
    fields = {_name(question): _field(question, required and question.is_required) for question in questions}
    return type(kind.__name__, (kind,), {**fields, "questions": questions})


def answered(registration: Registration, questions: Sequence[MeetingQuestion]) -> dict[str, object]:
    """What somebody said before, as the fields of `AnswersForm` are filled in with it."""
    names = ("workshop", "workshop_2", "workshop_3")
    values: dict[str, object] = {
        name: str(wish.workshop_id) for name, wish in zip(names, registration.wishes, strict=False)
    }
    if registration.needs:
        needs = registration.needs
        values |= {"access": needs.access, "meal": needs.meal, "note": needs.note}
    said = {reply.question_id: reply.value for reply in registration.replies}
    return values | filled(said, questions)


def filled(said: Mapping[int, Answer], questions: Sequence[MeetingQuestion]) -> dict[str, object]:
    """The fields of `questions` filled in with what was answered."""
    return {
        _name(question): _typed(question, said[question.id]) for question in questions if question.id in said
    }


def said(registration: Registration, questions: Sequence[MeetingQuestion]) -> list[tuple[Translated, str]]:
    """What somebody answered, in words: (question, answer), in the order of the questions."""
    words = said_by_id(registration, questions)
    return [(question.label, words[question.id]) for question in questions if question.id in words]


def said_by_id(registration: Registration, questions: Sequence[MeetingQuestion]) -> dict[int, str]:
    """What somebody answered, in words, by the id of the question."""
    values = {reply.question_id: reply.value for reply in registration.replies}
    return {
        question.id: _in_words(question, values[question.id])
        for question in questions
        if question.id in values
    }


def _name(question: MeetingQuestion) -> str:
    return f"question_{question.id}"


def _field(question: MeetingQuestion, required: bool) -> Field:
    label = translated_text(question.label)
    options = [(str(place), translated_text(words)) for place, words in enumerate(question.options)]
    if question.asks == AnswerType.TEXT:
        return line(label, required=required, limit=500)
    if question.asks == AnswerType.SEVERAL:
        return choose_several(label, lambda: options, required=required)
    pairs = YES_OR_NO if question.asks == AnswerType.YES_NO else options
    return choose(label, pairs, required=required, radio=True)


def _value(question: MeetingQuestion, field: Field) -> Answer | None:
    typed = field.data
    if question.asks == AnswerType.TEXT:
        return typed or None
    if question.asks == AnswerType.YES_NO:
        return {"yes": True, "no": False}.get(typed)
    return [int(option) for option in ([typed] if isinstance(typed, str) else typed or [])]


def _typed(question: MeetingQuestion, value: Answer) -> str | list[str] | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    options = [str(option) for option in value]
    return options if question.asks == AnswerType.SEVERAL else next(iter(options), None)


def _in_words(question: MeetingQuestion, value: Answer) -> str:
    words = question.said(value)
    if isinstance(words, bool):
        return _("yes") if words else _("no")
    return words if isinstance(words, str) else " · ".join(translated_text(option) for option in words)
