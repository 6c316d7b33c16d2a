"""The form by which an idea is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from flask import request
from wtforms.validators import InputRequired

from cocreation.core import contacts
from cocreation.core.errors import Refusal
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association, Region
from cocreation.files.content import BEGINS, File, inspect_all
from cocreation.ideas.forms.filter import regions_on_offer
from cocreation.ideas.models.idea import Attachment, AuthorKind
from cocreation.ideas.words import IdeaWords
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.submission.queries import submission
from cocreation.submission.services.ideas import Sender
from cocreation.web.fields import FilesField, OnceField
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
from cocreation.web.uploads import Files

FILES = Files("files", inspect_all)

NO_NUMBER = _l("A name holds no telephone number: write it in its own field.")
NAME_YOUR_ASSOCIATION = _l("Please name your association.")
SEVERAL_OF_THAT_NAME = _l("Several associations have this name. Add the city, as in “%(example)s”.")
THE_WHOLE_COUNTRY = _l("The whole country")
TOO_LONG = _l("This is too long: at most %(max)s characters.")


class WordsForm(Form):
    """What an idea says, is about, what comes with it, and from whom it comes."""

    asked_in_a_case: ClassVar[tuple[str, ...]] = ("name",)

    proposal = paragraph(
        _l("Your idea"),
        description=_l("What should be done? One idea for each form, in your own words and language."),
    )
    problem = paragraph(
        _l("The problem"), required=False, description=_l("What is going wrong today, and for whom?")
    )
    expected_result = paragraph(
        _l("The result you expect"), required=False, description=_l("What will be different once it is done?")
    )
    theme = choose(_l("Theme"), [], required=False)
    region = choose(_l("Region"), [], required=False)
    files = FilesField(
        _l("Files"),
        accept=",".join(BEGINS),
        description=_l(
            "At most five, of 5 MB each: PDF, PNG, JPEG or WebP. They are shown with the idea,"
            " so leave out what should not be public."
        ),
    )
    kind = choose(_l("Who you are"), AuthorKind, radio=True, default=AuthorKind.PERSON)
    name = name_of_association(
        _l("Name"),
        required=False,
        limit=120,
        description=_l(
            "For a person, you may leave this empty. An association that is in our directory is asked by mail"
            " to confirm, and is named once it has."
        ),
    )
    is_named = BooleanField(_l("My name may be shown beside the idea"))
    once = OnceField()

    inspected: Sequence[File] = ()
    was_kept = False
    association: Association | None = None

    def offer(self, cycle: Cycle, regions: list[Region]) -> None:
        """Give the choices of this cycle."""
        self.theme.choices = [
            ("", _l("I do not know")),
            *((str(theme.id), translated_text(theme.name)) for theme in cycle.themes),
        ]
        self.region.choices = [("", THE_WHOLE_COUNTRY), *regions_on_offer(regions)]

    def validate(self, **options: object) -> bool:
        valid = super().validate(**options)
        valid = self._inspect_files() and valid
        return self._know_the_association() and valid

    def _inspect_files(self) -> bool:
        """Sort the files that came into those that can be kept and those that cannot, with the reasons."""
        taken = FILES.taken()
        self.inspected = [file for file in taken if isinstance(file, File)]
        refused = [file.sentence for file in taken if isinstance(file, Refusal)]
        self.files.errors = [*self.files.errors, *refused]
        return not refused

    def _know_the_association(self) -> bool:
        if self.kind.data != AuthorKind.ASSOCIATION:
            if self.name.data and contacts.holds_number(self.name.data):
                self.name.errors = [NO_NUMBER]
            return not self.name.errors
        if not self.name.data:
            self.name.errors = [NAME_YOUR_ASSOCIATION]
            return False
        associations = submission.associations_named(self.name.data)
        if len(associations) > 1:
            example = f"{associations[0].name}, {associations[0].city}"
            self.name.errors = [SEVERAL_OF_THAT_NAME.filled(example=example)]
            return False
        self.association = associations[0] if associations else None
        return True

    def fingerprint(self, *more: str) -> str:
        return super().fingerprint(*more, *(file.digest for file in self.inspected))

    @property
    def removed(self) -> list[int]:
        """The files that are no longer to come along, by their ids."""
        return request.form.getlist("remove", type=int)

    def waiting_files(self) -> list[Attachment]:
        """The files that came with this form before."""
        return (
            [] if request.method == "GET" and not self.was_kept else submission.waiting_files(self.once.data)
        )

    def words(self) -> IdeaWords:
        return IdeaWords(
            proposal=self.proposal.data,
            problem=self.problem.data,
            expected_result=self.expected_result.data,
            theme_id=int(self.theme.data) if self.theme.data else None,
            region_code=self.region.data or None,
        )

    def sender(self) -> Sender:
        association = self.association
        name = association.name if association else self.name.data
        return Sender(
            self.kind.data, name, self.email.data, self.is_named.data, association.id if association else None
        )


class IdeaForm(WordsForm):
    """The public form. `website` is seen by robots only."""

    # What a draft keeps: no consent, which is given when the idea is sent.
    KEPT = (
        "proposal",
        "problem",
        "expected_result",
        "theme",
        "region",
        "kind",
        "name",
        "is_named",
        "email",
    )

    email = email(
        _l("E-mail"), description=_l("Only for your receipt and for news of this idea. It is never shown.")
    )
    consent = BooleanField(
        _l("I agree that what I write here is published, and that my name and address are kept to answer me"),
        [InputRequired(_l("Without your agreement we cannot receive your idea."))],
        description=_l("You can withdraw your idea or have your name and address erased at any time."),
    )
    website = line(_l("Leave this empty"), required=False)
    altcha = HiddenField()

    @classmethod
    def of_draft(cls, once: str, content: Mapping[str, object]) -> IdeaForm:
        """The form as it was kept."""
        form = cls(data={**content, "once": once})
        form.was_kept = True
        return form

    def validate(self, **options: object) -> bool:
        valid = super().validate(**options)
        if self.website.data:
            self.website.errors, valid = [_l("Please empty this line: only robots fill it in.")], False
        return valid

    def can_be_kept(self) -> bool:
        """Whether what is typed so far fits into a draft and the files can be taken; the rest can wait."""
        for field in self:
            most = field.flags.maxlength
            too_long = most and len(field.data or "") > most
            field.errors = [TOO_LONG.filled(max=most)] if too_long else []
        return self._inspect_files() and not self.errors

    def content(self) -> dict[str, str | bool]:
        """What a draft keeps of it, as JSON."""
        filled = {name: self[name].data for name in self.KEPT if self[name].data}
        return {name: getattr(value, "value", value) for name, value in filled.items()}
