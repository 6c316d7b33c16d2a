"""The public pages of self-assessments, and their figures as they were frozen."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.queries import get_cycle
from cocreation.languages import i18n
from cocreation.ledger import journal
from cocreation.self_assessment import figures, policy, queries
from cocreation.self_assessment.pages import report_page
from cocreation.web.access import access, anyone, current_person
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    """The self-assessments of a plan that everyone reads, or of all plans."""
    code = request.args.get("cycle")
    cycle = get_cycle(code) if code else None
    return render("self_assessment/index.html", reports=queries.reports(cycle), cycle=cycle)


@access(anyone)
def show(reference: str) -> ResponseReturnValue:
    """A report in the version its reader may read, each figure with the way to its arithmetic."""
    report = queries.get_report(reference)
    if (number := policy.readable(current_person(), report)) is None:
        raise NotFound
    version = queries.version_of(report, number)
    return render(
        "self_assessment/show.html",
        report=report,
        document=report.document,
        number=number,
        snapshot=version.snapshot,
        page=report_page(version),
        percent=figures.percent,
        percent_of=lambda value: figures.percent(None if value is None else value * figures.PERCENT),
        all_languages=i18n.LANGUAGES,
        changes=queries.changes_since(version.snapshot, clock.now()),
    )


@access(anyone)
@exports(PUBLIC)
def paper(reference: str, code: str) -> Response:
    """The report on paper, as it was drawn when it was published."""
    drawn = queries.paper_of(queries.get_report(reference), code)
    headers = {"Content-Disposition": f'inline; filename="{reference}-{code}.pdf"'}
    return Response(drawn, mimetype="application/pdf", headers=headers)


@access(anyone)
@exports(PUBLIC)
def snapshot(cycle: str, number: int) -> Response:
    """The figures as they were frozen, written as their digest is of."""
    frozen = queries.get_snapshot(cycle, number)
    name = f"{cycle}-figures-{number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(journal.canonical(frozen.figures), mimetype="application/json", headers=headers)
