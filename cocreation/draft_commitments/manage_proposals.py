"""Commitments proposed by focal points, accepted or returned by the secretariat."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.queries import asked_cycle, get_cycle
from cocreation.draft_commitments import policy, queries
from cocreation.draft_commitments.models import CommitmentProposal, CommitmentProposalState
from cocreation.draft_commitments.proposal_forms import (
    CommitmentProposalForm,
    NewCommitmentProposalForm,
    ProposalAcceptedForm,
    ProposalReturnedForm,
)
from cocreation.draft_commitments.services import proposals
from cocreation.languages.i18n import gettext as _
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render


@access(policy.repliers)
def proposed() -> ResponseReturnValue:
    """The proposals: those of one's institutions, or for the secretariat all."""
    me = current_person()
    rows = queries.proposals(me, request.args.get("cursor"))
    may_propose = policy.proposers(me)
    return render("draft_commitments/proposals.html", proposals=rows, may_propose=may_propose)


@access(policy.proposers)
def new() -> ResponseReturnValue:
    if (cycle := asked_cycle(request.args.get("cycle"), clock.today())) is None:
        raise NotFound
    form = NewCommitmentProposalForm(queries.institutions_of(current_person()))
    if form.submitted():
        of = cycle.id, int(form.institution.data)
        if proposal := form.attempt(proposals.propose, *of, form.words(), **act()):
            flash(_("The proposal is sent. The secretariat reads it."))
            return _to(proposal)
    return render("draft_commitments/proposal_edit.html", form=form, cycle=cycle, proposal=None)


@access(policy.repliers)
def show(proposal_id: int) -> ResponseReturnValue:
    return _page(_seen(proposal_id), Form())


@access(policy.proposers)
def edit(proposal_id: int) -> ResponseReturnValue:
    """Other words; one that was returned goes back to the secretariat."""
    proposal = _own(proposal_id)
    form = CommitmentProposalForm(obj=proposal)
    if form.submitted() and form.carries_out(proposals.reword, proposal.id, form.words(), **act()):
        flash(_("The proposal is sent. The secretariat reads it."))
        return _to(proposal)
    return render("draft_commitments/proposal_edit.html", form=form, cycle=proposal.cycle, proposal=proposal)


@access(policy.proposers)
def withdraw(proposal_id: int) -> ResponseReturnValue:
    proposal, form = _own(proposal_id), Form()
    if form.submitted() and form.carries_out(proposals.withdraw, proposal.id, **act()):
        flash(_("The proposal is withdrawn."))
        return _to(proposal)
    return _page(queries.get_proposal(proposal_id), form)


@access(secretariat)
def give_back(proposal_id: int) -> ResponseReturnValue:
    proposal = queries.get_proposal(proposal_id)
    form = ProposalReturnedForm(proposal)
    given = proposal.id, form.question.data
    if form.submitted() and form.carries_out(proposals.give_back, *given, **act()):
        flash(_("The proposal is returned to its institution, with your question."))
        return _to(proposal)
    return _page(queries.get_proposal(proposal_id), form)


@access(secretariat)
def accept(proposal_id: int) -> ResponseReturnValue:
    proposal = queries.get_proposal(proposal_id)
    form = ProposalAcceptedForm(get_cycle(proposal.cycle.code))
    if form.submitted():
        given = proposal.id, form.number.data or 0, int(form.axis.data)
        if commitment := form.attempt(proposals.accept, *given, **act()):
            flash(_("The proposal is a draft of the plan now: write its sheet."))
            return redirect(url_for("manage_plan.edit", reference=commitment.reference))
    return _page(queries.get_proposal(proposal_id), form)


def _seen(proposal_id: int) -> CommitmentProposal:
    """Raises NotFound where there is none that this person sees."""
    proposal = queries.get_proposal(proposal_id)
    if not policy.can_see(current_person(), proposal):
        raise NotFound
    return proposal


def _own(proposal_id: int) -> CommitmentProposal:
    """Raises NotFound where there is none of an institution they speak for."""
    proposal = queries.get_proposal(proposal_id)
    if not policy.speaks_for(current_person(), proposal.institution_id):
        raise NotFound
    return proposal


def _page(proposal: CommitmentProposal, form: Form) -> ResponseReturnValue:
    """The page of a proposal; `form` is the one that was sent, with what it refused."""
    me = current_person()
    may_decide = me.runs_everything and proposal.state is CommitmentProposalState.PROPOSED
    cycle = get_cycle(proposal.cycle.code) if may_decide else proposal.cycle
    return render(
        "draft_commitments/proposal.html",
        proposal=proposal,
        form=form,
        accepting=form
        if isinstance(form, ProposalAcceptedForm)
        else may_decide and ProposalAcceptedForm(cycle),
        returning=form if isinstance(form, ProposalReturnedForm) else ProposalReturnedForm(proposal),
        may_decide=may_decide,
        may_edit=proposal.is_open and policy.speaks_for(me, proposal.institution_id),
    )


def _to(proposal: CommitmentProposal) -> ResponseReturnValue:
    return redirect(url_for(".proposal", proposal_id=proposal.id))
