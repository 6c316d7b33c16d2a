"""Why an import cannot go on."""

from __future__ import annotations

from cocreation.core.errors import Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class FileNotKept(Refusal):
    sentence = _l("This file is no longer kept here. Please choose it again.")


class ValuesUnknown(Invalid):
    title = _l("Nothing is imported yet")
    sentence = _l("Say below what the values mean that are not known here. Until then nothing is imported.")
