"""What became of every comment, for everyone: one answer, the table of dispositions, its figures."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from cocreation.comment_answers import forms, pages
from cocreation.comment_answers.datasets import DISPOSITIONS
from cocreation.comment_answers.policy import shown_author
from cocreation.comment_answers.queries import answers as queries, consultations, desk, published
from cocreation.consultations.models import Consultation
from cocreation.web.access import access, anyone
from cocreation.web.datasets import attachment
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def answer(reference: str, answer_id: int) -> ResponseReturnValue:
    """An answer, the comments it answers, and what changed because of them."""
    consultation = consultations.consultation(reference)
    current = queries.answer(consultation.id, answer_id, public=True)
    documents = {row.comment.text.document_id: row.comment.text for row in current.answered}
    return render(
        "comment_answers/answer.html",
        consultation=consultation,
        current=current,
        documents=documents,
        authors=pages.authors([row.comment for row in current.answered]),
        section_name=forms.section_name,
    )


@access(anyone)
def dispositions(reference: str) -> ResponseReturnValue:
    """The table: every comment with its answer and what changed."""
    consultation, narrowing = _answered(reference)
    asked = narrowing.asked()
    return render(
        "comment_answers/dispositions.html",
        consultation=consultation,
        narrowing=narrowing,
        page=published.dispositions(consultation.id, asked, request.args.get("cursor")),
        counts=published.outcome_counts(consultation.id, asked),
        chosen={name: request.args[name] for name in asked.chosen},
        shown_author=shown_author,
        section_name=forms.section_name,
    )


@access(anyone)
def printed(reference: str) -> ResponseReturnValue:
    """The whole table that the same filters leave, to be printed."""
    consultation, narrowing = _answered(reference)
    return render(
        "comment_answers/printed.html",
        consultation=consultation,
        rows=published.all_dispositions(consultation.id, narrowing.asked()),
        shown_author=shown_author,
        section_name=forms.section_name,
    )


@access(anyone)
@exports(PUBLIC)
def table(reference: str, kind: str) -> Response:
    """The table as a file, read a few rows at a time while they are sent."""
    consultation, narrowing = _answered(reference)
    rows = published.all_dispositions(consultation.id, narrowing.asked())
    return attachment(DISPOSITIONS, rows, kind, name=f"{DISPOSITIONS.name}-{reference}")


@access(anyone)
def figures(reference: str) -> ResponseReturnValue:
    """How many comments there are by axis, section, region and kind of participant, and what they came to."""
    consultation, _narrowing = _answered(reference)
    return render(
        "comment_answers/figures.html",
        consultation=consultation,
        page=published.figures(consultation.id),
    )


def _answered(reference: str) -> tuple[Consultation, forms.DispositionFilterForm]:
    """A consultation whose answers are public, and what narrows its table. Raises NotFound."""
    consultation = consultations.consultation(reference)
    published.must_be_answered(consultation)
    narrowing = forms.DispositionFilterForm(request.args)
    narrowing.offer(forms.offers(consultation, desk.sections(consultation)))
    return consultation, narrowing
