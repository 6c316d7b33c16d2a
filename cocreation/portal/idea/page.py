"""What the page of an idea says, while its words are shown and once they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.ideas.chain.links import ChainLink
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.family import Family
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.meetings.models.meeting import Workshop
from cocreation.text.cleanup import excerpt
from cocreation.workshops.models import OutputLine

SHORT = 160  # characters that stand in the largest letters
LONG = 400  # from which on a part stands at the top, and the whole beside the chain


@dataclass(frozen=True)
class IdeaPage:
    """An idea with what happened to it; `who` sent it, `why_hidden` what moderation said."""

    idea: Idea
    chain: Sequence[ChainLink]
    who: str | None
    why_hidden: Translated | None
    family: Family | None

    @property
    def title(self) -> Lazy:
        return _l("Idea %(reference)s", reference=self.idea.reference)

    @property
    def summary(self) -> str:
        """What others say of it who link to it."""
        return self.idea.silence or excerpt(self.idea.proposal, 200)

    @property
    def shows_words(self) -> bool:
        return not self.idea.is_silent

    @property
    def is_long(self) -> bool:
        """Whether only its beginning stands at the top."""
        return self.shows_words and len(self.idea.proposal) > LONG

    @property
    def is_short(self) -> bool:
        return len(self.idea.proposal) <= SHORT

    @property
    def sentence(self) -> str:
        return excerpt(self.idea.proposal, 280) if self.is_long else self.idea.proposal

    @property
    def workshop(self) -> Workshop | None:
        """Where it was said, if it was said in a workshop."""
        return self.idea.source_line.workshop if self.idea.source_line else None

    @property
    def line(self) -> OutputLine | None:
        """What was written down of it there, while its words are shown."""
        return self.idea.source_line if self.shows_words else None

    @property
    def tells_more(self) -> bool:
        """Whether its author could say a problem and a result of their own."""
        return self.shows_words and self.line is None
