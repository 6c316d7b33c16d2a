"""The attendance sheet and the badges, to print."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from cocreation.attendance import printing, queries
from cocreation.attendance.manage.arrivals import chosen_workshop
from cocreation.core import pdf
from cocreation.meetings import policy
from cocreation.meetings.backstage import load
from cocreation.meetings.models.meeting import Meeting
from cocreation.web.access import access
from cocreation.web.downloads import STAFF, exports


@access(policy.runners)
@exports(STAFF)
def attendance_sheet(reference: str) -> Response:
    meeting = load(reference)
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    data = printing.sheet(meeting, queries.expected(meeting, chosen), chosen)
    return _pdf(meeting, "attendance", printing.SHEET, data)


@access(policy.runners)
@exports(STAFF)
def badges(reference: str) -> Response:
    meeting = load(reference)
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    data = printing.badges(meeting, queries.expected(meeting, chosen))
    return _pdf(meeting, "badges", printing.BADGES, data)


def _pdf(meeting: Meeting, what: str, template: str, data: dict[str, Any]) -> Response:
    name = f"{meeting.reference}-{what}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf.compiled(template, data), mimetype="application/pdf", headers=headers)
