"""What the printed bundle says of each idea: the answer that was sent, the draft of one, or room to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cocreation.answers.forms import outcome_of, words_of
from cocreation.core.database import Translated
from cocreation.directory.models import Institution
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from cocreation.study.models import Referral


@dataclass(frozen=True)
class PrintedAnswer:
    """A referral with the answer proposed to whoever signs; `fate` is None where none is written yet."""

    referral: Referral
    is_draft: bool = False
    fate: Fate | None = None
    reason: Reason | None = None
    text: Translated | None = None
    commitment: str | None = None
    transfer_to: Translated | None = None
    proof_url: str | None = None


def printed(
    referrals: Sequence[Referral], commitments: Sequence[Commitment], institutions: Sequence[Institution]
) -> list[PrintedAnswer]:
    """Each referral of a bundle with its answer; a draft stands where one is kept, also over an answer."""
    promised = {str(commitment.id): commitment.reference for commitment in commitments}
    bodies = {str(institution.id): institution.name for institution in institutions}
    return [_printed(referral, promised, bodies) for referral in referrals]


def _printed(
    referral: Referral, promised: Mapping[str, str], bodies: Mapping[str, Translated]
) -> PrintedAnswer:
    if draft := referral.draft:
        fate, reason = outcome_of(draft) or (None, None)
        commitment = promised.get(str(draft.fields.get("commitment")))
        body = bodies.get(str(draft.fields.get("transfer_to")))
        proof = str(draft.fields.get("proof_url") or "") or None
        return PrintedAnswer(referral, True, fate, reason, words_of(draft), commitment, body, proof)
    return PrintedAnswer(
        referral,
        False,
        referral.answer,
        referral.reason,
        referral.reason_text,
        promised.get(str(referral.commitment_id)),
        bodies.get(str(referral.transfer_to_id)),
        referral.proof_url,
    )
