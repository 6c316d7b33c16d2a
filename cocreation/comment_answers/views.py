"""A published answer, for everyone."""

from __future__ import annotations

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
    documents = {row.comment.text.document_id: row.comment.text for row in current.answered}
    return render(
        "comment_answers/answer.html",
        consultation=consultation,
        current=current,
        documents=documents,
        authors=pages.authors([row.comment for row in current.answered]),
        section_name=forms.section_name,
    )
