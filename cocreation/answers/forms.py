"""The form of one answer, begun with what was sent or kept of it; unfinished, it may lack anything."""

from __future__ import annotations

from flask import request

from cocreation.core.database import Translated
from cocreation.reasons.models import Fate, Reason
from cocreation.study.forms import InstitutionAnswerForm, answer_form
from cocreation.study.models import AnswerDraft, Referral
from cocreation.study.queries import bundle, criteria, referrals
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import OPTIONAL, REQUIRED, REQUIRED_WORDS

KEEP = "keep"


def form_of(referral: Referral) -> InstitutionAnswerForm:
    """The form of the answer to a referral: as its draft says, else as it was answered."""
    cycle_id = referral.idea.cycle_id
    given = given_by(referral.draft) if referral.draft else None
    return answer_form(
        bundle.commitments(cycle_id), referrals.institutions(), criteria.criteria(cycle_id), referral, given
    )


def is_to_keep() -> bool:
    """Whether it was sent to be kept as a draft."""
    return request.form.get("act") == KEEP


def may_be_kept(form: InstitutionAnswerForm) -> bool:
    """Whether it can be kept as it is: nothing is required, the rest holds as always."""
    form.is_unfinished = True
    for field in form:
        asked = [rule for rule in field.validators if rule not in (REQUIRED, REQUIRED_WORDS)]
        field.validators = [OPTIONAL, *asked]
        if isinstance(field, TranslatedField):
            field.required = False
    return form.submitted()


def fields_of(form: InstitutionAnswerForm) -> dict[str, object]:
    """What was filled in, by name, as JSON can carry it."""
    filled = {field.name: field.data for field in form if field.name != "chosen" and field.data}
    if outcome := filled.get("outcome"):
        filled["outcome"] = [part.value for part in outcome]
    return filled


def given_by(draft: AnswerDraft) -> dict[str, object]:
    """What a draft fills the form with."""
    return {**draft.fields, "outcome": outcome_of(draft), "reason_text": words_of(draft)}


def outcome_of(draft: AnswerDraft) -> tuple[Fate, Reason] | None:
    """The fate and the reason that a draft names."""
    match draft.fields.get("outcome"):
        case [fate, reason]:
            return Fate(str(fate)), Reason(str(reason))
    return None


def words_of(draft: AnswerDraft) -> Translated:
    """The explanation of a draft."""
    match draft.fields.get("reason_text"):
        case {**words}:
            return Translated({str(code): str(said) for code, said in words.items()})
    return Translated()
