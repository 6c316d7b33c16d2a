"""The desks of the fates: batches, and the rewording of the reasons of what was published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.models import Duty
from cocreation.accounts.policy import SECRETARIAT, holders, secretariat, staff
from cocreation.batches import emails, policy
from cocreation.batches.forms import (
    BatchForm,
    ButtonForm,
    DraftForm,
    EmbargoForm,
    PublishingForm,
    ReadyForm,
    ReferencesForm,
    ReviewForm,
    RevisionForm,
)
from cocreation.batches.models import Batch, BatchStage
from cocreation.batches.pages import PUBLISHING, BatchPage, DraftPage
from cocreation.batches.queries import batches as batch_queries
from cocreation.batches.services import (
    drafts,
    publication,
    review as fates_review,
    revisions,
)
from cocreation.batches.services.drafts import SECRETARIAT_SLUG
from cocreation.core import clock
from cocreation.cycles.models import Phase
from cocreation.cycles.policy import closed
from cocreation.cycles.queries import all_cycles
from cocreation.desks.queries import lists
from cocreation.desks.queries.kinds import KindFilter, KindOrder
from cocreation.fates import queries as fates_queries
from cocreation.ideas.decision import FateDecision
from cocreation.ideas.forms.choices import references, row_id
from cocreation.ideas.queries.rows import references_of
from cocreation.languages.i18n import format_datetime, gettext as _, ngettext as _n
from cocreation.study.queries import bundle, referrals as study_referrals
from cocreation.text.markup import isolate_text
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render
from cocreation.web.whereabouts import kept, one_of

# Where in the list of a batch somebody is.
PLACE = ("fate", "theme", "body", "lacks", "order", "cursor")

readers = staff(*SECRETARIAT, *holders(Duty.COMMITTEE))


@access(readers)
def batches() -> ResponseReturnValue:
    may_prepare = current_person().runs_everything
    rows = [
        (batch, batch.stage(clock.now()), ideas, lacking) for batch, ideas, lacking in batch_queries.batches()
    ]
    return render("batches/batches.html", batches=rows, may_prepare=may_prepare)


@access(secretariat)
def new_batch() -> ResponseReturnValue:
    cycles, institutions = all_cycles(), study_referrals.institutions()
    body = next(
        (str(institution.id) for institution in institutions if institution.slug == SECRETARIAT_SLUG), None
    )
    themes = lists.theme_counts(batch_queries.ready_ideas())
    form = BatchForm(cycles, themes, institutions, body)
    if form.submitted() and not confirmation.was_declined():
        ready = [] if form.values()["references"] else _ready(form.values()["cycle_id"], form)
        if confirmation.is_to_ask(len(ready)):
            return _ask_to_add(ready, form, _("Yes, prepare the batch"))
        if created := form.attempt(drafts.create_batch, **form.values(), **act()):
            return redirect(url_for(".batch", batch_id=created.id))
    return render("batches/batch_new.html", form=form, ready=batch_queries.ready_counts(), cycles=cycles)


def _ready(cycle_id: int, form: ReadyForm) -> list[int]:
    return lists.ids_of(batch_queries.ready_ideas(cycle_id, form.chosen()))


def _ask_to_add(ready: Sequence[int], form: ReadyForm, yes: str) -> ResponseReturnValue:
    """What is about to be put into a batch, by its number; what was chosen of it, by its references, too."""
    many = len(ready)
    if form.chosen():
        question = _n("Put %(count)s idea in it?", "Put these %(count)s ideas in it?", many)
        return confirmation.ask(question, yes, many, references_of(ready))
    question = _n(
        "Put %(count)s idea that is ready in it?", "Put all %(count)s ideas that are ready in it?", many
    )
    return confirmation.ask(question, yes, many)


@access(readers)
def show_batch(batch_id: int) -> ResponseReturnValue:
    return _batch_page(batch_id, ButtonForm())


@access(readers)
def batch_sheet(batch_id: int) -> ResponseReturnValue:
    """The whole batch on paper, for who signs it."""
    batch = batch_queries.get_batch(batch_id)
    return render(
        "batches/batch_sheet.html",
        batch=batch,
        counts=batch_queries.batch_counts(batch),
        drafts=batch_queries.every_draft(batch),
        today=clock.today(),
    )


@access(secretariat)
def add_ideas(batch_id: int) -> ResponseReturnValue:
    """Put more of what is ready into a batch: what is named, or what is chosen."""
    filled, form = batch_queries.get_batch(batch_id), ReferencesForm()
    themes = lists.theme_counts(batch_queries.ready_ideas(filled.cycle_id))
    form.offer(themes, study_referrals.institutions())
    if form.submitted() and not confirmation.was_declined():
        named = references(form.references.data)
        ready = [] if named else _ready(filled.cycle_id, form)
        if confirmation.is_to_ask(len(ready)):
            return _ask_to_add(ready, form, _("Yes, add them"))
        added = form.attempt(drafts.add_ideas, batch_id, named, form.chosen(), **act())
        if added:
            flash(_n("%(count)s idea was added.", "%(count)s ideas were added.", added))
            return redirect(url_for(".batch", batch_id=batch_id))
    ready_count = sum(count for _theme, count in themes)
    return render("batches/batch_add.html", batch=filled, form=form, ready=ready_count)


@access(secretariat)
def delete_batch(batch_id: int) -> ResponseReturnValue:
    """Nothing is in it: it goes."""
    form = ButtonForm()
    if form.submitted() and form.carries_out(drafts.delete_batch, batch_id, **act()):
        flash(_("The batch is deleted."))
        return redirect(url_for(".batches"))
    return _batch_page(batch_id, form)


@access(secretariat)
def set_embargo(batch_id: int) -> ResponseReturnValue:
    form = EmbargoForm(until=batch_queries.get_batch(batch_id).embargo_until)
    if form.submitted() and form.carries_out(drafts.set_embargo, batch_id, form.until.data, **act()):
        flash(_("The date is saved."))
        return redirect(url_for(".batch", batch_id=batch_id))
    return _batch_page(batch_id, form)


@access(secretariat)
def send_for_review(batch_id: int) -> ResponseReturnValue:
    form = ButtonForm()
    if form.submitted() and form.carries_out(fates_review.send_for_review, batch_id, **act()):
        flash(_("The batch is sent: another member of the team or of the committee reads it now."))
        return redirect(url_for(".batch", batch_id=batch_id))
    return _batch_page(batch_id, form)


@access(readers)
def review(batch_id: int) -> ResponseReturnValue:
    form = ReviewForm()
    if form.submitted() and form.carries_out(fates_review.review, batch_id, **form.values(), **act()):
        flash(_("Your verdict is saved."))
        return redirect(url_for(".batch", batch_id=batch_id))
    return _batch_page(batch_id, form)


@access(secretariat)
def publish(batch_id: int) -> ResponseReturnValue:
    form = PublishingForm()
    said = form.tells_imported.data, form.published_on.data
    if form.submitted() and not confirmation.was_declined():
        page = _page_of(batch_queries.get_batch(batch_id))
        is_open = page.act is PUBLISHING and (form.published_on.data or not page.closed)
        many = sum(count for _fate, count in page.counts) if is_open else 0
        if confirmation.is_to_ask(many):
            question = _n("Publish %(count)s fate?", "Publish all %(count)s fates?", many)
            return confirmation.ask(question, _("Yes, publish"), many, kind="danger")
        batch = form.attempt(_publish, batch_id, *said)
        if batch is None:
            return _batch_page(batch_id, form)
        flash(_begun(batch))
        return redirect(url_for(".batch", batch_id=batch_id))
    return _batch_page(batch_id, form)


def _publish(batch_id: int, tells_imported: bool, on: date | None) -> Batch:
    return publication.begin_publishing(batch_id, tells_imported=tells_imported, on=on, **act())


def _begun(batch: Batch) -> str:
    if batch.stage(clock.now()) is BatchStage.PLANNED:
        return _("The fates will be published on %(at)s.", at=format_datetime(batch.publishing_at))  # type: ignore[arg-type]
    return _("Publication has begun. The mails that were counted are written now.")


@access(readers)
def show_draft(batch_id: int, reference: str) -> ResponseReturnValue:
    """What one idea is about to become, beside what screening and the institutions said of it."""
    page = draft_page(batch_id, reference)
    return render("batches/draft.html", page=page, form=_draft_form(page), narrowing=kept(*PLACE))


@access(secretariat)
def decide(batch_id: int, reference: str) -> ResponseReturnValue:
    page = draft_page(batch_id, reference)
    form = _draft_form(page)
    if form.submitted() and form.carries_out(
        drafts.decide,
        batch_id,
        page.draft.idea_id,
        form.decision(),
        form.grounds(),
        seen=form.seen.data,
        **act(),
    ):
        flash(_("The fate of %(reference)s is saved in the batch.", reference=isolate_text(reference)))
        return _after(page)
    page = draft_page(batch_id, reference)  # afresh: what refused may have reread some of it alone
    form.seen.data = FateDecision.of(page.draft).mark  # what they now see beside their own
    return render("batches/draft.html", page=page, form=form, narrowing=kept(*PLACE))


@access(secretariat)
def remove(batch_id: int, reference: str) -> ResponseReturnValue:
    draft, *_others = batch_queries.draft_to_decide(batch_queries.get_batch(batch_id), reference)
    drafts.remove_idea(batch_id, draft.idea_id, **act())
    flash(_("%(reference)s is taken out of the batch.", reference=isolate_text(reference)))
    return redirect(url_for(".batch", batch_id=batch_id, **kept(*PLACE)))


def _after(page: DraftPage) -> ResponseReturnValue:
    """Once a fate is saved: the next one of the list it was opened from, or that list where it was left."""
    if request.form.get("then") == "next" and page.around and page.around.after:
        following = page.around.after
        return redirect(url_for(".draft", batch_id=page.batch.id, reference=following, **kept(*PLACE)))
    mark = f"i{page.draft.idea.reference}"
    return redirect(url_for(".batch", batch_id=page.batch.id, **kept(*PLACE), _anchor=mark))


def draft_page(batch_id: int, reference: str) -> DraftPage:
    batch, me, now = batch_queries.get_batch(batch_id), current_person(), clock.now()
    draft, screening, referrals = batch_queries.draft_to_decide(batch, reference)
    rights = policy.can_prepare(me, batch, now), batch_queries.may_read(me, batch, now)
    around = batch_queries.neighbour(draft, _narrowed())
    asked = batch_queries.questions(draft)
    return DraftPage(batch, draft, screening, referrals, asked, *rights, around)


def _draft_form(page: DraftPage) -> DraftForm:
    commitments = bundle.commitments(page.batch.cycle_id)
    return DraftForm(page.draft, study_referrals.institutions(), commitments)


def _narrowed() -> KindFilter:
    asked = request.args
    order = one_of(KindOrder, "order") or KindOrder.CAME
    theme, body = row_id(asked.get("theme")), row_id(asked.get("body"))
    return KindFilter(asked.get("fate"), theme, body, "lacks" in asked, order)


def _page_of(batch: Batch) -> BatchPage:
    me, now = current_person(), clock.now()
    return BatchPage(
        batch,
        batch.stage(now),
        batch_queries.batch_tally(batch),
        batch_queries.untranslated(batch),
        batch_queries.reviews(batch),
        may_edit=policy.can_prepare(me, batch, now),
        may_review=batch_queries.may_read(me, batch, now),
        questions=batch_queries.open_questions(batch) if batch.is_questioned else (),
        closed=closed([batch.cycle], Phase.FATES, max(now, batch.embargo_until or now)),
    )


def _batch_page(batch_id: int, form: object) -> ResponseReturnValue:
    """The table of a batch; `form` is the one that was sent, with what it refused."""
    batch, narrowed = batch_queries.get_batch(batch_id), _narrowed()
    page = _page_of(batch)
    answer = render(
        "batches/batch.html",
        page=page,
        publishing=form if isinstance(form, PublishingForm) else PublishingForm(),
        recipients=emails.recipient_counts(batch.id) if page.act is PUBLISHING else None,
        form=form,
        embargo=form if isinstance(form, EmbargoForm) else EmbargoForm(until=batch.embargo_until),
        reviewing=form if isinstance(form, ReviewForm) else ReviewForm(version=batch.version),
        drafts=batch_queries.drafts(batch, narrowed, request.args.get("cursor")),
        narrowed=narrowed,
        narrowing=kept(*PLACE),
    )
    # While the worker is at it, a browser looks again by itself.
    return (*answer, {"Refresh": "3"}) if page.is_at_work else answer


@access(secretariat)
def reword(reference: str) -> ResponseReturnValue:
    """New words for the reasons of a published fate."""
    idea = fates_queries.published_idea(reference)
    form = RevisionForm(idea, study_referrals.institutions())
    if form.submitted():
        revised = (idea.id, form.decision())
        if form.attempt(
            revisions.revise_published, *revised, why=form.why.data, seen=form.seen.data, **act()
        ):
            flash(_("The new reasons are published, the old ones stay beside them."))
            return redirect(url_for("portal.idea", reference=reference))
        idea = fates_queries.published_idea(reference)  # afresh: what refused may have reread it alone
        form.seen.data = FateDecision.of(idea).mark  # what they now see beside their own
    return render("batches/reword.html", form=form, idea=idea)
