"""A photo of a meeting, and what is said of it."""

from __future__ import annotations

from wtforms import Field

from cocreation.languages import i18n
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.photos import Photo
from cocreation.meetings.refusals import NotDescribed
from cocreation.meetings.services.photos import PhotoDetails
from cocreation.web.fields import FileField, TranslatedField
from cocreation.web.forms import REQUIRED, Form, HiddenField, StopValidation, line


class PhotoDetailsForm(Form):
    """What is said of a photo."""

    alt = TranslatedField(
        _l("What can be seen"),
        description=_l(
            "One sentence for those who do not see the photo, and its caption for all others. "
            "Arabic is needed, the other languages are welcome."
        ),
    )
    consent = line(
        _l("How the people in it agreed"),
        limit=300,
        description=_l(
            "Only those who run the meeting read this. Somebody who did not agree must not be recognisable."
        ),
    )

    def __init__(self, photo: Photo | None = None) -> None:
        super().__init__(obj=photo)

    def validate_alt(self, field: Field) -> None:
        if i18n.DEFAULT.code not in field.data:
            raise StopValidation(NotDescribed.sentence)

    def said(self) -> PhotoDetails:
        return PhotoDetails(self.alt.data, self.consent.data)


class PhotoForm(PhotoDetailsForm):
    """A photo to be added; `act` is "more" when another one is to follow."""

    act = HiddenField()
    file = FileField(
        _l("Photo"),
        [REQUIRED],
        render_kw={"accept": ".jpg,.jpeg,.png,.webp"},
        description=_l(
            "JPEG, PNG or WebP, up to 5 MB. What a camera writes into it (place, device) is taken out."
        ),
    )
