"""Commitments proposed by institutions: reworded, returned, accepted into the plan, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocreation.core import audit
from cocreation.core.database import Translated, found, lock, session
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.draft_commitments.models import CommitmentProposal, CommitmentProposalState as State
from cocreation.draft_commitments.queries import WHOLE
from cocreation.draft_commitments.refusals import ProposalClosed, ProposalNotToDecide
from cocreation.languages import i18n
from cocreation.languages.i18n import gettext
from cocreation.plan.models import Commitment
from cocreation.plan.services import commitments
from cocreation.plan.services.commitments import CommitmentWords


@dataclass(frozen=True)
class ProposedWords:
    """What a proposal says."""

    title: Translated
    problem: Translated
    solution: Translated
    expected_result: Translated


def propose(
    cycle_id: int, institution_id: int, words: ProposedWords, *, by: int, now: datetime
) -> CommitmentProposal:
    """What an institution would commit to; it waits for the secretariat. Raises NotFound."""
    found(session.get(Cycle, cycle_id))
    found(session.get(Institution, institution_id))
    proposal = CommitmentProposal(
        cycle_id=cycle_id,
        institution_id=institution_id,
        state=State.PROPOSED,
        proposed_by=by,
        proposed_at=now,
        **vars(words),
    )
    session.add(proposal)
    session.flush()
    _note("commitment proposed", proposal, by=by, now=now)
    return proposal


def reword(proposal_id: int, words: ProposedWords, *, by: int, now: datetime) -> CommitmentProposal:
    """Other words for a proposal that is open; one that was returned goes back to the secretariat.
    Raises NotFound, ProposalClosed.
    """
    proposal = _open(proposal_id)
    for name, text in vars(words).items():
        setattr(proposal, name, text)
    if proposal.state is State.RETURNED:
        proposal.state, proposal.proposed_at = State.PROPOSED, now
    _note("proposal reworded", proposal, by=by, now=now)
    return proposal


def withdraw(proposal_id: int, *, by: int, now: datetime) -> CommitmentProposal:
    """The institution takes it back. Raises NotFound, ProposalClosed."""
    proposal = _open(proposal_id)
    proposal.state, proposal.decided_by, proposal.decided_at = State.WITHDRAWN, by, now
    _note("proposal withdrawn", proposal, by=by, now=now)
    return proposal


def give_back(proposal_id: int, question: str, *, by: int, now: datetime) -> CommitmentProposal:
    """Return it to its institution with a question. Raises NotFound, ProposalNotToDecide."""
    proposal = _to_decide(proposal_id)
    proposal.state, proposal.question = State.RETURNED, question
    proposal.decided_by, proposal.decided_at = by, now
    _note("proposal returned", proposal, by=by, now=now)
    return proposal


def accept(proposal_id: int, number: int, axis_id: int, *, by: int, now: datetime) -> Commitment:
    """Make it a draft of the plan, in its own words. Raises NotFound, ProposalNotToDecide, NumberTaken,
    Invalid.
    """
    proposal = _to_decide(proposal_id)
    words = CommitmentWords(
        number=number,
        axis_id=axis_id,
        institution_id=proposal.institution_id,
        title=proposal.title,
        problem=proposal.problem,
        solution=proposal.solution,
        expected_result=proposal.expected_result,
    )
    commitment = commitments.draft(proposal.cycle_id, words, by=by, now=now, message=_origin(proposal))
    proposal.state, proposal.commitment_id = State.ACCEPTED, commitment.id
    proposal.decided_by, proposal.decided_at = by, now
    _note("proposal accepted", proposal, by=by, now=now, commitment=commitment.reference)
    return commitment


def _open(proposal_id: int) -> CommitmentProposal:
    proposal = lock(CommitmentProposal, proposal_id, *WHOLE)
    if not proposal.is_open:
        raise ProposalClosed
    return proposal


def _to_decide(proposal_id: int) -> CommitmentProposal:
    proposal = lock(CommitmentProposal, proposal_id, *WHOLE)
    if proposal.state is not State.PROPOSED:
        raise ProposalNotToDecide
    return proposal


def _origin(proposal: CommitmentProposal) -> Translated:
    """What the history of the text says of its first version, in the languages everyone is told in."""
    said = Translated()
    for code in i18n.REQUIRED:
        with i18n.speaking(code):
            name, _code = proposal.institution.name.best(code)
            said[code] = gettext("Proposed by: %(institution)s", institution=name)
    return said


def _note(action: str, proposal: CommitmentProposal, *, by: int, now: datetime, **details: object) -> None:
    audit.record(action, f"proposal {proposal.id}", by=by, now=now, **details)
