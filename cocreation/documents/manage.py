"""The secretariat's pages of documents that are no commitment."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core.errors import NotFound
from cocreation.cycles.queries import all_cycles
from cocreation.documents import papers, queries
from cocreation.documents.comparison import heading as heading_of
from cocreation.documents.forms import (
    NewPaperForm,
    NewSectionForm,
    OrderForm,
    PaperPublicationForm,
    PaperTitleForm,
    WrittenSectionForm,
    order_form,
)
from cocreation.documents.models import Document, DocumentKind
from cocreation.documents.sections import SectionWords
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def index() -> ResponseReturnValue:
    return render("documents/manage_index.html", documents=queries.papers(request.args.get("cursor")))


@access(secretariat)
def new() -> ResponseReturnValue:
    form = NewPaperForm(all_cycles())
    if form.submitted():
        of = DocumentKind(form.kind.data), int(form.cycle.data), form.title.data
        if document := form.attempt(papers.begin_paper, *of, [form.written()], **act()):
            flash(_("The draft is kept. It is not public yet."))
            return redirect(url_for(".show", reference=document.reference))
    return render("documents/manage_new.html", form=form)


@access(secretariat)
def show(reference: str) -> ResponseReturnValue:
    """Its sections in their order, and what can be done with it."""
    document, sections = _paper(reference)
    return _page(document, sections, order_form(_ordered(sections)))


@access(secretariat)
def retitle(reference: str) -> ResponseReturnValue:
    document, sections = _paper(reference)
    form = PaperTitleForm(next((s for s in sections if s.uid == papers.TITLE), None))
    given = document.id, form.title.data, form.message.data or None
    if form.submitted() and form.carries_out(papers.retitle, *given, **act()):
        return _saved(reference)
    return render("documents/manage_title.html", form=form, document=document)


@access(secretariat)
def new_section(reference: str) -> ResponseReturnValue:
    document, _sections = _paper(reference)
    form = NewSectionForm()
    if form.submitted():
        given = document.id, form.written(), form.message.data or None
        if form.carries_out(papers.put_section, *given, **act()):
            return _saved(reference)
    return render("documents/manage_section.html", form=form, document=document, section=None)


@access(secretariat)
def section(reference: str, uid: str) -> ResponseReturnValue:
    document, sections = _paper(reference)
    standing = next((s for s in _ordered(sections) if s.uid == uid), None)
    if standing is None:
        raise NotFound
    form = WrittenSectionForm(standing)
    given = document.id, form.written(), form.message.data or None
    if form.submitted() and form.carries_out(papers.put_section, *given, **act()):
        return _saved(reference)
    return render("documents/manage_section.html", form=form, document=document, section=standing)


@access(secretariat)
def drop_section(reference: str, uid: str) -> ResponseReturnValue:
    document, _sections = _paper(reference)
    papers.drop_section(document.id, uid, **act())
    flash(_("It is removed from the text; earlier versions keep it."))
    return redirect(url_for(".show", reference=reference))


@access(secretariat)
def arrange(reference: str) -> ResponseReturnValue:
    document, sections = _paper(reference)
    form = order_form(_ordered(sections))
    if form.submitted() and form.carries_out(papers.arrange, document.id, form.uids(), **act()):
        return _saved(reference)
    return _page(document, sections, form)


@access(secretariat)
def publish(reference: str) -> ResponseReturnValue:
    document, _sections = _paper(reference)
    form = PaperPublicationForm(document)
    said = form.message.data or None
    if form.submitted() and form.carries_out(papers.publish_paper, document.id, said, **act()):
        flash(_("Everyone reads this version now."))
        return redirect(url_for(".show", reference=reference))
    return render("documents/manage_publish.html", form=form, document=document)


def _paper(reference: str) -> tuple[Document, list[SectionWords]]:
    """Raises NotFound where there is none, or where it is written elsewhere: the sheet of a commitment, a
    report made from records.
    """
    document = queries.get_document(reference)
    if document.kind is DocumentKind.COMMITMENT or document.is_composed:
        raise NotFound
    return document, queries.text_at(document.id, document.latest)


def _ordered(sections: list[SectionWords]) -> list[SectionWords]:
    """Those that stand in an order: all but the title."""
    return [section for section in sections if section.uid != papers.TITLE]


def _page(document: Document, sections: list[SectionWords], form: OrderForm) -> ResponseReturnValue:
    """The page of a document; `form` is the order that was sent, with what it refused."""
    return render(
        "documents/manage_show.html",
        document=document,
        sections=_ordered(sections),
        form=form,
        heading=heading_of,
    )


def _saved(reference: str) -> ResponseReturnValue:
    flash(_("The text is saved as a new version. It is not public yet."))
    return redirect(url_for(".show", reference=reference))
