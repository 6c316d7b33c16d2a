"""The desk of a consultation: its comments, answered one by one or together."""

from __future__ import annotations

from collections.abc import Collection

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.comment_answers import forms, pages
from cocreation.comment_answers.policy import shown_author
from cocreation.comment_answers.queries import answers as answer_queries, consultations, desk
from cocreation.comment_answers.services import answers as services
from cocreation.comments.models import Comment
from cocreation.consultations.models import Consultation
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render
from cocreation.web.whereabouts import kept

# Where in the list of comments somebody is.
NARROWS = (
    *("q", "text", "section", "stance", "kind", "region", "campaign", "answered", "outcome", "order"),
    "template",
)


@access(secretariat)
def comment_desk(reference: str) -> ResponseReturnValue:
    """The comments of a consultation; those that are ticked are answered together."""
    consultation = consultations.consultation(reference)
    narrowing, form = _narrowing(consultation), _form()
    asked = narrowing.asked()
    if form.submitted() and not confirmation.was_declined():
        every = form.every.data
        ids = desk.ids_to_answer(consultation.id, asked) if every else form.ids
        references = desk.references(ids, consultation.id)
        if confirmation.is_to_ask(len(references)):
            return _ask(references)
        if form.carries_out(services.answer_comments, consultation.id, ids, form.given(), **act()):
            flash(_n("%(count)s comment was answered.", "%(count)s comments were answered.", len(references)))
            return redirect(url_for(".comment_desk", reference=reference, **kept(*NARROWS)))
    page = desk.comments(consultation.id, asked, request.args.get("cursor"))
    return render(
        "comment_answers/desk.html",
        form=form,
        consultation=consultation,
        narrowing=narrowing,
        narrowed=asked,
        page=page,
        found=desk.count(consultation.id, asked) if asked.chosen else None,
        answers=desk.answers_of(page.items),
        authors=pages.authors(page.items),
        sizes=desk.campaign_sizes(consultation.id),
        tally=consultations.tally(consultation.id),
        templates=answer_queries.templates(),
        kept=kept(*NARROWS),
        ticked=form.chosen.data or (True if request.args.get("tick") else ()),
        section_name=forms.section_name,
        today=clock.today(),
    )


@access(secretariat)
def comment_case(reference: str, number: int) -> ResponseReturnValue:
    """One comment, and its answer; then the next one without an answer."""
    consultation = consultations.consultation(reference)
    comment = desk.comment(consultation.id, number)
    form = _form()
    if form.submitted() and not confirmation.was_declined():
        ids = [comment.id, *form.ids]
        references = desk.references(ids, consultation.id)
        if len(references) > 1 and confirmation.is_to_ask(len(references)):
            return _ask(references)
        if form.carries_out(services.answer_comments, consultation.id, ids, form.given(), **act()):
            flash(_("The answer is saved. It is to be read by somebody else before it is published."))
            return redirect(_next(consultation, comment))
    return render(
        "comment_answers/case.html",
        form=form,
        page=_case(consultation, comment),
        templates=answer_queries.templates(),
        ticked=form.ids,
        shown_author=shown_author,
        section_name=forms.section_name,
    )


def _case(consultation: Consultation, comment: Comment) -> pages.CommentCase:
    narrowed = _narrowing(consultation).asked()
    sizes = desk.campaign_sizes(consultation.id) if comment.campaign_id else {}
    given = desk.answers_of([comment]).get(comment.id)
    return pages.CommentCase(
        consultation=consultation,
        comment=comment,
        author=shown_author(comment),
        answer=given,
        section=pages.quoted_section(comment),
        replies=desk.replies(comment.id) if comment.replies else (),
        like=() if given else desk.like(comment),
        campaign=sizes.get(comment.campaign_id or 0, 0),
        next=desk.next_to_answer(consultation.id, comment, narrowed),
        tally=consultations.tally(consultation.id),
        narrowing=kept(*NARROWS),
    )


def _next(consultation: Consultation, comment: Comment) -> str:
    """The page of the next comment without an answer, else the desk."""
    waiting = desk.next_to_answer(consultation.id, comment, _narrowing(consultation).asked())
    where = {name: value for name, value in kept(*NARROWS).items() if name != "template"}
    if waiting is None:
        return url_for(".comment_desk", reference=consultation.reference)
    return url_for(".comment_case", reference=consultation.reference, number=waiting.number, **where)


def _ask(references: Collection[str]) -> ResponseReturnValue:
    question = _n("Answer %(count)s comment so?", "Give %(count)s comments this one answer?", len(references))
    return confirmation.ask(question, _("Yes, answer"), len(references), list(references))


def _form() -> forms.CommentAnswerForm:
    """An empty answer, begun with the template that the address names."""
    template = None
    if request.args.get("template"):
        template = forms.chosen_template(answer_queries.templates())
    return forms.CommentAnswerForm(answer_queries.institutions(), **forms.template_values(template))


def _narrowing(consultation: Consultation) -> forms.CommentFilterForm:
    narrowing = forms.CommentFilterForm(request.args)
    narrowing.offer(
        forms.offers(
            consultation,
            desk.sections(consultation),
            desk.regions(),
            desk.campaign_sizes(consultation.id),
        )
    )
    return narrowing
