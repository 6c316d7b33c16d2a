"""The drafts of the plan: listed, shared with the committee, remarked on, replied to."""

from __future__ import annotations

from itertools import groupby

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.coordination.policy import can_read as reads_meeting
from cocreation.coordination.queries import decisions_on
from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import all_cycles, asked_cycle
from cocreation.documents import comparison
from cocreation.documents.models import SectionKind
from cocreation.documents.policy import reads_drafts
from cocreation.draft_commitments import policy, queries
from cocreation.draft_commitments.forms import DraftRemarkForm, RemarkReplyForm, ShareForm
from cocreation.draft_commitments.services import drafts
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.plan.models import Commitment
from cocreation.plan.queries import get_commitment, latest_sheet
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(policy.readers)
def index() -> ResponseReturnValue:
    """The drafts of a cycle, by axis."""
    cycle, me = _asked(), current_person()
    rows = queries.drafts(cycle, me)
    return _listed(cycle, rows, ShareForm(rows))


@access(secretariat)
def share() -> ResponseReturnValue:
    """Ask with their number, then let the committee read the drafts that are ticked."""
    cycle = _asked()
    rows = queries.drafts(cycle, current_person())
    form = ShareForm(rows)
    if form.submitted() and not confirmation.was_declined():
        many = len(form.ids)
        if confirmation.is_to_ask(many):
            question = _n(
                "Share %(count)s draft with the committee?",
                "Share %(count)s drafts with the committee?",
                many,
            )
            return confirmation.ask(question, _("Yes, share"), many, form.references)
        if shared := form.attempt(drafts.share, form.ids, **act()):
            flash(
                _n(
                    "%(count)s draft is shared with the committee.",
                    "%(count)s drafts are shared with the committee.",
                    shared,
                )
            )
            return redirect(url_for(".index", cycle=cycle.code))
    return _listed(cycle, rows, form)


@access(policy.readers)
def show(reference: str) -> ResponseReturnValue:
    """A draft as it stands, with what the committee says of it and what was decided in meetings."""
    return _page(_readable(reference), None)


@access(policy.members)
def remark_on(reference: str) -> ResponseReturnValue:
    commitment = _readable(reference)
    form = DraftRemarkForm(latest_sheet(commitment).sections, None)
    given = commitment.id, form.section.data or "", form.words.data
    if form.submitted() and form.carries_out(drafts.remark, *given, **act()):
        flash(_("Your remark is saved. It waits for a reply."))
        return redirect(url_for(".show", reference=reference, _anchor="remarks"))
    return _page(_readable(reference), form)


@access(policy.members)
def mark_read(reference: str) -> ResponseReturnValue:
    drafts.mark_read(_readable(reference).id, **act())
    flash(_("It is noted that you have read this draft."))
    return redirect(url_for(".index"))


@access(policy.repliers)
def reply_to(reference: str, remark_id: int) -> ResponseReturnValue:
    """Reply to a remark, or correct the reply."""
    commitment = _readable(reference)
    if not policy.can_reply(current_person(), commitment.institution_id):
        raise NotFound
    remark = queries.get_remark(commitment.document_id, remark_id)
    form = RemarkReplyForm(obj=remark)
    given = commitment.id, remark_id, form.reply.data
    if form.submitted() and form.carries_out(drafts.reply, *given, **act()):
        flash(_("The reply is saved. Its member finds it on their desk."))
        return redirect(url_for(".show", reference=reference, _anchor=f"remark-{remark_id}"))
    return render("draft_commitments/reply.html", form=form, commitment=commitment, remark=remark)


def _asked() -> Cycle:
    """Raises NotFound."""
    if cycle := asked_cycle(request.args.get("cycle"), clock.today()):
        return cycle
    raise NotFound


def _listed(cycle: Cycle, rows: list[queries.DraftRow], form: ShareForm) -> ResponseReturnValue:
    by_axis = groupby(rows, key=lambda row: row.commitment.axis)
    me = current_person()
    return render(
        "draft_commitments/index.html",
        cycle=cycle,
        cycles=all_cycles(),
        axes=[(axis, list(of_axis)) for axis, of_axis in by_axis],
        form=form,
        may_share=me.runs_everything and bool(form.drafts.choices),
        may_decide=me.runs_everything,
        may_propose=policy.proposers(me),
        ticked=set(form.drafts.data or ()),
    )


def _readable(reference: str) -> Commitment:
    """Raises NotFound where there is none that this person reads."""
    commitment = get_commitment(reference)
    is_shared = queries.shared_at(commitment.document_id) is not None
    if not policy.can_read(current_person(), commitment.institution_id, is_shared=is_shared):
        raise NotFound
    return commitment


def _page(commitment: Commitment, form: DraftRemarkForm | None) -> ResponseReturnValue:
    """The page of a draft; `form` is the remark that was sent, with what it refused."""
    me, sheet = current_person(), latest_sheet(commitment)
    document = commitment.document
    shared = queries.shared_at(commitment.document_id)
    may_remark = policy.can_remark(me, is_shared=shared is not None)
    meetings = decisions_on(commitment.id, only_published=False)
    return render(
        "draft_commitments/show.html",
        commitment=commitment,
        sheet=sheet,
        words_of_title=sheet.text(SectionKind.TITLE) or commitment.title,
        stage=queries.stage_of(commitment, is_shared=shared is not None),
        shared_at=shared,
        reading=queries.last_reading(commitment.document_id, me.id) if may_remark else None,
        remarks=queries.remarks(commitment.document_id),
        meetings=[item for item in meetings if item.meeting.published_at or reads_meeting(me, item.meeting)],
        form=form or DraftRemarkForm(sheet.sections, request.args.get("on")),
        may_remark=may_remark and document is not None and document.has_draft,
        may_mark=may_remark,
        may_reply=policy.can_reply(me, commitment.institution_id),
        may_edit=me.runs_everything,
        may_compare=reads_drafts(me),
        facts=comparison.FACTS,
        said_facts=comparison.said_facts,
        heading=comparison.heading,
    )
