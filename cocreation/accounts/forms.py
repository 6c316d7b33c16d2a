"""Forms of sign-in, account and administration."""

from __future__ import annotations

from wtforms import ValidationError
from wtforms.validators import Length

from cocreation.accounts.models import Role
from cocreation.core.i18n import LANGUAGES, lazy_gettext as _l
from cocreation.web.forms import REQUIRED, Form, PasswordField, choose, email, line

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
    email = email(_l("E-mail"))
    name = line(_l("Name"), limit=120)
    role = choose(_l("Role"), Role)
    reference = line(_l("For"), required=False, limit=60)
    language = choose(
        _l("Language of the mail"), [(language.code, language.name) for language in LANGUAGES.values()]
    )
