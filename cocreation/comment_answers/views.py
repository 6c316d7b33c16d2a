"""A published answer, for everyone."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from cocreation.comment_answers import forms, pages
from cocreation.comment_answers.queries import answers as queries, consultations
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def answer(reference: str, answer_id: int) -> ResponseReturnValue:
    """An answer, the comments it answers, and what changed because of them."""
    consultation = consultations.consultation(reference)
    current = queries.answer(consultation.id, answer_id, public=True)
    page, number = queries.answered_by(answer_id, request.args.get("cursor"))
    return render(
        "comment_answers/answer.html",
        consultation=consultation,
        current=current,
        documents={text.document_id: text.document for text in consultation.texts},
        page=page,
        number=number,
        authors=pages.authors(page.items),
        section_name=forms.section_name,
    )
