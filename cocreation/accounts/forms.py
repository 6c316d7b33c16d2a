"""Forms of sign-in, account and administration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import SelectField, ValidationError
from wtforms.validators import Length

from cocreation.accounts.models import Role
from cocreation.languages.i18n import LANGUAGES, lazy_gettext as _l
from cocreation.web.forms import OPTIONAL, REQUIRED, Form, PasswordField, choose, email, line

SHORTEST_PASSWORD = 12
# Long enough for a sentence; hashing must not cost the server more than a moment.
LONGEST_PASSWORD = 200
TOO_SHORT = _l("Please take at least %(min)d characters: a few words together are easy to keep in mind.")
THE_SAME = _l("This is your present password. Please take another.")


def _given(label: object) -> PasswordField:
    return PasswordField(label, [REQUIRED, Length(max=LONGEST_PASSWORD)])


def _chosen(label: object) -> PasswordField:
    """Length is what counts; there is no rule about signs (NIST SP 800-63B, 5.1.1.2)."""
    return PasswordField(
        label,
        [REQUIRED, Length(min=SHORTEST_PASSWORD, message=TOO_SHORT), Length(max=LONGEST_PASSWORD)],
    )


class SignInForm(Form):
    email = email(_l("E-mail"))
    password = _given(_l("Password"))


class CodeForm(Form):
    code = line(_l("Code of six digits"), limit=20)


class ForgotForm(Form):
    email = email(_l("E-mail"))


class ChoosePasswordForm(Form):
    password = _chosen(_l("New password"))


class ChangePasswordForm(Form):
    password = _given(_l("Present password"))
    new_password = _chosen(_l("New password"))

    def validate_new_password(self, field: PasswordField) -> None:
        if field.data == self.password.data:
            raise ValidationError(THE_SAME)


class InviteForm(Form):
    """Whom to invite, to which role, and for what: chosen from what there is (`scopes.offered`)."""

    asked_in_a_case = ("reference",)

    email = email(_l("E-mail"))
    name = line(_l("Name"), limit=120)
    # The weakest first, so that nobody is made an administrator by a field that was overlooked.
    role = choose(_l("Role"), [(role.value, role.label) for role in reversed(Role)])
    reference = SelectField(
        _l("For"),
        [OPTIONAL],
        choices=[],
        description=_l(
            "What the role holds for. Administrators, the secretariat and committee members hold theirs"
            " everywhere."
        ),
    )
    language = choose(
        _l("Language of the mail"), [(language.code, language.name) for language in LANGUAGES.values()]
    )

    def __init__(self, offered: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self.reference.choices = {"": [("", _l("— (the role holds everywhere)"))], **offered}
