"""The public pages: what was changed since a consultation and why, and the adopted plan."""

from __future__ import annotations

import re

from flask import Response, request
from flask.typing import ResponseReturnValue

from cocreation.adoption import annotated, policy, queries
from cocreation.adoption.paper import by_axis
from cocreation.core.errors import NotFound
from cocreation.documents import comparison
from cocreation.documents.models import SectionKind
from cocreation.documents.policy import reads_drafts
from cocreation.documents.queries import changes_since_consulted
from cocreation.languages import i18n
from cocreation.web.access import access, anyone, current_person
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.rendering import render


@access(anyone)
def why(reference: str) -> ResponseReturnValue:
    """What was changed since the consultation, each word with the reason; of one comment, what it changed."""
    document, person = queries.get_consulted(reference), current_person()
    if (number := policy.last_readable(person, document)) is None:
        raise NotFound
    changes = changes_since_consulted(document)
    texts = queries.followed_since(document, number, changes)
    answers = queries.answers_to([change.id for change in changes], drafts=reads_drafts(person))
    languages = annotated.languages_of(texts)
    spoken = _language(languages)
    return render(
        "adoption/why.html",
        document=document,
        number=number,
        text=annotated.annotated(texts, changes, answers, spoken.code),
        comment=_asked_comment(),
        read_in=languages,
        of=spoken,
        heading=comparison.heading,
    )


def _asked_comment() -> str:
    """The reference of the comment whose changes are marked; empty for none, and for what is no reference."""
    asked = request.args.get("comment", "")
    return asked if re.fullmatch(r"[\w-]{1,40}-PC\d{1,4}-\d{1,9}", asked, re.ASCII) else ""


@access(anyone)
def adopted(cycle: str, number: int | None = None) -> ResponseReturnValue:
    """A plan as it was adopted, or as an amendment left it."""
    adoptions = queries.adoptions(cycle)
    adoption = next((a for a in reversed(adoptions) if number in (None, a.number)), None)
    if adoption is None:
        raise NotFound
    versions = {text.document_id: text.version for text in adoption.texts}
    texts = queries.adopted_texts(adoption.cycle, versions, (SectionKind.TITLE,))
    return render(
        "adoption/adopted.html",
        cycle=adoption.cycle,
        adoption=adoption,
        adoptions=adoptions,
        axes=by_axis(texts),
        entries=queries.entries_of(adoption.cycle),
        spoken=i18n.LANGUAGES,
    )


@access(anyone)
@exports(PUBLIC)
def adopted_paper(cycle: str, number: int, code: str) -> Response:
    """The plan on paper, as it was drawn when it was adopted."""
    paper = queries.paper_of(cycle, number, code)
    name = f"{cycle}-{number}-{code}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(paper, mimetype="application/pdf", headers=headers)


def _language(languages: list[i18n.Language]) -> i18n.Language:
    """The one that was asked for, else the page's, else the first in which there is something to read."""
    wished = request.args.get("words", ""), i18n.current().code
    by_code = {language.code: language for language in languages}
    return next((by_code[code] for code in wished if code in by_code), next(iter(languages), i18n.DEFAULT))
