"""Batches of fates: prepared by the secretariat, read by the committee, published in one go."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from cocreation.accounts.models import Role
from cocreation.accounts.policy import runs_everything, secretariat, staff
from cocreation.core.i18n import gettext as _, ngettext as _n
from cocreation.core.text import isolate_text
from cocreation.cycles.queries import all_cycles
from cocreation.dispositions import policy, queries, services
from cocreation.dispositions.forms import BatchForm, DraftForm, PublishForm, ReferencesForm, references
from cocreation.dispositions.manage import bp
from cocreation.dispositions.manage.acts import act
from cocreation.dispositions.services.drafting import SECRETARIAT_SLUG
from cocreation.dispositions.services.publishing import LACKS, lacks
from cocreation.web.access import access, current_person
from cocreation.web.rendering import render

readers = staff(Role.SECRETARIAT, Role.ADMINISTRATOR, Role.COMMITTEE_MEMBER)


@bp.get("/batches")
@access(readers)
def batches() -> Any:
    may_prepare = runs_everything(current_person())
    return render("dispositions/batches.html", batches=queries.batches(), may_prepare=may_prepare)


@bp.route("/batches/new", methods=["GET", "POST"])
@access(secretariat)
def new_batch() -> Any:
    cycles, institutions = all_cycles(), queries.institutions()
    body = next((str(each.id) for each in institutions if each.slug == SECRETARIAT_SLUG), None)
    form = BatchForm(cycles, institutions, body)
    if form.submitted():
        batch = form.attempt(services.create_batch, **form.values(), **act())
        if batch:
            return redirect(url_for(".batch", batch_id=batch.id))
    return render("dispositions/batch_new.html", form=form, ready=queries.ready_counts(), cycles=cycles)


@bp.get("/batches/<int(max=999999999):batch_id>")
@access(readers)
def batch(batch_id: int) -> Any:
    return _batch_page(batch_id, ReferencesForm())


@bp.post("/batches/<int(max=999999999):batch_id>/ideas")
@access(secretariat)
def add_ideas(batch_id: int) -> Any:
    form = ReferencesForm()
    if form.submitted():
        added = form.attempt(services.add_ideas, batch_id, references(form.references.data), **act())
        if added:
            flash(_n("%(count)s idea was added.", "%(count)s ideas were added.", added))
            return redirect(url_for(".batch", batch_id=batch_id))
    return _batch_page(batch_id, form)


@bp.post("/batches/<int(max=999999999):batch_id>/publish")
@access(secretariat)
def publish(batch_id: int) -> Any:
    form = PublishForm()
    if form.submitted() and form.attempt(services.publish, batch_id, **act()):
        flash(_("The fates are published, and everyone they concern is told by mail."))
        return redirect(url_for(".batch", batch_id=batch_id))
    return _batch_page(batch_id, form)


@bp.get("/batches/<int(max=999999999):batch_id>/<reference>")
@access(readers)
def draft(batch_id: int, reference: str) -> Any:
    """What one idea is about to become, beside what screening and the institutions said of it."""
    return render("dispositions/draft.html", **_draft_page(batch_id, reference))


@bp.post("/batches/<int(max=999999999):batch_id>/<reference>")
@access(secretariat)
def decide(batch_id: int, reference: str) -> Any:
    page = _draft_page(batch_id, reference)
    form, idea_id = page["form"], page["draft"].idea_id
    if form.submitted() and form.attempt(services.decide, batch_id, idea_id, form.decision(), **act()):
        flash(_("The fate of %(reference)s is saved in the batch.", reference=isolate_text(reference)))
        return redirect(url_for(".batch", batch_id=batch_id))
    return render("dispositions/draft.html", **_draft_page(batch_id, reference) | {"form": form})


@bp.post("/batches/<int(max=999999999):batch_id>/<reference>/remove")
@access(secretariat)
def remove(batch_id: int, reference: str) -> Any:
    draft, *_others = queries.draft_to_decide(queries.get_batch(batch_id), reference)
    services.remove_idea(batch_id, draft.idea_id, **act())
    flash(_("%(reference)s is taken out of the batch.", reference=isolate_text(reference)))
    return redirect(url_for(".batch", batch_id=batch_id))


def _draft_page(batch_id: int, reference: str) -> dict[str, Any]:
    batch = queries.get_batch(batch_id)
    draft, screening, referrals = queries.draft_to_decide(batch, reference)
    return {
        "form": DraftForm(draft, queries.institutions(), queries.commitments(batch.cycle_id)),
        "batch": batch,
        "draft": draft,
        "screening": screening,
        "referrals": referrals,
        "may_edit": policy.can_prepare(current_person(), batch),
        "lacks": [] if batch.published_at else lacks(draft),
        "words": LACKS,
    }


def _batch_page(batch_id: int, form: Any) -> Any:
    """The table of a batch; `form` is the one that was sent, with what it refused."""
    batch = queries.get_batch(batch_id)
    return render(
        "dispositions/batch.html",
        form=form,
        adding=form if isinstance(form, ReferencesForm) else ReferencesForm(),
        batch=batch,
        drafts=queries.drafts(batch, request.args.get("cursor")),
        counts=queries.batch_counts(batch),
        lacking=[] if batch.published_at else [(each, lacks(each)) for each in queries.lacking(batch)],
        words=LACKS,
        may_edit=policy.can_prepare(current_person(), batch),
    )
