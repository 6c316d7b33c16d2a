"""Forms of the directory."""

from __future__ import annotations

import re

from wtforms import Field, ValidationError

from cocreation.directory.models import Domain, Region
from cocreation.directory.services import Declaration
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import OnceField, TranslatedField
from cocreation.web.forms import (
    BooleanField,
    Form,
    choose,
    choose_several,
    email,
    line,
    name_of_association,
    name_of_person,
    paragraph,
    phone,
)
from cocreation.web.rendering import translated_text


class DeclarationForm(Form):
    name = name_of_association(_l("Name of the association"))
    acronym = name_of_association(_l("Acronym"), required=False, limit=30)
    legal_number = line(_l("Legal registration number"), limit=60)
    region_code = choose(_l("Region"), [])
    city = line(_l("City or commune"), limit=100)
    domains = choose_several(
        _l("What it works on"), lambda: [(domain.value, domain.label) for domain in Domain]
    )
    purpose = paragraph(_l("What it does, in a sentence or two"), required=False, limit=500)
    contact_name = name_of_person(_l("Contact person"), limit=120)
    email = email(_l("E-mail"))
    phone = phone(_l("Telephone"))
    once = OnceField()

    def __init__(self, regions: list[Region], **values: object) -> None:
        super().__init__(**values)
        self.region_code.choices = [
            ("", _l("—")),
            *((region.code, translated_text(region.name)) for region in regions),
        ]

    def declaration(self) -> Declaration:
        return Declaration(
            name=self.name.data,
            acronym=self.acronym.data or None,
            legal_number=self.legal_number.data,
            city=self.city.data,
            region_code=self.region_code.data,
            domains=self.domains.data,
            purpose=self.purpose.data or None,
            contact_name=self.contact_name.data,
            email=self.email.data,
            phone=self.phone.data or None,
        )


class SearchForm(Form):
    q = line(_l("Name"), required=False, limit=100)
    region = choose(_l("Region"), [], required=False)

    def __init__(self, regions: list[Region], **values: object) -> None:
        super().__init__(**values)
        self.region.choices = [
            ("", _l("All regions")),
            *((region.code, translated_text(region.name)) for region in regions),
        ]


class DeclarationRefusalForm(Form):
    reason = paragraph(_l("Why it cannot be verified"), limit=1000)


class InstitutionForm(Form):
    name = TranslatedField(_l("Name"))
    slug = line(_l("Short name"), limit=60)
    email = email(
        _l("E-mail"),
        required=False,
        description=_l("Where ideas are announced to it while nobody answers for it here."),
    )
    is_consultative = BooleanField(
        _l("A consultative body"), description=_l("Those who organise meetings find it among whom to invite.")
    )

    def validate_slug(self, field: Field) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", field.data):
            raise ValidationError(
                _l("Small Latin letters, digits and hyphens only, such as ministry-of-health.")
            )
