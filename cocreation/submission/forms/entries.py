"""The secretariat's form for what came on paper or by e-mail."""

from __future__ import annotations

from cocreation.core import secrets
from cocreation.core.errors import Refusal
from cocreation.files import messages
from cocreation.ideas.models.idea import Origin
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.submission.forms.idea import WordsForm
from cocreation.web.fields import DateField, FileField
from cocreation.web.forms import OPTIONAL, choose, email, line, paragraph
from cocreation.web.uploads import Files, one_by_one

MOST_OF_A_MESSAGE = 10 * 1024 * 1024  # bytes, its attachments included
NOT_A_SLIP = _l("No slip has this code. Compare it with the paper, letter by letter.")
NO_MESSAGE = _l("Choose the file of the e-mail, or paste its text.")


MESSAGE_FILE = Files(
    "message_file", one_by_one(lambda _name, content: messages.read(content[:MOST_OF_A_MESSAGE]))
)


class IdeaEntryForm(WordsForm):
    asked_in_a_case = ("name", "message_file", "message")

    origin = choose(
        _l("How it came"),
        lambda: [(origin.value, origin.label) for origin in (Origin.PAPER, Origin.EMAIL)],
        radio=True,
        default=Origin.PAPER.value,
    )
    received_on = DateField(
        _l("Received on"),
        [OPTIONAL],
        description=_l("The day it reached you, where that was not today. It is shown with the idea."),
    )
    slip = line(
        _l("Code of the slip"),
        required=False,
        limit=60,
        description=_l("From our printed form. The person who kept the slip follows the idea with it."),
    )
    email = email(_l("E-mail of the author"), required=False)
    message_file = FileField(_l("File of the e-mail (.eml)"))
    message = paragraph(_l("Or its text, pasted"), required=False, limit=200_000)

    def validate(self, **options: object) -> bool:
        valid = super().validate(**options)
        if self.slip.data and not secrets.is_slip(self.code):
            self.slip.errors, valid = [NOT_A_SLIP], False
        return valid

    @property
    def code(self) -> str:
        """The code of the slip as it was printed; "" without one."""
        return secrets.read_receipt(self.slip.data or "")

    def read_message(self) -> bool:
        """Fill the form in with what a forwarded e-mail says; False when there is none to read."""
        try:
            pasted = (self.message.data or "").encode()
            read = MESSAGE_FILE.the_one() if MESSAGE_FILE.taken() else messages.read(pasted)
        except Refusal as refusal:
            self.message_file.errors = [refusal.sentence]
            return False
        if not read.words and not read.name:
            self.message_file.errors = [NO_MESSAGE]
            return False
        self.proposal.data, self.name.data, self.email.data = read.words, read.name, read.address
        self.origin.data, self.message.data = Origin.EMAIL.value, ""
        return True
