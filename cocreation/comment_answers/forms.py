"""Forms of answers to comments, and what narrows their lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask import request
from wtforms import Field, Form as BaseForm, SelectField

from cocreation.comment_answers.models import AnswerReason, AnswerTemplate, CommentAnswer
from cocreation.comment_answers.queries.desk import AnsweredOrNot, CommentDeskOrder, CommentFilter
from cocreation.comment_answers.services.answers import GivenAnswer
from cocreation.comments.models import AnswerOutcome, CommenterKind, Stance
from cocreation.consultations.models import Consultation
from cocreation.core.database import Translated
from cocreation.directory.models import Institution, Region
from cocreation.documents.models import Change, Document, Section, SectionKind
from cocreation.ideas.forms.choices import as_number, as_text, best, named, row_id
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text.cleanup import excerpt
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import (
    REQUIRED,
    BooleanField,
    Form,
    Pair,
    choose,
    choose_several,
    line,
    paragraph,
)

KEEP = "keep"
Outcome = tuple[AnswerOutcome, AnswerReason]


def outcome_and_reason() -> Field:
    """An outcome with one of its reasons in one choice: no wrong pair can be made. Its data is the pair."""

    def choices() -> dict[str, list[Pair]]:
        pairs: dict[str, list[Pair]] = {"": [("", "—")]}
        for outcome in AnswerOutcome:
            fitting = [reason for reason in AnswerReason if outcome in reason.outcomes]
            pairs[str(outcome.label)] = [
                (f"{outcome.value}/{reason.value}", _both(outcome, reason)) for reason in fitting
            ]
        return pairs

    description = _l("What is taken up, wholly or in part, also names the words of the text that changed.")
    return SelectField(
        _l("Outcome and reason"), [REQUIRED], choices=choices, coerce=_pair, description=description
    )


def _both(outcome: AnswerOutcome, reason: AnswerReason) -> Lazy:
    """What is chosen is read without the heading above it."""
    return _l("%(outcome)s: %(reason)s", outcome=outcome.label, reason=reason.label)


def _pair(value: str | Outcome | None) -> Outcome | None:
    if not value or value == "None":
        return None
    outcome, reason = value.split("/", 1) if isinstance(value, str) else value
    return AnswerOutcome(outcome), AnswerReason(reason)


class CommentAnswerForm(Form):
    """The answer to comments that are ticked (`chosen`), or to all that the address leaves in a list. Kept as
    a draft it may lack its words.
    """

    asked_in_a_case = ("text",)

    chosen = choose_several(_l("Chosen comments"), [], required=False, validate_choice=False)
    every = BooleanField(_l("All of them, also those of the other pages"))
    outcome = outcome_and_reason()
    text = TranslatedField(_l("Answer, for who wrote it and everyone else"), long=True, required=False)
    institution = choose(_l("Responsible body"), [], required=False)

    def __init__(self, institutions: Sequence[Institution], **values: object) -> None:
        super().__init__(**values)
        self.institution.choices = [("", _l("—")), *named(institutions)]

    @property
    def ids(self) -> list[int]:
        return _ids(self.chosen.data)

    def given(self) -> GivenAnswer:
        outcome, reason = self.outcome.data
        return GivenAnswer(outcome, reason, self.text.data, as_number(self.institution.data))

    def validate(self, extra_validators: object = None) -> bool:
        """Only a draft may lack its words."""
        if not super().validate(extra_validators):
            return False
        if not self.text.data and request.form.get("act") != KEEP:
            self.text.errors = [_l("Write what is answered, in one language at least.")]
            return False
        return True


class RevisionOfAnswerForm(CommentAnswerForm):
    """Another outcome or other words for a published answer."""

    why = TranslatedField(
        _l("Why the answer is reworded"), long=True, limit=1000, description=_l("Everyone will read it.")
    )


def answer_values(answer: CommentAnswer) -> dict[str, object]:
    """What fills the form of an answer."""
    return {
        "outcome": (answer.outcome, answer.reason),
        "text": answer.text,
        "institution": as_text(answer.institution_id),
    }


def template_values(template: AnswerTemplate | None) -> dict[str, object]:
    """What a template begins the form of an answer with."""
    if template is None:
        return {}
    return {"outcome": (template.outcome, template.reason), "text": template.text}


def chosen_template(templates: Iterable[AnswerTemplate]) -> AnswerTemplate | None:
    """The template that the address chooses."""
    chosen = row_id(request.args.get("template"))
    return next((template for template in templates if template.id == chosen), None)


class ChangedWordsForm(Form):
    """Which changes of the text an answer made."""

    words = choose_several(_l("The very words that changed"), [], required=False)

    def __init__(self, changes: Sequence[tuple[Document, Change]], chosen: Iterable[int]) -> None:
        super().__init__(words=[str(number) for number in sorted(chosen)])
        self.words.choices = [(str(change.id), change.added or change.removed) for _, change in changes]

    @property
    def ids(self) -> list[int]:
        return _ids(self.words.data)


class ChosenAnswersForm(Form):
    """The answers ticked in a list."""

    chosen = choose_several(_l("Chosen answers"), [], required=False, validate_choice=False)

    @property
    def ids(self) -> list[int]:
        return _ids(self.chosen.data)


class SecondReadingForm(Form):
    """What the second reader says of an answer."""

    asked_in_a_case = ("why",)

    verdict = choose(
        _l("Verdict"),
        [("approve", _l("It can be published")), ("return", _l("Back to who wrote it, with a question"))],
        radio=True,
    )
    why = paragraph(_l("Question"), required=False, limit=2000, description=_l("Needed when it goes back."))


class MoveCommentForm(Form):
    """Which other answer answers a comment; none: it waits again."""

    comment = choose(_l("Comment"), [])
    to = choose(_l("Answered by"), [], required=False)

    def __init__(self, answers: Iterable[CommentAnswer], current: CommentAnswer) -> None:
        super().__init__()
        self.comment.choices = [(str(row.comment_id), row.comment.reference) for row in current.answered]
        others = [(str(row.id), _called(row)) for row in answers if row.id != current.id]
        self.to.choices = [("", _l("no answer: it waits again")), *others]

    @property
    def ids(self) -> tuple[int, int | None]:
        """The comment, and the answer it goes to."""
        return int(self.comment.data), row_id(self.to.data)


def _called(answer: CommentAnswer) -> str:
    references = " ".join(row.comment.reference for row in answer.answered[:2])
    return f"{references} · {answer.outcome.label} · {excerpt(best(answer.text), 80)}"


class PublishAnswersForm(Form):
    tells_supporters = BooleanField(_l("Also tell those who supported comments"))


class AnswerTemplateForm(Form):
    name = line(_l("Name of the template"), limit=120)
    outcome = outcome_and_reason()
    text = TranslatedField(_l("The answer"), long=True)

    def words(self) -> tuple[str, AnswerOutcome, AnswerReason, Translated]:
        return self.name.data, *self.outcome.data, self.text.data


class NarrowingForm(BaseForm):
    """Read from the address; what cannot be read narrows nothing."""

    def offer(self, offers: Mapping[str, Sequence[Pair]]) -> None:
        for name, pairs in offers.items():
            if name in self:
                self[name].choices = [("", _l("All")), *pairs]
        self.validate()

    def says(self, name: str) -> str:
        """What was chosen in a field, in words."""
        field = self[name]
        pairs = {str(value): str(label) for value, label in field.choices}
        return pairs.get(str(field.data), str(field.data))

    def values(self, numbers: Iterable[str]) -> dict[str, object]:
        """What was chosen, by name; those named `numbers` are ids."""
        filled = {name: field.data for name, field in self._fields.items() if field.data and not field.errors}
        return {name: int(value) if name in numbers else value for name, value in filled.items()}


class CommentFilterForm(NarrowingForm):
    """What narrows the comments to answer, and their order."""

    q = line(_l("Words"), required=False)
    text = choose(_l("Text"), [], required=False)
    section = choose(_l("Section"), [], required=False)
    stance = choose(_l("What it does"), Stance, required=False)
    kind = choose(_l("Kind of participant"), CommenterKind, required=False)
    region = choose(_l("Region"), [], required=False)
    campaign = choose(_l("Campaign"), [], required=False)
    answered = choose(_l("Answered or not"), AnsweredOrNot, required=False)
    outcome = choose(_l("Outcome"), AnswerOutcome, required=False)
    order = choose(_l("Order"), CommentDeskOrder, required=False)

    def asked(self) -> CommentFilter:
        return CommentFilter(**self.values(("text", "section", "campaign")))  # type: ignore[arg-type]


def offers(
    consultation: Consultation,
    sections: Iterable[Section],
    regions: Iterable[Region] = (),
    campaigns: Mapping[int, int] | None = None,
) -> dict[str, list[Pair]]:
    """What there is to choose from: texts, sections, regions, campaigns with how many comments each has."""
    by_document = {text.document_id: text.document for text in consultation.texts}
    several = len(by_document) > 1

    def of_section(section: Section) -> str:
        called = section_name(section)
        return f"{by_document[section.document_id].reference} · {called}" if several else called

    sized = (campaigns or {}).items()
    return {
        "text": [
            (str(text.id), f"{text.document.reference} · {best(text.document.title)}")
            for text in consultation.texts
        ],
        "section": [(str(section.id), of_section(section)) for section in sections],
        "region": [(region.code, best(region.name)) for region in regions],
        "campaign": [
            (str(key), _l("%(place)s: %(count)s comments alike", place=place, count=size))
            for place, (key, size) in enumerate(sized, 1)
        ],
    }


def section_name(section: Section) -> str:
    """What stands above a section."""
    if section.heading and section.kind is SectionKind.FREE:
        return best(section.heading)
    return str(section.kind.label)


def _ids(typed: Iterable[str] | None) -> list[int]:
    return [number for value in typed or () if (number := row_id(value))]
