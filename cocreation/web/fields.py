"""The fields our forms have besides those of WTForms: numbers, days, files, texts in several languages."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (
    DateField as BaseDateField,
    DateTimeLocalField,
    DecimalField as BaseDecimalField,
    Field,
    FileField as BaseFileField,
    Form as BaseForm,
    HiddenField,
    IntegerField as BaseIntegerField,
    MultipleFileField,
)
from wtforms.validators import NumberRange as BaseNumberRange, StopValidation
from wtforms.widgets import FileInput

from cocreation.core import clock
from cocreation.core.database import Translated
from cocreation.languages import i18n
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.text import cleanup


class IntegerField(BaseIntegerField):
    """A whole number."""

    def __init__(
        self, label: Lazy | str | None = None, validators: Sequence[object] | None = None, **options: object
    ) -> None:
        sentence = _l("Please type a whole number.")
        super().__init__(label, validators, invalid_value_message=sentence, **options)


class DecimalField(BaseDecimalField):
    """A number that may have decimals."""

    def __init__(
        self, label: Lazy | str | None = None, validators: Sequence[object] | None = None, **options: object
    ) -> None:
        sentence = _l("Please type a number.")
        super().__init__(label, validators, invalid_value_message=sentence, **options)


class NumberRange(BaseNumberRange):
    """From `min` to `max`; what is no number has been refused already, in words of its own."""

    def __init__(self, min: int, max: int, message: Lazy | str | None = None) -> None:  # noqa: A002
        super().__init__(min, max, message or _l("Give a number from %(min)s to %(max)s."))

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.errors:
            raise StopValidation
        super().__call__(form, field)


# As keyboards of other countries write them, and browsers without a field for days let them pass.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class DateField(BaseDateField):
    """A day, in the digits of any keyboard."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([typed.translate(_DIGITS) for typed in valuelist])


class MomentField(DateTimeLocalField):
    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([typed.translate(_DIGITS) for typed in valuelist])
        typed: datetime | None = self.data  # type: ignore[has-type]
        if typed:
            self.data = clock.moment_in_morocco(typed)
            if self.data.astimezone(i18n.ZONE).replace(tzinfo=None) != typed:
                raise ValueError(_l("This hour does not exist on that day: the clock of Morocco skips it."))

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{self.data.astimezone(i18n.ZONE):%Y-%m-%dT%H:%M}" if self.data else ""


class FileField(BaseFileField):
    """A file; a text sent under its name, or a file without one, is none."""

    data: FileStorage | None

    def process_formdata(self, valuelist: list[object]) -> None:
        self.raw_data = [
            upload for upload in valuelist if isinstance(upload, FileStorage) and upload.filename
        ]
        self.data = next(iter(self.raw_data), None)


class FilesField(MultipleFileField):
    """Several files at once; its data is a list of those chosen. `accept` helps to choose, no more."""

    widget = FileInput()  # `multiple` is an attribute of the input, not of the group that choices make

    def __init__(self, label: Lazy | str, *, accept: str, **options: object) -> None:
        super().__init__(label, [], render_kw={"multiple": True, "accept": accept}, **options)

    def process_formdata(self, valuelist: list[object]) -> None:
        self.data = [upload for upload in valuelist if isinstance(upload, FileStorage) and upload.filename]


Input = tuple[i18n.Language, str, str]


class TranslatedField(Field):
    """One input a language, named `title-ar`, `title-fr`…; its data is a Translated text."""

    def __init__(
        self,
        label: Lazy | str,
        *,
        required: bool = True,
        long: bool = False,
        limit: int = 0,
        **options: object,
    ) -> None:
        super().__init__(label, **options)
        self.required, self.long, self.limit = required, long, limit or (5000 if long else 200)

    def __set_name__(self, owner: object, name: str) -> None: ...

    def process(
        self,
        formdata: MultiDict[str, str] | None,
        data: Mapping[str, str] | None = None,
        extra_filters: object = None,
    ) -> None:
        self.process_errors: list[object] = []
        self.object_data = data
        if formdata is None or not any(f"{self.name}-{code}" in formdata for code in i18n.LANGUAGES):
            self.data = Translated(data) if isinstance(data, dict) else Translated()
            return
        cleaner = cleanup.clean if self.long else cleanup.clean_line
        typed = {code: formdata.get(f"{self.name}-{code}", "") for code in i18n.LANGUAGES}
        cleaned = {code: cleaner(words, len(words)) for code, words in typed.items()}
        self.data = Translated({code: words for code, words in cleaned.items() if words})

    def pre_validate(self, form: BaseForm) -> None:
        if self.required and not self.data:
            raise StopValidation(_l("Please fill this in in one language at least."))
        if any(len(words) > self.limit for words in self.data.values()):
            raise StopValidation(_l("This is too long: at most %(max)s characters.", max=self.limit))

    @property
    def inputs(self) -> tuple[list[Input], list[Input]]:
        """(language, name of the input, its value) for the languages of the state and that of the page; the
        same for the others, which may be folded away.
        """
        shown = {*i18n.REQUIRED, i18n.current().code}
        every = [
            (language, f"{self.name}-{code}", self.data.get(code, ""))
            for code, language in i18n.LANGUAGES.items()
        ]
        return [e for e in every if e[0].code in shown], [e for e in every if e[0].code not in shown]


class OnceField(HiddenField):
    """A number given with the empty form: the same form sent twice carries the same one, and so does one that
    Back brought. `Form.sending` tells the two apart; files and drafts wait under the number.
    """

    data: str

    def process(self, formdata: object, data: object = None, extra_filters: object = None) -> None:
        fresh = secrets.token_hex(12)
        super().process(formdata, data or fresh, extra_filters)
        if not re.fullmatch("[0-9a-f]{24}", str(self.data)):
            self.data = fresh  # not one of ours
