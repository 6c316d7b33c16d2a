"""A document taken in from a file: read, shown as it was understood, corrected, written at once."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core.errors import NotFound
from cocreation.cycles.queries import all_cycles
from cocreation.documents import papers, queries
from cocreation.documents.import_forms import (
    SPLITS,
    OutlineFileForm,
    TakenInForm,
    new_paper_form,
    understood_form,
)
from cocreation.documents.models import Document, DocumentKind
from cocreation.files.outline import Outline, read_outline
from cocreation.languages.i18n import DEFAULT, gettext as _
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render
from cocreation.web.uploads import Files, one_by_one, takes_files

FILE: Files[Outline] = Files("file", one_by_one(read_outline))
MEGABYTES = 11


@access(secretariat)
@takes_files(FILE, megabytes=MEGABYTES)
def bring_new() -> ResponseReturnValue:
    """A file that becomes a document: how it was understood. Nothing is written."""
    form = OutlineFileForm()
    if form.submitted() and (outline := form.attempt(FILE.the_one)):
        return _shown(new_paper_form(outline.parts, form.language.data, all_cycles()), None)
    return render("documents/import_file.html", form=form, document=None)


@access(secretariat)
def write_new() -> ResponseReturnValue:
    form = new_paper_form([], DEFAULT.code, all_cycles())
    if form.submitted() and (sections := form.attempt(form.sections)):
        of = DocumentKind(form.kind.data), int(form.cycle.data), form.title.data
        begun = form.attempt(papers.begin_paper, *of, sections, message=form.message.data or None, **act())
        if begun:
            flash(_("The draft is kept. It is not public yet."))
            return redirect(url_for(".show", reference=begun.reference))
    return _shown(form, None)


@access(secretariat)
@takes_files(FILE, megabytes=MEGABYTES)
def bring(reference: str) -> ResponseReturnValue:
    """A file that becomes the next version of a document: how it was understood. Nothing is written."""
    document, form = _paper(reference), OutlineFileForm()
    if form.submitted() and (outline := form.attempt(FILE.the_one)):
        standing = queries.text_at(document.id, document.latest)
        shown = understood_form(outline.parts, form.language.data, standing, document.latest)
        return _shown(shown, document)
    return render("documents/import_file.html", form=form, document=document)


@access(secretariat)
def write(reference: str) -> ResponseReturnValue:
    document = _paper(reference)
    standing = queries.text_at(document.id, document.latest)
    form = understood_form([], DEFAULT.code, standing, document.latest)
    if form.submitted() and (sections := form.attempt(form.sections)):
        given = document.id, sections, form.gone(), form.message.data or None
        if form.carries_out(papers.take_in, *given, seen=form.version_seen, **act()):
            flash(_("The text is saved as a new version. It is not public yet."))
            return redirect(url_for(".show", reference=reference))
        form.seen.data = str(document.latest)
    return _shown(form, document)


def _paper(reference: str) -> Document:
    """Raises NotFound where there is none, or where it is a commitment’s."""
    document = queries.get_document(reference)
    if document.kind is DocumentKind.COMMITMENT or document.is_composed:
        raise NotFound
    return document


def _shown(form: TakenInForm, document: Document | None) -> ResponseReturnValue:
    return render("documents/import_understood.html", form=form, document=document, splits=SPLITS.strip())
