"""Forms of adoption."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.adoption.gate import TextGate
from cocreation.adoption.pages import ShownChange, answer_label
from cocreation.adoption.services import NamedCause
from cocreation.comment_answers.models import CommentAnswer
from cocreation.coordination.models import CoordinationMeeting
from cocreation.documents.models import CauseKind
from cocreation.languages.i18n import format_date, lazy_gettext as _l
from cocreation.text.markup import isolate_text
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import Form, choose, choose_several
from cocreation.web.rendering import translated_text

CHOOSE_CHANGES = _l("Tick at least one change.")
CHOOSE_ANSWERS = _l("Choose the answers for which these words were changed.")
CHOOSE_SITTING = _l("Choose the meeting that decided it.")
CHOOSE_TEXTS = _l("Tick at least one text.")
SAY_WHY = _l("Say why, in one language at least.")


class CauseForm(Form):
    """Why the ticked words were changed."""

    asked_in_a_case = ("answers", "sitting", "reason")

    changes = choose_several(_l("Changes"), [], required=False)
    cause = choose(_l("Why were the ticked words changed?"), CauseKind, radio=True)
    answers = choose_several(_l("Answers"), [], required=False)
    sitting = choose(_l("Meeting"), [], required=False)
    reason = TranslatedField(
        _l("What was decided, or why it is only a matter of editing"),
        long=True,
        required=False,
        limit=1000,
        description=_l("Published beside the words, for a decision and for an editorial note."),
    )

    def __init__(
        self,
        shown: Sequence[ShownChange],
        answers: Sequence[CommentAnswer],
        sittings: Sequence[CoordinationMeeting],
    ) -> None:
        super().__init__(changes=[str(row.change.id) for row in shown if not row.is_named])
        self.changes.choices = [
            (str(row.change.id), row.change.section.uid) for row in shown if not row.is_adopted
        ]
        self.answers.choices = [(str(answer.id), answer_label(answer)) for answer in answers]
        self.sitting.choices = [
            ("", "—"),
            *(
                (
                    m.reference,
                    f"{isolate_text(m.reference)} – {translated_text(m.title)}, {format_date(m.starts_at)}",
                )
                for m in sittings
            ),
        ]

    def validate(self, extra_validators: object = None) -> bool:
        """Each cause asks for what it is named by."""
        valid = super().validate(extra_validators)
        asked = {
            self.changes: (True, CHOOSE_CHANGES),
            self.answers: (self.cause.data is CauseKind.ANSWER, CHOOSE_ANSWERS),
            self.sitting: (self.cause.data is CauseKind.DECISION, CHOOSE_SITTING),
            self.reason: (self.cause.data in (CauseKind.DECISION, CauseKind.NOTE), SAY_WHY),
        }
        lacking = {
            field: sentence for field, (is_asked, sentence) in asked.items() if is_asked and not field.data
        }
        for field, sentence in lacking.items():
            field.errors = [*field.errors, sentence]
        return valid and not lacking

    def ids(self) -> list[int]:
        return [int(number) for number in self.changes.data]

    def named(self) -> NamedCause:
        return NamedCause(
            self.cause.data,
            [int(number) for number in self.answers.data or ()],
            self.sitting.data,
            self.reason.data,
        )


class AdoptionForm(Form):
    """What is adopted, and by which decision; of an amendment, why."""

    texts = choose_several(_l("Texts"), [], required=False)
    message = TranslatedField(
        _l("What was decided"),
        long=True,
        limit=1000,
        description=_l("By whom and on which day; of an amendment, why. It is published, for good."),
    )

    def __init__(self, gates: Sequence[TextGate]) -> None:
        super().__init__(
            texts=[str(text.commitment.id) for text in gates if text.is_changed and not text.hindrances]
        )
        self.texts.choices = [(str(text.commitment.id), text.commitment.reference) for text in gates]

    def validate(self, extra_validators: object = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.texts.data:
            self.texts.errors, valid = [CHOOSE_TEXTS], False
        return valid

    def chosen(self, gates: Sequence[TextGate]) -> list[TextGate]:
        ticked = set(self.texts.data or ())
        return [text for text in gates if str(text.commitment.id) in ticked]
