"""The page on which a theme, an axis or a workshop is removed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.cycles.queries import get_cycle
from cocreation.cycles.services import find_part
from cocreation.ideas.forms.choices import best
from cocreation.languages.i18n import gettext as _, lazy_gettext as _l
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, to
from cocreation.meetings.services import programme
from cocreation.removals import queries, services
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.forms import Form, Pair, choose
from cocreation.web.rendering import render


class RemovalForm(Form):
    """Where what stands on a part goes."""

    to = choose(_l("Move all of it to"), [])

    def __init__(self, others: Sequence[Pair], *, is_used: bool) -> None:
        super().__init__()
        self.to.choices = [("", _l("—")), *others]
        if not is_used:
            del self.to

    @property
    def to_id(self) -> int | None:
        return int(self.to.data) if self.to else None


@access(secretariat)
def remove_part(code: str, kind: str, part_id: int) -> ResponseReturnValue:
    cycle = get_cycle(code)
    parts = getattr(cycle, kind)
    part = find_part(parts, part_id)
    uses = queries.uses_of(part)
    others = [(str(other.id), best(other.name)) for other in parts if other is not part]
    form = RemovalForm(others, is_used=uses.count > 0)
    if form.submitted():
        if form.carries_out(services.remove_part, cycle.id, kind, part_id, form.to_id, **act()):
            flash(_("It is removed."))
            return redirect(url_for("manage_cycles.parts", code=code, kind=kind))
        part = find_part(getattr(get_cycle(code), kind), part_id)  # a refusal has let go of what was read
    return render("removals/part.html", form=form, cycle=get_cycle(code), kind=kind, part=part, uses=uses)


@access(policy.runners)
def remove_workshop(reference: str, number: int) -> ResponseReturnValue:
    meeting = load(reference)
    form, uses = Form(), queries.workshop_uses(programme.get_workshop(meeting.id, number))
    if form.submitted() and form.carries_out(programme.remove_workshop, meeting.id, number, **act()):
        flash(_("The workshop is removed."))
        return to(meeting, "workshops")
    meeting = load(reference)
    workshop = programme.get_workshop(meeting.id, number)
    return render("removals/workshop.html", form=form, meeting=meeting, workshop=workshop, uses=uses)
