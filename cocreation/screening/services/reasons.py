"""Templates of reasons: the beginnings of explanations that are given often."""

from __future__ import annotations

from datetime import datetime

from cocreation.core import audit
from cocreation.core.database import Translated, lock, session
from cocreation.core.errors import Invalid
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.ideas.models.idea import REASONS, Fate, Reason
from cocreation.screening.models import ReasonTemplate


class NotAReason(Invalid):
    sentence = _l("This reason is not one of the screening.")


def add_template(
    reason: Reason, title: Translated, text: Translated, *, by: int, now: datetime
) -> ReasonTemplate:
    """A template under one of the reasons of the screening. Raises NotAReason."""
    template = ReasonTemplate(reason=_checked(reason), title=title, text=text)
    session.add(template)
    session.flush()
    audit.record("reason template added", str(template.id), by=by, now=now, title=title)
    return template


def change_template(
    template_id: int, reason: Reason, title: Translated, text: Translated, *, by: int, now: datetime
) -> ReasonTemplate:
    """Other words for a template; what was written with it stays as it was. Raises NotFound, NotAReason."""
    template = lock(ReasonTemplate, template_id)
    template.reason, template.title, template.text = _checked(reason), title, text
    audit.record("reason template changed", str(template_id), by=by, now=now, title=title)
    return template


def remove_template(template_id: int, *, by: int, now: datetime) -> None:
    """Raises NotFound."""
    template = lock(ReasonTemplate, template_id)
    session.delete(template)
    audit.record("reason template removed", str(template_id), by=by, now=now, title=template.title)


def _checked(reason: Reason) -> Reason:
    if reason not in REASONS[Fate.NOT_ACCEPTED]:
        raise NotAReason
    return reason
