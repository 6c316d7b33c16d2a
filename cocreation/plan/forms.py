"""Forms of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from cocreation.core.database import Translated
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.documents.models import IndicatorType, SectionKind
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan import queries
from cocreation.plan.models import Commitment
from cocreation.plan.partners import known, with_institutions
from cocreation.plan.services.commitments import CommitmentWords
from cocreation.plan.sheet import FURTHER, WEIGHTS_RULE, Activity, CommitmentSheet, Indicator, next_number
from cocreation.web.fields import DateField, DecimalField, IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, StopValidation, choose, choose_several, line
from cocreation.web.rendering import translated_text

LINES = _l("One on each line.")
ENDS_FIRST = _l("An activity cannot end before it starts.")
NO_WEIGHT = _l("A weight is more than 0 and at most 100.")


class CommitmentForm(Form):
    """What a commitment is about, and its first words."""

    number = IntegerField(_l("Number"), [REQUIRED, NumberRange(min=1, max=999)])
    axis = choose(_l("Axis"), [])
    institution = choose(_l("Responsible institution"), [])
    title = TranslatedField(_l("Title"))
    problem = TranslatedField(_l("Problem"), long=True)
    solution = TranslatedField(_l("Proposed solution"), long=True)
    expected_result = TranslatedField(_l("Expected result"), long=True)

    def __init__(self, cycle: Cycle, commitment: Commitment | None = None) -> None:
        values: dict[str, object] = {"number": queries.next_number(cycle)}
        if commitment:
            # Not obj=: a commitment's axis and institution are rows, the form's are their numbers; its words
            # are those of its last version.
            sheet = queries.latest_sheet(commitment)
            values = {
                "number": commitment.number,
                "axis": str(commitment.axis_id),
                "institution": str(commitment.institution_id),
                "title": sheet.text(SectionKind.TITLE),
                "problem": sheet.text(SectionKind.PROBLEM),
                "solution": sheet.text(SectionKind.SOLUTION),
                "expected_result": sheet.text(SectionKind.RESULT),
            }
        super().__init__(**values)
        self.axis.choices = [(str(axis.id), translated_text(axis.name)) for axis in cycle.axes]
        self.institution.choices = [
            (str(institution.id), translated_text(institution.name)) for institution in queries.institutions()
        ]

    def words(self) -> CommitmentWords:
        return CommitmentWords(
            number=self.number.data or 0,
            axis_id=int(self.axis.data),
            institution_id=int(self.institution.data),
            title=self.title.data,
            problem=self.problem.data,
            solution=self.solution.data,
            expected_result=self.expected_result.data,
        )


class PublicationForm(Form):
    """What is said of a version when it is published; asked for once there is one that everyone has read."""

    message = TranslatedField(_l("What changed, and why"), long=True, limit=1000)

    def __init__(self, commitment: Commitment) -> None:
        super().__init__()
        document = commitment.document
        self.message.required = bool(document and document.published and document.has_draft)


class FurtherForm(Form):
    """What a sheet says of openness, of partners and of its budget."""

    transparency = TranslatedField(SectionKind.TRANSPARENCY.label, long=True, required=False)
    participation = TranslatedField(SectionKind.PARTICIPATION.label, long=True, required=False)
    accountability = TranslatedField(SectionKind.ACCOUNTABILITY.label, long=True, required=False)
    public_partners = TranslatedField(
        SectionKind.PUBLIC_PARTNERS.label, long=True, required=False, description=LINES
    )
    institutions = choose_several(
        _l("Institutions of the directory that are partners"),
        [],
        required=False,
        description=_l("Those you tick are added to the public partners by their names, which lead to them."),
    )
    civil_partners = TranslatedField(
        SectionKind.CIVIL_PARTNERS.label, long=True, required=False, description=LINES
    )
    budget = TranslatedField(
        SectionKind.BUDGET.label,
        long=True,
        required=False,
        description=_l("What it costs and who pays, as far as it is known."),
    )

    def __init__(self, sheet: CommitmentSheet, institutions: Sequence[Institution]) -> None:
        self.directory = {str(body.id): body for body in institutions}
        named = known(sheet.text(SectionKind.PUBLIC_PARTNERS), institutions)
        texts = {kind.value: sheet.text(kind) for kind in FURTHER}
        super().__init__(**texts, institutions=[str(body.id) for body in named])
        self.institutions.choices = [
            (key, translated_text(body.name)) for key, body in self.directory.items()
        ]

    def words(self) -> Mapping[str, Translated]:
        """What is typed; an institution that was ticked is named, one that no longer is goes."""
        words = {kind.value: self[kind.value].data for kind in FURTHER}
        ticked, before = self.institutions.data or [], self.institutions.object_data or []
        gone = [self.directory[key] for key in before if key not in ticked]
        chosen = [self.directory[key] for key in ticked if key not in before]
        words["public_partners"] = with_institutions(words["public_partners"], gone, chosen)
        return words


class ActivityForm(Form):
    """One activity of a commitment."""

    number = IntegerField(_l("Number"), [REQUIRED, NumberRange(min=1, max=999)])
    title = TranslatedField(_l("Title"), limit=500)
    responsible = TranslatedField(_l("Who is responsible"), required=False)
    starts_on = DateField(_l("Start"), [OPTIONAL])
    ends_on = DateField(_l("End"), [OPTIONAL])
    weight = DecimalField(_l("Weight, out of 100"), [OPTIONAL], places=None, description=WEIGHTS_RULE)
    deliverable = TranslatedField(_l("What it delivers"), required=False, limit=500)

    def __init__(self, sheet: CommitmentSheet, activity: Activity | None) -> None:
        self.uid = activity.uid if activity else ""
        values = vars(activity) if activity else {"number": next_number(sheet.activities)}
        weight = activity.weight if activity else None
        share = None if weight is None else (Decimal(weight) / 10).normalize()
        super().__init__(**{**values, "weight": share and Decimal(format(share, "f"))})

    def validate_ends_on(self, field: DateField) -> None:
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise StopValidation(ENDS_FIRST)

    def validate_weight(self, field: DecimalField) -> None:
        if field.data is None:
            return
        if not (field.data.is_finite() and 0 < field.data <= 100 and self._thousandths() > 0):
            raise StopValidation(NO_WEIGHT)

    def _thousandths(self) -> int:
        return round(self.weight.data * 10)

    def part(self) -> Activity:
        return Activity(
            number=self.number.data or 0,
            title=self.title.data,
            responsible=self.responsible.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            weight=None if self.weight.data is None else self._thousandths(),
            deliverable=self.deliverable.data,
            uid=self.uid,
        )


class IndicatorForm(Form):
    """One indicator of a commitment."""

    label = TranslatedField(_l("What is measured"), limit=500)
    type = choose(_l("Kind of indicator"), IndicatorType, radio=True)
    unit = TranslatedField(_l("Unit"), required=False)
    baseline = line(_l("Baseline"), required=False, limit=100, description=_l("The value before the plan."))
    target = line(_l("Target"), required=False, limit=100, description=_l("The value at its end."))
    source = TranslatedField(_l("Source"), required=False, description=_l("Who publishes the figure."))

    def __init__(self, sheet: CommitmentSheet, indicator: Indicator | None) -> None:
        self.uid = indicator.uid if indicator else ""
        self.place = indicator.number if indicator else next_number(sheet.indicators)
        super().__init__(**(vars(indicator) if indicator else {"type": IndicatorType.TRACKING}))

    def part(self) -> Indicator:
        return Indicator(
            number=self.place,
            label=self.label.data,
            type=self.type.data,
            unit=self.unit.data,
            baseline=self.baseline.data or "",
            target=self.target.data or "",
            source=self.source.data,
            uid=self.uid,
        )
