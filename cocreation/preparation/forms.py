"""The checklist of a meeting; the rules of a cycle's meetings."""

from __future__ import annotations

from wtforms import Field

from cocreation.core.database import Translated
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.preparation.models import Rule, RuleKind
from cocreation.web.fields import DateField, IntegerField, NumberRange, TranslatedField
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, HiddenField, line


class TaskForm(Form):
    """A task of the meeting's own."""

    title = line(_l("What has to be done"))
    due_on = DateField(_l("Due on"), [REQUIRED])


class TickForm(Form):
    """A task is done, or is not after all."""

    done = HiddenField()


def _days() -> Field:
    return IntegerField(_l("Days"), [OPTIONAL, NumberRange(min=0, max=365)])


def _source() -> Field:
    return TranslatedField(_l("Where it comes from"), required=False)


class RulesForm(Form):
    """What a cycle asks of its meetings; a rule without days is none, one with days has a source."""

    asked_in_a_case = ("announce_before_source", "window_source", "close_before_source")

    announce_before_days, announce_before_source = _days(), _source()
    window_days, window_source = _days(), _source()
    close_before_days, close_before_source = _days(), _source()

    def __init__(self, rules: list[Rule]) -> None:
        values: dict[str, object] = {}
        for rule in rules:
            values |= {f"{rule.kind}_days": rule.days, f"{rule.kind}_source": rule.source}
        super().__init__(**values)

    def of_kinds(self) -> list[tuple[RuleKind, Field, Field]]:
        """(kind, field of the days, field of the source) for each kind."""
        return [(kind, self[f"{kind}_days"], self[f"{kind}_source"]) for kind in RuleKind]

    def rules(self) -> dict[RuleKind, tuple[int, Translated]]:
        return {
            kind: (days.data, source.data) for kind, days, source in self.of_kinds() if days.data is not None
        }
