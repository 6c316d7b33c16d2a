"""The public pages of a document: its history, one version, two versions compared."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from cocreation.core.errors import NotFound
from cocreation.documents import comparison, policy, queries
from cocreation.documents.models import Document, DocumentKind, DocumentVersion
from cocreation.languages import i18n
from cocreation.ledger.queries import versions_of
from cocreation.web.access import access, anyone, current_person
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    """The documents that are public, of one kind or of all; commitments stand in the plan."""
    kinds = {kind.value: kind for kind in DocumentKind if kind is not DocumentKind.COMMITMENT}
    kind = kinds.get(request.args.get("kind", ""))
    documents = queries.published_papers(kind, request.args.get("cursor"))
    return render("documents/index.html", documents=documents, kinds=kinds.values(), kind=kind)


@access(anyone)
def history(reference: str) -> ResponseReturnValue:
    """Every version this reader may read, the newest first."""
    document, versions = _readable(reference)
    return render(
        "documents/history.html",
        document=document,
        versions=versions,
        entries=versions_of(reference),
        reads_drafts=policy.reads_drafts(current_person()),
    )


@access(anyone)
def version(reference: str, number: int) -> ResponseReturnValue:
    """What the whole document said in one version."""
    document, versions = _readable(reference)
    shown = _numbered(versions, number)
    sections = queries.text_at(document.id, number)
    return render(
        "documents/version.html",
        document=document,
        version=shown,
        sections=sections,
        facts=comparison.FACTS,
        said_facts=comparison.said_facts,
        heading=comparison.heading,
    )


@access(anyone)
def compare(reference: str) -> ResponseReturnValue:
    """Two versions, word by word, in one of their languages: as one text, or side by side."""
    document, versions = _readable(reference)
    newer = _numbered(versions, request.args.get("to", type=int) or versions[0].number)
    earlier = [version.number for version in versions if version.number < newer.number]
    older = _numbered(versions, request.args.get("from", type=int) or (earlier or [newer.number])[0])
    before, after = (queries.text_at(document.id, version.number) for version in (older, newer))
    languages = comparison.languages_of(before, after)
    language = _language(languages)
    return render(
        "documents/compare.html",
        document=document,
        versions=versions,
        older=older,
        newer=newer,
        sections=comparison.compare(before, after, language.code),
        read_in=languages,
        of=language,
        is_split=request.args.get("view") == "sides",
        heading=comparison.heading,
    )


def _readable(reference: str) -> tuple[Document, list[DocumentVersion]]:
    """The document and the versions its reader may read. Raises NotFound where there is none."""
    document, person = queries.get_document(reference), current_person()
    if not policy.can_read(person, document):
        raise NotFound
    return document, queries.history(document, drafts=policy.reads_drafts(person))


def _numbered(versions: list[DocumentVersion], number: int) -> DocumentVersion:
    for version in versions:
        if version.number == number:
            return version
    raise NotFound


def _language(languages: list[i18n.Language]) -> i18n.Language:
    """The one that was asked for, else the page's, else the first in which there is something to read."""
    wished = request.args.get("words", ""), i18n.current().code
    by_code = {language.code: language for language in languages}
    return next((by_code[code] for code in wished if code in by_code), next(iter(languages), i18n.DEFAULT))
