"""What the pages of one idea say in the screening room, by where it stands and who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cocreation.core import clock
from cocreation.cycles.models import Cycle, Phase
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.screening.queries.queue import Examined, Neighbours
from cocreation.web.notices import PageNotice

READ = PageNotice("waiting", [_l("You have read this idea. Another reader decides.")])
STANDS_ELSEWHERE = _l("This idea is not waiting for screening: it stands at “%(state)s”.")
NO_ADDRESS = PageNotice(
    "neutral", [_l("This idea came without an e-mail address, so its author cannot be asked.")]
)
DECIDED = (IdeaState.ACCEPTED, IdeaState.NOT_ACCEPTED)
# The keys of a keyboard in Latin and in Arabic letters, and what they do.
KEYS = (("n", "ت", _l("next idea")), ("p", "س", _l("previous idea")))
KEYS_TO_READ = (
    ("a", "ق", _l("all three hold: press Enter to accept")),
    ("r", "ر", _l("why it is not accepted")),
    ("q", "ط", _l("ask its author")),
)


@dataclass(frozen=True)
class ScreeningPage:
    """An idea on the desk, what stands `around` it in its pile, `narrowing` what narrows the pile; it has
    waited for `days`. `closed` is its cycle where the calendar has the phase of screening closed.
    """

    on_desk: Examined
    reader_id: int
    days: int
    similar: Sequence[Idea]
    around: Neighbours
    narrowing: Mapping[str, str]
    closed: Sequence[Cycle]
    phase: Phase = Phase.SCREENING

    @property
    def idea(self) -> Idea:
        return self.on_desk.idea

    @property
    def is_received(self) -> bool:
        return self.idea.state is IdeaState.RECEIVED

    @property
    def is_undecided(self) -> bool:
        return self.is_received or self.idea.state is IdeaState.ASKED

    @property
    def waits(self) -> bool:
        """Whether it waits for whoever looks at it."""
        return self.is_received and all(
            reading.reader_id != self.reader_id for reading, _name in self.on_desk.readings
        )

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def is_past(self) -> bool:
        """Whether the phase is over in its cycle: what was decided then is noted with its day."""
        period = self.idea.cycle.period(self.phase)
        return bool(self.closed) and period is not None and period.is_past(self.today)

    @property
    def is_blind(self) -> bool:
        """Whether what others found stays back until whoever looks at it has read it too."""
        return self.waits and self.idea.cycle.reads_blind

    @property
    def can_be_reopened(self) -> bool:
        """Whether what screening decided can still be taken back, as far as this room knows."""
        return self.on_desk.screening is not None and self.idea.state in DECIDED

    @property
    def has_address(self) -> bool:
        return self.idea.author is not None and bool(self.idea.author.email)

    @property
    def can_be_asked(self) -> bool:
        return self.is_received and self.has_address

    @property
    def takes_two(self) -> bool:
        """Whether more than one reader has to refuse it."""
        return self.idea.cycle.readers_to_refuse > 1

    @property
    def keys(self) -> tuple[tuple[str, str, Lazy], ...]:
        return (*KEYS, *KEYS_TO_READ) if self.waits else KEYS

    @property
    def notice(self) -> PageNotice:
        """Why it cannot be read now."""
        if self.is_received:
            return READ
        screening = self.on_desk.screening
        if screening is None:
            return self._elsewhere
        if screening.accepted:
            accepted = _l("Accepted at screening on %(at)s.", at=screening.decided_at)
            return PageNotice("done", [accepted], screening.reason_text)
        assert screening.reason
        refused = _l(
            "Not accepted at screening on %(at)s: %(reason)s.",
            at=screening.decided_at,
            reason=screening.reason.label,
        )
        return PageNotice("neutral", [refused], screening.reason_text)

    @property
    def notice_to_ask(self) -> PageNotice:
        """Why its author cannot be asked now."""
        return NO_ADDRESS if self.is_received else self._elsewhere

    @property
    def _elsewhere(self) -> PageNotice:
        return PageNotice("neutral", [STANDS_ELSEWHERE.filled(state=self.idea.state.label)])
