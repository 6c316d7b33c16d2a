"""The first steps: what to do, in which order, until the first meeting is announced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.portal.first_steps.queries import Beginning, beginning
from cocreation.web.access import access
from cocreation.web.rendering import render


@dataclass(frozen=True)
class FirstStep:
    """What is to do and what for, where it is done (None while another one has to come first), whether it is
    done.
    """

    label: Lazy
    why: Lazy
    href: str | None
    is_done: bool


@access(secretariat)
def first_steps() -> ResponseReturnValue:
    steps = list(_steps(beginning()))
    done = sum(step.is_done for step in steps)
    return render("portal/first_steps.html", steps=steps, done=done)


def _steps(found: Beginning) -> Iterator[FirstStep]:
    code, reference = found.code, found.reference
    yield FirstStep(
        _l("Open a cycle"),
        _l("Its first and its last day, and what it is about. Everything else belongs to a cycle."),
        url_for("manage_cycles.new"),
        found.cycles > 0,
    )
    yield FirstStep(
        _l("Give its phases their days"),
        _l("What is open when: registering, sending ideas, screening. A calendar is proposed to you."),
        url_for("manage_cycles.edit", code=code) if code else None,
        found.phases > 0,
    )
    yield FirstStep(
        _l("Name its themes"),
        _l("What the workshops and the ideas are about."),
        url_for("manage_cycles.parts", code=code, kind="themes") if code else None,
        found.themes > 0,
    )
    yield FirstStep(
        _l("Invite the focal points of the institutions"),
        _l("They study the ideas. An administrator invites them; it can be done later, before the study."),
        url_for("manage_directory.institutions"),
        found.focal_points > 0,
    )
    yield FirstStep(
        _l("Prepare the first meeting"),
        _l("Its place, its hours, its workshops, and when people can register."),
        url_for("manage_meetings.new") if code else None,
        found.meetings > 0,
    )
    yield FirstStep(
        _l("Announce it"),
        _l("From then on everyone sees it, and people register."),
        url_for("manage_meetings.show", reference=reference) if reference else None,
        found.announced > 0,
    )
