"""The page on which somebody invited answers."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core import clock
from cocreation.invitations import queries
from cocreation.invitations.forms import InvitationAnswerForm
from cocreation.invitations.services.invitations import answer, can_answer
from cocreation.languages.i18n import gettext as _
from cocreation.meetings import policy
from cocreation.web.access import access, by_secret
from cocreation.web.limits import limit, limit_reading
from cocreation.web.rendering import render


@access(by_secret)
@limit_reading("60 per minute")
@limit("20 per hour")
def answer_invitation(receipt: str) -> ResponseReturnValue:
    invitation, now = queries.by_receipt(receipt), clock.now()
    form = InvitationAnswerForm(invitation)
    if form.submitted():
        if form.attempt(answer, invitation.receipt, **form.given(), now=now):
            flash(_("Thank you, your answer is noted. You can change it until the day before the meeting."))
            return redirect(url_for("invitations.answer_invitation", receipt=invitation.receipt))
        invitation = queries.by_receipt(receipt)
    meeting = invitation.meeting
    stage = policy.stage(meeting, now)
    ahead = stage not in (policy.MeetingStage.OVER, policy.MeetingStage.CALLED_OFF)
    return render(
        "invitations/invitation.html",
        invitation=invitation,
        meeting=meeting,
        stage=stage,
        form=form,
        can_answer=ahead and can_answer(meeting, now),
    )
