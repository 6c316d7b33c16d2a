"""The form of one answer, begun with what was sent or kept of it; unfinished, it may lack anything."""

from __future__ import annotations

from typing import Any

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


def given_by(draft: AnswerDraft) -> dict[str, Any]:
    """What a draft fills the form with."""
    given: dict[str, Any] = dict(draft.fields)
    if outcome := given.get("outcome"):
        given["outcome"] = (Fate(outcome[0]), Reason(outcome[1]))
    return {**given, "reason_text": Translated(given.get("reason_text") or {})}
