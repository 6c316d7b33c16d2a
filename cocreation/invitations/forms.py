"""Inviting bodies and people to a meeting, and their answer."""

from __future__ import annotations

from typing import Any

from cocreation.invitations.models import InvitationState, Invited, MeetingInvitation
from cocreation.invitations.services.invitations import ANSWERS, Guest
from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import Form, choose, choose_several, email, line, name_of_person

NAMED = (Invited.BODY, Invited.SPEAKER, Invited.EXPERT)
BOTH = _l("When somebody else comes, both the name and the address are needed.")
ANSWER_LABELS = {
    InvitationState.ACCEPTED: _l("I come"),
    InvitationState.DECLINED: _l("I cannot come"),
    InvitationState.DELEGATED: _l("Somebody else comes instead"),
}


class GuestForm(Form):
    """A consultative body, a speaker or an expert."""

    kind = choose(_l("Who is invited"), [(kind.value, kind.label) for kind in NAMED], radio=True)
    name = TranslatedField(_l("Name of the body or the person"))
    role = line(_l("What they would do at the meeting"), required=False)
    email = email(
        _l("E-mail"),
        required=False,
        description=_l("Without an address the invitation can be printed and handed over."),
    )
    language = choose(
        _l("Language of the invitation"),
        [(language.code, language.name) for language in i18n.LANGUAGES.values()],
    )

    def __init__(self, invitation: MeetingInvitation | None = None) -> None:
        values: dict[str, object] = (
            {} if invitation else {"language": i18n.DEFAULT.code, "kind": Invited.BODY.value}
        )
        super().__init__(obj=invitation, **values)
        if invitation:  # what it is does not change any more; one of the directory keeps its name too
            del self.kind
            if invitation.listed_as:
                del self.name, self.role

    def guest(self, invitation: MeetingInvitation | None = None) -> Guest:
        exists = invitation is not None
        return Guest(
            kind=invitation.kind if invitation else Invited(self.kind.data),
            name=invitation.name if invitation and invitation.listed_as else self.name.data,
            email=self.email.data or None,
            language=self.language.data,
            role=None if exists and invitation.listed_as else self.role.data or None,  # type: ignore[union-attr]
        )


class ListedForm(Form):
    """The councils and bodies that are ticked, each as its kind and how the directory lists it."""

    chosen = choose_several(_l("Councils and bodies"), [], required=False, validate_choice=False)


class GuestRefusalForm(Form):
    """Why somebody who was proposed is not invited."""

    asked_in_a_case = ("reason",)

    reason = line(_l("Reason, which the association reads"), required=False, limit=500)


class InvitationAnswerForm(Form):
    """What somebody invited answers."""

    asked_in_a_case = ("delegate", "delegate_email")

    answer = choose(_l("Your answer"), [(state.value, ANSWER_LABELS[state]) for state in ANSWERS], radio=True)
    delegate = name_of_person(_l("Who comes instead"), required=False, description=BOTH)
    delegate_email = email(_l("Their e-mail address"), required=False, description=BOTH)
    note = line(_l("A word to the organisers"), required=False, limit=500)

    def __init__(self, invitation: MeetingInvitation) -> None:
        answered = invitation.state if invitation.state in ANSWERS else None
        super().__init__(obj=invitation, answer=answered and answered.value)

    def given(self) -> dict[str, Any]:
        return {
            "state": InvitationState(self.answer.data),
            "note": self.note.data,
            "delegate": self.delegate.data,
            "delegate_email": self.delegate_email.data,
        }
