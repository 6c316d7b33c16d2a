"""Sending an idea and confirming it."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock, secrets
from cocreation.cycles.models import Cycle, Phase
from cocreation.cycles.queries import current_cycle
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries import idea as ideas_idea, public_ideas, similar as ideas_similar
from cocreation.languages.i18n import gettext as _
from cocreation.submission.forms.idea import FILES, IdeaForm
from cocreation.submission.queries import submission
from cocreation.submission.refusals import IdeaConfirmed, NothingToConfirm
from cocreation.submission.services import drafts, ideas
from cocreation.submission.views.attachments import MOST_MEGABYTES, brings_files, take_files
from cocreation.text import mistyped
from cocreation.text.markup import isolate_text
from cocreation.web import proof, sendings
from cocreation.web.access import access, anyone, by_secret
from cocreation.web.forms import Form
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files

# A browser that worked for it may send more; without JavaScript nothing can be proven, only rationed.
PROVEN, UNPROVEN = "60 per hour", "5 per hour"


def _act() -> str:
    """What the form's buttons ask for: "keep" it as a draft, "look" for similar ideas, "" to send it."""
    return request.form.get("act", "")


def _done(response: Response) -> bool:
    return response.status_code < 400


@access(anyone)
@takes_files(FILES, megabytes=MOST_MEGABYTES)
@limit("30 per minute")
@proof.rationed(PROVEN, UNPROVEN, only_when=lambda: _act() == "")
@limit("30 per hour", only_when=lambda: _act() == "keep", deduct_when=_done)
@limit("60 per hour", only_when=brings_files)
def new() -> ResponseReturnValue:
    return write(IdeaForm())


def write(form: IdeaForm) -> ResponseReturnValue:
    """The page of the form, and what its buttons do; while intake is closed, what was typed to be copied."""
    cycle = current_cycle(clock.today())
    if cycle is None or not cycle.is_open(Phase.INTAKE, clock.today()):
        return render(
            "submission/closed.html", 200 if request.method == "GET" else 409, **_closed(cycle, form)
        )
    form.offer(cycle, public_ideas.all_regions())
    if request.method == "POST":
        return {"keep": _keep, "look": _look}.get(_act(), _send)(cycle, form)
    return _page(cycle, form)


def _send(cycle: Cycle, form: IdeaForm) -> ResponseReturnValue:
    is_whole = form.submitted()
    if take_files(cycle, form) and is_whole:
        words, sender, once = form.words(), form.sender(), form.sending()
        if idea := form.attempt(ideas.submit, cycle.id, words, sender, once=once, now=clock.now()):
            sendings.remember("idea", idea.id)
            return redirect(url_for("submission.sent"))
    return _page(cycle, form)


def _keep(cycle: Cycle, form: IdeaForm) -> ResponseReturnValue:
    can_be_kept = form.can_be_kept()
    if take_files(cycle, form) and can_be_kept:
        draft = drafts.keep(cycle.id, form.once.data, form.content(), now=clock.now())
        return redirect(url_for("submission.draft_link", receipt=draft.receipt))
    return _page(cycle, form)


def _look(cycle: Cycle, form: IdeaForm) -> ResponseReturnValue:
    form.can_be_kept()
    take_files(cycle, form)
    return _page(cycle, form, similar=ideas_similar.similar_to(form.proposal.data or ""))


def _page(cycle: Cycle, form: IdeaForm, similar: list[Idea] | None = None) -> ResponseReturnValue:
    """The form; what the browser kept of an idea sent from it goes once that is confirmed."""
    idea = _sent_here() if request.method == "GET" else None
    if confirmed := idea is not None and idea.is_public:
        sendings.forget("idea")
    return render(
        "submission/new.html",
        form=form,
        cycle=cycle,
        similar=similar,
        waiting=form.waiting_files(),
        confirmed=confirmed,
    )


def _closed(cycle: Cycle | None, form: IdeaForm) -> dict[str, object]:
    """When ideas are collected, and what somebody typed who sends one too late."""
    period = cycle.period(Phase.INTAKE) if cycle else None
    texts = (form.proposal, form.problem, form.expected_result)
    return {
        "period": period,
        "ended": period is not None and period.is_past(clock.today()),
        "typed": [(field.label.text, field.data) for field in texts if field.data],
    }


@access(anyone)
@limit("20 per hour")
def sent() -> ResponseReturnValue:
    """What this browser sent waits for its mail: the address is shown, corrected, written to again."""
    idea = _sent_here()
    if idea is None or idea.is_public or idea.author is None:
        if request.method == "POST":
            raise IdeaConfirmed if idea and idea.is_public else NothingToConfirm
        return render("submission/sent.html", idea=idea, address=None, within=ideas.CONFIRM_WITHIN.days)
    sendings.keep_private()
    address = idea.author.email or ""
    form = sendings.AddressForm(data={"email": address})
    if form.submitted() and form.carries_out(ideas.ask_again, idea.id, form.email.data, now=clock.now()):
        flash(_("We have written to %(address)s.", address=isolate_text(form.email.data)))
        return redirect(request.path)
    within, meant = ideas.CONFIRM_WITHIN.days, mistyped.meant(address)
    return render("submission/sent.html", form=form, idea=idea, address=address, meant=meant, within=within)


def _sent_here() -> Idea | None:
    """The idea that this browser sent last, within the hour."""
    sending = sendings.latest("idea")
    return submission.sent_idea(int(str(sending[0]))) if sending else None


@access(by_secret)
@limit_reading("60 per minute")
def confirm(receipt: str) -> ResponseReturnValue:
    idea, form = ideas_idea.by_receipt(secrets.read_receipt(receipt)), Form()
    if form.submitted():
        form.attempt(ideas.confirm, idea.receipt, now=clock.now())
    if idea.is_public:
        return redirect(url_for("ideas.receipt", receipt=idea.receipt))
    until = ideas.expires_at(idea)
    return render("submission/confirm.html", form=form, idea=idea, until=until, expired=until <= clock.now())
