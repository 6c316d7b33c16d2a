"""Forms of adoption."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.adoption.pages import ShownChange, answer_label
from cocreation.adoption.services import NamedCause
from cocreation.comment_answers.models import CommentAnswer
from cocreation.coordination.models import CoordinationMeeting
from cocreation.documents.models import CauseKind
from cocreation.languages.i18n import format_date, lazy_gettext as _l
from cocreation.text.markup import isolate_text
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import Form, StopValidation, choose, choose_several
from cocreation.web.rendering import translated_text

CHOOSE_CHANGES = _l("Tick at least one change.")
CHOOSE_ANSWERS = _l("Choose the answers for which these words were changed.")
CHOOSE_SITTING = _l("Choose the meeting that decided it.")
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
        super().__init__(changes=[str(one.change.id) for one in shown if not one.is_named])
        self.changes.choices = [(str(one.change.id), one.change.section.uid) for one in shown]
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

    def validate_changes(self, field: object) -> None:
        if not self.changes.data:
            raise StopValidation(CHOOSE_CHANGES)

    def validate_answers(self, field: object) -> None:
        if self.cause.data is CauseKind.ANSWER and not self.answers.data:
            raise StopValidation(CHOOSE_ANSWERS)

    def validate_sitting(self, field: object) -> None:
        if self.cause.data is CauseKind.DECISION and not self.sitting.data:
            raise StopValidation(CHOOSE_SITTING)

    def validate_reason(self, field: object) -> None:
        if self.cause.data in (CauseKind.DECISION, CauseKind.NOTE) and not self.reason.data:
            raise StopValidation(SAY_WHY)

    def ids(self) -> list[int]:
        return [int(number) for number in self.changes.data]

    def named(self) -> NamedCause:
        return NamedCause(
            self.cause.data,
            [int(number) for number in self.answers.data or ()],
            self.sitting.data,
            self.reason.data,
        )
