"""Forms that link ideas. Each gives what its service takes."""

from __future__ import annotations

from cocreation.ideas.forms.choices import references
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.fields import TranslatedField
from cocreation.web.forms import Form, line, paragraph

EXAMPLE = _l("Its reference, such as 2024-118.")


def _reason() -> TranslatedField:
    return TranslatedField(
        _l("Why"),
        long=True,
        limit=1000,
        description=_l("Public, in the history of both ideas and in the mail."),
    )


class LinkReasonForm(Form):
    reason = _reason()


class OtherForm(Form):
    """Another idea, and why."""

    other = line(_l("The other idea"), limit=20, description=EXAMPLE)
    reason = _reason()

    @property
    def reference(self) -> str:
        return next(iter(references(self.other.data)), self.other.data)


class OthersForm(Form):
    """Several other ideas, and why."""

    others = line(
        _l("The other ideas"), limit=500, description=_l("Their references, such as 2024-118 2024-120.")
    )
    reason = _reason()

    @property
    def references(self) -> list[str]:
        return references(self.others.data)


class PartsForm(Form):
    """The parts of an idea; those left empty are none."""

    part_1 = paragraph(_l("First part"), limit=3000)
    part_2 = paragraph(_l("Second part"), limit=3000)
    part_3 = paragraph(_l("Third part"), required=False, limit=3000)
    part_4 = paragraph(_l("Fourth part"), required=False, limit=3000)
    part_5 = paragraph(_l("Fifth part"), required=False, limit=3000)
    reason = _reason()

    @property
    def texts(self) -> list[str]:
        fields = self.part_1, self.part_2, self.part_3, self.part_4, self.part_5
        return [field.data for field in fields if field.data]
