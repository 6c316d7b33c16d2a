"""What waits of the answers: drafts that nobody sent yet."""

from __future__ import annotations

from datetime import datetime

from cocreation.accounts.handover_kinds import WaitingKind, WaitingRows, waits
from cocreation.accounts.models import Duty, Person
from cocreation.accounts.policy import holders
from cocreation.answers.queries import CAN_BE_SENT
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.study.models import AnswerDraft, Referral
from cocreation.study.policy import bundle_of
from cocreation.study.queries.bundle import is_whose


def _to_send(person: Person, now: datetime) -> WaitingRows:
    rows = waits(AnswerDraft.begun_at).select_from(AnswerDraft)
    rows = rows.join(Referral, Referral.id == AnswerDraft.referral_id).join(Referral.idea)
    return rows.where(CAN_BE_SENT, is_whose(bundle_of(person)))


TO_SEND = WaitingKind(
    "answers.to_send",
    holders(Duty.STUDY),
    _l("Drafts of answers that are not sent"),
    "manage_answers.drafts",
    _to_send,
)
WAITING = (TO_SEND,)
