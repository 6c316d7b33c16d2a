"""The table of dispositions and its figures, for everyone."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.comment_answers.forms import offers, section_name
from cocreation.comment_answers.policy import shown_author
from cocreation.comment_answers.queries import consultations, desk
from cocreation.consultations.models import Consultation
from cocreation.dispositions import queries
from cocreation.dispositions.datasets import DISPOSITIONS
from cocreation.dispositions.forms import DispositionFilterForm
from cocreation.web.access import access, anyone
from cocreation.web.datasets import attachment
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def index(reference: str) -> ResponseReturnValue:
    """The table: every comment with its answer and what changed."""
    consultation, narrowing = _answered(reference)
    asked = narrowing.asked()
    chosen = {name: request.args[name] for name in asked.chosen}
    return render(
        "dispositions/dispositions.html",
        consultation=consultation,
        chips=[(narrowing.says(name), _without(consultation, chosen, name)) for name in chosen],
        page=queries.dispositions(consultation.id, asked, request.args.get("cursor")),
        counts=queries.outcome_counts(consultation.id, asked),
        chosen=chosen,
        shown_author=shown_author,
        section_name=section_name,
    )


def _without(consultation: Consultation, chosen: dict[str, str], without: str) -> str:
    """The address of the table without one of its filters."""
    others = {name: value for name, value in chosen.items() if name != without}
    return f"{url_for('.index', reference=consultation.reference)}?{urlencode(others)}"


@access(anyone)
def narrow(reference: str) -> ResponseReturnValue:
    """All that can narrow the table, apart from it, so that it stays light."""
    consultation, narrowing = _answered(reference, offer=True)
    return render("dispositions/filters.html", consultation=consultation, narrowing=narrowing)


@access(anyone)
def printed(reference: str) -> ResponseReturnValue:
    """The whole table that the same filters leave, to be printed."""
    consultation, narrowing = _answered(reference)
    return render(
        "dispositions/printed.html",
        consultation=consultation,
        rows=queries.all_dispositions(consultation.id, narrowing.asked()),
        shown_author=shown_author,
        section_name=section_name,
    )


@access(anyone)
@exports(PUBLIC)
def table(reference: str, kind: str) -> Response:
    """The table as a file, read a few rows at a time while they are sent."""
    consultation, narrowing = _answered(reference)
    rows = queries.all_dispositions(consultation.id, narrowing.asked())
    return attachment(DISPOSITIONS, rows, kind, name=f"{DISPOSITIONS.name}-{reference}")


@access(anyone)
def figures(reference: str) -> ResponseReturnValue:
    """How many comments there are by axis, section, region and kind of participant, and what they came to."""
    consultation, _narrowing = _answered(reference)
    return render(
        "dispositions/figures.html",
        consultation=consultation,
        page=queries.figures(consultation.id),
    )


def _answered(reference: str, *, offer: bool = False) -> tuple[Consultation, DispositionFilterForm]:
    """A consultation whose answers are public, and what narrows its table; what there is to choose from is
    read to `offer` it, or to name a choice. Raises NotFound.
    """
    consultation = consultations.consultation(reference)
    queries.must_be_answered(consultation)
    narrowing = DispositionFilterForm(request.args)
    is_asked = offer or request.args.get("section")
    narrowing.offer(offers(consultation, desk.sections(consultation) if is_asked else ()))
    return consultation, narrowing
