"""Forms: what people type is cleaned once, kept when something is wrong, and refused in plain words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, ParamSpec, TypeVar

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FileField as BaseFileField,
    Form as BaseForm,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.i18n import get_translations
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    StopValidation,
    ValidationError,
)

from cocreation.core import contacts
from cocreation.core.enums import Named
from cocreation.core.errors import Refusal
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text import alphabets, cleanup
from cocreation.web import edits, repeats
from cocreation.web.fields import MomentField
from cocreation.web.transaction import SAFE

__all__ = [
    "BooleanField",
    "HiddenField",
    "PasswordField",
    "StopValidation",
]

Given = ParamSpec("Given")
Result = TypeVar("Result")
Pair = tuple[object, object]  # a value that can be chosen, and what it is called


class Form(BaseForm):
    """A form of this request. `Form(obj=…)` fills it from an object when nothing was sent.

    `asked_in_a_case` names fields that are required in a case that their help or their label says: these are
    never called optional.
    """

    asked_in_a_case: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **values: object) -> None:
        sent: Any = None if request.method in SAFE else CombinedMultiDict([request.files, request.form])
        self.refusal: Refusal | None = None
        super().__init__(sent, **values)
        for name in self.asked_in_a_case:
            self[name].is_asked = True
        self._stood = "" if sent is None else request.form.get(edits.NAME, "")

    class Meta:
        def get_translations(self, form: BaseForm) -> object:
            # WTForms does not speak every language we do: Amazigh would be an error without what follows it.
            language = i18n.current()
            return get_translations([language.code, *language.falls_back])

    def submitted(self) -> bool:
        """Whether it was sent, every field can be used, and nobody else changed meanwhile what it edits. What
        adds something and was carried out before goes no further (`web.repeats`).
        """
        if request.method in SAFE or not self.validate() or self._was_overtaken():
            return False
        repeats.stop_the_second()
        return True

    def _was_overtaken(self) -> bool:
        if edits.NAME not in request.form or not edits.overtaken(self._filled_in(), self._stood):
            return False
        self._stood = edits.marks(self._filled_in())  # what is shown now
        self.refuse(edits.ChangedMeanwhile())
        return True

    def _filled_in(self) -> list[Field]:
        return [field for field in self if not isinstance(field, NOT_FILLED_IN)]

    @property
    def stood(self) -> Markup:
        """The hidden field of the form of something edited: marks of what stood there (`web.edits`)."""
        marks = self._stood or edits.marks(self._filled_in())
        return Markup('<input type="hidden" name="{}" value="{}">').format(edits.NAME, marks)

    @property
    def numbered(self) -> Markup:
        """The hidden field of the form of something new (`web.repeats`)."""
        return repeats.hidden_field()

    def carries_out(
        self, service: Callable[Given, object], *args: Given.args, **values: Given.kwargs
    ) -> bool:
        """Whether `service` did it; the reason stands at the top of the form when it refuses.

        Asked after `submitted`: before it, what the form gives to the service may be nothing at all.
        """
        self.attempt(service, *args, **values)
        return self.refusal is None

    def attempt(
        self, service: Callable[Given, Result], *args: Given.args, **values: Given.kwargs
    ) -> Result | None:
        """What `service` returns; None when it refuses, the reason then standing at the top of the form."""
        try:
            return service(*args, **values)
        except Refusal as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Refusal) -> None:
        """Show `refusal` at the top of the form, and answer with its status."""
        self.refusal = refusal
        self.form_errors: list[object] = [*self.form_errors, refusal.sentence]

    def sending(self) -> str:
        """Which sending of the form this is: the number it was given with, and a fingerprint of what it
        says. Sent twice it is the same; one that the browser's Back brought and somebody changed is another.
        """
        return f"{self['once'].data}-{self.fingerprint()}"

    def fingerprint(self, *more: str) -> str:
        """What was filled in, and what came along (`more`), in few letters."""
        filled = {field.name: field.data for field in self._filled_in()}
        text = json.dumps([filled, more], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:24]

    @property
    def was_refused(self) -> bool:
        return bool(self.errors or self.refusal)

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 422


NOT_FILLED_IN = (HiddenField, BaseFileField)  # files are named by what their room made of them
REQUIRED = InputRequired(_l("This field is required."))
REQUIRED_WORDS = DataRequired(_l("This field is required."))  # spaces are none
OPTIONAL = Optional()


def _presence(required: bool) -> list[object]:
    return [REQUIRED if required else OPTIONAL]


def _words(required: bool) -> list[object]:
    return [REQUIRED_WORDS if required else OPTIONAL]


def _too_long(limit: int) -> Length:
    return Length(max=limit, message=_l("This is too long: at most %(max)d characters."))


def line(label: Lazy | str, *, required: bool = True, limit: int = 200, **options: object) -> Field:
    """One line of text."""
    return StringField(label, [*_words(required), _too_long(limit)], filters=[_clean_line], **options)


def name_of_person(label: Lazy | str, *, required: bool = True, limit: int = 200, **options: object) -> Field:
    """The name of a person as a public form takes it: mails greet by it, so there is nothing in it to open or
    to call.
    """
    rules = [*_words(required), _too_long(limit), _holds_no_address, _holds_no_number, _mixes_nothing]
    return StringField(label, rules, filters=[_clean_line], **options)


def name_of_association(
    label: Lazy | str, *, required: bool = True, limit: int = 200, **options: object
) -> Field:
    """The name of an association as a public form takes it."""
    rules = [*_words(required), _too_long(limit), _holds_no_address, _mixes_nothing]
    return StringField(label, rules, filters=[_clean_line], **options)


HOLDS_ADDRESS = _l(
    "A name holds no address: write it without “www.”, “.com” or “@”, and with a blank after each dot."
)
MIXES_ALPHABETS = _l(
    "A word of this name mixes letters of two alphabets that look alike. Please type it anew."
)


def _holds_no_address(form: BaseForm, field: Field) -> None:
    if field.data and contacts.holds_address(field.data):
        raise ValidationError(HOLDS_ADDRESS)


def _holds_no_number(form: BaseForm, field: Field) -> None:
    if field.data and contacts.holds_number(field.data):
        raise ValidationError(_l("A name holds no telephone number: write it in its own field."))


def _mixes_nothing(form: BaseForm, field: Field) -> None:
    if field.data and alphabets.mixes_alphabets(field.data):
        raise ValidationError(MIXES_ALPHABETS)


def paragraph(label: Lazy | str, *, required: bool = True, limit: int = 5000, **options: object) -> Field:
    """Several lines of text, kept as typed."""
    return TextAreaField(label, [*_words(required), _too_long(limit)], filters=[_clean], **options)


def email(label: Lazy | str, *, required: bool = True, **options: object) -> Field:
    """An e-mail address; its data is the one spelling of the mailbox (`contacts.mailbox`)."""
    rules = [*_words(required), _too_long(contacts.MOST_OF_AN_EMAIL), _is_email]
    return EmailField(label, rules, filters=[_clean_line, _one_spelling], **options)


def _one_spelling(typed: str | None) -> str | None:
    return typed and (contacts.mailbox(typed) or typed)  # what is none is shown as it was typed


def _is_email(form: BaseForm, field: Field) -> None:
    if not contacts.is_email(field.data):
        raise ValidationError(_l("This is not a valid e-mail address. Example: name@example.org."))


def phone(label: Lazy | str, *, required: bool = False, **options: object) -> Field:
    """A telephone number, as people write them."""
    return TelField(label, [*_words(required), _is_phone], filters=[_clean_line, _visible], **options)


def _visible(typed: str | None) -> str | None:
    return typed and contacts.visible(typed)


def _is_phone(form: BaseForm, field: Field) -> None:
    if not contacts.is_phone(field.data):
        raise ValidationError(_l("This is not a valid telephone number. Example: 0612345678."))


def moment(label: Lazy | str, *, required: bool = True, **options: object) -> Field:
    """A day and time typed in Morocco; its data is aware, in UTC."""
    return MomentField(label, _presence(required), format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options)


def choose(
    label: Lazy | str,
    choices: type[Named] | Iterable[Pair] | Callable[[], Iterable[Pair]],
    *,
    required: bool = True,
    radio: bool = False,
    **options: object,
) -> Field:
    """One of `choices`: an Enum whose members have a `label`, pairs, or a function giving pairs.

    Its data is a member of the Enum, or the text of the value; None when nothing was chosen.
    """
    enum = choices if isinstance(choices, type) and issubclass(choices, Named) else None
    others = [] if isinstance(choices, type) else choices
    blank: list[Pair] = [] if required or radio else [("", "—")]

    def pairs() -> list[Pair]:
        if enum:
            return [*blank, *((choice.value, choice.label) for choice in enum)]
        own = list(others() if callable(others) else others)
        has_none = any(value == "" for value, _label in own)  # in words of its own
        return own if has_none else [*blank, *own]

    kind = RadioField if radio else SelectField
    return kind(label, _presence(required), choices=pairs, coerce=_coercer(enum), **options)


def choose_several(label: Lazy | str, choices: object, *, required: bool = True, **options: object) -> Field:
    """Any number of `choices` (pairs, or a function giving pairs); its data is a list of texts."""
    return SelectMultipleField(label, _presence(required), choices=choices, coerce=str, **options)


def _coercer(enum: type[Named] | None) -> Callable[[object], object]:
    """WTForms calls it with texts, members and None, and compares its results with the choices'."""

    def coerce(value: object) -> object:
        if value in (None, "", "None"):
            return None
        return enum(str(value)) if enum else str(value)

    return coerce


def _clean(typed: str | None) -> str | None:
    return typed and cleanup.clean(typed, len(typed))  # too long is for the form to say, not to cut


def _clean_line(typed: str | None) -> str | None:
    return typed and cleanup.clean_line(typed, len(typed))
