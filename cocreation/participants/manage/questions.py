"""What the organisers prepare for the registration: their own questions, and the places they keep."""

from __future__ import annotations

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings import policy
from cocreation.meetings.backstage import load, to
from cocreation.participants.forms import QuestionForm, QuotaForm
from cocreation.participants.services import questions as registration_questions
from cocreation.participants.services.questions import answers_to, get_question, list_questions
from cocreation.places.services import quotas
from cocreation.places.services.quotas import get_quota
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.runners)
def questions(reference: str) -> ResponseReturnValue:
    meeting = load(reference)
    asked = list_questions(meeting.id)
    counts = answers_to(asked)
    return render("participants/manage_questions.html", meeting=meeting, questions=asked, counts=counts)


@access(policy.runners)
def add_question(reference: str) -> ResponseReturnValue:
    meeting, form = load(reference), QuestionForm()
    if form.submitted() and form.carries_out(
        registration_questions.add_question, meeting.id, form.asked(), **act()
    ):
        flash(_("The question is added."))
        return to(meeting, page="manage_participants.questions")
    return render("participants/manage_question.html", form=form, meeting=meeting, question=None)


@access(policy.runners)
def edit_question(reference: str, question_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    question = get_question(meeting.id, question_id)
    form = QuestionForm(question)
    if form.submitted() and form.carries_out(
        registration_questions.change_question, meeting.id, question_id, form.asked(), **act()
    ):
        flash(_("The question is saved."))
        return to(meeting, page="manage_participants.questions")
    return render("participants/manage_question.html", form=form, meeting=meeting, question=question)


@access(policy.runners)
def move_question_up(reference: str, question_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    registration_questions.move_question_up(meeting.id, question_id, **act())
    return to(meeting, page="manage_participants.questions")


@access(policy.runners)
def remove_question(reference: str, question_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    question = _("Remove this question and its answers?")
    page = url_for("manage_participants.questions", reference=reference)
    if asked := confirmation.certain(question, _("Yes, remove it"), page):
        return asked
    registration_questions.remove_question(meeting.id, question_id, **act())
    flash(_("The question is taken out."))
    return to(meeting, page="manage_participants.questions")


@access(policy.runners)
def kept_places(reference: str) -> ResponseReturnValue:
    """The places kept for some, and the form to keep more."""
    meeting, form = load(reference), QuotaForm()
    if form.submitted() and form.carries_out(quotas.keep_places, meeting.id, form.kept(), **act()):
        flash(_("These places are kept; the meeting's page says so and why."))
        return to(meeting, page="manage_participants.kept_places")
    today = clock.day_of(clock.now())
    return render(
        "participants/manage_kept.html", form=form, meeting=load(reference), quota=None, today=today
    )


@access(policy.runners)
def edit_kept(reference: str, quota_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    quota = get_quota(meeting.id, quota_id)
    form = QuotaForm(quota)
    if form.submitted() and form.carries_out(quotas.change_kept, meeting.id, quota_id, form.kept(), **act()):
        flash(_("These places are kept; the meeting's page says so and why."))
        return to(meeting, page="manage_participants.kept_places")
    return render("participants/manage_kept.html", form=form, meeting=meeting, quota=quota)


@access(policy.runners)
def release_kept(reference: str, quota_id: int) -> ResponseReturnValue:
    meeting = load(reference)
    many, page = get_quota(meeting.id, quota_id).places, url_for(".kept_places", reference=reference)
    question = _n("Keep %(count)s place no more?", "Keep %(count)s places no more?", many)
    if asked := confirmation.first(many, question, _("Yes, open to everyone"), page):
        return asked
    quotas.release(meeting.id, quota_id, **act())
    flash(_("These places are open to everyone now."))
    return to(meeting, page="manage_participants.kept_places")
