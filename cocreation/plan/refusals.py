"""Why a commitment is not changed."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class NumberTaken(Refusal):
    sentence = _l("Number %(number)s belongs to another commitment of this cycle.")


class NumberIsPublic(Refusal):
    """A reference that people have copied stays what it is."""

    sentence = _l("This commitment is public: its number cannot change any more.")


class CommitmentAlreadyPublished(AlreadyDone):
    sentence = _l("This commitment was already published on %(day)s.")
