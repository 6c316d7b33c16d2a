"""Forms of who comments on a text, replies, supports."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import ClassVar

from flask import request
from wtforms.validators import InputRequired

from cocreation.comments.models import CommenterKind, Stance
from cocreation.comments.refusals import MemorandumDamaged, MemorandumNoPdf, MemorandumTooLarge
from cocreation.comments.services.comments import CommentWords, Speaker
from cocreation.core import contacts
from cocreation.core.errors import Refusal
from cocreation.directory.models import Association, Region
from cocreation.files.content import BEGINS, PDF, File
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.submission.forms.idea import (
    NAME_YOUR_ASSOCIATION,
    NO_NUMBER,
    SEVERAL_OF_THAT_NAME,
    THE_WHOLE_COUNTRY,
)
from cocreation.submission.queries.submission import associations_named
from cocreation.text import cleanup
from cocreation.web.fields import FileField, OnceField
from cocreation.web.forms import (
    BooleanField,
    Form,
    HiddenField,
    choose,
    email,
    line,
    name_of_association,
    paragraph,
)
from cocreation.web.rendering import translated_text
from cocreation.web.uploads import Files, one_by_one

MOST_OF_A_MEMORANDUM = 10 * 1024 * 1024  # bytes
NOT_IN_THE_DIRECTORY = _l(
    "No verified association of our directory has this name. Choose it among those offered, or comment as a "
    "person."
)
SAY_SOMETHING = _l("Write what you have to say.")
ONLY_ASSOCIATIONS = _l("Only an association attaches a memorandum.")


def read_memorandum(name: str, content: bytes) -> File:
    """A PDF, by what it is and not by how it is called. Raises a MemorandumRefused."""
    name = cleanup.clean_line(PurePosixPath(name.replace("\\", "/")).name, 100) or "?"
    if len(content) > MOST_OF_A_MEMORANDUM:
        raise MemorandumTooLarge(name=name)
    if not content.startswith(BEGINS[PDF]):
        raise MemorandumNoPdf(name=name)
    if b"%%EOF" not in content[-1024:] or b"startxref" not in content[-2048:]:
        raise MemorandumDamaged(name=name)
    return File(name if name.lower().endswith(".pdf") else f"{name}.pdf", PDF, content)


MEMORANDUM = Files("memorandum", one_by_one(read_memorandum))


class SpeakerForm(Form):
    """Who speaks. `website` is seen by robots only."""

    asked_in_a_case: ClassVar[tuple[str, ...]] = ("name",)

    kind = choose(_l("You speak as"), CommenterKind, radio=True, default=CommenterKind.PERSON)
    name = name_of_association(
        _l("Name"),
        required=False,
        limit=200,
        description=_l(
            "A person may leave this empty. An association of our directory is asked by mail to confirm, and "
            "is named once it has."
        ),
    )
    is_named = BooleanField(_l("My name may be shown"))
    region = choose(_l("Region"), [], required=False)
    email = email(_l("E-mail"), description=_l("To confirm, and for the answer. It is never shown."))
    consent = BooleanField(
        _l("I agree that what I write here is published, and that my address is kept to answer me"),
        [InputRequired(_l("Without your agreement we cannot take it."))],
    )
    website = line(_l("Leave this empty"), required=False)
    altcha = HiddenField()
    once = OnceField()

    association: Association | None = None

    def offer(self, regions: list[Region]) -> None:
        on_offer = [(region.code, translated_text(region.name)) for region in regions]
        self.region.choices = [("", THE_WHOLE_COUNTRY), *on_offer]

    def validate(self, **options: object) -> bool:
        valid = super().validate(**options)
        if self.website.data:
            self.website.errors, valid = [_l("Please empty this line: only robots fill it in.")], False
        return self._know_who_speaks() and valid

    def _know_who_speaks(self) -> bool:
        fault = self._fault_of_name()
        if fault is not None:
            self.name.errors = [fault]
        return fault is None

    def _fault_of_name(self) -> object:
        """What is wrong with the name; the association is noted that it names."""
        if self.kind.data is not CommenterKind.ASSOCIATION:
            return NO_NUMBER if self.name.data and contacts.holds_number(self.name.data) else None
        if not self.name.data:
            return NAME_YOUR_ASSOCIATION
        named = associations_named(self.name.data)
        if len(named) > 1:
            return SEVERAL_OF_THAT_NAME.filled(example=f"{named[0].name}, {named[0].city}")
        if not named:
            return NOT_IN_THE_DIRECTORY
        self.association = named[0]
        return None

    def speaker(self) -> Speaker:
        association = self.association
        return Speaker(
            email=self.email.data,
            kind=self.kind.data,
            name=association.name if association else self.name.data,
            is_named=self.is_named.data,
            region_code=self.region.data or None,
            association_id=association.id if association else None,
        )


class CommentForm(SpeakerForm):
    """A comment on the whole text, or on one section of it."""

    asked_in_a_case = ("name", "words", "edited")

    stance = choose(_l("What you do"), Stance, radio=True)
    words = paragraph(
        _l("Your comment"),
        required=False,
        description=_l("In your own words and language. With a wording, why it would be better."),
    )
    edited = paragraph(
        _l("The section as you would have it"),
        required=False,
        limit=20_000,
        description=_l("Change the words here. Only what you change is shown, as a change to the text."),
    )
    memorandum = FileField(
        _l("Memorandum of your association"),
        render_kw={"accept": ".pdf"},
        description=_l("A PDF of at most 10 MB. It is shown once the association has confirmed the comment."),
    )

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        # What the page is about comes along with it.
        given = request.args if request.method == "GET" else request.form
        self.sections = [uid for uid in given.getlist("section") if uid]
        self.edited_in = given.get("in", "")

    def validate(self, **options: object) -> bool:
        valid = super().validate(**options)
        if not self.words.data and self.stance.data not in (None, Stance.SUGGEST):
            self.words.errors, valid = [SAY_SOMETHING], False
        return self._take_memorandum() and valid

    def _take_memorandum(self) -> bool:
        refused = [file.sentence for file in MEMORANDUM.taken() if isinstance(file, Refusal)]
        if MEMORANDUM.taken() and self.kind.data is not CommenterKind.ASSOCIATION:
            refused = [ONLY_ASSOCIATIONS]
        self.memorandum.errors = [*self.memorandum.errors, *refused]
        return not refused

    @property
    def attached(self) -> File | None:
        """The memorandum that came along, where it is one."""
        return next((file for file in MEMORANDUM.taken() if isinstance(file, File)), None)

    def fingerprint(self, *more: str) -> str:
        digest = self.attached.digest if self.attached else ""
        return super().fingerprint(*more, *self.sections, self.edited_in, digest)

    def said(self) -> CommentWords:
        is_suggestion = self.stance.data is Stance.SUGGEST
        return CommentWords(
            stance=self.stance.data,
            words=self.words.data or "",
            sections=self.sections,
            edited=self.edited.data if is_suggestion else None,
            edited_in=self.edited_in if is_suggestion else "",
        )


class CommentReplyForm(SpeakerForm):
    """A reply to a comment."""

    stance = choose(
        _l("What you do"),
        lambda: [(s.value, s.label) for s in (Stance.AGREE, Stance.DISAGREE, Stance.ASK)],
        radio=True,
    )
    words = paragraph(_l("Your reply"), limit=2000)

    def said(self) -> CommentWords:
        return CommentWords(Stance(self.stance.data), self.words.data)


class SupportForm(Form):
    email = email(
        _l("E-mail"),
        description=_l("We send it one mail, to confirm that it is really you. It is never published."),
    )


class ConfirmedForm(Form):
    """A button."""


class OursForm(Form):
    """Whether a comment is an association's own."""

    ours = choose(
        _l("Is this comment yours?"),
        [("yes", _l("Yes, the comment is ours")), ("no", _l("No, the comment is not ours"))],
        radio=True,
    )
