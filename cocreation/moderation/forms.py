"""Forms of moderation."""

from __future__ import annotations

from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.moderation.models import Harm
from cocreation.moderation.services.hidings import Complaint
from cocreation.web.fields import OnceField, TranslatedField
from cocreation.web.forms import Form, choose, email, line, paragraph


class ReportForm(Form):
    """What anyone may say of an idea. `website` is seen by robots only."""

    asked_in_a_case = ("words",)

    reason = choose(_l("What is wrong with it?"), Harm, radio=True)
    words = paragraph(
        _l("In your words"),
        required=False,
        limit=1000,
        description=_l(
            "Needed if you chose “something else”. Only the moderators read this. Please do not repeat what "
            "should not be read."
        ),
    )
    email = email(
        _l("E-mail"),
        required=False,
        description=_l("Only to tell you what was decided; then it is erased. You may leave it empty."),
    )
    website = line(_l("Leave this empty"), required=False)
    once = OnceField()

    def validate(self, **options: object) -> bool:
        valid = super().validate(**options)
        if self.reason.data is Harm.OTHER and not self.words.data:
            self.words.errors, valid = [_l("Please say what is wrong.")], False
        if self.website.data:
            self.website.errors, valid = [_l("Please empty this line: only robots fill it in.")], False
        return valid

    def complaint(self) -> Complaint:
        return Complaint(self.reason.data, self.words.data, self.email.data)


class DismissForm(Form):
    note = paragraph(
        _l("Why it stays as it is"), limit=1000, description=_l("For the moderators; nobody else reads it.")
    )


class HideForm(Form):
    reason = choose(_l("Reason"), Harm, radio=True)
    text = TranslatedField(
        _l("Explanation for the author and everyone else"),
        long=True,
        limit=1000,
        description=_l("It is published. Do not repeat what is hidden, and name nobody."),
    )


class ContestForm(Form):
    words = paragraph(
        _l("Why your words should be shown"),
        limit=2000,
        description=_l(
            "Only the moderators read this. Someone other than the person who hid the text decides."
        ),
    )


LIFTS = [("yes", _l("Show the words again")), ("no", _l("They stay hidden"))]


class DecideForm(Form):
    lifts = choose(_l("Decision"), LIFTS, radio=True)
    text = TranslatedField(
        _l("Explanation for the author and everyone else"),
        long=True,
        limit=1000,
        description=_l("It is published. Do not repeat what is hidden, and name nobody."),
    )
