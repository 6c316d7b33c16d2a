"""The secretariat's pages: the calendar, snapshots, and a report from its draft to its publication."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.database import Translated
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import get_cycle
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.self_assessment import queries
from cocreation.self_assessment.forms import (
    AssessmentPublicationForm,
    BlockForm,
    DueAssessmentForm,
    MeantForm,
    NewReportForm,
    OtherSnapshotForm,
    SnapshotForm,
)
from cocreation.self_assessment.pages import help_for, writing_page
from cocreation.self_assessment.services import calendar, reports, snapshots
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def index() -> ResponseReturnValue:
    """The calendar, the snapshots and the reports of one plan."""
    cycles = queries.tracked_cycles()
    if not (cycle := _asked_cycle(cycles)):
        return render("self_assessment/manage_none.html")
    return render(
        "self_assessment/manage_index.html",
        cycle=cycle,
        cycles=cycles,
        due=queries.due(cycle),
        reports=queries.reports(cycle, drafts=True),
        snapshots=queries.snapshots(cycle),
        today=clock.today(),
    )


def _asked_cycle(cycles: list[Cycle]) -> Cycle | None:
    """The plan named in the address, else the one last adopted. Raises NotFound."""
    code = request.args.get("cycle")
    if code and code not in {cycle.code for cycle in cycles}:
        raise NotFound
    return next((cycle for cycle in cycles if code in (None, cycle.code)), None)


@access(secretariat)
def take_snapshot(cycle: str) -> ResponseReturnValue:
    plan, form = get_cycle(cycle), SnapshotForm()
    if form.submitted() and (taken := form.attempt(snapshots.take, plan.id, form.as_of.data, **act())):
        flash(_("The figures are frozen as snapshot %(number)s.", number=taken.number))
        return redirect(url_for(".index", cycle=cycle))
    return render("self_assessment/manage_snapshot.html", form=form, cycle=plan)


@access(secretariat)
def new(cycle: str) -> ResponseReturnValue:
    plan = get_cycle(cycle)
    form = NewReportForm(queries.snapshots(plan))
    if form.submitted() and (
        report := form.attempt(reports.begin, form.kind.data, int(form.snapshot.data), **act())
    ):
        flash(_("The report is drafted from the records. It is not public yet."))
        return redirect(url_for(".show", reference=report.document.reference))
    return render("self_assessment/manage_new.html", form=form, cycle=plan)


@access(secretariat)
def add_due(cycle: str) -> ResponseReturnValue:
    plan, form = get_cycle(cycle), DueAssessmentForm()
    if form.submitted() and form.carries_out(
        calendar.add, plan.id, form.kind.data, form.due_on.data, **act()
    ):
        flash(_("It stands in the calendar."))
        return redirect(url_for(".index", cycle=cycle))
    return render("self_assessment/manage_due.html", form=form, cycle=plan)


@access(secretariat)
def remove_due(cycle: str, due_id: int) -> ResponseReturnValue:
    calendar.remove(due_id, **act())
    return redirect(url_for(".index", cycle=get_cycle(cycle).code))


@access(secretariat)
def show(reference: str) -> ResponseReturnValue:
    """A report: its blocks in their order, what is flagged, what hinders its publication."""
    report = queries.get_report(reference)
    now = clock.now()
    return render(
        "self_assessment/manage_show.html",
        report=report,
        document=report.document,
        page=writing_page(report, queries.version_of(report, report.document.latest)),
        hindrances=[] if report.published_at else queries.hindrances(report.document, now),
        changes=queries.changes_since(report.snapshot, now),
    )


@access(secretariat)
def write(reference: str, block: str) -> ResponseReturnValue:
    """What a block says, with the tokens there are and their values now."""
    report = queries.get_report(reference)
    version = queries.version_of(report, report.document.latest)
    page = writing_page(report, version)
    place = page.place(block)
    form = BlockForm(place.block, Translated(version.blocks.get(block, {})))
    if form.submitted() and form.carries_out(
        reports.write, report.document_id, block, form.text.data, form.message.data or None, **act()
    ):
        return _saved(reference, block)
    return render(
        "self_assessment/manage_write.html",
        report=report,
        document=report.document,
        place=place,
        form=form,
        tokens=help_for(page, place.block),
    )


def _saved(reference: str, block: str) -> ResponseReturnValue:
    report = queries.get_report(reference)
    flagged = queries.flagged(report, queries.version_of(report, report.document.latest))
    if count := sum(text.block.uid == block for text in flagged):
        flash(
            _n(
                "The text is saved. %(count)s place in it is flagged: look at it below.",
                "The text is saved. %(count)s places in it are flagged: look at them below.",
                count,
            )
        )
        return redirect(url_for(".flags", reference=reference))
    flash(_("The text is saved."))
    return redirect(url_for(".show", reference=reference, _anchor=block))


@access(secretariat)
def flags(reference: str) -> ResponseReturnValue:
    """What is typed where a token belongs, each with its place; those that are meant are ticked."""
    report = queries.get_report(reference)
    flagged = queries.flagged(report, queries.version_of(report, report.document.latest))
    form = MeantForm(flagged)
    if form.submitted() and (
        count := form.attempt(reports.mean, report.document_id, form.chosen(), form.meant_as.data, **act())
    ):
        flash(_n("%(count)s number is meant.", "%(count)s numbers are meant.", count))
        return redirect(url_for(".flags", reference=reference))
    return render(
        "self_assessment/manage_flags.html",
        report=report,
        document=report.document,
        flagged=flagged,
        meant=queries.meant(report),
        form=form,
    )


@access(secretariat)
def renew(reference: str) -> ResponseReturnValue:
    """Another snapshot for a report."""
    report = queries.get_report(reference)
    form = OtherSnapshotForm(queries.snapshots(report.document.cycle), report.snapshot)
    if form.submitted() and form.carries_out(
        reports.renew, report.document_id, int(form.snapshot.data), **act()
    ):
        flash(_("Every figure of the report is that of the snapshot now."))
        return redirect(url_for(".show", reference=reference))
    return render(
        "self_assessment/manage_renew.html",
        report=report,
        document=report.document,
        form=form,
        changes=queries.changes_since(report.snapshot, clock.now()),
    )


@access(secretariat)
def publish(reference: str) -> ResponseReturnValue:
    """The report as everyone reads it from now on, for good; asked about first."""
    report = queries.get_report(reference)
    form = AssessmentPublicationForm()
    is_outdated = queries.is_outdated(report.snapshot)
    flagged = queries.flagged(report, queries.version_of(report, report.document.latest))
    hindrances = queries.hindrances(report.document, clock.now())
    if form.submitted() and not confirmation.was_declined():
        is_ready = not (report.published_at or flagged or hindrances)
        if is_ready and confirmation.is_to_ask(1 + is_outdated):
            return _ask_to_publish(reference, is_outdated=is_outdated)
        said = form.message.data or None
        if form.carries_out(
            reports.publish, report.document_id, said, is_outdated_meant=is_outdated, **act()
        ):
            flash(_("The self-assessment is published, and stands in the register."))
            return redirect(url_for("self_assessment.show", reference=reference))
    return render(
        "self_assessment/manage_publish.html",
        report=report,
        document=report.document,
        form=form,
        is_outdated=is_outdated,
        flagged=flagged,
        hindrances=hindrances,
    )


def _ask_to_publish(reference: str, *, is_outdated: bool) -> ResponseReturnValue:
    return confirmation.ask(
        _("Publish this self-assessment, for good?"),
        _("Yes, publish"),
        1 + is_outdated,
        [reference],
        explained=_("Figures have changed since: the report says those of its day.") if is_outdated else "",
    )
