"""The page of the notes on an idea and of its history."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import gettext as _
from cocreation.notes import history, policy, queries, services
from cocreation.notes.forms import NoteForm
from cocreation.notes.policy import NoteReader
from cocreation.web.access import access, current_person
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(policy.readers)
def show(reference: str) -> ResponseReturnValue:
    """What colleagues wrote on an idea, with a form for more, and what was done with it."""
    idea, who = _at(reference)
    form = NoteForm(queries.addressees(idea.id, who))
    given = who, form.whom.data, form.body.data
    if form.submitted() and form.carries_out(services.write, idea.id, *given, now=clock.now()):
        flash(_("Your note is saved."))
        return redirect(url_for(".show", reference=reference, _anchor="notes"))
    return _page(idea, who, form)


@access(policy.readers)
def take_back(reference: str, note_id: int) -> ResponseReturnValue:
    idea, who = _at(reference)
    form = Form()
    if form.submitted() and form.carries_out(services.take_back, idea.id, note_id, who, now=clock.now()):
        flash(_("The note is taken back."))
        return redirect(url_for(".show", reference=reference, _anchor="notes"))
    return _page(idea, who, form)


@access(policy.readers)
def settle(reference: str, note_id: int) -> ResponseReturnValue:
    idea, who = _at(reference)
    services.settle(idea.id, note_id, who, now=clock.now())
    flash(_("The note is settled."))
    return redirect(url_for(".show", reference=reference, _anchor="notes"))


def _at(reference: str) -> tuple[Idea, NoteReader]:
    idea = queries.idea_called(reference)
    return idea, queries.reader(current_person(), idea.id)


def _page(idea: Idea, who: NoteReader, form: Form) -> ResponseReturnValue:
    """The page; `form` is the one that was sent, with what it refused."""
    now = clock.now()
    notes = queries.notes(idea.id, who)
    return render(
        "notes/show.html",
        idea=idea,
        who=who,
        form=form,
        writing=form if isinstance(form, NoteForm) else NoteForm(queries.addressees(idea.id, who)),
        notes=notes,
        own={note.id for note in notes if who.can_take_back(note, now)},
        history=history.history(idea, who),
    )
