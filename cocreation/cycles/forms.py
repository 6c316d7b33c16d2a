"""Forms of the cycles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wtforms import Field
from wtforms.validators import Regexp

from cocreation.cycles.models import (
    ANNOUNCE_DAYS,
    APPEAL_DAYS,
    CONSULTATION_DAYS,
    FATES_IN,
    FEWEST_DAYS,
    OBJECTION_DAYS,
    Cycle,
    Phase,
)
from cocreation.cycles.services import CycleDetails, proposed_calendar
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import DateField, IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, choose, choose_several, line

READERS = [
    ("1", _l("one: a small team can work alone")),
    ("2", _l("two who agree on the reason; when they do not, a third one decides")),
]
SEEN = [("hidden", _l("only after having read the idea")), ("shown", _l("yes, at once"))]


class CycleForm(Form):
    """Words, period and calendar of a cycle: each phase has `<phase>_opens_on` and `<phase>_closes_on`."""

    title = TranslatedField(_l("Title"))
    summary = TranslatedField(_l("What this cycle is about"), long=True, required=False)
    starts_on = DateField(_l("First day of the cycle"), [REQUIRED])
    ends_on = DateField(_l("Last day of the cycle"), [REQUIRED])
    readers_to_refuse = choose(
        _l("How many readers does it take not to accept an idea at screening?"),
        READERS,
        description=_l("Accepting an idea takes one reader in any case."),
    )
    first_verdict = choose(
        _l("Does the second reader see what the first one found?"),
        SEEN,
        description=_l("Who does not know the first verdict reads with fresh eyes."),
    )
    languages = choose_several(
        _l("Languages in which every fate is to be read"),
        lambda: [(language.code, language.name) for language in i18n.LANGUAGES.values()],
        description=_l("What is missing in one of them is shown before the fates are published."),
        default=list(FATES_IN),
    )
    appeal_days = IntegerField(
        _l("Days to contest a published fate"),
        [REQUIRED, NumberRange(7, 365, message=_l("Give from %(min)d to %(max)d days."))],
        default=APPEAL_DAYS,
    )
    objection_days = IntegerField(
        _l("Days for an institution to object to a fate in its name that it did not answer"),
        [REQUIRED, NumberRange(1, 30, message=_l("Give from %(min)d to %(max)d days."))],
        default=OBJECTION_DAYS,
        description=_l("Such a fate waits as long before it is published; the institution is told by mail."),
    )
    announce_days = IntegerField(
        _l("Days between the announcement of a public consultation and its opening"),
        [REQUIRED, NumberRange(0, 90, message=_l("Give from %(min)d to %(max)d days."))],
        default=ANNOUNCE_DAYS,
        description=_l("Fewer are possible where a reason is published."),
    )
    consultation_days = IntegerField(
        _l("Days for which a public consultation is open"),
        [REQUIRED, NumberRange(FEWEST_DAYS, 180, message=_l("Give from %(min)d to %(max)d days."))],
        default=CONSULTATION_DAYS,
        description=_l(
            "Fewer are possible where a reason is published, never fewer than %(days)s: decree 2-08-229 of "
            "21 May 2009 asks for that many.",
            days=FEWEST_DAYS,
        ),
    )

    def __init__(
        self, cycle: Cycle | None = None, proposed_from: date | None = None, **values: object
    ) -> None:
        """Of `cycle`, or of a new one; `proposed_from` fills in a calendar that begins on that day."""
        if proposed_from:
            last, calendar = proposed_calendar(proposed_from)
            values |= {"starts_on": proposed_from, "ends_on": last, "code": f"{proposed_from.year}"}
            for phase, (opens_on, closes_on) in calendar.items():
                values |= {f"{phase}_opens_on": opens_on, f"{phase}_closes_on": closes_on}
        for period in cycle.phases if cycle else ():
            values[f"{period.phase}_opens_on"] = period.opens_on
            values[f"{period.phase}_closes_on"] = period.closes_on
        values["first_verdict"] = "hidden" if cycle is None or cycle.reads_blind else "shown"
        super().__init__(obj=cycle, **values)

    def calendar(self) -> Iterator[tuple[Phase, Field, Field]]:
        """Each phase with its two fields."""
        for phase in Phase:
            yield phase, self[f"{phase}_opens_on"], self[f"{phase}_closes_on"]

    def details(self) -> CycleDetails:
        return CycleDetails(
            title=self.title.data,
            summary=self.summary.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            calendar={phase: (opens.data, closes.data) for phase, opens, closes in self.calendar()},
            readers_to_refuse=int(self.readers_to_refuse.data),
            reads_blind=self.first_verdict.data == "hidden",
            languages=tuple(self.languages.data),
            appeal_days=self.appeal_days.data,
            objection_days=self.objection_days.data,
            announce_days=self.announce_days.data,
            consultation_days=self.consultation_days.data,
        )

    def validate(self, extra_validators: object = None) -> bool:
        """The sentence of what is wrong with a phase stands beside its last day."""
        if not super().validate(extra_validators):
            return False
        faults = self.details().faults() if self.starts_on.data <= self.ends_on.data else {}
        for phase, fault in faults.items():
            self[f"{phase}_closes_on"].errors = [fault]
        return not faults


for _phase in Phase:
    setattr(
        CycleForm,
        f"{_phase}_opens_on",
        DateField(_l("%(phase)s: first day", phase=_phase.label), [OPTIONAL]),
    )
    setattr(
        CycleForm,
        f"{_phase}_closes_on",
        DateField(_l("%(phase)s: last day", phase=_phase.label), [OPTIONAL]),
    )


LAST_YEAR = date.max.year - 10


class ProposalForm(Form):
    """From which day a calendar is proposed; read from the address."""

    first_day = DateField(_l("First day of the cycle"), [OPTIONAL])

    @property
    def day(self) -> date | None:
        """The day that was asked for; none so late that the years of a cycle would not fit behind it."""
        day: date | None = self.first_day.data
        return day if day and day.year < LAST_YEAR else None


class NewCycleForm(CycleForm):
    code = line(_l("Code"), limit=4, description=_l("Its year, such as 2026: references begin with it."))

    def validate_code(self, field: Field) -> None:
        Regexp(r"^\d{4}$", message=_l("The code is a year in four digits."))(self, field)


class PartForm(Form):
    """The name of a theme or an axis."""

    name = TranslatedField(_l("Name"))
