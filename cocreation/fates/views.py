"""All published fates: read, narrowed, taken along as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Response, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, i18n
from cocreation.core.database import session
from cocreation.core.i18n import gettext as _
from cocreation.core.sheets.writer import stream_csv, write_xlsx
from cocreation.cycles.queries import all_cycles
from cocreation.fates.forms import FateFilterForm
from cocreation.fates.queries import published
from cocreation.ideas.models.idea import IdeaState
from cocreation.ideas.queries.listing import all_institutions, all_regions
from cocreation.web.access import access, anyone
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import absolute_url, render, translated_text

MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@access(anyone)
def fates() -> ResponseReturnValue:
    filters = _filters()
    asked = filters.asked()
    chosen: dict[str, Any] = {name: request.args[name] for name in asked.chosen}
    return render(
        "fates/fates.html",
        filters=filters,
        page=published.fates(asked, request.args.get("cursor")),
        counts=published.fate_counts(asked),
        chips=[(filters.says(name), _list(chosen, name)) for name in chosen],
        chosen=chosen,
        others={name: value for name, value in chosen.items() if name != "fate"},
    )


def _list(chosen: dict[str, Any], without: str) -> str:
    """The address of the list without one of its filters."""
    return url_for(".fates", **{name: value for name, value in chosen.items() if name != without})


@access(anyone)
def narrow() -> ResponseReturnValue:
    """All that can narrow the fates, apart from the list, so that it stays light."""
    return render("fates/fates_filters.html", filters=_filters(offer=True))


@access(anyone)
@exports(PUBLIC)
def table(kind: str) -> Response:
    """The fates the same filters leave, one row an idea, read a few at a time while they are sent."""
    asked = _filters().asked()
    if kind == "xlsx":
        sheet = {_("Fates"): (_headers(), _cells(asked))}
        body: Any = write_xlsx(sheet, right_to_left=i18n.current().direction == "rtl")
    else:
        body = stream_with_context(_streamed(kind, asked))
    name = f"fates-{clock.today()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=f"{MEDIA[kind]}; charset=utf-8", headers=headers)


def _filters(offer: bool = False) -> FateFilterForm:
    """What narrows; what there is to choose from is read to `offer` it, or to name a choice."""
    if offer or any(request.args.get(name) for name in FateFilterForm.CHOSEN_FROM_DATA):
        return FateFilterForm(all_cycles(), all_regions(), all_institutions())
    return FateFilterForm([], [], [])


def _streamed(kind: str, asked: published.FateFilter) -> Iterator[str]:
    try:
        if kind == "csv":
            yield from stream_csv(_headers(), _cells(asked))
        else:
            yield from _json(asked)
    finally:
        session.remove()  # the request and its transaction are over by then


def _headers() -> list[str]:
    return [
        _("Reference"),
        _("Idea"),
        _("Where it came from"),
        _("Region"),
        _("Responsible body"),
        _("Fate"),
        _("Code of the reason"),
        _("Reason"),
        _("Explanation"),
        _("Commitment"),
        _("Received on"),
        _("Fate published on"),
        _("Reworded on"),
        _("Address"),
    ]


def _cells(asked: published.FateFilter) -> Iterator[list[Any]]:
    for row in published.fate_rows(asked):
        told = _told(row)
        told.pop("language"), told.pop("fate_code")
        yield list(told.values())


def _json(asked: published.FateFilter) -> Iterator[str]:
    """One object an idea, with the same keys in every language."""
    opening = "["
    for row in published.fate_rows(asked):
        yield opening + "\n" + json.dumps(_told(row), ensure_ascii=False)
        opening = ","
    yield ("[" if opening == "[" else "\n") + "]\n"


def _told(row: Any) -> dict[str, Any]:
    """What a table says of an idea. The words of a silent idea are told to nobody."""
    is_silent = row.state is IdeaState.WITHDRAWN or row.hidden_at
    return {
        "reference": row.reference,
        "language": row.language,
        "text": None if is_silent else row.proposal,
        "origin": str(row.origin.label),
        "region": translated_text(row.region) if row.region else None,
        "institution": translated_text(row.institution) if row.institution else None,
        "fate_code": row.fate.value,
        "fate": str(row.fate.label),
        "reason_code": row.reason.value,
        "reason": str(row.reason.label),
        "explanation": translated_text(row.reason_text),
        "commitment": f"{row.code}-C{row.number:02d}" if row.number else None,
        "received_on": _day(row.received_at),
        "published_on": _day(row.fate_at),
        "reworded_on": _day(row.revised_at),
        "address": absolute_url("portal.idea", reference=row.reference),
    }


def _day(moment: Any) -> str | None:
    return clock.day_of(moment).isoformat() if moment else None
