"""The answers of a consultation on their way: changed, read by another, published, reworded."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.comment_answers import forms, pages
from cocreation.comment_answers.models import AnswerStage, CommentAnswer
from cocreation.comment_answers.policy import can_read_second, readers
from cocreation.comment_answers.queries import answers as queries, consultations
from cocreation.comment_answers.services import answers as services, publication, review, words
from cocreation.consultations.models import Consultation
from cocreation.core import clock
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render
from cocreation.web.whereabouts import one_of


@access(readers)
def index() -> ResponseReturnValue:
    """The consultations whose comments are answered, the latest first."""
    return render(
        "comment_answers/index.html",
        rows=consultations.all_consultations(),
        may_write=current_person().runs_everything,
        today=clock.today(),
    )


@access(readers)
def answer_list(reference: str) -> ResponseReturnValue:
    """All answers, by how far they are; second readers approve those they tick."""
    consultation = consultations.consultation(reference)
    return _list(consultation, forms.ChosenAnswersForm())


@access(secretariat)
def send(reference: str) -> ResponseReturnValue:
    """Every answer that is ready goes to a second reader, or those that are ticked."""
    consultation, form = consultations.consultation(reference), forms.ChosenAnswersForm()
    ids = queries.ids_at(consultation.id, review.UNSENT, form.ids)
    question = _n(
        "Send %(count)s answer to a second reader?", "Send %(count)s answers to a second reader?", len(ids)
    )
    asked = confirmation.first(
        len(ids), question, _("Yes, send"), url_for(".answer_list", reference=reference)
    )
    if asked:
        return asked
    if form.submitted() and (sent := form.attempt(review.send_answers, ids, **act())):
        flash(
            _n(
                "%(count)s answer was sent to a reader.",
                "%(count)s answers were sent to a reader.",
                len(sent),
            )
        )
        return redirect(url_for(".answer_list", reference=reference))
    return _list(consultation, form)


@access(readers)
def approve(reference: str) -> ResponseReturnValue:
    """The ticked answers were read and can be published."""
    consultation, form = consultations.consultation(reference), forms.ChosenAnswersForm()
    ids = queries.ids_at(consultation.id, (AnswerStage.SENT,), form.ids) if form.ids else []
    question = _n("Approve %(count)s answer?", "Approve %(count)s answers?", len(ids))
    back = url_for(".answer_list", reference=reference, stage=AnswerStage.SENT.value)
    if asked := confirmation.first(len(ids), question, _("Yes, approve"), back):
        return asked
    if form.submitted() and form.carries_out(review.approve, ids, **act()):
        flash(_n("%(count)s answer was approved.", "%(count)s answers were approved.", len(ids)))
        return redirect(back)
    return _list(consultation, form)


@access(secretariat)
def publish(reference: str) -> ResponseReturnValue:
    """All answers become public, and everyone they concern is told."""
    consultation, form = consultations.consultation(reference), forms.PublishAnswersForm()
    tally = consultations.tally(consultation.id)
    if form.submitted() and not confirmation.was_declined():
        is_over = clock.now() >= consultation.closes_at and not consultations.last_unconfirmed(
            consultation.id, clock.now()
        )
        if is_over and tally.is_ready and confirmation.is_to_ask(tally.comments):
            return _ask_to_publish(consultation, tally, supporters=form.tells_supporters.data)
        tells = form.tells_supporters.data
        if form.carries_out(publication.publish_answers, consultation.id, tells_supporters=tells, **act()):
            flash(_("The answers are published. Who wrote the comments is being told."))
            return redirect(url_for("dispositions.index", reference=reference))
    return _list(consultation, form)


def _ask_to_publish(
    consultation: Consultation, tally: consultations.AnswerTally, *, supporters: bool
) -> ResponseReturnValue:
    mails = queries.addresses(consultation.id, supporters=supporters)
    question = _n(
        "Publish the answer to %(count)s comment?",
        "Publish the answers to %(count)s comments?",
        tally.comments,
    )
    explained = " ".join(
        (
            _n("%(count)s answer becomes public.", "%(count)s answers become public.", tally.answers),
            _n("%(count)s mail will be sent.", "%(count)s mails will be sent.", mails),
        )
    )
    return confirmation.ask(question, _("Yes, publish"), tally.comments, explained=explained)


@access(readers)
def answer_sheet(reference: str, answer_id: int) -> ResponseReturnValue:
    """One answer with all it answers and changed; who runs everything writes in it until it is public."""
    consultation = consultations.consultation(reference)
    current = queries.answer(consultation.id, answer_id)
    form = forms.CommentAnswerForm(queries.institutions(), **forms.answer_values(current))
    may_write = current_person().runs_everything and form.submitted()
    if may_write and form.carries_out(services.change_answer, answer_id, form.given(), **act()):
        flash(_("The answer is saved. It is to be read by somebody else before it is published."))
        return redirect(url_for(".answer_sheet", reference=reference, answer_id=answer_id))
    return _sheet(consultation, current, form)


@access(readers)
def read(reference: str, answer_id: int) -> ResponseReturnValue:
    """What the second reader says of an answer."""
    consultation, form = consultations.consultation(reference), forms.SecondReadingForm()
    current = queries.answer(consultation.id, answer_id)
    if form.submitted():
        if form.verdict.data == "approve":
            done = form.carries_out(review.approve, [current.id], **act())
        else:
            done = form.carries_out(review.send_back, current.id, form.why.data, **act())
        if done:
            flash(_("Your verdict is saved."))
            return redirect(url_for(".answer_list", reference=reference, stage=AnswerStage.SENT.value))
    return _sheet(consultation, current, form)


@access(secretariat)
def name_words(reference: str, answer_id: int) -> ResponseReturnValue:
    """Which words of the text changed because of an answer."""
    consultation = consultations.consultation(reference)
    current = queries.answer(consultation.id, answer_id)
    form = _words(consultation, current)
    if form.submitted() and form.carries_out(words.choose_words, answer_id, form.ids, **act()):
        flash(_("The words that changed are named."))
        return redirect(url_for(".answer_sheet", reference=reference, answer_id=answer_id))
    return _sheet(consultation, current, form)


@access(secretariat)
def move(reference: str, answer_id: int) -> ResponseReturnValue:
    """A comment of this answer is answered by another one, or waits again."""
    consultation = consultations.consultation(reference)
    current = queries.answer(consultation.id, answer_id)
    form, number = forms.MoveCommentForm(queries.movable(consultation.id), current), len(current.answered)
    if form.submitted() and form.carries_out(services.move_comment, *form.ids, **act()):
        flash(_("The comment was moved."))
        return redirect(_after_move(consultation, answer_id, number, form.ids[1]))
    return _sheet(consultation, current, form)


def _after_move(consultation: Consultation, answer_id: int, comments: int, target: int | None) -> str:
    """The answer it was moved from, while it answers anything; else where it went."""
    stays = answer_id if comments > 1 else target
    if stays is None:
        return url_for(".comment_desk", reference=consultation.reference)
    return url_for(".answer_sheet", reference=consultation.reference, answer_id=stays)


@access(secretariat)
def remove(reference: str, answer_id: int) -> ResponseReturnValue:
    """Take an answer back; what that does to its comments and changes is said first."""
    consultation, form = consultations.consultation(reference), Form()
    current = queries.answer(consultation.id, answer_id)
    if form.submitted() and not confirmation.was_declined():
        if not current.published_at and confirmation.is_to_ask(len(current.answered)):
            return _ask_to_remove(current)
        if form.carries_out(services.remove_answer, answer_id, **act()):
            flash(_("The answer was taken back. Its comments wait for another one."))
            return redirect(url_for(".comment_desk", reference=reference))
    return _sheet(consultation, current, form)


def _ask_to_remove(current: CommentAnswer) -> ResponseReturnValue:
    references = [row.comment.reference for row in current.answered]
    question = _n(
        "Take back the answer to %(count)s comment?",
        "Take back the answer to %(count)s comments?",
        len(references),
    )
    lost = len(current.changes)
    explained = _n(
        "%(count)s change of the text then has no cause any more.",
        "%(count)s changes of the text then have no cause any more.",
        lost,
    )
    return confirmation.ask(
        question,
        _("Yes, take it back"),
        len(references),
        references,
        "danger",
        explained=explained if lost else "",
    )


@access(secretariat)
def reword(reference: str, answer_id: int) -> ResponseReturnValue:
    """Other words for a published answer, with a reason that everyone reads."""
    consultation = consultations.consultation(reference)
    current = queries.answer(consultation.id, answer_id, public=True)
    form = forms.RevisionOfAnswerForm(queries.institutions(), **forms.answer_values(current))
    if form.submitted():
        if form.carries_out(publication.revise, answer_id, form.given(), form.why.data, **act()):
            flash(_("The answer is reworded. What it said before stays on its page, with your reason."))
            return redirect(url_for("comment_answers.answer", reference=reference, answer_id=answer_id))
        current = queries.answer(consultation.id, answer_id, public=True)
    return render(
        "comment_answers/reword.html",
        form=form,
        consultation=consultation,
        number=queries.answered_by(answer_id)[1],
    )


def _words(consultation: Consultation, current: CommentAnswer) -> forms.ChangedWordsForm:
    texts = {row.comment.text_id for row in current.answered}
    return forms.ChangedWordsForm(
        queries.changes(consultation, texts), [row.change_id for row in current.changes]
    )


def _list(consultation: Consultation, form: Form) -> ResponseReturnValue:
    stage = one_of(AnswerStage, "stage")
    lacking = bool(request.args.get("lacking"))
    return render(
        "comment_answers/answers.html",
        form=form,
        consultation=consultation,
        tally=consultations.tally(consultation.id),
        page=queries.answers(consultation.id, stage, lacking=lacking, cursor=request.args.get("cursor")),
        stages=AnswerStage,
        stage=stage,
        lacking=lacking,
        publishing=form if isinstance(form, forms.PublishAnswersForm) else forms.PublishAnswersForm(),
        may_write=current_person().runs_everything,
        ticked=True if request.args.get("tick") else (),
        is_over=clock.now() >= consultation.closes_at,
        today=clock.today(),
        my_id=current_person().id,
    )


def _sheet(consultation: Consultation, current: CommentAnswer, sent: Form) -> ResponseReturnValue:
    """The page of an answer with all its forms; `sent` is the one that was sent."""
    if sent.refusal:
        current = queries.answer(consultation.id, current.id)  # as whoever was first left it
    writing = sent if isinstance(sent, forms.CommentAnswerForm) else None
    reading = sent if isinstance(sent, forms.SecondReadingForm) else None
    wording = sent if isinstance(sent, forms.ChangedWordsForm) else None
    moving = sent if isinstance(sent, forms.MoveCommentForm) else None
    person, texts = current_person(), {row.comment.text_id for row in current.answered}
    sheet = pages.AnswerSheet(
        consultation=consultation,
        answer=current,
        changes=queries.changes(consultation, texts),
        named={row.change_id for row in current.changes},
        names=queries.names([current.drafted_by, current.approved_by, current.returned_by]),
        may_read=can_read_second(person, current),
        may_edit=person.runs_everything and consultation.answered_at is None,
        authors=pages.authors([row.comment for row in current.answered]),
    )
    return render(
        "comment_answers/sheet.html",
        form=sent,
        page=sheet,
        writing=writing or forms.CommentAnswerForm(queries.institutions(), **forms.answer_values(current)),
        reading=reading or forms.SecondReadingForm(),
        wording=wording or _words(consultation, current),
        moving=moving or forms.MoveCommentForm(queries.movable(consultation.id), current),
        section_name=forms.section_name,
        may_write=person.runs_everything,
    )
