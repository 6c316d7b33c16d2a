"""Forms of self-assessments."""

from __future__ import annotations

from collections.abc import Sequence

from cocreation.core import clock
from cocreation.core.database import Translated
from cocreation.languages.i18n import format_date, gettext as _, lazy_gettext as _l
from cocreation.self_assessment.blocks import MOST_OF_BLOCK, NarrativeBlock
from cocreation.self_assessment.models import AssessmentKind, MeantAs, PlanSnapshot
from cocreation.self_assessment.queries import FlaggedText
from cocreation.self_assessment.services.reports import FlaggedPlace
from cocreation.web.fields import DateField, TranslatedField
from cocreation.web.forms import REQUIRED, Form, choose, choose_several

CHOOSE_NUMBERS = _l("Choose the numbers that are meant.")


def snapshot_name(snapshot: PlanSnapshot) -> str:
    return _(
        "Snapshot %(number)s: figures of %(day)s",
        number=snapshot.number,
        day=format_date(snapshot.as_of),
    )


class SnapshotForm(Form):
    """The day for which figures are frozen."""

    as_of = DateField(
        _l("Figures at the end of"),
        [REQUIRED],
        default=clock.today,
        description=_l(
            "As they are known at this moment. They are never changed; their digest goes into the register."
        ),
    )


class NewReportForm(Form):
    kind = choose(_l("Which self-assessment"), AssessmentKind)
    snapshot = choose(_l("Its figures"), [])

    def __init__(self, snapshots: Sequence[PlanSnapshot]) -> None:
        super().__init__()
        self.snapshot.choices = [(str(row.id), snapshot_name(row)) for row in snapshots]


class OtherSnapshotForm(Form):
    """Another snapshot for a report."""

    snapshot = choose(_l("Its figures"), [])

    def __init__(self, snapshots: Sequence[PlanSnapshot], current: PlanSnapshot) -> None:
        super().__init__(snapshot=str(current.id))
        self.snapshot.choices = [(str(row.id), snapshot_name(row)) for row in snapshots]


class BlockForm(Form):
    """What is written in a block, and why it is another text than before."""

    text = TranslatedField(_l("Text"), required=False, long=True, limit=MOST_OF_BLOCK)
    message = TranslatedField(
        _l("What changed, and why"),
        required=False,
        limit=1000,
        long=True,
        description=_l("It stands beside this version in the history of the text."),
    )

    def __init__(self, block: NarrativeBlock, written: Translated) -> None:
        super().__init__(text=written)
        if block.is_title:
            self.text.limit, self.text.required = 300, True


class MeantForm(Form):
    """Flagged numbers that are right as they stand, and what they are."""

    numbers = choose_several(_l("Numbers"), [], required=False)
    meant_as = choose(_l("They are"), MeantAs)

    def __init__(self, flagged: Sequence[FlaggedText]) -> None:
        super().__init__()
        self.places = [
            FlaggedPlace(*key)
            for key in dict.fromkeys(text.key for text in flagged if text.flag.kind.can_be_meant)
        ]
        self.numbers.choices = [(str(number), place.words) for number, place in enumerate(self.places)]

    def place_of(self, text: FlaggedText) -> str:
        """The value by which what is flagged is ticked."""
        return str(self.places.index(FlaggedPlace(*text.key)))

    def validate(self, extra_validators: object = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.numbers.data:
            self.numbers.errors, valid = [CHOOSE_NUMBERS], False
        return valid

    def chosen(self) -> list[FlaggedPlace]:
        return [self.places[int(number)] for number in self.numbers.data]


class AssessmentPublicationForm(Form):
    """What is said of the version that is published."""

    message = TranslatedField(_l("What changed, and why"), required=False, long=True, limit=1000)


class DueAssessmentForm(Form):
    kind = choose(_l("Which self-assessment"), AssessmentKind)
    due_on = DateField(_l("To be published by"), [REQUIRED])
