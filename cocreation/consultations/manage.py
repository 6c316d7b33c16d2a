"""Where the secretariat prepares consultations, announces them, and says what still changes of one."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.consultations import policy
from cocreation.consultations.forms import (
    CallingOffForm,
    ConsultationForm,
    ExtensionForm,
    NewConsultationForm,
)
from cocreation.consultations.models import Consultation, ConsultationStage
from cocreation.consultations.queries import consultations
from cocreation.consultations.services import announcement, preparation, tellings
from cocreation.core import clock
from cocreation.cycles.models import FEWEST_DAYS
from cocreation.cycles.queries import all_cycles
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(secretariat)
def index() -> ResponseReturnValue:
    now, asked = clock.now(), request.args.get("stage")
    stage = next((stage for stage in ConsultationStage if stage.value == asked), None)
    page, texts = consultations.at_stage(stage, now, request.args.get("cursor"))
    return render(
        "consultations/manage_index.html",
        page=page,
        texts=texts,
        counts=consultations.counts(now),
        shown=stage,
        now=now,
        days_left=policy.days_left,
    )


@access(secretariat)
def new() -> ResponseReturnValue:
    if not (cycles := all_cycles()):
        return redirect(url_for("manage_cycles.index"))  # which says that everything begins with one
    form = NewConsultationForm(cycles)
    if form.submitted():
        cycle = int(form.cycle.data)
        if consultation := form.attempt(preparation.prepare, cycle, form.details(), **act()):
            flash(_("The consultation is prepared. Choose its texts, then announce it."))
            return redirect(url_for(".show", reference=consultation.reference))
    return render("consultations/manage_edit.html", form=form, consultation=None)


@access(secretariat)
def show(reference: str) -> ResponseReturnValue:
    return _page(reference, Form())


@access(secretariat)
def edit(reference: str) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    form = ConsultationForm(obj=consultation)
    if form.submitted() and form.carries_out(preparation.change, consultation.id, form.details(), **act()):
        flash(_("The consultation is saved."))
        return redirect(url_for(".show", reference=reference))
    return render("consultations/manage_edit.html", form=form, consultation=consultation)


@access(secretariat)
def remove(reference: str) -> ResponseReturnValue:
    consultation, page = consultations.get_consultation(reference), url_for(".show", reference=reference)
    question, yes = _("Remove this consultation for good?"), _("Yes, remove it")
    if not consultation.announced_at and (asked := confirmation.certain(question, yes, page, reference)):
        return asked
    preparation.remove(consultation.id, **act())
    flash(_("The consultation is removed."))
    return redirect(url_for(".index"))


@access(secretariat)
def announce(reference: str) -> ResponseReturnValue:
    """What lacks is said; then it is asked, with what follows; then it is done."""
    consultation, form = consultations.get_consultation(reference), Form()
    if not consultation.announced_at and not announcement.lacks(consultation, clock.now()):
        audience = tellings.audience(consultation)
        number = len(consultation.texts) + audience.total()
        if confirmation.was_declined():
            return redirect(url_for(".show", reference=reference))
        if confirmation.is_to_ask(number):
            return _question(consultation, number, audience)
    if form.submitted() and form.carries_out(announcement.announce, consultation.id, **act()):
        flash(_("The consultation is announced. Those who are told of it get their mail within minutes."))
        return redirect(url_for(".show", reference=reference))
    return _page(reference, form)


@access(secretariat)
def extend(reference: str) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    form = ExtensionForm(consultation)
    if form.submitted():
        wished = form.closes_at.data, form.answers_by.data, form.why.data
        if form.attempt(announcement.extend, consultation.id, *wished, **act()):
            flash(_("The consultation is open for longer, and those who follow it are told."))
            return redirect(url_for(".show", reference=reference))
    return render("consultations/manage_extend.html", form=form, consultation=consultation)


@access(secretariat)
def call_off(reference: str) -> ResponseReturnValue:
    consultation = consultations.get_consultation(reference)
    form = CallingOffForm()
    if form.submitted() and form.carries_out(announcement.call_off, consultation.id, form.why.data, **act()):
        flash(_("The consultation is called off, and those who were told of it are told."))
        return redirect(url_for(".show", reference=reference))
    return render("consultations/manage_call_off.html", form=form, consultation=consultation)


def _question(consultation: Consultation, number: int, audience: dict[str, int]) -> ResponseReturnValue:
    texts = len(consultation.texts)
    told = [
        _n("%(count)s mail to institutions", "%(count)s mails to institutions", audience["institution"]),
        _n("%(count)s mail to associations", "%(count)s mails to associations", audience["association"]),
        _n("%(count)s mail to followers", "%(count)s mails to followers", audience["follower"]),
    ]
    explained = _(
        "Sent at once: %(mails)s. From then on the words, the texts in their versions and the window stay as "
        "announced: it can be open for longer, or be called off before it opens, and nothing else.",
        mails=_("; ").join(told),
    )
    question = _n(
        "Announce this consultation on %(count)s text?",
        "Announce this consultation on %(count)s texts?",
        texts,
    )
    references = [text.document.reference for text in consultation.texts]
    return confirmation.ask(question, _("Yes, announce it"), number, references, explained=explained)


def _page(reference: str, form: Form) -> ResponseReturnValue:
    """The page of a consultation; `form` is the one that was sent, with what it refused."""
    now, consultation = clock.now(), consultations.get_consultation(reference)
    is_prepared = consultation.announced_at is None
    return render(
        "consultations/manage_show.html",
        form=form,
        consultation=consultation,
        stage=consultation.stage(now),
        texts=consultations.shown_texts(consultation),
        lacks=announcement.lacks(consultation, now) if is_prepared else [],
        tellings=consultations.tellings(consultation),
        days_before=policy.days_before(consultation.opens_at, now),
        days_open=policy.days_open(consultation.opens_at, consultation.closes_at),
        fewest=FEWEST_DAYS,
    )
