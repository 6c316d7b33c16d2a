"""Why the outputs of a workshop are not changed."""

from __future__ import annotations

from cocreation.core.errors import AlreadyDone, Invalid, Refusal
from cocreation.languages.i18n import lazy_gettext as _l


class OutputsPublished(Refusal):
    """Lines and their numbers are public: they neither come, go nor move any more."""

    sentence = _l("These outputs were published on %(day)s. Lines can no longer be added, moved or removed.")


class OutputsAlreadyPublished(AlreadyDone):
    sentence = _l("These outputs were already published on %(day)s. Nothing was changed.")


class NothingToPublish(Refusal):
    sentence = _l("This workshop has no line yet. Enter its outputs first, then publish them.")


class LineChanged(Refusal):
    """Somebody else wrote while this person was writing."""

    sentence = _l(
        "Somebody changed this line while you were writing. It now says: “%(text)s”. "
        "Your words are kept below: send them again to put them in its place."
    )


class LineTooLong(Invalid):
    sentence = _l("A line has more than %(limit)s characters: “%(start)s…”. Cut it into several lines.")
